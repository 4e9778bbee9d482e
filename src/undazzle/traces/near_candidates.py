"""Which texts could be alike: MinHash signatures that agree in a band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from undazzle.traces.near_sketches import Sketches
from undazzle.traces.near_storage import Pile, Spill
from undazzle.traces.near_window import Window

# A signature of 128 estimates likeness with a standard error of at most 0.045. Pairs that reach the threshold but
# are estimated this much below it are fewer than one in ten thousand.
_MARGIN = 0.17
_STEP = 256  # signatures compared at once where they are read from a file

Numbers = np.ndarray[Any, np.dtype[Any]]
_NONE = np.empty(0, dtype=np.int64)


class Agreements:
    """Which texts agree with others in which band.

    Parameters
    ----------
    sketches
        Of all texts; their keys are given back.
    pieces
        The keys of a band are sorted in so many pieces, one after the other.
    spill
        Makes files that keep what agrees; memory is used if not given.

    Attributes
    ----------
    partners
        By text: the other texts that agree with it, counted once for every band in which they do.
    bands_of
        By text: the bands in which any does.
    """

    def __init__(self, sketches: Sketches, pieces: int = 1, spill: Spill | None = None) -> None:
        # Late: the compiler is brought along, and commands that compare no texts do without it.
        from undazzle.traces.near_bands import add_partners, runs_of

        self.partners = np.zeros(sketches.count, dtype=np.int32)
        self.bands_of = np.zeros(sketches.count, dtype=np.uint8)
        self._members, self._lengths = Pile(spill), Pile(spill)
        for band in range(sketches.bands):
            for piece in range(pieces):
                keys, texts = sketches.keys(band, piece, pieces)
                members, lengths = runs_of(keys)
                members = members if texts is None else texts[members]
                add_partners(self.partners, self.bands_of, members, lengths)
                self._members.add(members)
                self._lengths.add(lengths)
        sketches.forget_keys()

    def ordered(self) -> Numbers:
        """Return the texts that have partners, those with most first, and of equals the one given first.

        Copies that were changed anew each time are alike by way of what they were copied from: that text has the most
        partners, and should lead them.
        """
        texts = np.flatnonzero(self.partners)
        order: Numbers = np.argsort(-self.partners[texts], kind="stable")
        return texts[order].astype(np.int32)

    def runs(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield what ``runs_of`` returned, piece after piece."""
        for number in range(len(self._members)):
            yield self._members.get(number), self._lengths.get(number)

    def close(self) -> None:
        """Give back everything."""
        self._members.close()
        self._lengths.close()


class Likely:
    """Texts that have partners, by rank, and which of them could be alike.

    Parameters
    ----------
    sketches, agreements
        Of all texts.
    texts
        Number of the text of each rank (``Agreements.ordered``).
    threshold
        Likeness (Jaccard, 0.3 to 1) that pairs must reach.
    spill
        Makes files that keep what agrees; memory is used if not given.
    window
        Signatures stay in their file, of which so many bytes are held at once; if not given, memory is used.
    """

    def __init__(
        self,
        sketches: Sketches,
        agreements: Agreements,
        texts: Numbers,
        threshold: float,
        spill: Spill | None = None,
        window: int | None = None,
    ) -> None:
        from undazzle.traces.near_bands import later_ones, likely_ones
        from undazzle.traces.near_places import list_places

        self._window = Window(window)
        self._places = list_places(agreements, texts, sketches.count, spill, window or 0)
        self._step = max(1, len(texts)) if window is None else _STEP
        if window is None:
            self._signatures, release = sketches.signatures(texts), self._places.release
            self._row_of = np.arange(len(texts), dtype=np.int32)
        else:
            self._signatures, release = sketches.mapped()
            self._row_of = texts
        self._window.release = (release, self._places.release)
        self._lowest = threshold - _MARGIN
        self._seen = np.zeros(len(texts), dtype=np.bool_)
        self._later, self._likely = later_ones, likely_ones

    def of(self, rank: int, taken: Numbers) -> Numbers:
        """Return the ranks of later texts that could be like that of a rank and are not ``taken``, ascending."""
        places = self._places
        if places.begins[rank] == places.begins[rank + 1]:
            return _NONE
        others = self._later(rank, places.ranks, places.places, places.begins, taken, self._seen)
        self._window.note(places.bands(rank) + 1)
        found = []
        for first in range(0, len(others), self._step):
            part = others[first : first + self._step]
            found.append(self._likely(rank, part, self._signatures, self._row_of, self._lowest))
            self._window.note(len(part))
        return np.concatenate(found) if found else _NONE


class NearCandidates:
    """Texts that could be alike, by rank: those with the most likely partners first; all of them in memory.

    Parameters
    ----------
    texts
        Distinct normalised texts, none empty.
    threshold
        Likeness (Jaccard, 0.3 to 1) that pairs must reach.

    Attributes
    ----------
    order
        Number of the text of each rank. Of texts with equally many partners, the one given first comes first.
    """

    def __init__(self, texts: Sequence[str], threshold: float) -> None:
        sketches = Sketches(len(texts), threshold)
        sketches.add(texts)
        agreements = Agreements(sketches)
        self.order: Numbers = np.argsort(-agreements.partners, kind="stable")
        partnered = agreements.ordered()
        self._likely = Likely(sketches, agreements, partnered, threshold)
        self._taken = np.zeros(len(partnered), dtype=np.bool_)

    def of(self, rank: int) -> Numbers:
        """Return the ranks of all later texts that could be like the text of this rank, in ascending order."""
        return self._likely.of(rank, self._taken) if rank < len(self._taken) else _NONE
