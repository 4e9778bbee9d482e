"""Trace kind ``reply``: an account answered a post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Reference
from undazzle.store import Store
from undazzle.traces.filling import fill_from_column
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.selection import IS_REPOST_SQL, SAME_HOURS, is_repost


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    del settings  # a reply has no choices
    fill_from_column(store, target, "reply_to", f"reply_to IS NOT NULL AND NOT {IS_REPOST_SQL}")
    return {}


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    del settings
    if post.get("reply_to") is not None and not is_repost(post):
        yield post["reply_to"]


REPLY = TraceKind(
    kind_id="reply",
    version="1",
    title="Reply",
    summary="Finds accounts that answer the same post.",
    description=(
        "The item is the post that was answered. Reposts of answers do not count. "
        "Several accounts that answer the same posts at once can drown a person out, or only be the usual readers."
    ),
    needs=("reply_to",),
    innocent_explanations=(
        InnocentExplanation(
            "Busy thread",
            "Posts of well-known people get hundreds of answers within minutes. Look at how many others answered.",
        ),
        InnocentExplanation("Regulars", "Friends and regular readers answer each other every day, and over years."),
        SAME_HOURS,
    ),
    references=(
        Reference(
            "Graham et al., Coordination Network Toolkit (co-reply)",
            "https://github.com/QUT-Digital-Observatory/coordination-network-toolkit",
        ),
    ),
    extract=_extract,
    reference=_reference,
    peer_names=("co-reply",),
)
