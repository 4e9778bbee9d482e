"""Drafts become staged posts with ids, and the acts of the groups become the truth of the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from undazzle.samples.corpus import PlantedGroup
from undazzle.samples.drafts import Draft
from undazzle.samples.population import PLATFORMS, Population
from undazzle.samples.scene import Act

_FIRST_POST_ID = 80_001


def account_records(people: Population, start: datetime) -> list[dict[str, Any]]:
    """Return one record per account, with the account fields of a staged post."""
    return [
        {
            "platform": PLATFORMS[people.platform[number]],
            "account_id": people.account_ids[number],
            "handle": people.handles[number],
            "display_name": people.names[number],
            "account_created_at": start - timedelta(days=int(people.created[number])),
            "account_description": people.description[number],
            "account_language": people.language[number],
            "account_is_automated": people.is_automated[number],
            "followers": int(people.followers[number]),
            "following": int(people.following[number]),
        }
        for number in range(len(people))
    ]


def post_records(
    drafts: Sequence[Draft],
    accounts: Sequence[Mapping[str, Any]],
    people: Population,
    start: datetime,
    random: np.random.Generator,
) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """Return the staged posts in order of time, and the post id of every draft (by ``id(draft)``)."""
    ordered = sorted(drafts, key=lambda draft: draft.seconds)
    steps = np.cumsum(random.integers(1, 6, size=len(ordered))).tolist()
    ids = {id(draft): str(_FIRST_POST_ID + step) for draft, step in zip(ordered, steps, strict=True)}
    counts = _reactions(ordered)
    extra_likes = random.poisson(0.004 * people.followers[[draft.account for draft in ordered]] ** 0.8 + 0.3)
    posts = []
    for draft, likes in zip(ordered, extra_likes.tolist(), strict=True):
        reposts, replies = counts.get(id(draft), (0, 0))
        posts.append(
            {
                **accounts[draft.account],
                **_content(draft, ids[id(draft)], accounts, people, start),
                **_references(draft, ids, accounts),
                "likes": likes + 2 * reposts,
                "reposts": reposts,
                "replies": replies,
            }
        )
    return posts, ids


def _content(
    draft: Draft, post_id: str, accounts: Sequence[Mapping[str, Any]], people: Population, start: datetime
) -> dict[str, Any]:
    posted_at = start + timedelta(seconds=draft.seconds)
    account = accounts[draft.account]
    return {
        "post_id": post_id,
        "posted_at": posted_at,
        "posted_at_raw": f"{posted_at.isoformat()}Z",
        "text": _text(draft, accounts),
        "language": draft.language,
        "url": f"https://{account['platform']}.example/{account['handle']}/{post_id}",
        "client": draft.client or people.client[draft.account],
        "links": list(draft.links),
        "hashtags": list(draft.hashtags),
        "mentions": [accounts[draft.reply_to.account]["handle"]] if draft.reply_to else [],
    }


def _text(draft: Draft, accounts: Sequence[Mapping[str, Any]]) -> str:
    """Return the text as a platform exports it: with tags, links, and whom it answers or passes on."""
    if draft.repost_of is not None:
        return f"RT @{accounts[draft.repost_of.account]['handle']}: {draft.text}"
    parts = [f"@{accounts[draft.reply_to.account]['handle']}"] if draft.reply_to else []
    parts += [draft.text, *(f"#{tag}" for tag in draft.hashtags), *draft.links]
    return " ".join(parts)


def _references(draft: Draft, ids: Mapping[int, str], accounts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    reply, repost = draft.reply_to, draft.repost_of
    return {
        "is_repost": repost is not None,
        "repost_of": ids[id(repost)] if repost else None,
        "repost_of_account": accounts[repost.account]["account_id"] if repost else None,
        "reply_to": ids[id(reply)] if reply else None,
        "reply_to_account": accounts[reply.account]["account_id"] if reply else None,
    }


def _reactions(drafts: Sequence[Draft]) -> dict[int, tuple[int, int]]:
    """Return how often each draft is passed on and answered within the corpus."""
    counts: dict[int, tuple[int, int]] = {}
    for draft in drafts:
        for target, repost, reply in ((draft.repost_of, 1, 0), (draft.reply_to, 0, 1)):
            if target is not None:
                reposts, replies = counts.get(id(target), (0, 0))
                counts[id(target)] = (reposts + repost, replies + reply)
    return counts


def group_records(acts: Sequence[Act], people: Population, ids: Mapping[int, str]) -> tuple[PlantedGroup, ...]:
    """Return the groups, planted ones first and the background last."""
    groups = [
        PlantedGroup(
            act.label,
            act.kind,
            act.title,
            act.explanation,
            tuple(people.account_ids[number] for number in people.members[act.label].tolist()),
            tuple(ids[id(draft)] for draft in act.drafts),
            act.items or tuple(dict.fromkeys(ids[id(draft.repost_of)] for draft in act.drafts if draft.repost_of)),
        )
        for act in acts
    ]
    groups.append(
        PlantedGroup(
            "background",
            "background",
            "Ordinary accounts",
            "Each posts on what it cares for, when it is awake; popular pages and posts reach many of them.",
            tuple(people.account_ids[number] for number in people.members["background"].tolist()),
        )
    )
    return tuple(groups)
