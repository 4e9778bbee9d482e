"""Trace kind ``mention``: an account named another account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Reference
from undazzle.store import Store
from undazzle.traces.filling import fill_from_list
from undazzle.traces.items import bounded_item
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.selection import FANS, INCLUDE_REPOSTS, SAME_HOURS, counts, posts_where

# The platform goes in front: one name on two platforms may be two people.
_LISTED = "list_transform(mentions, lambda name: coalesce(platform, '') || ':' || name)"


def mention_item(raw: str) -> str | None:
    """Return ``platform:@name`` of ``platform:Name``, or ``None`` if no name is left.

    Examples
    --------
    >>> mention_item("x:Harbour"), mention_item("mastodon:@lib@example.org"), mention_item("x:@")
    ('x:@harbour', 'mastodon:@lib@example.org', None)
    """
    platform, _, name = raw.partition(":")
    name = name.strip().lstrip("@").casefold()
    return bounded_item(f"{platform}:@{name}") if name else None


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    fill_from_list(
        store,
        target,
        values_sql=_LISTED,
        where=posts_where(settings),
        quick_sql=(
            "CASE WHEN regexp_full_match(raw, '[a-z]{1,20}:[A-Za-z0-9_]{1,100}')"
            " THEN replace(lower(raw), ':', ':@') END"
        ),
        fold=mention_item,
    )
    return {}


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    if counts(post, settings):
        for name in post.get("mentions") or ():
            item = mention_item(f"{post.get('platform') or ''}:{name or ''}")
            if item:
                yield item


MENTION = TraceKind(
    kind_id="mention",
    version="1",
    title="Mention",
    summary="Finds accounts that name the same account.",
    description=(
        "The item is an account named with @ in a post, whatever the case. "
        "The platform is part of the item, because one name on two platforms may be two people."
    ),
    needs=("mentions",),
    reads=("platform",),
    parameters=(INCLUDE_REPOSTS,),
    innocent_explanations=(
        InnocentExplanation(
            "Public figure",
            "Politicians, broadcasters and companies are named by thousands every day. Look at how common the name is.",
        ),
        FANS,
        InnocentExplanation(
            "One conversation", "On many platforms an answer names everybody in the thread without being asked to."
        ),
        SAME_HOURS,
    ),
    references=(
        Reference(
            "Magelinski et al. 2022, A Synchronized Action Framework for Detection of Coordination on Social Media",
            "https://doi.org/10.54501/jots.v1i2.30",
        ),
    ),
    extract=_extract,
    reference=_reference,
    peer_names=("co-mention",),
)
