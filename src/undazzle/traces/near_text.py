"""Trace kind ``near_text``: an account posted nearly the same words as others."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from undazzle.errors import ParameterError
from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.store import Store
from undazzle.store.memory import Memory
from undazzle.traces.kinds import TraceKind
from undazzle.traces.near_leading import Numbers, lead_texts
from undazzle.traces.near_plan import plan_for
from undazzle.traces.near_sketches import LOWEST_THRESHOLD
from undazzle.traces.near_sources import ListedTexts, StoredTexts
from undazzle.traces.normal_text_table import collect_normal_texts
from undazzle.traces.selection import DECLARED_AUTOMATION, SAME_PUBLISHER, posts_where
from undazzle.traces.text import EVERYDAY_PHRASE, SHARE_BUTTON, TEXT_PARAMETERS

_EXCERPT = 80
_WRITTEN = 1_000_000
_DATABASE = 1_500_000_000  # bytes for the database without a limit; it needs about 400 for every post that has a text


def near_item(leader: str) -> str:
    """Return the item of a group of texts, named after its leader.

    Examples
    --------
    >>> near_item("the ferry is late again")
    'near:37c3f97ee74f the ferry is late again'
    """
    digest = hashlib.md5(leader.encode(), usedforsecurity=False).hexdigest()[:12]
    return f"near:{digest} {leader[:_EXCERPT]}{'…' if len(leader) > _EXCERPT else ''}"


def near_item_sql(leader: str) -> str:
    """Return SQL for what ``near_item`` returns."""
    shortened = f"CASE WHEN length({leader}) > {_EXCERPT} THEN '…' ELSE '' END"
    return f"'near:' || left(md5({leader}), 12) || ' ' || left({leader}, {_EXCERPT}) || {shortened}"


def near_leaders(texts: Sequence[str], threshold: float, memory: Memory | None = None) -> Numbers:
    """Return for each text the number of the text that leads its group.

    Parameters
    ----------
    texts
        Distinct normalised texts, the most frequent first.
    threshold
        Share of overlapping pieces (Jaccard) that a member has in common with its leader, 0.3 to 1.
    memory
        What may be used; the result does not depend on it.

    Notes
    -----
    The text with the most likely partners leads first (``NearCandidates.order``), the more frequent one of two alike.
    """
    plan = plan_for(len(texts), threshold, memory or Memory())
    return lead_texts(ListedTexts(texts), threshold, plan, Path(tempfile.gettempdir()))[0]


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    threshold = _checked(settings)
    numbered, ranked = f"{target}_numbered", f"{target}_ranked"
    with store.bounded(_DATABASE):
        _number_texts(store, settings, ranked, numbered)
    texts = StoredTexts(store, ranked)
    plan = plan_for(texts.count, threshold, store.memory)
    plan.check()
    with store.at_most(plan.database):
        leaders, compared, in_files = lead_texts(texts, threshold, plan, store.temporary_folder())
        _write_leaders(store, leaders, ranked, f"{target}_led")
    store.execute(
        f"INSERT INTO {target} SELECT item, post_key FROM {numbered} JOIN {target}_led USING (number)"
        f" JOIN (SELECT number AS leader, {near_item_sql('normal')} AS item FROM {ranked}) USING (leader)"
    )
    store.script(f"DROP TABLE {numbered}; DROP TABLE {ranked}; DROP TABLE {target}_led")
    return {"texts": texts.count, "compared": compared, "in_files": in_files}


def _checked(settings: Mapping[str, Any]) -> float:
    threshold: float = settings["threshold"]
    if not LOWEST_THRESHOLD <= threshold <= 1:
        raise ParameterError("threshold", threshold, f"Choose a number from {LOWEST_THRESHOLD} to 1.")
    return threshold


def _number_texts(store: Store, settings: Mapping[str, Any], ranked: str, numbered: str) -> None:
    """Write ``ranked (normal, posts, number)``, the most frequent texts first, and ``numbered (number, post_key)``."""
    texts = f"{ranked}_texts"
    collect_normal_texts(
        store,
        texts,
        posts_where(settings),
        ignore=settings["ignore"],
        exact=settings["exact"],
        min_words=settings["min_words"],
    )
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {ranked} AS SELECT *, row_number() OVER () - 1 AS number FROM"
        f" (SELECT normal, count(*)::INTEGER AS posts FROM {texts} WHERE normal <> '' GROUP BY normal"
        " ORDER BY count(*) DESC, normal)"
    )
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {numbered} AS SELECT number, post_key FROM {texts} JOIN {ranked} USING (normal)"
    )
    store.execute(f"DROP TABLE {texts}")


def _write_leaders(store: Store, leaders: Numbers, ranked: str, table: str) -> None:
    """Write ``table (number, leader)`` for every text in a group of two texts or two posts."""
    store.execute(f"CREATE OR REPLACE TEMP TABLE {table} (number BIGINT, leader BIGINT)")
    posts = store.arrays(f"SELECT posts FROM {ranked} ORDER BY number")["posts"]
    group_posts = np.bincount(leaders, weights=posts, minlength=len(leaders)) if len(leaders) else posts
    shared = np.flatnonzero(group_posts[leaders] > 1)
    for first in range(0, len(shared), _WRITTEN):
        part = shared[first : first + _WRITTEN]
        store.append(table, {"number": part, "leader": leaders[part].astype(np.int64)})


def _plan(store: Store, settings: Mapping[str, Any]) -> list[str]:
    """Return what will be done within a limit of memory; every post that counts could be a text of its own."""
    most = store.rows(f"SELECT count(*) FROM posts WHERE text IS NOT NULL AND {posts_where(settings)}")[0][0]
    return [plan_for(int(most), _checked(settings), store.memory).beforehand()]


def _carried_out(counts: Mapping[str, int]) -> list[str]:
    where = f"from files of {counts['in_files'] / 1e6:,.0f} MB" if counts["in_files"] else "in memory"
    return [
        f"near-identical texts: {counts['texts']:,} different texts, of which {counts['compared']:,} may be like "
        f"another, were compared {where}"
    ]


NEAR_TEXT = TraceKind(
    kind_id="near_text",
    version="2",
    title="Near-identical text",
    summary="Finds accounts that post nearly the same words.",
    description=(
        "The item is a group of texts that share most of their overlapping five-letter pieces (two-letter pieces in "
        "Chinese, Japanese, Korean, Thai and the like) with the text of the group that is like the most others. "
        "Members are compared with that text only, so groups do not chain. "
        "Candidates are found by MinHash and then compared exactly."
    ),
    needs=("text",),
    parameters=(
        Parameter(
            "threshold",
            0.7,
            "share of pieces",
            "Likeness (Jaccard) that a text needs with the leader of its group, 0.3 to 1.",
        ),
        *TEXT_PARAMETERS,
    ),
    innocent_explanations=(
        SHARE_BUTTON,
        EVERYDAY_PHRASE,
        SAME_PUBLISHER,
        DECLARED_AUTOMATION,
        InnocentExplanation(
            "Template of a form",
            "Weather, sports and traffic posts fill numbers into one sentence. Look at whether only numbers differ.",
        ),
    ),
    references=(
        Reference(
            "Broder 1997, On the resemblance and containment of documents", "https://doi.org/10.1109/SEQUEN.1997.666900"
        ),
        Reference(
            "Pacheco et al. 2020, Unveiling Coordinated Groups Behind White Helmets Disinformation",
            "https://doi.org/10.1145/3366424.3385775",
        ),
    ),
    extract=_extract,
    plan=_plan,
    carried_out=_carried_out,
    peer_names=("co-similarity", "co-similar-tweet", "text-similarity"),
)
