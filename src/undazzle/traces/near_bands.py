"""Texts with equal keys in a band: sorted once, and walked by compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numba
import numpy as np

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
Runs: TypeAlias = "tuple[Numbers, Numbers]"


def runs_of(keys: Numbers) -> Runs:
    """Return the texts that share their key with others, those with one key side by side, and how many have each key.

    Parameters
    ----------
    keys
        The key of every text in one band.
    """
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    ends = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]) + 1, len(keys))
    lengths = np.diff(ends, prepend=0)
    several = lengths > 1
    return order[np.repeat(several, lengths)].astype(np.int32), lengths[several]


def count_partners(runs: Sequence[Runs], texts: int) -> Numbers:
    """Count for each text the other texts that agree with it, once for every band in which they do."""
    partners = np.zeros(texts, dtype=np.int64)
    for members, lengths in runs:
        partners[members] += np.repeat(lengths - 1, lengths)
    return partners


def join_runs(runs: Sequence[Runs], partnered: Numbers, texts: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return the bands by rank, ready to be walked.

    Parameters
    ----------
    runs
        Of each band, as ``runs_of`` returns them.
    partnered
        The text of each rank; every text with a partner is among them.
    texts
        How many texts there are.

    Returns
    -------
    tuple of numpy.ndarray
        Ranks of all bands, one band after the other, those with one key side by side and ascending; where each band
        begins; by rank and band, where those behind it with its key begin and end, counted from there.
    """
    rank = np.full(texts, -1, dtype=np.int32)
    rank[partnered] = np.arange(len(partnered), dtype=np.int32)
    after, last = (np.zeros((len(partnered), len(runs)), dtype=np.int32) for _ in range(2))
    ranks = []
    for band, (members, lengths) in enumerate(runs):
        here, run = rank[members], np.repeat(np.arange(len(lengths)), lengths)
        here = here[np.lexsort((here, run))]
        after[here, band] = np.arange(1, len(here) + 1)
        last[here, band] = np.repeat(np.cumsum(lengths), lengths)
        ranks.append(here)
    begins = np.cumsum([0, *(len(one) for one in ranks)])[:-1].astype(np.int64)
    return np.concatenate(ranks), begins, after, last


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def later_and_likely(
    rank: int,
    ranks: Numbers,
    begins: Numbers,
    after: Numbers,
    last: Numbers,
    signatures: Numbers,
    lowest: float,
    seen: Numbers,
) -> Numbers:
    """Return the ranks behind this one that share a key and whose signatures agree in enough places, ascending.

    ``seen`` is false everywhere before and after.
    """
    most = 0
    for band in range(len(begins)):
        most += last[rank, band] - after[rank, band]
    found, size = np.empty(most, np.int64), 0
    for band in range(len(begins)):
        for place in range(begins[band] + after[rank, band], begins[band] + last[rank, band]):
            other = ranks[place]
            if not seen[other]:
                seen[other] = True
                found[size] = other
                size += 1
    kept, length = 0, signatures.shape[1]
    for index in range(size):
        other, agreeing = found[index], 0
        seen[other] = False
        for place in range(length):
            agreeing += signatures[other, place] == signatures[rank, place]
        if agreeing / length >= lowest:
            found[kept] = other
            kept += 1
    return np.sort(found[:kept])
