"""The posts behind a network or a pair: both posts of every co-action, the item and the gap in seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from undazzle.errors import ParameterError, UnknownNameError
from undazzle.model import format_duration
from undazzle.results.network_queries import Scope
from undazzle.results.query import EARLY_CUT, Query
from undazzle.results.table import Table
from undazzle.store import Store


@dataclass(frozen=True, eq=False, repr=False)
class Evidence(Table):
    """Co-actions with both posts, closest in time first."""

    shown_first: ClassVar[tuple[str, ...]] = (
        "gap_seconds", "kind", "item", "account_a", "text_a", "account_b", "text_b", "posted_at_a",
    )  # fmt: skip

    def _repr_html_(self) -> str:
        from undazzle.results.display import evidence_html

        return evidence_html(self, shown=20)


def evidence_query(scope: Scope, account: int | None = None, other: int | None = None) -> Query:
    """Return the query for the co-actions of a scope, closest in time first.

    Parameters
    ----------
    scope
        A network or a run.
    account, other
        Keys of accounts: only co-actions of ``account`` (shown as account a), and only those with ``other``.
    """
    parameters = scope.parameters
    if account is not None:
        parameters["account"] = account
    if other is not None:
        parameters["other"] = other
    held = _oriented(scope.held_co_actions, account is not None, other is not None)
    select = f"""WITH held AS ({held}),
close AS (SELECT h.* FROM held h {EARLY_CUT}),
named AS (
    SELECT item_key, min(item) AS item FROM items
    WHERE item_key IN (SELECT item_key FROM close) GROUP BY item_key
)
SELECT h.gap_seconds, h.kind, n.item,
    x.account_id AS account_a, x.handle AS handle_a, a.post_id AS post_a, a.posted_at AS posted_at_a,
    a.text AS text_a, a.url AS url_a,
    y.account_id AS account_b, y.handle AS handle_b, b.post_id AS post_b, b.posted_at AS posted_at_b,
    b.text AS text_b, b.url AS url_b, h.time_window
FROM close h
LEFT JOIN named n USING (item_key)
LEFT JOIN posts a ON a.post_key = h.post_a
LEFT JOIN posts b ON b.post_key = h.post_b
LEFT JOIN accounts x ON x.account_key = h.account_a
LEFT JOIN accounts y ON y.account_key = h.account_b"""
    order = (
        "gap_seconds, least(posted_at_a, posted_at_b), account_a, account_b, post_a, post_b, kind, item, time_window"
    )
    nearest = "SELECT max(gap) FROM (SELECT gap_seconds AS gap FROM held ORDER BY gap LIMIT {rows})"
    return Query(
        select,
        order,
        parameters,
        early_cut=f"WHERE h.gap_seconds <= ({nearest})",
        counting=f"SELECT count(*) FROM ({held})",
    )


def resolution_note(store: Store) -> str:
    """Return what to know of the gaps where sources give no seconds (empty where they do). Reads ``sources``."""
    coarsest = store.rows("SELECT max(time_resolution_seconds) FROM sources")[0][0]
    if coarsest is None or coarsest <= 1:
        return ""
    return f"Times of some posts are given to {format_duration(coarsest)} only; a gap may be off by as much."


def _oriented(rows: str, has_account: bool, has_other: bool) -> str:
    """Turn co-actions round where needed, so that the account asked for stands first."""
    if not has_account:
        return rows
    turned = ", ".join(
        f"CASE WHEN account_a = $account THEN {name}_{first} ELSE {name}_{second} END AS {name}_{first}"
        for name in ("account", "post")
        for first, second in ("ab", "ba")
    )
    both = "account_a IN ($account, $other) AND account_b IN ($account, $other)"
    return (
        f"SELECT time_window, kind, item_key, {turned}, gap_seconds FROM ({rows})"
        f" WHERE {both if has_other else 'account_a = $account OR account_b = $account'}"
    )


def find_member(store: Store, run_id: int, network_id: int, name: str, where: str) -> int:
    """Return the key of a member called by its id, with or without platform, or by its handle.

    Parameters
    ----------
    store, run_id, network_id
        The network.
    name
        ``x:123``, ``123``, ``ferry_times`` or ``@ferry_times``; an exact id goes before a handle.
    where
        Name of the network, for the message.

    Raises
    ------
    UnknownNameError
        If no member is called that.
    ParameterError
        If several are, for instance on two platforms.
    """
    members = store.rows(
        "SELECT m.account_key, m.account_id, a.handle FROM members m LEFT JOIN accounts a USING (account_key)"
        " WHERE m.run_id = ? AND m.network_id = ? ORDER BY m.account_id",
        [run_id, network_id],
    )
    wanted = str(name).strip()
    found = next(
        (keys for test in _tests(wanted) if (keys := [row for row in members if test(row[1], row[2] or "")])), []
    )
    if not found:
        raise UnknownNameError(f"member of {where}", wanted, _names(members))
    if len(found) > 1:
        ids = ", ".join(row[1] for row in found)
        raise ParameterError("account", wanted, f"Several members are called that; give one of the ids {ids}.")
    return int(found[0][0])


def _tests(wanted: str) -> list[Callable[[str, str], bool]]:
    handle = wanted.removeprefix("@").casefold()
    return [
        lambda account_id, _: account_id == wanted,
        lambda account_id, _: account_id.partition(":")[2] == wanted,
        lambda _, known: bool(handle) and known.removeprefix("@").casefold() == handle,
        lambda account_id, _: account_id.partition(":")[2].casefold() == handle,
    ]


def _names(members: Iterable[tuple[int, str, str | None]]) -> list[str]:
    return [name for _, account_id, handle in members for name in (account_id, handle) if name]
