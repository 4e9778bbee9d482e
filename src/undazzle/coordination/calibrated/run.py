"""The calibrated method from events to written networks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.assembling import FoundNetwork, assemble_networks
from undazzle.coordination.calibrated.assembling_rings import FoundRing, assemble_rings
from undazzle.coordination.calibrated.basis import Basis
from undazzle.coordination.calibrated.candidates import Candidate, find_candidates, is_confirmed
from undazzle.coordination.calibrated.clock import Clock, read_clock
from undazzle.coordination.calibrated.group_test import near_pairs
from undazzle.coordination.calibrated.keeping import KeptParts
from undazzle.coordination.calibrated.members_on_items import slots_by_account, slots_of_group
from undazzle.coordination.calibrated.pair_ranges import Ranges
from undazzle.coordination.calibrated.parting import part_networks
from undazzle.coordination.calibrated.planted_power import measure_planted_power
from undazzle.coordination.calibrated.power import measure_power, power_warnings
from undazzle.coordination.calibrated.ring_writing import write_found_rings
from undazzle.coordination.calibrated.rings import find_rings
from undazzle.coordination.calibrated.search_plan import check_evidence_fits, plan_search
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.shown_members import without_unshown
from undazzle.coordination.calibrated.slots import FloatArray, Slots, make_slots
from undazzle.coordination.calibrated.spreading import Columns, Spread, Step, spread_here
from undazzle.coordination.calibrated.standing import networks_that_stand
from undazzle.coordination.calibrated.taking_in import take_in
from undazzle.coordination.calibrated.tested_accounts import sum_up_accounts, write_tested_accounts
from undazzle.coordination.calibrated.writing import accounts_that_share, write_found_networks
from undazzle.coordination.events import Events, IntArray
from undazzle.coordination.finished_parts import parts_folder
from undazzle.coordination.work import Detection
from undazzle.store import Store
from undazzle.store.memory import give_back


@dataclass(frozen=True)
class Search:
    """What one search found, with what it was found on; nothing of it is written."""

    slots: Slots
    clock: Clock
    settings: CalibratedSettings
    candidates: list[Candidate]
    surprise: FloatArray  # by account, of its most surprising pair
    below_clock: int  # confirmed groups whose window is below the clock of a member's source
    networks: list[FoundNetwork]
    unshown: int
    not_standing: int
    parted: tuple[int, int]  # networks that were told apart, and what they became
    closed_groups: int
    rings: list[FoundRing]


def run_calibrated_method(work: Detection) -> dict[str, Any]:
    """Find, confirm and write networks; returns what a reader needs to trust them, for the run's summary.

    Reads ``items`` and ``sources``. Writes ``tested_accounts``, ``co_actions``, ``pairs``, ``networks``
    and ``members``.
    """
    memory = work.store.memory
    found = _search(work, spread=_who_searches(work))
    if memory.room is not None:
        check_evidence_fits(memory, len(work.events), _co_actions(found))
    power = measure_power(found.slots, found.clock.windows[0], found.settings)
    work.warnings.extend(found.clock.warnings)
    work.warnings.extend(power_warnings(found.slots, power, found.settings))
    work.warnings.extend(_unshown_warnings(found.unshown))
    work.warnings.extend(_clock_warnings(found.below_clock))
    work.warnings.extend(_standing_warnings(found.not_standing))
    work.warnings.extend(_parting_warnings(*found.parted))
    tested = sum_up_accounts(found.candidates, found.surprise, accounts_that_share(found.slots))
    write_tested_accounts(work, tested, found.clock.seconds)
    write_found_networks(work, found.slots, found.networks, found.clock.seconds, found.settings)
    write_found_rings(work, found.slots, found.rings, len(found.networks) + 1, found.clock.day)
    return {
        "calibrated": {
            "tested": _tested(found.candidates) | {"closed_groups": found.closed_groups},
            "networks": len(found.networks),
            "below_clock": found.below_clock,
            "not_standing": found.not_standing,
            "unshown": found.unshown,
            "closed_networks": len(found.rings),
            "power": power.as_summary(),
            "windows": list(found.clock.seconds.values()),
        }
    }


def find_calibrated_groups(work: Detection, *, rings: bool = True) -> list[tuple[IntArray, bool]]:
    """Return the accounts of each network, by number, and whether its timing was tested; writes nothing.

    Reads ``items`` and ``sources``.

    Parameters
    ----------
    work
        The detection under way, with the events to search.
    rings
        Whether to look for rings too, whose timing cannot be tested.
    """
    found = _search(replace(work, plan=[]), rings=rings)
    return [(one.accounts, True) for one in found.networks] + [(one.accounts, False) for one in found.rings]


def plant_in(work: Detection) -> list[tuple[int, int | None, tuple[int, ...]]]:
    """Return how small a planted group is found in a shuffled copy: members, things shared, and what was tried.

    Reads ``items`` and ``sources``; writes nothing.
    """
    settings, events = _settings(work), work.events
    clock = read_clock(events, work.settings.windows, _resolution(work.store))
    slots = make_slots(events, _hashes(work, settings.seed), clock.windows)
    return [(one.accounts, one.items, one.tried) for one in measure_planted_power(slots, clock, settings)]


def _settings(work: Detection) -> CalibratedSettings:
    return CalibratedSettings(
        max_q=work.settings.max_q,
        min_members=max(3, work.settings.min_members),
        min_items=max(3, work.settings.min_items),
        seed=work.settings.seed,
    )


def _who_searches(work: Detection) -> Spread:
    """Return who works on the parts of the search: this machine, or a cluster.

    Finished parts are kept where a cluster works on them or memory is short, so that what was interrupted can go on.
    """
    spread = spread_here if work.engine is None else work.engine.search()
    if work.store.in_memory or (work.engine is None and work.store.memory.total is None):
        return spread
    return KeptParts(spread, parts_folder(work.store.path, work.run_id), work.say)


def _search(work: Detection, *, rings: bool = True, spread: Spread = spread_here) -> Search:
    """Search with all memory that is allowed for arrays, and hardly any for the database."""
    idle = work.store.memory.idle_database
    if idle is None:
        return _search_here(work, rings, spread)
    with work.store.at_most(idle):
        return _search_here(work, rings, _giving_back(spread))


def _giving_back(spread: Spread) -> Spread:
    """Return the same way of working on parts, giving back before and after every step what is free by then."""

    def work_on(step: Step, basis: Basis, parts: Sequence[Any]) -> Iterator[Columns]:
        give_back()
        yield from spread(step, basis, parts)
        give_back()

    return work_on


def _plan(work: Detection, slots: Slots, clock: Clock, settings: CalibratedSettings) -> Ranges | None:
    """Say how the search is divided within a limit of memory; nothing without one, or where a cluster searches."""
    if work.engine is not None:
        return None
    plan = plan_search(work.store.memory, len(work.events), slots, clock.windows, clock.day, settings)
    if plan is None:
        return None
    for line in plan.lines():
        work.plan.append(line)
        work.say(line)
    return plan.ranges


def _co_actions(found: Search) -> int:
    """Return how many co-actions stand behind what was found."""
    by_account, day = slots_by_account(found.slots), found.clock.day
    groups = [(one.accounts, one.window) for one in found.networks] + [(one.accounts, day) for one in found.rings]
    held = [(slots_of_group(found.slots, by_account, group, None), window) for group, window in groups]
    return sum(int(near_pairs(found.slots.events.at[one.slot], one.rows, window).sum()) for one, window in held)


def _search_here(work: Detection, rings: bool, spread: Spread) -> Search:
    settings = _settings(work)
    events = work.events
    clock = read_clock(events, work.settings.windows, _resolution(work.store))
    work.say(f"Giving one item to each post of {len(events):,} traces")
    slots = make_slots(events, _hashes(work, settings.seed), clock.windows)
    work.say(f"Looking for groups on half of {slots.shared:,} shared items, and testing them on the other")
    surprise = np.ones(len(events.account_keys))
    ranges = _plan(work, slots, clock, settings)
    candidates = find_candidates(slots, clock.windows, clock.block, settings, spread, surprise, ranges)
    coarse = _coarse_accounts(work.store, events)
    told, below_clock = _told_by_the_clock(candidates, clock, coarse, settings)
    assembled = assemble_networks(told, settings)
    apart = part_networks(assembled, slots, settings)
    shown, unshown = without_unshown(apart, slots, settings)
    networks, not_standing = networks_that_stand(shown, slots, clock.block, settings)
    networks = take_in(networks, slots, clock.seconds, coarse, clock.block, settings)
    work.say("Looking for groups that share what nobody else shares")
    closed = find_rings(slots, clock.day, clock.block, settings) if rings else []
    found = assemble_rings(closed, [one.accounts for one in networks], slots, clock.day, clock.block, settings)
    return Search(
        slots,
        clock,
        settings,
        candidates,
        surprise,
        below_clock,
        networks,
        unshown,
        not_standing,
        _parted(assembled, apart),
        len(closed),
        found,
    )


def _unshown_warnings(accounts: int) -> list[str]:
    if not accounts:
        return []
    return [
        f"{accounts:,} account{'s' if accounts > 1 else ''} of confirmed groups passed a test of their own, but in "
        "another window than the one in which the network is shown, where too few posts would show it: not named."
    ]


def _clock_warnings(groups: int) -> list[str]:
    if not groups:
        return []
    return [
        f"{groups:,} test{'s' if groups > 1 else ''} of groups passed in a window below the clock of a member's source "
        "and did not count: what these accounts did falls into the same minute (or hour, or day), and no closer than "
        "that can be told. In windows that their clock allows they were tested as well."
    ]


def _standing_warnings(fallen: int) -> list[str]:
    if not fallen:
        return []
    return [
        f"{fallen:,} confirmed group{'s are' if fallen > 1 else ' is'} not shown: the accounts that could be named are "
        "not supported by themselves, without the other members of the group in which they were found."
    ]


def _parted(before: list[FoundNetwork], after: list[FoundNetwork]) -> tuple[int, int]:
    """Return how many networks were told apart, and how many these became."""
    whole = {tuple(one.accounts.tolist()) for one in after} & {tuple(one.accounts.tolist()) for one in before}
    return len(before) - len(whole), len(after) - len(whole)


def _parting_warnings(parted: int, parts: int) -> list[str]:
    if not parted:
        return []
    return [
        f"{parted:,} confirmed group{'s were' if parted > 1 else ' was'} told apart into {parts:,}, whose accounts do "
        "not meet each other more often than chance gives. They may belong together all the same: timing alone does "
        "not show it."
    ]


def _resolution(store: Store) -> float:
    """Return to how many seconds all sources give times. Reads ``sources``."""
    found = store.rows("SELECT min(time_resolution_seconds) FROM sources")[0][0]
    return float(found or 1.0)


def _coarse_accounts(store: Store, events: Events) -> npt.NDArray[np.float64]:
    """Return by account to how many seconds the coarsest of its sources gives times. Reads ``posts``, ``sources``."""
    found = np.ones(len(events.account_keys))
    if store.rows("SELECT count(DISTINCT time_resolution_seconds) FROM sources")[0][0] < 2:
        return found  # then the clock of all is that of each, and no window is below it
    columns = store.arrays(
        "SELECT account_key, max(time_resolution_seconds)::DOUBLE AS seconds FROM posts JOIN sources USING (source_id)"
        " WHERE time_resolution_seconds > 1 GROUP BY ALL"
    )
    keys, seconds = np.asarray(columns["account_key"]), np.asarray(columns["seconds"])
    place = np.flatnonzero(np.isin(events.account_keys, keys))
    order = np.argsort(keys)
    found[place] = seconds[order][np.searchsorted(keys[order], events.account_keys[place])]
    return found


def _told_by_the_clock(
    candidates: list[Candidate], clock: Clock, coarse: npt.NDArray[np.float64], settings: CalibratedSettings
) -> tuple[list[Candidate], int]:
    """Return the candidates whose window is not below the clock of their accounts, and how many confirmed ones are.

    Beside a source with seconds, windows of seconds are searched in all: what they find among accounts whose times are
    given to the minute is real, but stands in the same minute, and must not be told as within ten seconds.
    """
    kept = [one for one in candidates if clock.seconds[one.window] >= coarse[one.accounts].max(initial=1.0)]
    confirmed = sum(is_confirmed(one, settings) for one in candidates)
    return kept, confirmed - sum(is_confirmed(one, settings) for one in kept)


def _hashes(work: Detection, seed: int) -> npt.NDArray[np.uint64]:
    """Return the hashes of the items of a run, read from the workspace once for all its searches."""
    if seed not in work.item_hashes:
        work.item_hashes[seed] = item_hashes(work.store, work.events, seed)
    return work.item_hashes[seed]


def item_hashes(store: Store, events: Events, seed: int) -> npt.NDArray[np.uint64]:
    """Return by item a hash of its kind and text: the same for every order of files. Reads ``items``."""
    low, high = (int(events.item_keys.min()), int(events.item_keys.max())) if len(events.item_keys) else (0, -1)
    found = store.arrays(
        "SELECT item_key, md5_number_lower(kind || ':' || ? || ':' || item) AS hash FROM items"
        " JOIN (SELECT trace_set, kind FROM trace_sets) USING (trace_set) WHERE item_key BETWEEN ? AND ?"
        " ORDER BY item_key",
        [str(seed), low, high],
    )
    keys = np.asarray(found["item_key"]).astype(np.int64)
    hashes: npt.NDArray[np.uint64] = np.asarray(found["hash"]).astype(np.uint64)
    return hashes[np.searchsorted(keys, events.item_keys)]


def _tested(candidates: list[Candidate]) -> dict[str, int]:
    return {
        "groups": len(candidates),
        "members": sum(len(one.accounts) for one in candidates),
        "groups_without_open_items": sum(one.group.open_items == 0 for one in candidates),
    }
