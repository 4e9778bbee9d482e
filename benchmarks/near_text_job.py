"""One extraction of near-identical texts, or its comparison with brute force, in a process of its own; prints JSON.

``python -m benchmarks.near_text_job extract WORKSPACE SETTINGS`` and ``... recall WORKSPACE SETTINGS DRAWN``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numba as nb
import numpy as np

from undazzle.store import Store
from undazzle.traces import extract_traces, trace_kind
from undazzle.traces.near_candidates import NearCandidates
from undazzle.traces.normal_text_table import collect_normal_texts
from undazzle.traces.selection import posts_where
from undazzle.traces.settings import complete_settings
from undazzle.traces.shingles import hashed_shingles

_DAY = 86_400
_STEP = 20_000
_SEED = 3

Array = np.ndarray[Any, np.dtype[Any]]


def extract(workspace: str, settings: dict[str, Any]) -> dict[str, Any]:
    """Extract the traces and say how many there are."""
    with Store(workspace) as store:
        found = extract_traces(store, "near_text", settings)
        posts = store.rows("SELECT count(*) FROM posts")[0][0]
    return {"posts": posts, "traces": found.traces, "items": found.items}


def recall(workspace: str, settings: dict[str, Any], drawn: int) -> dict[str, Any]:
    """Compare drawn posts with every post of another account within a day; count the pairs that were found."""
    complete = complete_settings(trace_kind("near_text"), settings)
    with Store(workspace) as store:
        texts, text_of, account, at, item = _posts(
            store, complete, extract_traces(store, "near_text", settings).trace_set
        )
    pieces, offsets = _pieces(texts)
    chosen = np.sort(np.random.default_rng(_SEED).permutation(len(at))[:drawn])
    one, other = _true_pairs(chosen, text_of, account, at, pieces, offsets, complete["threshold"], _DAY)
    candidates = NearCandidates(texts, complete["threshold"])
    rank_of = np.argsort(candidates.order)
    ranks = np.sort(rank_of[np.column_stack([text_of[one], text_of[other]])], axis=1)
    near = {first: set(candidates.of(first).tolist()) for first in np.unique(ranks[:, 0]).tolist()}
    found = sum(second in near[first] for first, second in ranks.tolist())
    together = int(((item[one] == item[other]) & (item[one] >= 0)).sum())
    counts = {"texts": len(texts), "drawn": len(chosen), "pairs": len(one), "found": found, "in_one_item": together}
    return {name: int(value) for name, value in counts.items()}


def _posts(store: Store, settings: dict[str, Any], trace_set: int) -> tuple[list[str], Array, Array, Array, Array]:
    """Distinct texts by rank; of every post in order of time its text, account, second and item (-1 without)."""
    collect_normal_texts(
        store,
        "compared",
        posts_where(settings),
        ignore=settings["ignore"],
        exact=settings["exact"],
        min_words=settings["min_words"],
    )
    store.execute(
        "CREATE TEMP TABLE ranked AS SELECT normal, row_number() OVER (ORDER BY count(*) DESC, normal) - 1 AS rank "
        "FROM compared WHERE normal <> '' GROUP BY normal"
    )
    texts = [row[0] for row in store.rows("SELECT normal FROM ranked ORDER BY rank")]
    columns = store.arrays(
        "SELECT rank, p.account_key::BIGINT AS account, epoch(p.posted_at)::BIGINT AS at, "
        "coalesce(t.item_key, -1) AS item FROM compared JOIN ranked USING (normal) JOIN posts p USING (post_key) "
        "LEFT JOIN (FROM traces WHERE trace_set = $set) t USING (post_key) ORDER BY p.posted_at, post_key",
        {"set": trace_set},
    )
    return texts, columns["rank"], columns["account"], columns["at"], columns["item"]


def _pieces(texts: list[str]) -> tuple[Array, Array]:
    """Distinct pieces of every text as sorted numbers, one text after the other, and where each begins."""
    parts, offsets = [], [0]
    for start in range(0, len(texts), _STEP):
        flat, ends = hashed_shingles(texts[start : start + _STEP])
        for begin, end in zip(ends[:-1].astype(np.int64), ends[1:].astype(np.int64), strict=True):
            distinct = np.unique(flat[begin:end])
            parts.append(distinct)
            offsets.append(offsets[-1] + len(distinct))
    return np.concatenate(parts), np.array(offsets, dtype=np.int64)


@nb.njit(cache=False)  # type: ignore[untyped-decorator]
def _is_alike(pieces: Array, a: int, a_end: int, b: int, b_end: int, threshold: float) -> bool:
    """Whether the share of common pieces reaches the threshold."""
    total = (a_end - a) + (b_end - b)
    common = 0
    while a < a_end and b < b_end:
        if pieces[a] == pieces[b]:
            common, a, b = common + 1, a + 1, b + 1
        elif pieces[a] < pieces[b]:
            a += 1
        else:
            b += 1
    return common / (total - common) >= threshold


@nb.njit(cache=False)  # type: ignore[untyped-decorator]
def _true_pairs(
    chosen: Array,
    text_of: Array,
    account: Array,
    at: Array,
    pieces: Array,
    offsets: Array,
    threshold: float,
    window: int,
) -> tuple[Array, Array]:
    """Every pair of a chosen post and another account's post within the window whose texts differ and are alike."""
    ones, others = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    for one in chosen:
        text = text_of[one]
        size = offsets[text + 1] - offsets[text]
        place = np.searchsorted(at, at[one] - window)
        while place < len(at) and at[place] <= at[one] + window:
            other = text_of[place]
            length = offsets[other + 1] - offsets[other]
            # texts of very different length cannot reach the threshold
            if (
                other != text
                and account[place] != account[one]
                and min(size, length) >= threshold * max(size, length)
                and _is_alike(pieces, offsets[text], offsets[text + 1], offsets[other], offsets[other + 1], threshold)
            ):
                ones.append(np.int64(one))
                others.append(np.int64(place))
            place += 1
    return np.array(ones), np.array(others)


if __name__ == "__main__":
    what, path, given, *rest = sys.argv[1:]
    parsed = json.loads(given)
    print(json.dumps(extract(path, parsed) if what == "extract" else recall(path, parsed, int(rest[0]))))
