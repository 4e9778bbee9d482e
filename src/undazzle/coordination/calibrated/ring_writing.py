"""Writes rings with content of their own into the result tables: what timing cannot test is left empty there."""

from __future__ import annotations

import numpy as np

from undazzle.coordination.calibrated.activity_null import expected_by_activity, lay_strata, measure_activity
from undazzle.coordination.calibrated.assembling_rings import FoundRing
from undazzle.coordination.calibrated.chance import poisson_tails
from undazzle.coordination.calibrated.evidence import co_actions_of
from undazzle.coordination.calibrated.members_on_items import slots_by_account
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


def write_found_rings(work: Detection, slots: Slots, rings: list[FoundRing], first: int, day: int) -> None:
    """Write rings with their members, pairs and co-actions within a day.

    Writes ``co_actions``, ``pairs``, ``networks`` and ``members``.

    Parameters
    ----------
    work, slots
        The detection, and all slots.
    rings
        What was found.
    first
        Number of the first ring among the networks of the run.
    day
        Ticks in a day, within which posts on one item belong together.
    """
    if not rings:
        return
    groups, numbers = [one.accounts for one in rings], list(range(first, first + len(rings)))
    write_members(work.store, work.run_id, slots.events, groups, numbers)
    seconds = day * slots.events.tick_us / 1e6
    found = co_actions_of(slots, slots_by_account(slots), groups, day)
    pairs, pair_of = count_pairs(found)
    activity = measure_activity(slots, lay_strata(slots, day), slots.of_fold(None), day)
    expected = expected_by_activity(activity, pairs.account_a, pairs.account_b)
    write_co_actions(work.store, work.run_id, seconds, slots.events, found)
    columns = {
        "kind": kinds_of_pairs(slots.events, found, pair_of, len(pairs)),
        "weight": pairs.items.astype(np.float64),
        "in_network": np.ones(len(pairs), dtype=bool),
        "activity_expected": expected,
        "activity_p": poisson_tails(expected, pairs.items),
    }
    write_pairs(work.store, work.run_id, seconds, slots.events, pairs, columns)
    write_networks(work.store, work.run_id, seconds, numbers)
    for number, ring in zip(numbers, rings, strict=True):
        _write_tests(work, number, ring)
        _write_member_tests(work, slots, number, ring)


def _write_tests(work: Detection, number: int, ring: FoundRing) -> None:
    best = ring.rings[0]
    work.store.execute(
        "UPDATE networks SET status = 'closed_content', p_value = ?, q_value = ?, held_out_items = ?,"
        " held_out_days = ?, held_out_expected = ?, held_out_closed_items = ?, held_out_open_items = ?,"
        " drop_best_item_p = ?, drop_best_day_p = ? WHERE run_id = ? AND network_id = ?",
        [
            best.test.p_value,
            best.q_value,
            ring.closed_items,
            ring.days,
            ring.expected,
            ring.closed_items,
            ring.shared_items - ring.closed_items,
            best.drop_best_item_p,
            best.drop_best_day_p,
            work.run_id,
            number,
        ],
    )


def _write_member_tests(work: Detection, slots: Slots, number: int, ring: FoundRing) -> None:
    rows = [_best_test(ring, account) for account in ring.accounts.tolist()]
    p_value, q_value, items, expected = (np.array(column) for column in zip(*rows, strict=True))
    columns = {
        "account_key": slots.events.account_keys[ring.accounts],
        "p": p_value,
        "q": q_value,
        "items": items.astype(np.int64),
        "expected": expected,
    }
    with work.store.view("_tests", columns):
        work.store.execute(
            "UPDATE members SET leave_one_out_p = t.p, leave_one_out_q = t.q, is_certified = t.q <= ?,"
            " held_out_items = t.items, held_out_expected = t.expected FROM _tests t"
            " WHERE members.account_key = t.account_key AND run_id = ? AND network_id = ?",
            [work.settings.max_q, work.run_id, number],
        )


def _best_test(ring: FoundRing, account: int) -> tuple[float, float, int, float]:
    """Return p, q, closed items and expected ones of the test in which a member did best."""
    found = []
    for one in ring.rings:
        place = np.flatnonzero(one.accounts == account)
        if len(place):
            at = int(place[0])
            found.append(
                (
                    float(one.member_q[at]),
                    float(one.test.member_p[at]),
                    -int(one.test.by_member[at]),
                    float(one.test.expected_by_member[at]),
                )
            )
    q_value, p_value, items, expected = min(found)
    return p_value, q_value, -items, expected
