"""Trace kind ``hashtag_sequence``: an account used several hashtags in one order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.store import Store
from undazzle.traces.filling import fill_from_list
from undazzle.traces.hashtag import QUICK_TAG, hashtag_item
from undazzle.traces.items import bounded_item, bounded_item_sql
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.selection import INCLUDE_REPOSTS, counts, posts_where
from undazzle.traces.text import SHARE_BUTTON

# Between the tags of one post while they travel as one text; no platform allows it inside a tag.
_SEPARATOR = "\x1f"
_TAGS_SQL = "list_filter(hashtags, lambda tag: tag IS NOT NULL AND tag <> '')"


def _sequence(joined: str, least: int) -> str | None:
    tags = [item for raw in joined.split(_SEPARATOR) if (item := hashtag_item(raw))]
    return bounded_item(" ".join(tags)) if len(tags) >= least else None


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    least = settings["min_hashtags"]
    spaced = f"'#' || replace(lower(raw), '{_SEPARATOR}', ' #')"
    fill_from_list(
        store,
        target,
        values_sql=f"CASE WHEN len(hashtags) >= {least} THEN [array_to_string({_TAGS_SQL}, '{_SEPARATOR}')] END",
        where=posts_where(settings),
        quick_sql=(
            f"CASE WHEN regexp_full_match(raw, '{QUICK_TAG}(?:{_SEPARATOR}{QUICK_TAG}){{{least - 1},}}')"
            f" THEN {bounded_item_sql(f'({spaced})')} END"
        ),
        fold=lambda joined: _sequence(joined, least),
    )
    return {}


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    if not counts(post, settings):
        return
    item = _sequence(_SEPARATOR.join(filter(None, post.get("hashtags") or ())), settings["min_hashtags"])
    if item:
        yield item


HASHTAG_SEQUENCE = TraceKind(
    kind_id="hashtag_sequence",
    version="1",
    title="Hashtag sequence",
    summary="Finds accounts that use the same hashtags in the same order.",
    description=(
        "The item is the ordered list of all hashtags of a post, if there are enough of them. "
        "Few people choose the same three tags in the same order; five, as OSoMe asks for, are rarer still. "
        "A post makes at most one trace."
    ),
    needs=("hashtags",),
    parameters=(
        Parameter("min_hashtags", 3, "hashtags", "Posts with fewer hashtags make no trace. OSoMe uses 5."),
        INCLUDE_REPOSTS,
    ),
    innocent_explanations=(
        SHARE_BUTTON,
        InnocentExplanation(
            "Habit of a trade",
            "Photographers, gamers and small shops paste the same block of tags under every post. "
            "Look at whether each account has its own block.",
        ),
        InnocentExplanation(
            "Announced campaign",
            "An association or union tells its members which tags to use, in public. Look for the announcement.",
        ),
    ),
    references=(
        Reference(
            "Pacheco et al. 2021, Uncovering Coordinated Networks on Social Media (sequences of 5)",
            "https://doi.org/10.1609/icwsm.v15i1.18075",
        ),
    ),
    extract=_extract,
    reference=_reference,
    is_default=True,
    peer_names=("co-hashtag-sequence", "hashtag-seq", "hashtagseq"),
)
