"""The calibrated method on shuffled copies of real data: how much it finds where nothing is to be found."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import undazzle
from benchmarks.shuffled import Found, search_within_items, search_within_time, tail_ratio
from benchmarks.tables import print_table
from undazzle.coordination.calibrated.clock import Clock, read_clock
from undazzle.coordination.calibrated.run import item_hashes
from undazzle.coordination.calibrated.settings import TIME_WINDOWS, CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots, make_slots
from undazzle.coordination.events import Events, load_events
from undazzle.traces import extract_traces, possible_kinds

TITLE = "Shuffles: what the calibrated method finds where nothing is to be found"

SHUFFLES, QUICK_SHUFFLES = 200, 5
WAYS = ("within items", "within time")
LEVELS = (0.1, 0.01, 0.001)
NOMINAL = (0.05, 0.2)
_PLACES = (os.environ.get("UNDAZZLE_DATA", ""), str(Path(__file__).resolve().parents[2] / "shared" / "data"))
_USUAL = ("repost", "link", "near_text", "text", "hashtag_sequence")


@dataclass(frozen=True)
class DataSet:
    """A real data set: its file under the data folder, and the traces to look at."""

    name: str
    path: str
    kinds: tuple[str, ...]


DATA_SETS = (
    DataSet("german links", "coortweet/german_elections.parquet", ("link",)),
    DataSet("german images", "coortweet/german_elections.parquet", ("image",)),
    DataSet("german hashtags", "coortweet/german_elections.parquet", ("hashtag",)),
    DataSet("russian", "coortweet/russian_coord_tweets.parquet", ("object",)),
    DataSet("x_us2024", "x_us2024_usc/tweets.parquet", _USUAL),
    DataSet("us2020", "us2020_hashtag_control/tweets.parquet", _USUAL),
    DataSet("ira", "ira_2015_2016/tweets.parquet", _USUAL),
)


def run(*, quick: bool) -> dict[str, Any]:
    """Search shuffled copies of every data set that is here, and print tables."""
    return search_copies([one.name for one in DATA_SETS], QUICK_SHUFFLES if quick else SHUFFLES, WAYS)


def search_copies(names: Sequence[str], shuffles: int, ways: Sequence[str]) -> dict[str, Any]:
    """Search shuffled copies of some data sets, in one way or both, and print tables."""
    measured = []
    for one in DATA_SETS:
        if one.name not in names:
            continue
        if path_of(one) is None:
            print(f"{one.name}: not on this machine (set UNDAZZLE_DATA to the folder of real data)")
            continue
        for way, found, seconds in _searched(one, shuffles, ways):
            measured.append({"data": one.name, "shuffle": way, "shuffles": shuffles, **summed(found), **seconds})
            print(_line(measured[-1]), flush=True)
    print()
    _print(measured)
    return {"measured": measured, "shuffles": shuffles}


def path_of(data: DataSet) -> Path | None:
    """Return where a data set is on this machine."""
    return next((Path(place) / data.path for place in _PLACES if place and (Path(place) / data.path).exists()), None)


def slots_of_file(data: DataSet) -> tuple[Slots, Clock, Events, npt.NDArray[np.uint64]]:
    """Return slots, clock, events and hashes of the items of a data set that is on this machine."""
    path, settings = path_of(data), CalibratedSettings()
    if path is None:
        raise FileNotFoundError(data.path)
    with tempfile.TemporaryDirectory() as folder, undazzle.open(Path(folder) / "w.duckdb") as workspace:
        workspace.ingest(path)
        possible = possible_kinds(workspace.store)
        here = [kind for kind in data.kinds if possible[kind] is None]
        events = load_events(workspace.store, [extract_traces(workspace.store, k, {}).trace_set for k in here], here)
        hashes = item_hashes(workspace.store, events, settings.seed)
    clock = read_clock(events, TIME_WINDOWS)
    return make_slots(events, hashes, clock.windows), clock, events, hashes


def _searched(
    data: DataSet, shuffles: int, wanted: Sequence[str]
) -> Iterator[tuple[str, list[Found], dict[str, float]]]:
    settings = CalibratedSettings()
    slots, clock, events, hashes = slots_of_file(data)
    searches: dict[str, Callable[[np.random.Generator], Found]] = {
        "within items": lambda random: search_within_items(slots, clock, settings, random),
        "within time": lambda random: search_within_time(events, hashes, clock, settings, random),
    }
    for way in wanted:
        search = searches[way]
        started = time.process_time()
        found = [search(np.random.default_rng([number, len(way)])) for number in range(shuffles)]
        yield way, found, {"cpu_seconds": round(time.process_time() - started, 1)}


def summed(found: list[Found]) -> dict[str, Any]:
    """Return realised false discovery rates and tails of p-values over all shuffled copies."""
    rates = {
        f"{what} at {level:g}": float(np.mean([one.q_values[what] <= level for one in found]))
        for what in ("pairs", "groups", "members", "rings")
        for level in NOMINAL
    }
    pooled = {
        "groups": np.concatenate([one.group_p for one in found]),
        "members": np.concatenate([one.member_p for one in found]),
        "rings": np.concatenate([one.ring_p for one in found]),
    }
    tails = {f"{what} p<={level:g}": tail_ratio(pooled[what], level) for what in pooled for level in LEVELS}
    # only pairs that met twice are tested; the others, with p-values near 1, count as well
    eligible = sum(one.eligible_pairs for one in found)
    pair_p = np.concatenate([one.pair_p for one in found])
    tails |= {f"pairs p<={level:g}": float((pair_p <= level).sum() / level / max(1, eligible)) for level in LEVELS}
    return {
        "false_discovery": rates,
        "tails": tails,
        "tested": {what: len(one) for what, one in pooled.items()} | {"pairs": eligible},
        "copies_with_networks": sum(one.networks > 0 for one in found),
        "copies_with_rings": sum(one.rings > 0 for one in found),
        "accounts_named": sum(one.accounts for one in found),
    }


def _line(one: dict[str, Any]) -> str:
    return (
        f"{one['data']}, {one['shuffle']}: networks in {one['copies_with_networks']} and rings in "
        f"{one['copies_with_rings']} of {one['shuffles']} copies, {one['accounts_named']} accounts named, "
        f"{one['cpu_seconds']} CPU s; {one['false_discovery']} {one['tails']} {one['tested']}"
    )


def _print(measured: list[dict[str, Any]]) -> None:
    columns = ["data", "shuffle", "groups", "networks", "rings"]
    columns += [f"{what} q {level:g}" for what in ("pairs", "groups", "members") for level in NOMINAL]
    columns += [f"{what} p/.001" for what in ("pairs", "groups", "members")]
    rows = []
    for one in measured:
        row: list[object] = [one["data"], one["shuffle"], f"{one['tested']['groups']:,}"]
        row += [one["copies_with_networks"], one["copies_with_rings"]]
        row += [f"{one['false_discovery'][f'{what} at {level:g}']:.3f}"
                for what in ("pairs", "groups", "members") for level in NOMINAL]  # fmt: skip
        row += [_ratio(one["tails"][f"{what} p<=0.001"]) for what in ("pairs", "groups", "members")]
        rows.append(row)
    print_table(columns, rows)


def _ratio(value: float | None) -> str:
    return "too few" if value is None else f"{value:.2f}"


def main() -> None:
    """Search copies of the data sets named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shuffles", description=__doc__)
    parser.add_argument("data", nargs="*", default=[one.name for one in DATA_SETS], help="Names; all if none.")
    parser.add_argument("--copies", type=int, default=SHUFFLES)
    parser.add_argument("--way", action="append", choices=WAYS, help="One way of shuffling; both if not given.")
    asked = parser.parse_args()
    search_copies(asked.data, asked.copies, asked.way or WAYS)


if __name__ == "__main__":
    main()
