"""Signals on real data: registrations of known accounts, random ordinary groups, and the roles of one known office."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from benchmarks.tables import print_table
from undazzle.signals import choose_accounts, choose_source, read_accounts, read_signals
from undazzle.signals.choosing import choose_groups
from undazzle.signals.control_rates import CONTROL_RATES
from undazzle.store import Store

_PLACES = (os.environ.get("UNDAZZLE_DATA", ""), str(Path(__file__).resolve().parents[2] / "shared" / "data"))
_ORDINARY = ("x_us2024_usc/tweets.parquet", "us2020_hashtag_control/tweets.parquet")
_IRA = "ira_2015_2016/tweets.parquet"
# Accounts that post much cost more to read: fewer groups of them.
_SIZES, _REPEATS, _BUSY_REPEATS = (10, 40, 150), 40, 10

Row = dict[str, Any]


def data_file(name: str) -> Path | None:
    """Return the path of a file of a real data set, or ``None`` where it is not on this machine."""
    return next((Path(one) / name for one in _PLACES if one and (Path(one) / name).exists()), None)


def registrations() -> Row:
    """Print and return the bursts among published registrations, and how many ordinary groups show one."""
    known, ordinary = data_file("prc_account_registrations/users.csv"), data_file(_ORDINARY[0])
    if known is None or ordinary is None:
        print("Registrations: left out, the data are not on this machine.\n")
        return {}
    read = read_accounts(known, [ordinary], by="campaign")
    (found,) = read_signals(read.store, choose_source(read.store, 1), signals=["creation_bursts"])
    largest = [one["accounts"] for one in found.reading.details["bursts"][:3]]
    print(f"### Registrations\n\n- published accounts, largest days: {', '.join(map(str, largest))} accounts")
    false, tried = 0, 0
    for group in _random_groups(read.store, 2, (5, 20, 60, 300), 75):
        (one,) = read_signals(read.store, choose_accounts(read.store, group), signals=["creation_bursts"])
        tried += one.reading.outcome != "not_testable"
        false += one.reading.outcome == "stands_out"
    print(f"- {false} of {tried} random groups of ordinary users show a burst\n")
    return {"largest": largest, "false": false, "tried": tried}


def control_rates() -> list[Row]:
    """Print and return how often each signal calls a random group of like accounts different from the rest."""
    files = [(name, data_file(name)) for name in (*_ORDINARY, _IRA)]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, path in files:
        if path is None:
            continue
        store = read_accounts(path).store
        for group in _random_groups(store, 1, _SIZES, _BUSY_REPEATS if name == _IRA else _REPEATS, busy=name == _IRA):
            for one in read_signals(store, choose_accounts(store, group)):
                counts[one.signal.signal_id][f"{name.partition('/')[0]}: {one.reading.outcome}"] += 1
    rows = [_control_row(signal_id, found) for signal_id, found in counts.items()]
    if rows:
        print("### Random groups that stood out, of those that could be tested\n")
        print_table(list(rows[0]), [list(row.values()) for row in rows])
        is_same = all(_written(row["signal"]) == _measured(row) for row in rows)
        print(f"\nThe documentation says {'the same' if is_same else 'OTHERWISE: see signals/control_rates.py'}.\n")
    return rows


def _written(signal_id: str) -> dict[str, str]:
    return {one.data: f"{one.stood_out} of {one.tested}" for one in CONTROL_RATES.get(signal_id, ())}


def _measured(row: Row) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name != "signal" and not cell.endswith(" of 0")}


def _control_row(signal_id: str, found: Counter[str]) -> Row:
    row: Row = {"signal": signal_id}
    for name in (*_ORDINARY, _IRA):
        data = name.partition("/")[0]
        out, tested = found[f"{data}: stands_out"], found[f"{data}: stands_out"] + found[f"{data}: ordinary"]
        row[data] = f"{out} of {tested}"
    return row


def _random_groups(
    store: Store, source: int, sizes: tuple[int, ...], repeats: int, *, busy: bool = False
) -> list[list[str]]:
    """Return groups of accounts drawn by a hash of their id; of accounts with 100 posts if only these can show much."""
    fewest = 100 if busy else 1
    groups = []
    for number in range(repeats):
        order = store.rows(
            "SELECT account_id FROM posts WHERE source_id = ? GROUP BY account_id HAVING count(*) >= ?"
            f" ORDER BY md5(account_id || '{number}')",
            [source, fewest],
        )
        groups += [[row[0] for row in order[:size]] for size in sizes if size < len(order) / 2]
    return groups


def ira_categories() -> list[Row]:
    """Print and return the hours, weekends and languages of the roles of the Internet Research Agency."""
    path = data_file(_IRA)
    if path is None:
        print("Roles of a known office: left out, the data are not on this machine.\n")
        return []
    store = read_accounts(path, by="account_category").store
    wanted = ["working_hours", "daily_rhythm", "days_off", "language_mix"]
    weekends = dict(
        store.rows(
            "SELECT category, count(*) FILTER (isodow(posted_at) >= 6) / count(*) FROM posts JOIN (SELECT account_key,"
            " mode(category) AS category FROM account_observations GROUP BY account_key) USING (account_key) GROUP BY 1"
        )
    )
    rows = []
    for choice in choose_groups(store, 1):
        found = {one.signal.signal_id: one.reading for one in read_signals(store, choice, signals=wanted)}
        details = found["working_hours"].details
        hours = found["daily_rhythm"].details.get("hours", [])
        rows.append(
            {
                "role": choice.name.partition(":")[2],
                "hours of the day, UTC, % of posts": " ".join(f"{100 * one:.0f}" for one in hours),
                "ways of life": _counts(details.get("ways", {})),
                "zones": _counts(details.get("zones", {})),
                "zone's interval": _between(details),
                "weekend posts": f"{weekends[choice.name.partition(':')[2]]:.0%}",
                "lowest calendar": _lowest(found["days_off"].details),
                "languages": _languages(found["language_mix"].details),
            }
        )
    print("### Roles of a known office (UTC+3)\n")
    print_table(list(rows[0]), [list(row.values()) for row in rows])
    print()
    return rows


def _lowest(details: dict[str, Any]) -> str:
    found = details.get("calendars", [])
    return f"{found[0]['calendar']} {found[0]['ratio']:.0%}" if found else ""


def _counts(found: dict[str, Any]) -> str:
    return ", ".join(f"{name} {number}" for name, number in found.items())


def _between(details: dict[str, Any]) -> str:
    return f"{details['zone_low']:+g} to {details['zone_high']:+g}" if "zone_low" in details else ""


def _languages(details: dict[str, Any]) -> str:
    shares = details.get("shares", {})
    return ", ".join(f"{name} {share:.0%}" for name, share in list(shares.items())[:4])
