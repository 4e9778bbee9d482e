"""Neutral stories told in several wordings and languages, with a key; and chains of who told them when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from undazzle.samples.phrases import BY_LANGUAGE, LINK_STORIES, TEMPLATE_STORIES, TOPICS
from undazzle.store import Store

START = datetime(2024, 3, 1, 9)
# Stories of which one link is told in English, Spanish and Arabic.
_SAME = {"horario": "timetable", "timetable-ar": "timetable", "sunday-zh": "sunday-hours"}

Row = dict[str, Any]


def told(seed: int, *, per_story: int = 12, background: int = 1_500) -> list[Row]:
    """Return posts with the key ``story``; background posts have none."""
    draws = Random(seed)
    rows: list[Row] = []
    for story in LINK_STORIES + TEMPLATE_STORIES:
        phrases = BY_LANGUAGE[story.language]
        key = _SAME.get(story.slug, story.slug)
        for number in range(per_story):
            text = story.wording([draws.randrange(9) for _ in story.parts])
            if draws.random() < 0.6:
                text = draws.choice(phrases.openers) + phrases.joiner + text
            if draws.random() < 0.6:
                comment = phrases.fill(draws.choice(phrases.comments), draws.getrandbits(60))
                text += phrases.joiner + comment + phrases.full_stop
            links = [f"https://news.example/{key}"] if story in LINK_STORIES and draws.random() < 0.7 else []
            rows.append(
                {"story": key, "language": story.language, "text": text, "links": links, "account": f"s{number}"}
            )
    for number in range(background):
        language = draws.choices(list(BY_LANGUAGE), [6, 2, 1, 1])[0]
        text = BY_LANGUAGE[language].post(draws.choice(TOPICS), [draws.getrandbits(60) for _ in range(5)])
        rows.append({"story": None, "language": language, "text": text, "links": [], "account": f"b{number % 300}"})
    draws.shuffle(rows)
    return rows


def workspace_of(rows: Sequence[Row]) -> Store:
    """Return a store with the rows as posts; ``at`` is minutes after the start, a row a minute if not given."""
    store = Store(":memory:")
    key = {name: number for number, name in enumerate(dict.fromkeys(one["account"] for one in rows), start=1)}
    columns = (
        "post_key", "post_id", "platform", "account_key", "account_id", "posted_at", "text", "language", "links",
        "domains", "hashtags",
    )  # fmt: skip
    values = [
        (
            number,
            f"x:{number}",
            one.get("platform", "x"),
            key[one["account"]],
            f"x:{one['account']}",
            START + timedelta(minutes=one.get("at", number)),
            one["text"],
            one.get("language"),
            one.get("links", []),
            [link.split("/")[2] for link in one.get("links", [])],
            one.get("hashtags", []),
        )
        for number, one in enumerate(rows, start=1)
    ]
    import pyarrow as pa

    columns_of = dict(zip(columns, map(list, zip(*values, strict=True)), strict=True))
    store.append("posts", pa.table(columns_of))
    return store


def b_cubed(key: Sequence[object], found: Sequence[object]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of groups against a key (Bagga and Baldwin 1998), item by item."""
    precision = recall = 0.0
    for mine, his in zip(key, found, strict=True):
        same_key = {i for i, other in enumerate(key) if other == mine}
        same_found = {i for i, other in enumerate(found) if other == his}
        precision += len(same_key & same_found) / len(same_found)
        recall += len(same_key & same_found) / len(same_key)
    precision, recall = precision / len(key), recall / len(key)
    return precision, recall, 2 * precision * recall / (precision + recall)
