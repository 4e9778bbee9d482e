"""Texts with equal keys in a band: sorted once, and walked by compiled code."""

from __future__ import annotations

from typing import Any, TypeAlias

import numba
import numpy as np

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
Runs: TypeAlias = "tuple[Numbers, Numbers]"
_FEWEST_PLACES, _MOST_PLACES = 1 << 12, 1 << 24  # of a table that says which keys could come twice


def runs_of(keys: Numbers) -> Runs:
    """Return the texts that share their key with others, those with one key side by side, and how many have each key.

    Runs follow one another by key, the texts of a run as given. Most keys are of one text only, so the keys are sorted
    by themselves first, which is quick, and texts are sorted only where a key could come twice.

    Parameters
    ----------
    keys
        The key of every text in one band.
    """
    ordered = np.sort(keys)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    del ordered
    could = np.zeros(min(_MOST_PLACES, max(_FEWEST_PLACES, 1 << (8 * len(twice)).bit_length())), dtype=np.bool_)
    place = np.uint64(len(could) - 1)
    could[twice & place] = True
    texts = np.flatnonzero(could[keys & place]).astype(np.int32)
    mine = keys[texts]
    order = np.argsort(mine, kind="stable")
    mine = mine[order]
    ends = np.append(np.flatnonzero(mine[1:] != mine[:-1]) + 1, len(mine))
    lengths = np.diff(ends, prepend=0)
    several = lengths > 1
    return texts[order[np.repeat(several, lengths)]], lengths[several].astype(np.int32)


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def add_partners(partners: Numbers, bands_of: Numbers, members: Numbers, lengths: Numbers) -> None:
    """Count for each text of a band the other texts that agree with it there, and the band."""
    place = 0
    for length in lengths:
        for _ in range(length):
            partners[members[place]] += length - 1
            bands_of[members[place]] += 1
            place += 1


def ranked_runs(runs: Runs, rank: Numbers) -> Numbers:
    """Return the ranks of the texts of runs, those of one run ascending, the last of each as ``-1 - rank``.

    Parameters
    ----------
    runs
        As ``runs_of`` returns them.
    rank
        By text; below 0 where the text does not take part. Of a run all take part, or none.
    """
    members, lengths = runs
    here = rank[members]
    taking_part = here >= 0
    run = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    both = np.sort((run[taking_part] << 32) | here[taking_part])
    found = (both & 0xFFFFFFFF).astype(np.int32)
    run = both >> 32
    is_last = np.append(run[1:] != run[:-1], np.ones(min(1, len(run)), dtype=np.bool_))
    found[is_last] = -1 - found[is_last]
    return found


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def add_places(begins: Numbers, ranks: Numbers) -> None:
    """Count at ``begins[rank + 1]`` how often each rank stands in runs without being the last there."""
    for one in ranks:
        if one >= 0:
            begins[one + 1] += 1


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def fill_places(places: Numbers, filled: Numbers, first: int, last: int, ranks: Numbers, start: int) -> None:
    """Note where the ranks from ``first`` to ``last - 1`` stand without being the last of their run.

    Parameters
    ----------
    places
        Takes the places; those of each rank side by side.
    filled
        By rank less ``first``: where its next place is noted.
    first, last
        Ranks that are looked for.
    ranks, start
        Some of the ranks of all runs, and where they stand among all.
    """
    for place in range(len(ranks)):
        one = ranks[place]
        if first <= one < last:
            places[filled[one - first]] = start + place
            filled[one - first] += 1


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def later_ones(rank: int, ranks: Numbers, places: Numbers, begins: Numbers, taken: Numbers, seen: Numbers) -> Numbers:
    """Return the ranks behind this one that share a key with it and are not ``taken``, ascending.

    ``seen`` is false everywhere before and after.
    """
    found, size = np.empty(64, np.int64), 0
    for index in range(begins[rank], begins[rank + 1]):
        place = places[index]
        while ranks[place] >= 0:
            place += 1
            other = ranks[place] if ranks[place] >= 0 else -1 - ranks[place]
            if not seen[other] and not taken[other]:
                seen[other] = True
                if size == len(found):
                    found = np.append(found, np.empty(size, np.int64))
                found[size] = other
                size += 1
    for index in range(size):
        seen[found[index]] = False
    return np.sort(found[:size])


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def likely_ones(rank: int, others: Numbers, signatures: Numbers, row_of: Numbers, lowest: float) -> Numbers:
    """Return those of some ranks whose signatures agree with that of a rank in enough places, in their order."""
    kept, length, mine = 0, signatures.shape[1], row_of[rank]
    found = np.empty(len(others), np.int64)
    for other in others:
        agreeing, row = 0, row_of[other]
        for place in range(length):
            agreeing += signatures[row, place] == signatures[mine, place]
        if agreeing / length >= lowest:
            found[kept] = other
            kept += 1
    return found[:kept]
