"""The leader of every text: sketched, sorted band by band, and compared with what agrees in a band."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from undazzle.traces.near_candidates import Agreements, Likely
from undazzle.traces.near_plan import NearPlan
from undazzle.traces.near_sketches import Sketches
from undazzle.traces.near_sources import HeldTexts, Texts
from undazzle.traces.near_storage import Spill
from undazzle.traces.shingles import jaccard, shingles

Numbers = np.ndarray[Any, np.dtype[Any]]


def lead_texts(texts: Texts, threshold: float, plan: NearPlan, folder: Path) -> tuple[Numbers, int, int]:
    """Return for each text the number of the text that leads its group.

    Each text in turn that has no group yet, those with the most partners first, leads a new one and takes in every
    later text without a group that is like it (``clustering.star_clusters`` says the same of fewer things). What is
    kept in memory and what in files does not change the result.

    Parameters
    ----------
    texts
        The most frequent first.
    threshold
        Share of overlapping pieces (Jaccard) that a member has in common with its leader, 0.3 to 1.
    plan
        What is held at once.
    folder
        Where temporary files lie, if the plan needs any.

    Returns
    -------
    tuple
        The leaders (``int32``); how many texts may be like another; bytes of files that were read as they were needed,
        0 where all was compared in memory.

    Raises
    ------
    TooLargeError
        If a limit of memory is too small even so.
    WorkspaceError
        If there is no space left for temporary files.
    """
    leaders = np.arange(texts.count, dtype=np.int32)
    with Spill(folder) as files:
        spill = files if plan.on_disk else None
        sketches = Sketches(texts.count, threshold, spill, plan.letters)
        for batch in texts.batches():
            sketches.add(batch)
        agreements = Agreements(sketches, plan.pieces, spill)
        ordered = agreements.ordered()
        needed = plan.needed(sketches.bytes_of[ordered], agreements.bands_of[ordered])
        window = plan.window(len(ordered), needed)
        spill = None if window is None else files
        likely = Likely(sketches, agreements, ordered, threshold, spill, window)
        agreements.close()
        _lead(likely, texts.some(ordered, spill), ordered, threshold, plan.cached_pieces, leaders)
    return leaders, len(ordered), 0 if window is None else needed


def _lead(
    likely: Likely, texts: HeldTexts, numbers: Numbers, threshold: float, cached_pieces: int, leaders: Numbers
) -> None:
    """Choose leaders among the texts that have partners."""
    taken = np.zeros(len(numbers), dtype=np.bool_)
    pieces = _Pieces(texts, cached_pieces)
    for rank in range(len(numbers)):
        if taken[rank]:
            continue
        others = likely.of(rank, taken)
        if not len(others):
            continue
        own = pieces[rank]
        alike = [other for other in others.tolist() if jaccard(own, pieces[other]) >= threshold]
        taken[alike] = True
        leaders[numbers[alike]] = numbers[rank]


class _Pieces:
    """The overlapping pieces of texts; some are kept for the next comparison."""

    def __init__(self, texts: HeldTexts, most: int) -> None:
        self._texts, self._most = texts, most
        self._kept: dict[int, set[str]] = {}
        self._size = 0

    def __getitem__(self, rank: int) -> set[str]:
        found = self._kept.get(rank)
        if found is None:
            found = shingles(self._texts[rank])
            if self._size > self._most:
                self._kept.clear()
                self._size = 0
            self._kept[rank] = found
            self._size += len(found)
        return found
