"""The compiled walk of ``surveying``: what two accounts share, counted for every split, half and window at once."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.chance import coins_tail
from undazzle.coordination.calibrated.compiling import compiled
from undazzle.coordination.calibrated.joint_test import overlap_tail
from undazzle.coordination.calibrated.slots import FloatArray
from undazzle.coordination.events import IntArray

SmallArray = npt.NDArray[np.int32]
_FLOOR = 1e-16  # below, a p-value says nothing more
_NEARLY = 1.0 - 1e-9  # leaves room for rounding where a bound decides


@compiled
def tail_at_most(mean: float, least: int) -> float:
    """Return a bound that no sum of unequal coins exceeds with its chance of at least ``least`` heads (Chernoff)."""
    if least <= mean:
        return 1.0
    if mean <= 0.0:
        return 0.0
    return math.exp(least - mean - least * math.log(least / mean))


@compiled
def tail_is_half(mean: float, least: int) -> bool:
    """Return whether the chance of at least ``least`` heads is certainly a half or more.

    The median of a sum of unequal coins is the mean rounded down or up (Jogdeo and Samuels 1968).
    """
    return least <= math.floor(mean)


@compiled
def _shared(
    item: SmallArray, at: IntArray, rows: IntArray, one: int, other: int, which: IntArray, apart: IntArray
) -> int:
    """Write the items that two accounts share and how far apart they were on each; returns their number.

    The first account had better be the one with fewer slots; steps along the other double, then halve.
    """
    place, end, count = rows[other], rows[other + 1], 0
    for mine in range(rows[one], rows[one + 1]):
        wanted, step = item[mine], 1
        while place < end and item[place] < wanted:
            if place + step < end and item[place + step] < wanted:
                place += step
                step *= 2
            elif step > 1:
                step //= 2
            else:
                place += 1
        if place == end:
            break
        if item[place] == wanted:
            which[count], apart[count] = wanted, abs(at[mine] - at[place])
            count += 1
    return count


@compiled
def _count_meetings(
    which: IntArray,
    apart: IntArray,
    shared: int,
    bits: IntArray,
    shares: FloatArray,
    clear: npt.NDArray[np.uint16],
    windows: IntArray,
    splits: int,
    met: IntArray,
    is_clear: IntArray,
    least: FloatArray,
) -> None:
    """Write by view on how many items the two met, on how many that are not crowded, and the chance of just these."""
    met[:], is_clear[:], least[:] = 0, 0, 1.0
    for index in range(shared):
        for window in range(len(windows)):
            if apart[index] <= windows[window]:
                one = which[index]
                for split in range(splits):
                    view = (2 * split + ((bits[one] >> split) & 1)) * len(windows) + window
                    met[view] += 1
                    is_clear[view] += (clear[window, one] >> split) & 1
                    least[view] *= shares[window, one]


@compiled
def _gather(
    which: IntArray, shared: int, bits: IntArray, half: int, share: FloatArray, coins: FloatArray
) -> tuple[int, float]:
    """Write the coins of the shared items of a half; returns their number and their sum."""
    count, mean = 0, 0.0
    for index in range(shared):
        if (bits[which[index]] >> (half // 2)) & 1 == half % 2:
            coins[count] = share[which[index]]
            mean += coins[count]
            count += 1
    return count, mean


@compiled
def _levels(
    coins: FloatArray, mean: float, met: int, overlap: float, close_p: float, joint_p: float
) -> tuple[float, float]:
    """Return both p-values where they are below their levels (0 for one below ``_FLOOR``), 1 where they are not.

    ``overlap`` is above 1 where the joint one is not asked for.
    """
    most, half = tail_at_most(mean, met), tail_is_half(mean, met)
    sure_close = met < 2 or (half and close_p <= 0.5) or most < _FLOOR
    sure_joint = overlap > 1.0 or (half and 0.5 * overlap >= joint_p) or overlap * most < _FLOOR
    exact = 1.0 if sure_close and sure_joint else coins_tail(coins, met)
    close = 1.0 if met < 2 or (half and close_p <= 0.5) else 0.0 if most < _FLOOR else exact
    if overlap > 1.0 or (half and 0.5 * overlap >= joint_p):
        return close, 1.0
    return close, 0.0 if overlap * most < _FLOOR else overlap * exact


@compiled
def survey_pairs_compiled(
    item: SmallArray,
    at: IntArray,
    rows: IntArray,
    bits: IntArray,
    shares: FloatArray,
    clear: npt.NDArray[np.uint16],
    windows: IntArray,
    splits: int,
    small: float,
    large: FloatArray,
    account_a: IntArray,
    account_b: IntArray,
    close_p: float,
    joint_p: float,
) -> tuple[npt.NDArray[Any], ...]:
    """Return pair, view and p-value of what is surprising: of meetings alone, then of sharing and meeting.

    ``item`` and ``at`` are those of the slots of each account in turn, which begin at ``rows``.
    """
    views = 2 * splits * len(windows)
    room = len(account_a) * views
    close_at, close_in, close_found = np.empty(room, np.int32), np.empty(room, np.int16), np.empty(room)
    joint_at, joint_in, joint_found = np.empty(room, np.int32), np.empty(room, np.int16), np.empty(room)
    met, is_clear, least = np.empty(views, np.int64), np.empty(views, np.int64), np.empty(views)
    longest, closes, joints = 0, 0, 0
    for pair in range(len(account_a)):
        one, other = account_a[pair], account_b[pair]
        longest = max(longest, min(rows[one + 1] - rows[one], rows[other + 1] - rows[other]))
    which, apart, coins = np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(longest)
    for pair in range(len(account_a)):
        one, other = account_a[pair], account_b[pair]
        if rows[one + 1] - rows[one] > rows[other + 1] - rows[other]:
            one, other = other, one
        many = rows[one + 1] - rows[one]
        shared = _shared(item, at, rows, one, other, which, apart)
        overlap = overlap_tail(float(many) * float(rows[other + 1] - rows[other]), shared, small, large)
        _count_meetings(which, apart, shared, bits, shares, clear, windows, splits, met, is_clear, least)
        for view in range(views):
            joint = overlap if is_clear[view] > 0 else 2.0
            # to meet on these items and maybe on more is no less likely than to meet on just these
            lowest = least[view] * _NEARLY
            if (met[view] < 2 or lowest >= close_p) and (joint > 1.0 or joint * lowest >= joint_p):
                continue
            half, window = view // len(windows), view % len(windows)
            count, mean = _gather(which, shared, bits, half, shares[window], coins)
            p_close, p_joint = _levels(coins[:count], mean, met[view], joint, close_p, joint_p)
            if p_close < close_p:
                close_at[closes], close_in[closes], close_found[closes] = pair, view, p_close
                closes += 1
            if p_joint < joint_p:
                joint_at[joints], joint_in[joints], joint_found[joints] = pair, view, p_joint
                joints += 1
    return (
        close_at[:closes].copy(),
        close_in[:closes].copy(),
        close_found[:closes].copy(),
        joint_at[:joints].copy(),
        joint_in[:joints].copy(),
        joint_found[:joints].copy(),
    )
