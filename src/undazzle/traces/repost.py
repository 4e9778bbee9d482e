"""Trace kind ``repost``: an account passed on a post of somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.store import Store
from undazzle.traces.filling import fill_from_column
from undazzle.traces.items import bounded_item, bounded_item_sql
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.normal_text import count_half_words, normalise_text
from undazzle.traces.normal_text_table import collect_normal_texts
from undazzle.traces.selection import DECLARED_AUTOMATION, FANS, SAME_HOURS

_MIN_WORDS = 4
_TEXT_ONLY = "coalesce(is_repost, false) AND repost_of IS NULL"


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    fill_from_column(store, target, "repost_of", "repost_of IS NOT NULL")
    if not settings["match_by_text"]:
        return {}
    texts = f"{target}_texts"
    collect_normal_texts(store, texts, _TEXT_ONLY, ignore=("urls",), exact=False, min_words=_MIN_WORDS)
    added = store.rows(f"SELECT count(*) FROM {texts}")[0][0]
    store.execute(f"INSERT INTO {target} SELECT 'text: ' || {bounded_item_sql('normal')}, post_key FROM {texts}")
    store.execute(f"DROP TABLE {texts}")
    return {"told_by_text": added}


def _warn(counts: Mapping[str, int]) -> list[str]:
    added = counts.get("told_by_text", 0)
    return [f"{added:,} reposts do not name the post that they pass on; their text stands for it."] if added else []


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    if post.get("repost_of") is not None:
        yield post["repost_of"]
    elif settings["match_by_text"] and post.get("is_repost") and post.get("text") is not None:
        normal = normalise_text(post["text"], ("urls",))
        if count_half_words(normal) >= 2 * _MIN_WORDS:
            yield f"text: {bounded_item(normal)}"


REPOST = TraceKind(
    kind_id="repost",
    version="1",
    title="Repost",
    summary="Finds accounts that pass on the same post.",
    description=(
        "The item is the post that was passed on: a retweet, share, boost or forward without words of one's own. "
        "Where a file marks reposts but does not name the post, the text of the repost stands for it."
    ),
    needs=("repost_of", "is_repost"),
    reads=("text",),
    parameters=(
        Parameter(
            "match_by_text",
            True,
            "",
            "Whether the text stands for the post where a file marks a repost without naming the post.",
        ),
    ),
    innocent_explanations=(
        FANS,
        InnocentExplanation(
            "One large account",
            "A post of an account with many followers is passed on by thousands within minutes. "
            "Look at how many others passed it on.",
        ),
        SAME_HOURS,
        DECLARED_AUTOMATION,
    ),
    references=(
        Reference(
            "Pacheco et al. 2021, Uncovering Coordinated Networks on Social Media: Methods and Case Studies",
            "https://doi.org/10.1609/icwsm.v15i1.18075",
        ),
        Reference(
            "Graham et al., Coordination Network Toolkit",
            "https://github.com/QUT-Digital-Observatory/coordination-network-toolkit",
        ),
    ),
    extract=_extract,
    warn=_warn,
    reference=_reference,
    is_default=True,
    peer_names=("co-retweet", "co-repost", "retweet", "co-share"),
)
