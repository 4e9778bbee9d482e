"""Trace kind ``hashtag``: an account used a hashtag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Reference
from undazzle.store import Store
from undazzle.traces.filling import fill_from_list
from undazzle.traces.items import bounded_item
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.normal_text import one_form
from undazzle.traces.selection import INCLUDE_REPOSTS, SAME_HOURS, counts, posts_where

# Plain tags keep their letters but for the case.
QUICK_TAG = "[A-Za-z0-9_]{1,100}"


def hashtag_item(raw: str) -> str | None:
    """Return a hashtag without differences of case or letter form, or ``None`` if nothing is left.

    Examples
    --------
    >>> hashtag_item("Ferries"), hashtag_item("＃ＦＥＲＲＩＥＳ"), hashtag_item("#")
    ('#ferries', '#ferries', None)
    """
    tag = one_form(raw).casefold().strip().lstrip("#").strip()
    return bounded_item(f"#{tag}") if tag else None


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    fill_from_list(
        store,
        target,
        values_sql="hashtags",
        where=posts_where(settings),
        quick_sql=f"CASE WHEN regexp_full_match(raw, '{QUICK_TAG}') THEN '#' || lower(raw) END",
        fold=hashtag_item,
    )
    return {}


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    if counts(post, settings):
        for raw in post.get("hashtags") or ():
            item = hashtag_item(raw or "")
            if item:
                yield item


HASHTAG = TraceKind(
    kind_id="hashtag",
    version="1",
    title="Hashtag",
    summary="Finds accounts that use the same hashtag.",
    description=(
        "The item is a hashtag, whatever its case or letter form. A post with several hashtags makes one trace for "
        "each, so one post can look like many shared items: hashtag_sequence avoids that."
    ),
    needs=("hashtags",),
    parameters=(INCLUDE_REPOSTS,),
    innocent_explanations=(
        InnocentExplanation(
            "Public conversation",
            "A hashtag exists so that strangers meet: events, broadcasts and campaigns announce theirs. "
            "Look at how many others used it in those hours.",
        ),
        SAME_HOURS,
        InnocentExplanation(
            "How the data was collected",
            "If posts were collected by a hashtag, every account in the data uses it.",
        ),
    ),
    references=(
        Reference(
            "Nizzoli et al. 2021, Coordinated Behavior on Social Media in 2019 UK General Election",
            "https://arxiv.org/abs/2008.08370",
        ),
    ),
    extract=_extract,
    reference=_reference,
    peer_names=("co-hashtag", "co-tag"),
)
