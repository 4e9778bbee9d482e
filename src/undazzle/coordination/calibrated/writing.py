"""Writes what the calibrated method found into the result tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from undazzle.coordination.calibrated.activity_null import expected_by_activity, lay_strata, measure_activity
from undazzle.coordination.calibrated.assembling import FoundNetwork, OwnFigures, main_candidates
from undazzle.coordination.calibrated.chance import poisson_tails
from undazzle.coordination.calibrated.evidence import co_actions_of
from undazzle.coordination.calibrated.group_test import expected_pairs
from undazzle.coordination.calibrated.members_on_items import AccountSlots, slots_by_account, slots_of_group
from undazzle.coordination.calibrated.multiplicity import combined_p, false_discovery_q
from undazzle.coordination.calibrated.pair_test import run_pair_tests
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots
from undazzle.coordination.pairs import count_pairs
from undazzle.coordination.work import Detection
from undazzle.coordination.writing import (
    kinds_of_pairs,
    write_co_actions,
    write_members,
    write_networks,
    write_pairs,
)


def write_found_networks(
    work: Detection,
    slots: Slots,
    networks: list[FoundNetwork],
    seconds_of: dict[int, float],
    settings: CalibratedSettings,
) -> None:
    """Write networks with their members, pairs and co-actions.

    Writes ``co_actions``, ``pairs``, ``networks`` and ``members``.

    Parameters
    ----------
    work, slots
        The detection, and all slots.
    networks
        What was found.
    seconds_of
        Seconds by window in ticks.
    settings
        Parameters of the method.
    """
    by_account = slots_by_account(slots)
    numbers = list(range(1, len(networks) + 1))
    write_members(work.store, work.run_id, slots.events, [one.accounts for one in networks], numbers)
    for window, seconds in seconds_of.items():
        here = [number for number, one in zip(numbers, networks, strict=True) if one.window == window]
        groups = [networks[number - 1].accounts for number in here]
        if groups:
            _write_window(work, slots, by_account, groups, window, seconds, list(seconds_of), settings)
            write_networks(work.store, work.run_id, seconds, here)
    for number, network in zip(numbers, networks, strict=True):
        _write_tests(work, slots, by_account, number, network, seconds_of)
        _write_member_tests(work, slots, number, network, settings)
        if network.own:
            _write_own_figures(work, number, network.own)


def _write_own_figures(work: Detection, number: int, own: OwnFigures) -> None:
    work.store.execute(
        "UPDATE networks SET own_accounts = ?, own_items = ?, own_days = ?, own_observed = ?, own_expected = ?,"
        " own_least_ratio = ?, own_p = ?, own_q = ? WHERE run_id = ? AND network_id = ?",
        [
            own.accounts,
            own.items,
            own.days,
            own.observed,
            own.expected,
            own.least_ratio,
            own.p_value,
            own.q_value,
            work.run_id,
            number,
        ],
    )


def _write_window(
    work: Detection,
    slots: Slots,
    by_account: AccountSlots,
    groups: list[Any],
    window: int,
    seconds: float,
    windows: list[int],
    settings: CalibratedSettings,
) -> None:
    found = co_actions_of(slots, by_account, groups, window)
    pairs, pair_of = count_pairs(found)
    tests = run_pair_tests(slots, by_account, pairs.account_a, pairs.account_b, window)
    block = work.events.window_ticks(settings.block)
    activity = measure_activity(slots, lay_strata(slots, block), slots.of_fold(None), window)
    activity_expected = expected_by_activity(activity, pairs.account_a, pairs.account_b)
    over_windows = np.stack(
        [run_pair_tests(slots, by_account, pairs.account_a, pairs.account_b, one).p_value for one in windows], axis=1
    )
    q_value = false_discovery_q(combined_p(over_windows), eligible_pairs(slots))
    write_co_actions(work.store, work.run_id, seconds, slots.events, found)
    write_pairs(
        work.store,
        work.run_id,
        seconds,
        slots.events,
        pairs,
        {
            "kind": kinds_of_pairs(slots.events, found, pair_of, len(pairs)),
            "weight": pairs.items.astype(np.float64),
            "in_network": np.ones(len(pairs), dtype=bool),
            "expected": tests.expected,
            "p_value": tests.p_value,
            "q_value": q_value,
            "activity_expected": activity_expected,
            "activity_p": poisson_tails(activity_expected, pairs.items),
        },
    )


def eligible_pairs(slots: Slots) -> int:
    """Return the number of pairs of accounts that could have met twice: those with two slots on shared items."""
    accounts = accounts_that_share(slots)
    return accounts * (accounts - 1) // 2


def accounts_that_share(slots: Slots) -> int:
    """Return the number of accounts with two slots or more on shared items."""
    held = np.bincount(slots.events.account[: int(slots.starts[-1])], minlength=1)
    return int((held >= 2).sum())


def _write_tests(
    work: Detection,
    slots: Slots,
    by_account: AccountSlots,
    number: int,
    network: FoundNetwork,
    seconds_of: dict[int, float],
) -> None:
    main = main_candidates(network)
    best = network.candidates[0]
    held = slots_of_group(slots, by_account, network.accounts, None)
    others = sorted({seconds_of[one.window] for one in network.candidates} - {seconds_of[network.window]})
    work.store.execute(
        "UPDATE networks SET status = 'confirmed', expected = ?, p_value = ?, q_value = ?, other_windows = ?,"
        " held_out_items = ?, held_out_days = ?, held_out_observed = ?, held_out_expected = ?,"
        " held_out_open_items = ?, held_out_closed_items = ?, drop_best_item_p = ?, drop_best_day_p = ?"
        " WHERE run_id = ? AND network_id = ?",
        [
            float(expected_pairs(slots, held, network.window).sum()),
            best.p_value,
            best.q_value,
            others,
            sum(one.group.items for one in main),
            max(one.days for one in main),
            sum(one.group.observed for one in main),
            sum(one.group.expected for one in main),
            sum(one.group.open_items for one in main),
            sum(one.group.closed_items for one in main),
            best.drop_best_item_p,
            best.drop_best_day_p,
            work.run_id,
            number,
        ],
    )


def _write_member_tests(
    work: Detection, slots: Slots, number: int, network: FoundNetwork, settings: CalibratedSettings
) -> None:
    best = {account: _best_test(network, account) for account in network.accounts.tolist()}
    rows = np.array([best[account] for account in network.accounts.tolist()])
    columns = {
        "account_key": slots.events.account_keys[network.accounts],
        "p": rows[:, 0],
        "q": rows[:, 1],
        "items": rows[:, 2].astype(np.int64),
        "expected": rows[:, 3],
        "taken_in": np.isin(network.accounts, [one.account for one in network.taken_in]),
    }
    with work.store.view("_tests", columns):
        work.store.execute(
            "UPDATE members SET leave_one_out_p = t.p, leave_one_out_q = t.q, is_certified = t.q <= ?,"
            " held_out_items = t.items, held_out_expected = t.expected, is_taken_in = t.taken_in FROM _tests t"
            " WHERE members.account_key = t.account_key AND run_id = ? AND network_id = ?",
            [settings.max_q, work.run_id, number],
        )


def _best_test(network: FoundNetwork, account: int) -> tuple[float, float, float, float]:
    """Return p, q, items and expected items of the test in which a member did best."""
    found = [
        (one.q_value, one.p_value, -float(one.observed), one.expected)
        for one in network.taken_in
        if one.account == account
    ]
    if found:
        q, p, items, expected = found[0]
        return p, q, -items, expected
    for one in network.candidates:
        place = int(np.searchsorted(one.accounts, account))
        if place < len(one.accounts) and one.accounts[place] == account:
            tests = one.members
            found.append(
                (
                    float(one.member_q[place]),
                    float(tests.p_value[place]),
                    -float(tests.observed[place]),
                    float(tests.expected[place]),
                )
            )
    q, p, items, expected = min(found)
    return p, q, -items, expected
