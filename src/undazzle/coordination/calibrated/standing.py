"""Whether a network stands by itself: the accounts that would be named, not the group in which they were found.

Groups are confirmed as they were found; named are those members only that pass a test of their own and that no sharper
network has taken. What is left of a large group need not meet at all, or only as much as anybody. So those accounts
are tested by themselves, on the half that took no part in finding their group, and must repeat themselves there as a
group must. All networks of a run are corrected together, however their tests depend on each other (Benjamini and
Yekutieli 2001). This is one more condition on what was confirmed already, so it can only lower the share of false
findings.

One thing cannot be had: that half has certified the members, too. Members are certified for keeping company with
anybody of their group, so the test among themselves is not the same question, but no independent one either.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from undazzle.coordination.calibrated.assembling import FoundNetwork, OwnFigures
from undazzle.coordination.calibrated.candidates import meeting_days
from undazzle.coordination.calibrated.group_test import count_group, expected_pairs, group_p_value, open_part
from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_by_account, slots_of_group
from undazzle.coordination.calibrated.multiplicity import dependent_q
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots

_FEWEST_DRAWS, _MOST_DRAWS = 999, 19_999
_ONE_SIDED = 1.645  # standard deviations


def networks_that_stand(
    networks: list[FoundNetwork], slots: Slots, day: int, settings: CalibratedSettings
) -> tuple[list[FoundNetwork], int]:
    """Return the networks whose accounts, by themselves, pass as a group on held-out items, and how many do not.

    What they did there is written to ``own`` of each.

    Parameters
    ----------
    networks
        Confirmed networks with the accounts that would be named.
    slots
        All slots.
    day
        Ticks in a day, or in what stands for it.
    settings
        ``max_q``, ``min_items`` and ``min_days`` hold as for groups; ``seed`` is that of the draws.
    """
    if not networks:
        return [], 0
    by_account, draws = slots_by_account(slots), _draws(len(networks), settings.max_q)
    figures = [
        _own_figures(one, slots, by_account, day, draws, settings.seed + 7_919 * number, settings)
        for number, one in enumerate(networks)
    ]
    q_values = dependent_q(np.array([one.p_value for one in figures])).tolist()
    for network, own, q_value in zip(networks, figures, q_values, strict=True):
        network.own = replace(own, q_value=q_value)
    kept = [one for one, q in zip(networks, q_values, strict=True) if q <= settings.max_q]
    return kept, len(networks) - len(kept)


def _draws(networks: int, max_q: float) -> int:
    """Return how many draws let a single network pass the correction over all, five times over."""
    harmonic = sum(1 / number for number in range(1, networks + 1))
    return min(_MOST_DRAWS, max(_FEWEST_DRAWS, math.ceil(5 * networks * harmonic / max_q)))


def _own_figures(
    network: FoundNetwork,
    slots: Slots,
    by_account: AccountSlots,
    day: int,
    draws: int,
    seed: int,
    settings: CalibratedSettings,
) -> OwnFigures:
    """Return what the accounts do by themselves; p is 1 where they do not repeat themselves as a group must.

    Accounts that joined from other tests of mostly the same group may have been found on this half; they are left out.
    """
    founder = network.candidates[0]
    accounts = np.intersect1d(network.accounts, founder.accounts)
    here = slots.split(founder.split)
    held = slots_of_group(here, by_account, accounts, 1 - founder.fold)
    opened = open_part(here, held)
    days = len(np.unique(meeting_days(here, opened, founder.window, day)))
    count, expected = count_group(here, held, founder.window), expected_pairs(here, opened, founder.window)
    repeats = count.items >= settings.min_items and days >= settings.min_days
    return OwnFigures(
        len(accounts),
        count.items,
        days,
        count.observed,
        count.expected,
        least_ratio(count.per_item + expected, expected),
        group_p_value(here, held, founder.window, draws, seed)[0] if repeats else 1.0,
    )


def least_ratio(observed: FloatArray, expected: FloatArray) -> float:
    """Return how many times the sum expected the sum observed is at least: one-sided 95 %, the items being a sample.

    Parameters
    ----------
    observed, expected
        By item. Co-actions on one item hang together, so items are what is counted; the error is that of a ratio of
        two sums (linearised).

    Examples
    --------
    >>> expected = np.array([1.0, 2.0, 1.0, 2.0])
    >>> round(least_ratio(np.array([3.0, 5.0, 2.0, 6.0]), expected), 2)
    2.33
    """
    count, total = len(observed), float(expected.sum())
    if count < 2 or not total:
        return 0.0
    ratio = float(observed.sum()) / total
    squares = float(((observed - ratio * expected) ** 2).sum()) * count / (count - 1)
    return max(0.0, ratio - _ONE_SIDED * math.sqrt(squares) / total)
