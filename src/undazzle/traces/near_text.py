"""Trace kind ``near_text``: an account posted nearly the same words as others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from undazzle.errors import ParameterError
from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.store import Store
from undazzle.traces.clustering import Indexes, star_clusters
from undazzle.traces.kinds import TraceKind
from undazzle.traces.near_candidates import LOWEST_THRESHOLD, NearCandidates
from undazzle.traces.normal_text_table import collect_normal_texts
from undazzle.traces.selection import DECLARED_AUTOMATION, SAME_PUBLISHER, posts_where
from undazzle.traces.shingles import jaccard, shingles
from undazzle.traces.text import EVERYDAY_PHRASE, SHARE_BUTTON, TEXT_PARAMETERS

_EXCERPT = 80
_CACHED_TEXTS = 20_000


def near_item(leader: str) -> str:
    """Return the item of a group of texts, named after its leader.

    Examples
    --------
    >>> near_item("the ferry is late again")
    'near:37c3f97ee74f the ferry is late again'
    """
    digest = hashlib.md5(leader.encode(), usedforsecurity=False).hexdigest()[:12]
    return f"near:{digest} {leader[:_EXCERPT]}{'…' if len(leader) > _EXCERPT else ''}"


def near_leaders(texts: Sequence[str], threshold: float) -> Indexes:
    """Return for each text the number of the text that leads its group.

    Parameters
    ----------
    texts
        Distinct normalised texts, the most frequent first.
    threshold
        Share of overlapping pieces (Jaccard) that a member has in common with its leader, 0.3 to 1.

    Notes
    -----
    The text with the most likely partners leads first (``NearCandidates.order``), the more frequent one of two alike.
    """
    candidates = NearCandidates(texts, threshold)
    order = candidates.order

    @lru_cache(maxsize=_CACHED_TEXTS)
    def pieces(rank: int) -> set[str]:
        return shingles(texts[order[rank]])

    def similar(leader: int, others: Indexes) -> Indexes:
        own = pieces(leader)
        return np.array(
            [other for other in others.tolist() if jaccard(own, pieces(other)) >= threshold], dtype=np.int64
        )

    leaders = np.empty(len(texts), dtype=np.int64)
    leaders[order] = order[star_clusters(len(texts), similar, candidates.of)]
    return leaders


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    threshold = settings["threshold"]
    if not LOWEST_THRESHOLD <= threshold <= 1:
        raise ParameterError("threshold", threshold, f"Choose a number from {LOWEST_THRESHOLD} to 1.")
    texts, ranked = f"{target}_texts", f"{target}_ranked"
    collect_normal_texts(
        store,
        texts,
        posts_where(settings),
        ignore=settings["ignore"],
        exact=settings["exact"],
        min_words=settings["min_words"],
    )
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {ranked} AS SELECT normal, count(*) AS posts,"
        f" row_number() OVER (ORDER BY count(*) DESC, normal) - 1 AS rank"
        f" FROM {texts} WHERE normal <> '' GROUP BY normal"
    )
    rows = store.rows(f"SELECT normal, posts FROM {ranked} ORDER BY rank")
    _write_items(store, [row[0] for row in rows], np.array([row[1] for row in rows], dtype=np.int64), threshold, target)
    store.execute(
        f"INSERT INTO {target} SELECT item, post_key FROM {texts} JOIN {ranked} USING (normal)"
        f" JOIN {target}_items USING (rank)"
    )
    store.script(f"DROP TABLE {texts}; DROP TABLE {ranked}; DROP TABLE {target}_items")
    return {}


def _write_items(store: Store, texts: Sequence[str], posts: Indexes, threshold: float, target: str) -> None:
    """Write ``target_items (rank, item)`` for every text in a group of two texts or two posts."""
    leaders = near_leaders(texts, threshold) if texts else posts
    group_posts = np.bincount(leaders, weights=posts, minlength=len(texts))
    shared = np.flatnonzero(group_posts[leaders] > 1) if texts else leaders
    items = [near_item(texts[leader]) for leader in leaders[shared]]
    store.execute(f"CREATE OR REPLACE TEMP TABLE {target}_items (rank BIGINT, item VARCHAR)")
    store.append(f"{target}_items", {"rank": shared, "item": np.array(items, dtype=object)})


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
    peer_names=("co-similarity", "co-similar-tweet", "text-similarity"),
)
