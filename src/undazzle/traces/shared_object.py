"""Trace kind ``object``: an account shared a thing that the file itself names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Reference
from undazzle.store import Store
from undazzle.traces.filling import fill_from_list
from undazzle.traces.items import bounded_item, bounded_item_sql
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.selection import SAME_HOURS, SAME_PUBLISHER

# An object that is the post itself was shared by nobody: the first post of a thing stands in some files like that.
_LISTED = (
    "list_filter(objects, lambda thing:"
    " thing IS DISTINCT FROM post_id AND platform || ':' || thing IS DISTINCT FROM post_id)"
)
_LONGEST, _KEPT = 1_000, 900


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    del settings  # the file has made all choices
    quick = f"CASE WHEN raw <> '' THEN {bounded_item_sql('raw', _LONGEST, _KEPT)} END"
    fill_from_list(store, target, values_sql=_LISTED, where="true", quick_sql=quick, fold=lambda _: None)
    return {}


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    del settings
    own = post.get("post_id")
    for raw in post.get("objects") or ():
        if raw and raw != own and f"{post.get('platform')}:{raw}" != own:
            yield bounded_item(raw, _LONGEST, _KEPT)


OBJECT = TraceKind(
    kind_id="object",
    version="1",
    title="Object",
    summary="Finds accounts that share the same thing, as the file names it.",
    description=(
        "The item is what stands in the file's own column of objects, letter for letter; reposts count. "
        "An object that is the post itself makes no trace."
    ),
    needs=("objects",),
    reads=("platform", "post_id"),
    innocent_explanations=(
        InnocentExplanation(
            "Depends on the thing",
            "The file does not say what its objects are. Find out before reading anything into them.",
        ),
        SAME_PUBLISHER,
        SAME_HOURS,
    ),
    references=(Reference("Righetti and Balluff 2025, CooRTweet", "https://doi.org/10.5117/CCR2025.1.7.RIGH"),),
    extract=_extract,
    reference=_reference,
    is_default=True,
    peer_names=("co-object", "object-id"),
)
