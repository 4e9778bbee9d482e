"""Trace kind ``quote``: an account quoted a post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Reference
from undazzle.store import Store
from undazzle.traces.filling import fill_from_column
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.selection import FANS, IS_REPOST_SQL, SAME_HOURS, is_repost


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    del settings  # a quote has no choices
    fill_from_column(store, target, "quote_of", f"quote_of IS NOT NULL AND NOT {IS_REPOST_SQL}")
    return {}


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    del settings
    if post.get("quote_of") is not None and not is_repost(post):
        yield post["quote_of"]


QUOTE = TraceKind(
    kind_id="quote",
    version="1",
    title="Quote",
    summary="Finds accounts that quote the same post.",
    description="The item is the post that was quoted with words of one's own. Reposts of quotes do not count.",
    needs=("quote_of",),
    innocent_explanations=(
        InnocentExplanation(
            "Talk of the day",
            "A striking post is quoted by many who agree or object. Look at how many others quoted it then.",
        ),
        FANS,
        SAME_HOURS,
    ),
    references=(
        Reference(
            "Weber and Neumann 2021, Amplifying influence through coordinated behaviour in social networks",
            "https://doi.org/10.1007/s13278-021-00815-2",
        ),
    ),
    extract=_extract,
    reference=_reference,
    peer_names=("co-quote", "quote-tweet"),
)
