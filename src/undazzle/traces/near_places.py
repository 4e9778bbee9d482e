"""Where each text stands among those that agree with it, ready to be walked; in memory or in files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undazzle.traces.near_bands import add_places, fill_places, ranked_runs
from undazzle.traces.near_storage import Shelf, Spill

if TYPE_CHECKING:
    from undazzle.traces.near_candidates import Agreements

_READ = 1 << 20  # ranks read at once
Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Places:
    """All runs by rank.

    Attributes
    ----------
    ranks
        Ranks of the texts of all runs, run after run, ascending in each, the last of each as ``-1 - rank``.
    places
        Where each rank stands in them without being the last, those of one rank side by side.
    begins
        By rank: where its places begin; one more at the end.
    release
        Gives back the memory that reading them took.
    """

    ranks: Numbers
    places: Numbers
    begins: Numbers
    release: Callable[[], None]

    def bands(self, rank: int) -> int:
        """Return in how many runs others stand behind a rank."""
        return int(self.begins[rank + 1] - self.begins[rank])


def list_places(agreements: Agreements, texts: Numbers, count: int, spill: Spill | None, at_once: int) -> Places:
    """Return all runs by rank.

    Parameters
    ----------
    agreements
        Of all texts.
    texts
        Number of the text of each rank.
    count
        How many texts there are.
    spill
        Makes files that keep them; memory is used if not given.
    at_once
        Places of so many bytes are sorted at once where there are files.
    """
    total = int(agreements.bands_of[texts].sum(dtype=np.int64))
    ranks, begins = Shelf(total, np.int32, spill), np.zeros(len(texts) + 1, dtype=np.int64)
    rank = np.full(count, -1, dtype=np.int32)
    rank[texts] = np.arange(len(texts), dtype=np.int32)
    filled = 0
    for runs in agreements.runs():
        found = ranked_runs(runs, rank)
        add_places(begins, found)
        ranks.put(filled, found)
        filled += len(found)
    del rank
    np.cumsum(begins, out=begins)
    dtype = np.int32 if total < 1 << 31 else np.int64
    places = Shelf(int(begins[-1]), dtype, spill)
    for first, last in _ranges(begins, max(1, at_once // 4) if spill else int(begins[-1])):
        part = np.empty(int(begins[last] - begins[first]), dtype=dtype)
        next_place = begins[first:last] - begins[first]
        for start in range(0, total, _READ):
            fill_places(part, next_place, first, last, ranks.get(start, min(_READ, total - start)), start)
        places.put(int(begins[first]), part)
    (all_ranks, free_ranks), (all_places, free_places) = ranks.mapped(), places.mapped()

    def release() -> None:
        free_ranks()
        free_places()

    return Places(all_ranks, all_places, begins, release)


def _ranges(begins: Numbers, most: int) -> list[tuple[int, int]]:
    """Cut ranks into ranges that have at most so many places, or one rank."""
    ranges, first = [], 0
    while first < len(begins) - 1:
        last = int(np.searchsorted(begins, begins[first] + most, side="right")) - 1
        last = min(max(last, first + 1), len(begins) - 1)
        ranges.append((first, last))
        first = last
    return ranges
