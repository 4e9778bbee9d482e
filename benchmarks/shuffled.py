"""One shuffled copy of some events, searched: what pairs, groups, members and rings come out where none can be real.

Two shuffles. *Within items* the accounts of each item are shuffled over its posts: who shares what is kept, only
timing is lost, and every timing test of the calibrated method is about a true null. *Within time* posts change
accounts within six hours: who shares what is lost as well, and neither networks nor rings can be real.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from undazzle.coordination.calibrated.assembling import assemble_networks
from undazzle.coordination.calibrated.assembling_rings import assemble_rings
from undazzle.coordination.calibrated.candidates import Candidate, find_candidates
from undazzle.coordination.calibrated.clock import Clock
from undazzle.coordination.calibrated.group_test import group_p_value
from undazzle.coordination.calibrated.members_on_items import slots_by_account, slots_of_group
from undazzle.coordination.calibrated.multiplicity import combined_p, false_discovery_q
from undazzle.coordination.calibrated.pair_test import run_pair_tests
from undazzle.coordination.calibrated.rings import find_rings
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots, make_slots
from undazzle.coordination.calibrated.standing import networks_that_stand
from undazzle.coordination.calibrated.writing import eligible_pairs
from undazzle.coordination.events import Events
from undazzle.coordination.kernel import count_pairs_compiled
from undazzle.coordination.trust.shuffling import BLOCK_SECONDS, shuffle_within_time
from undazzle.coordination.windows import has_other_account_near

_DRAWS = 1_999


@dataclass
class Found:
    """What one shuffled copy gave: p-values of what was tested, and what would have been named.

    ``eligible_pairs`` is the number of pairs that the correction over pairs counts.
    """

    pair_p: FloatArray
    eligible_pairs: int
    group_p: FloatArray
    member_p: FloatArray
    ring_p: FloatArray
    networks: int = 0
    rings: int = 0
    accounts: int = 0
    q_values: dict[str, float] = field(default_factory=dict)


def shuffle_slots(slots: Slots, random: np.random.Generator) -> Slots:
    """Return the slots with the accounts of each item shuffled over its slots."""
    item = slots.events.item
    account = np.empty_like(slots.events.account)
    account[np.argsort(item, kind="stable")] = slots.events.account[np.lexsort((random.random(len(item)), item))]
    return slots.with_accounts(account)


def search_within_items(slots: Slots, clock: Clock, settings: CalibratedSettings, random: np.random.Generator) -> Found:
    """Search slots whose accounts were shuffled within items; rings are not looked for, item choice being kept."""
    return _search(shuffle_slots(slots, random), clock, settings, rings=False)


def search_within_time(
    events: Events,
    item_hash: np.ndarray[tuple[int], np.dtype[np.uint64]],
    clock: Clock,
    settings: CalibratedSettings,
    random: np.random.Generator,
) -> Found:
    """Search events whose posts changed accounts within six hours."""
    shuffled = shuffle_within_time(events, events.window_ticks(BLOCK_SECONDS), random)
    return _search(make_slots(shuffled, item_hash, clock.windows), clock, settings, rings=True)


def _search(slots: Slots, clock: Clock, settings: CalibratedSettings, *, rings: bool) -> Found:
    candidates = find_candidates(slots, clock.windows, clock.block, settings)
    networks, _ = networks_that_stand(assemble_networks(candidates, settings), slots, clock.block, settings)
    closed = find_rings(slots, clock.day, clock.block, settings) if rings else []
    named = assemble_rings(closed, [], slots, clock.day, clock.block, settings)
    pair_p = _pair_p(slots, clock.windows)
    found = Found(
        pair_p,
        eligible_pairs(slots),
        _group_p(slots, candidates),
        np.concatenate([one.members.p_value for one in candidates]) if candidates else np.zeros(0),
        np.array([one.test.p_value for one in closed]),
        len(networks),
        len(named),
        sum(len(one.accounts) for one in networks) + sum(len(one.accounts) for one in named),
    )
    found.q_values = {
        "pairs": _least_q(pair_p, found.eligible_pairs),
        "groups": _least_q(found.group_p),
        "members": _least_q(found.member_p),
        "rings": _least_q(found.ring_p),
    }
    return found


def _pair_p(slots: Slots, windows: list[int]) -> FloatArray:
    """Return the combined p-value of every pair that met on at least two items within the longest window."""
    near = slots.events.take(has_other_account_near(slots.events, windows[-1]))
    pairs = count_pairs_compiled(near, windows[-1], 2)
    by_account = slots_by_account(slots)
    each = [run_pair_tests(slots, by_account, pairs.account_a, pairs.account_b, one).p_value for one in windows]
    return combined_p(np.stack(each, axis=1))


def _group_p(slots: Slots, candidates: list[Candidate]) -> FloatArray:
    """Return the p-value of every candidate, also of those that are no network for other reasons."""
    by_account = slots_by_account(slots)
    return np.array(
        [
            group_p_value(
                slots,
                slots_of_group(slots.split(one.split), by_account, one.accounts, 1 - one.fold),
                one.window,
                _DRAWS,
                number,
            )[0]
            for number, one in enumerate(candidates)
        ]
    )


def _least_q(p_values: FloatArray, tests: int | None = None) -> float:
    return float(false_discovery_q(p_values, tests).min()) if len(p_values) else 1.0


def tail_ratio(p_values: FloatArray, level: float) -> float | None:
    """Return how often p-values are at most ``level``, over ``level``: 1 if uniform, below if conservative."""
    return float((p_values <= level).mean() / level) if len(p_values) * level >= 1 else None
