"""Among true groups that are found many times: how many of the groups and accounts that q alone rejects are chance?

Ten groups of five accounts are planted in copies of real data whose accounts were dealt anew within items, so that
nothing else can be true. Every group that the search tries is tested, whatever it would need besides. A group is chance
if no two accounts of one planted group are in it.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from benchmarks.shuffles import DATA_SETS, DataSet, path_of, slots_of_file
from benchmarks.tables import print_table
from undazzle.coordination.calibrated.assembling import assemble_networks
from undazzle.coordination.calibrated.candidates import Candidate, find_candidates
from undazzle.coordination.calibrated.clock import Clock
from undazzle.coordination.calibrated.families import distinct_q, families_of
from undazzle.coordination.calibrated.group_test import group_p_value
from undazzle.coordination.calibrated.members_on_items import slots_by_account, slots_of_group
from undazzle.coordination.calibrated.multiplicity import false_discovery_q
from undazzle.coordination.calibrated.planted_power import plant_groups, shuffle_holders
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import FloatArray, Slots
from undazzle.coordination.calibrated.standing import networks_that_stand

TITLE = "Distinct groups: what q alone rejects where true groups are found many times"

_NAMES, _ACCOUNTS, _ITEMS, _SEEDS, _DRAWS, _LEVEL = ("german links", "russian"), 5, 24, 8, 999, 0.05
_COUNTED: tuple[str, ...] = ("tests", "false tests", "groups", "false groups", "families", "false families")
_COUNTED += ("accounts", "false accounts", "named", "falsely named")


def run(*, quick: bool) -> dict[str, Any]:
    """Plant, search, test everything, and print a line per data set."""
    measured = []
    for one in DATA_SETS:
        path = path_of(one)
        if one.name not in _NAMES or path is None:
            continue
        measured.append({"data": one.name, **_summed(one, 2 if quick else _SEEDS)})
    print_table(["data", *_COUNTED], [[one["data"], *(one[what] for what in _COUNTED)] for one in measured])
    return {"measured": measured}


def _summed(data: DataSet, seeds: int) -> dict[str, Any]:
    slots, clock, _, _ = slots_of_file(data)
    started, settings, sums = time.process_time(), CalibratedSettings(), dict.fromkeys(_COUNTED, 0)
    for seed in range(seeds):
        copy = shuffle_holders(slots, np.random.default_rng([seed, 78]))
        random = np.random.default_rng([seed, _ITEMS])
        planted, first = plant_groups(copy, clock, settings.min_members, _ACCOUNTS, _ITEMS, random)
        for what, count in zip(_COUNTED, _counts(planted, first, clock, settings), strict=True):
            sums[what] += count
    return {**sums, "seeds": seeds, "cpu_seconds": round(time.process_time() - started, 1)}


def _counts(slots: Slots, first: int, clock: Clock, settings: CalibratedSettings) -> list[int]:
    found = find_candidates(slots, clock.windows, clock.block, settings)
    networks, _ = networks_that_stand(assemble_networks(found, settings), slots, clock.block, settings)
    family, p_values = families_of([one.accounts for one in found]), _all_p(slots, found)
    chance = np.array([not _is_true(one, first) for one in found])
    passed = false_discovery_q(p_values) <= _LEVEL
    families = np.unique(family[distinct_q(p_values, family) <= _LEVEL])
    by_q = _joined([one.accounts[one.member_q <= _LEVEL] for one in found])
    named = _joined([one.accounts for one in networks])
    return [
        int(passed.sum()),
        int((passed & chance).sum()),
        len(np.unique(family[passed])),
        len(np.unique(family[passed & chance])),
        len(families),
        sum(bool(chance[family == one].all()) for one in families.tolist()),
        len(by_q),
        int((by_q < first).sum()),
        len(named),
        int((named < first).sum()),
    ]


def _joined(parts: list[Any]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *parts]))


def _all_p(slots: Slots, found: list[Candidate]) -> FloatArray:
    by_account = slots_by_account(slots)
    found_p = []
    for number, one in enumerate(found):
        held = slots_of_group(slots.split(one.split), by_account, one.accounts, 1 - one.fold)
        found_p.append(group_p_value(slots, held, one.window, _DRAWS, number)[0])
    return np.array(found_p)


def _is_true(one: Candidate, first: int) -> bool:
    planted = (one.accounts[one.accounts >= first] - first) // _ACCOUNTS
    return bool(np.bincount(planted, minlength=1).max() >= 2) if len(planted) else False
