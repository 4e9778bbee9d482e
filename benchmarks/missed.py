"""Planted accounts that can be told from chance and are not named: at which step of the search each is lost.

Cells of a real operation are planted into real streams whose labels are shuffled, as in ``undazzle bench detection``,
but on seeds that its page does not use: what is found out here may be acted upon without touching what is tested there.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.tables import print_table
from undazzle.coordination.calibrated.assembling import FoundNetwork, assemble_networks
from undazzle.coordination.calibrated.candidates import Candidate, certified, find_candidates, is_confirmed, is_hopeful
from undazzle.coordination.calibrated.clock import read_clock
from undazzle.coordination.calibrated.parting import part_networks
from undazzle.coordination.calibrated.settings import TIME_WINDOWS, CalibratedSettings
from undazzle.coordination.calibrated.shown_members import without_unshown
from undazzle.coordination.calibrated.slots import make_slots
from undazzle.coordination.calibrated.standing import networks_that_stand
from undazzle.coordination.calibrated.taking_in import take_in
from undazzle.coordination.events import IntArray
from undazzle.evaluation.data_sets import data_folder, german_links, russian_objects
from undazzle.evaluation.grafts import Graft, draw_replay, graft
from undazzle.evaluation.operations import read_operation
from undazzle.evaluation.oracle import reachable
from undazzle.evaluation.shares import shuffle_labels
from undazzle.evaluation.tracks.planted import DOSES

TITLE = "Missed: at which step planted accounts are lost that could be told from chance"

_SEEDS, _QUICK_SEEDS = range(20, 30), range(20, 21)
NAMED, TAKEN_IN, NOT_STANDING = "named, found", "named, taken in", "not supported by themselves"
STEPS = (
    "in no group that was tested",
    "in groups with fewer than three of its cell",
    "member test: beside the others",
    "member test: own hours and quickness",
    "member test: corrected, or without sharper groups",
    "too few members of the group pass",
    "too few things or days",
    "group test, or without sharper groups",
    "told apart, or not shown",
    NOT_STANDING,
    TAKEN_IN,
    NAMED,
)


def run(*, quick: bool) -> dict[str, Any]:
    """Plant, search, and print for each carrier how many accounts are lost where."""
    folder = data_folder(None)
    if folder is None:
        print("No real data (UNDAZZLE_DATA): nothing to plant into.")
        return {"measured": []}
    carriers = [russian_objects(folder)] if quick else [russian_objects(folder), german_links(folder)]
    operation, measured = read_operation(folder), list[dict[str, Any]]()
    for carrier in carriers:
        started, steps, others = time.process_time(), Counter[str](), 0
        for seed in _QUICK_SEEDS if quick else _SEEDS:
            replay = draw_replay(operation, carrier.plant_days, np.random.default_rng([seed, 1]))
            clean = shuffle_labels(carrier.shares, np.random.default_rng([seed, 2]))
            for dose in DOSES if replay.cells else ():
                planted = graft(carrier, clean, replay, dose, np.random.default_rng([seed, 3, dose]))
                lost, false = trace(planted, seed)
                steps.update(lost)
                others += false
        spent = round(time.process_time() - started, 1)
        measured.append({"carrier": carrier.name, "steps": dict(steps), "false": others, "cpu_seconds": spent})
    rows: list[list[Any]] = [[step, *(one["steps"].get(step, 0) for one in measured)] for step in STEPS]
    rows.append(["named, not planted", *(one["false"] for one in measured)])
    print_table(["reachable accounts", *(one["carrier"] for one in measured)], rows)
    return {"measured": measured}


def trace(planted: Graft, seed: int) -> tuple[list[str], int]:
    """Return for every reachable account how far it came, and how many others are named."""
    settings, shares = CalibratedSettings(), planted.shares
    events = shares.events()
    clock = read_clock(events, TIME_WINDOWS)
    hashes = np.random.default_rng([seed, 4]).integers(0, 2**63, len(events.item_keys)).astype(np.uint64)
    slots = make_slots(events, hashes, clock.windows)
    candidates = find_candidates(slots, clock.windows, clock.block, settings)
    apart = part_networks(assemble_networks(candidates, settings), slots, settings)
    shown, _ = without_unshown(apart, slots, settings)
    standing, _ = networks_that_stand(shown, slots, clock.block, settings)
    networks = take_in(standing, slots, clock.seconds, np.ones(shares.accounts), clock.block, settings)
    reach, cell_of = reachable(shares, planted.cells), np.full(shares.accounts, -1)
    for number, cell in enumerate(planted.cells):
        cell_of[cell] = number
    stages = [(networks, TAKEN_IN), (shown, NOT_STANDING)]
    found = [_step(one, standing, stages, candidates, cell_of, settings) for one in np.flatnonzero(reach).tolist()]
    return found, sum(int((cell_of[one.accounts] < 0).sum()) for one in networks)


def _step(
    account: int,
    standing: list[FoundNetwork],
    stages: list[tuple[list[FoundNetwork], str]],
    candidates: list[Candidate],
    cell_of: IntArray,
    settings: CalibratedSettings,
) -> str:
    for groups, name in [(standing, NAMED), *stages]:
        if any(account in one.accounts for one in groups):
            return name
    mine = [one for one in candidates if account in one.accounts]
    own = [one for one in mine if (cell_of[one.accounts] == cell_of[account]).sum() >= settings.min_members]
    if not own:
        return STEPS[1] if mine else STEPS[0]
    passing = [one for one in own if account in certified(one, settings)]
    return _group_step(passing, settings) if passing else _member_step(account, own, settings)


def _member_step(account: int, own: list[Candidate], settings: CalibratedSettings) -> str:
    """Return which test the account fails in the group in which it does best."""
    tests = ((one.members, int(np.searchsorted(one.accounts, account))) for one in own)
    exact, tempo = min(((m.exact_p[at], m.tempo_p[at]) for m, at in tests), key=max)
    return STEPS[2] if exact > settings.member_p else STEPS[3] if tempo > settings.member_p else STEPS[4]


def _group_step(passing: list[Candidate], settings: CalibratedSettings) -> str:
    """Return what the groups lack in which the account passes."""

    def steps() -> Iterator[int]:
        for one in passing:
            if len(certified(one, settings)) < settings.min_members:
                yield 5
            elif not is_hopeful(one, settings):
                yield 6
            else:
                yield 8 if is_confirmed(one, settings) else 7

    return STEPS[max(steps())]
