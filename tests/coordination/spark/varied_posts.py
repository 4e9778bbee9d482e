"""Posts on two platforms for a cluster: the same names on both, odd texts and addresses, all kinds of traces."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

_LINKS = (
    "http://www.example.org/a/?utm_source=x", "https://example.org/a", "https://youtu.be/abcdefghijk", "https://t.co/AbC",
    "https://news.example.co.uk/ferry", "https://münchen.de/a", "23678", "javascript:alert(1)", "",
)  # fmt: skip
_TEXTS = (
    None, "", "The ferry is late again, says the harbour", "the  FERRY is late again, says the harbour https://t.co/1",
    "渡轮晚点了 渡轮晚点了", "№1 ﬁne library opens at noon today", "İstanbul'da vapur yine geç kaldı bugün",
)  # fmt: skip
_TAGS = ("Ferry", "ＦＥＲＲＹ", "late", "渡轮", "#", "library")


def write_varied_posts(path: Path, *, posts: int = 1_500, seed: int = 1) -> Path:
    """Write posts as JSON Lines; 40 names, each an account of its own on every one of two platforms."""
    draw = random.Random(seed)
    at = 1_700_000_000
    with path.open("w", encoding="utf-8") as file:
        for number in range(posts):
            at += draw.randrange(20)
            file.write(json.dumps(_post(draw, number, at), ensure_ascii=False) + "\n")
    return path


def _post(draw: random.Random, number: int, at: int) -> dict[str, Any]:
    platform, name = draw.choice(("x", "mastodon")), f"anna{int(40 * draw.random() ** 2)}"
    post: dict[str, Any] = {
        "post_id": str(number),
        "platform": platform,
        "account_id": name,
        "handle": name,
        "display_name": f"Anna {name}",
        "posted_at": at,
        "text": draw.choice(_TEXTS),
        "links": draw.sample(_LINKS, draw.randrange(3)),
        "hashtags": draw.sample(_TAGS, draw.randrange(5)),
        "mentions": draw.sample(("Harbour", "harbour", "@lib@example.org", "anna1"), draw.randrange(3)),
        "objects": draw.sample(("thing", "other", str(number)), draw.randrange(2)),
        "client": draw.choice(("web", "app")),
        "likes": draw.randrange(5),
    }
    passed_on = draw.random()
    if passed_on < 0.2:
        post["repost_of"] = str(draw.randrange(30))
    elif passed_on < 0.3:
        post |= {"is_repost": True, "text": "The ferry is late again, says the harbour"}
    elif passed_on < 0.5:
        post["reply_to"] = str(draw.randrange(20))
    elif passed_on < 0.6:
        post["quote_of"] = str(draw.randrange(20))
    return post
