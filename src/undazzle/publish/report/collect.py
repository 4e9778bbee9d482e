"""SQL → facts: the network, its accounts and pairs, and who belongs together.

Reads ``networks``, ``members``, ``accounts``, ``pairs`` and ``co_actions``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from undazzle.errors import UnknownNameError
from undazzle.publish.masking import Identity, Mask, mask_names
from undazzle.publish.report.facts import Member, Overview, Pair
from undazzle.publish.report.text import clean
from undazzle.store import Store

# All co-actions of one network, oriented by account key as stored; lives while the report is made.
CO_ACTIONS = "report_co_actions"


def read_overviews(store: Store, run_id: int) -> list[Overview]:
    """Return the networks of a run: those that nothing ordinary explains and timing can test first; strongest first.

    Reads ``networks`` and ``explanations``.
    """
    rows = store.records(
        "SELECT network_id, name, time_window, members, pairs, co_actions, items, days, kinds, first_at, last_at,"
        " weight, expected, p_value, q_value, e.title AS explained_by, status, held_out_items, held_out_observed,"
        " held_out_expected, held_out_days, drop_best_item_p, drop_best_day_p, open_co_actions, open_expected"
        " FROM networks n LEFT JOIN (SELECT run_id, network_id, sum(observed)::BIGINT AS open_co_actions,"
        " sum(expected) AS open_expected FROM expected_hours GROUP BY ALL) USING (run_id, network_id)"
        " LEFT JOIN (SELECT run_id, network_id, explanation_id AS explained_by, title FROM explanations) e"
        " USING (run_id, network_id, explained_by) WHERE run_id = ?"
        " ORDER BY n.explained_by IS NOT NULL, coalesce(status, '') = 'closed_content', network_id",
        [run_id],
    )
    verdicts = _read_verdicts(store, run_id)
    return [
        Overview(
            **{
                **row,
                "kinds": tuple(row["kinds"] or ()),
                "name": clean(row["name"]),
                "verdicts": verdicts.get(row["network_id"], ()),
            }
        )
        for row in rows
    ]


def _read_verdicts(store: Store, run_id: int) -> dict[int, tuple[tuple[str, str], ...]]:
    rows = store.rows(
        "SELECT network_id, list(title ORDER BY title), list(verdict ORDER BY title) FROM explanations"
        " WHERE run_id = ? GROUP BY network_id",
        [run_id],
    )
    return {
        int(network): tuple((clean(title), str(verdict)) for title, verdict in zip(titles, found, strict=True))
        for network, titles, found in rows
    }


def pick_overview(overviews: Sequence[Overview], network_id: int | None) -> Overview | None:
    """Return the network asked for, or the first of the run, or ``None`` if the run found none.

    Raises
    ------
    UnknownNameError
        If a network was asked for that the run does not have.
    """
    if network_id is None:
        return overviews[0] if overviews else None
    for one in overviews:
        if one.network_id == network_id:
            return one
    raise UnknownNameError("network", f"network:{network_id}", [f"network:{one.network_id}" for one in overviews])


@contextmanager
def network_co_actions(store: Store, run_id: int, overview: Overview) -> Iterator[None]:
    """Gather the co-actions of one network in a temporary table while the report is made."""
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {CO_ACTIONS} AS"
        " SELECT c.kind, c.item_key, c.account_a, c.account_b, c.post_a, c.post_b, c.gap_seconds,"
        " least(pa.posted_at, pb.posted_at) AS first_at, greatest(pa.posted_at, pb.posted_at) AS last_at"
        " FROM co_actions c"
        " JOIN (SELECT account_key FROM members WHERE run_id = $run AND network_id = $network) ma"
        " ON ma.account_key = c.account_a"
        " JOIN (SELECT account_key FROM members WHERE run_id = $run AND network_id = $network) mb"
        " ON mb.account_key = c.account_b"
        " JOIN (SELECT DISTINCT account_a, account_b FROM pairs WHERE run_id = $run AND time_window = $window"
        " AND in_network) p ON p.account_a = c.account_a AND p.account_b = c.account_b"
        " JOIN posts pa ON pa.post_key = c.post_a JOIN posts pb ON pb.post_key = c.post_b"
        " WHERE c.run_id = $run AND c.time_window = $window AND list_contains($kinds, c.kind)",
        {
            "run": run_id,
            "network": overview.network_id,
            "window": overview.time_window,
            "kinds": list(overview.kinds),
        },
    )
    try:
        yield
    finally:
        store.execute(f"DROP TABLE IF EXISTS {CO_ACTIONS}")


def read_members(store: Store, run_id: int, overview: Overview, *, mask: bool) -> tuple[list[Member], Mask]:
    """Return the accounts of a network, most co-actions first, and the mask that fits them.

    Reads ``members``, ``accounts``, ``posts``.
    """
    rows = store.records(
        "SELECT m.account_key AS key, m.account_id, m.co_actions, m.partners, m.items,"
        " m.posts_in_co_actions AS posts_in, m.posts, m.days, m.weight, m.leave_one_out_p,"
        " m.leave_one_out_q, m.is_certified, m.held_out_items, m.held_out_expected, m.is_taken_in,"
        " coalesce(a.platform, '') AS platform, coalesce(a.handle, '') AS handle,"
        " coalesce(a.display_name, '') AS display_name"
        " FROM members m LEFT JOIN (SELECT account_key, any_value(platform) AS platform,"
        " min(handle) AS handle, min(display_name) AS display_name FROM accounts GROUP BY ALL) a"
        " USING (account_key) WHERE m.run_id = ? AND m.network_id = ?"
        " ORDER BY m.co_actions DESC, m.items DESC, m.account_id",
        [run_id, overview.network_id],
    )
    names = mask_names(overview.name, (row["account_id"] for row in rows))
    members = [_member(number, row, names, mask) for number, row in enumerate(rows, start=1)]
    return members, _mask_of(store, members) if mask else Mask({})


def _member(row_number: int, row: Mapping[str, Any], names: Mapping[str, str], mask: bool) -> Member:
    handle = clean(row["handle"])
    shown = names[row["account_id"]] if mask else (handle or clean(row["account_id"]))
    counts = {name: int(row[name] or 0) for name in ("co_actions", "partners", "items", "posts_in", "posts", "days")}
    return Member(
        row=row_number,
        key=int(row["key"]),
        label=shown[:80],
        platform=clean(row["platform"]),
        weight=row["weight"],
        leave_one_out_p=row["leave_one_out_p"],
        account_id=str(row["account_id"]),
        handle=handle,
        display_name=clean(row["display_name"]),
        is_certified=row["is_certified"],
        leave_one_out_q=row["leave_one_out_q"],
        held_out_items=row["held_out_items"],
        held_out_expected=row["held_out_expected"],
        is_taken_in=bool(row["is_taken_in"]),
        **counts,
    )


def _mask_of(store: Store, members: Sequence[Member]) -> Mask:
    posts = store.rows(
        f"SELECT DISTINCT post_id FROM posts JOIN (SELECT post_a AS post_key FROM {CO_ACTIONS}"
        f" UNION SELECT post_b FROM {CO_ACTIONS}) USING (post_key)"
    )
    known = {Identity(one.account_id, one.handle, one.display_name): one.label for one in members}
    return Mask(known, (str(post[0]).partition(":")[2] or str(post[0]) for post in posts))


def read_pairs(store: Store, run_id: int, overview: Overview, members: Sequence[Member]) -> list[Pair]:
    """Return the pairs of a network, all kinds of trace together, most co-actions first.

    Reads ``pairs`` and the network's co-actions.
    """
    rows = store.rows(
        f"WITH by_kind AS (SELECT account_a, account_b, kind, count(*) AS n, min(gap_seconds) AS closest,"
        f" sum(gap_seconds) AS gaps FROM {CO_ACTIONS} GROUP BY ALL),"
        " found AS (SELECT account_a, account_b, sum(n) AS n, list(kind ORDER BY kind) AS kinds,"
        " list(n ORDER BY kind) AS counts, min(closest) AS closest, sum(gaps) / sum(n) AS mean_gap"
        " FROM by_kind GROUP BY ALL),"
        " weighed AS (SELECT account_a, account_b, sum(items) AS items, sum(weight) AS weight,"
        " sum(expected) AS expected FROM pairs WHERE run_id = ? AND time_window = ? AND in_network GROUP BY ALL)"
        " SELECT account_a, account_b, n, items, kinds, counts, closest, mean_gap, weight, expected"
        " FROM found JOIN weighed USING (account_a, account_b)"
        " ORDER BY n DESC, items DESC, mean_gap, account_a, account_b",
        [run_id, overview.time_window],
    )
    at = {member.key: member.row for member in members}
    return [_pair(number, row, at) for number, row in enumerate(rows, start=1)]


def _pair(number: int, row: Sequence[Any], at: Mapping[int, int]) -> Pair:
    first, second, count, items, kinds, counts, closest, mean_gap, weight, expected = row
    a, b = sorted((at[first], at[second]))
    by_kind = tuple((str(kind), int(each)) for kind, each in zip(kinds, counts, strict=True))
    return Pair(number, a, b, int(count), int(items or 0), by_kind, float(closest), float(mean_gap), weight, expected)


def with_groups(members: Sequence[Member], groups: Mapping[int, int]) -> tuple[Member, ...]:
    """Return the members with the group (0, 1, ...) of their row."""
    return tuple(replace(one, group=groups.get(one.row, 0)) for one in members)
