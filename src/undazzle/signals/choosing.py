"""What a user calls a group of accounts becomes the SQL that chooses it.

Reads ``networks``, ``members``, ``co_actions``, ``runs``, ``sources``, ``account_observations`` and ``accounts``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from undazzle.errors import ParameterError, UnknownNameError
from undazzle.signals.descriptor import SYNCHRONY
from undazzle.store import Store

_FILES = (
    "The group and the others come from different files: what differs between collections (time, language, topic, "
    "what was kept) differs here too."
)


SYNCHRONOUS_SECONDS = 3600.0
# Posts of the network's co-actions: what lies within the window was chosen because of when it was posted.
_SPENT = """
WITH inside AS (SELECT account_key FROM members WHERE run_id = $run AND network_id = $network),
meetings AS (
    SELECT post_a, post_b FROM co_actions WHERE run_id = $run
    AND account_a IN (SELECT account_key FROM inside) AND account_b IN (SELECT account_key FROM inside)
)
SELECT post_a AS post_key FROM meetings UNION SELECT post_b FROM meetings
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A group of accounts, not yet looked up.

    Attributes
    ----------
    name
        What the user calls it.
    sql, parameters
        SELECT of ``account_key`` and ``is_member``, as ``gathered`` takes it.
    run_id, network_id
        The network, if it is one.
    selected_by
        Trace kinds through which the group was found, and ``synchrony`` if times played a part.
    caveat
        What to know about the comparison; empty if nothing.
    spent_sql
        SELECT of the posts through whose times the group was found, as ``gathered`` takes it; empty if none.
    """

    name: str
    sql: str
    parameters: Mapping[str, object]
    run_id: int | None = None
    network_id: int | None = None
    selected_by: frozenset[str] = frozenset()
    caveat: str = ""
    spent_sql: str = ""


def choose_network(store: Store, run_id: int, network_id: int) -> Choice:
    """Return a network; accounts of other networks of its run are compared with nobody.

    It was chosen through the trace kinds behind its co-actions, and through synchrony if these lie within an hour;
    rings of closed content, which span days, were not found by time.

    Raises
    ------
    UnknownNameError
        If the run has no such network.
    """
    rows = store.rows(
        "SELECT kinds, time_window FROM networks WHERE run_id = ? AND network_id = ?", [run_id, network_id]
    )
    if not rows:
        known = store.rows("SELECT network_id FROM networks WHERE run_id = ? ORDER BY ALL", [run_id])
        raise UnknownNameError(f"network in run:{run_id}", str(network_id), [str(row[0]) for row in known])
    kinds, window = rows[0]
    # A network that does not say what it rests on may rest on every trace of its run.
    selection = {part for kind in kinds or () for part in str(kind).split("+")} or _traces_of(store, run_id)
    is_timed = window is not None and float(window) <= SYNCHRONOUS_SECONDS
    return Choice(
        f"network:{network_id}",
        "SELECT account_key, max(network_id = $network)::BOOLEAN AS is_member FROM members WHERE run_id = $run"
        " GROUP BY account_key",
        {"run": run_id, "network": network_id},
        run_id,
        network_id,
        frozenset(selection | ({SYNCHRONY} if is_timed else set())),
        spent_sql=_SPENT if is_timed else "",
    )


def _traces_of(store: Store, run_id: int) -> set[str]:
    """Return the trace kinds of a run that its parameters name; networks may rest on all of them."""
    rows = store.rows("SELECT parameters FROM runs WHERE run_id = ?", [run_id])
    stored = json.loads(rows[0][0] or "{}") if rows else {}
    named = stored.get("traces") if isinstance(stored, dict) else None
    return {str(one) for one in named} if isinstance(named, list) else set()


def choose_source(store: Store, source_id: int) -> Choice:
    """Return the accounts of one file, compared with those of the other files.

    Raises
    ------
    UnknownNameError
        If there is no such source.
    """
    known = [row[0] for row in store.rows("SELECT source_id FROM sources ORDER BY ALL")]
    if source_id not in known:
        raise UnknownNameError("source", str(source_id), [str(one) for one in known])
    return Choice(
        f"source:{source_id}",
        "SELECT DISTINCT account_key, true AS is_member FROM account_observations WHERE source_id = $source"
        " UNION SELECT DISTINCT account_key, true FROM posts WHERE source_id = $source",
        {"source": source_id},
        caveat=_FILES if len(known) > 1 else "",
    )


def choose_category(store: Store, category: str) -> Choice:
    """Return the accounts that a file puts into a category, compared with all others.

    Raises
    ------
    UnknownNameError
        If no account is in it.
    """
    known = [
        str(row[0])
        for row in store.rows(
            "SELECT DISTINCT category FROM account_observations WHERE category IS NOT NULL ORDER BY ALL LIMIT 200"
        )
    ]
    if category not in known:
        raise UnknownNameError("category", category, known)
    return Choice(
        f"category:{category}",
        "SELECT DISTINCT account_key, true AS is_member FROM account_observations WHERE category = $category",
        {"category": category},
        caveat="The category is the word of the file, not a finding.",
    )


def choose_groups(store: Store, source_id: int) -> list[Choice]:
    """Return every category of one file, largest first; accounts of its other categories are compared with nobody.

    Parameters
    ----------
    store
        The workspace.
    source_id
        The file.
    """
    rows = store.rows(
        "SELECT category FROM account_observations WHERE source_id = ? AND category IS NOT NULL GROUP BY category"
        " ORDER BY count(DISTINCT account_key) DESC, category LIMIT 50",
        [source_id],
    )
    sql = (
        "SELECT account_key, max(category IS NOT DISTINCT FROM $category)::BOOLEAN AS is_member"
        " FROM account_observations WHERE source_id = $source GROUP BY account_key"
    )
    return [
        Choice(f"category:{category}", sql, {"source": source_id, "category": category}, caveat=_FILES)
        for (category,) in rows
    ]


def choose_accounts(store: Store, accounts: Iterable[str], name: str = "accounts") -> Choice:
    """Return accounts named by id (``x:123`` or ``123``) or handle, compared with all others.

    Raises
    ------
    ParameterError
        If none of them is in the workspace.
    """
    wanted = [one.strip().removeprefix("@").casefold() for one in accounts]
    wanted = [one for one in wanted if one]
    sql = (
        "SELECT DISTINCT account_key, true AS is_member FROM accounts WHERE list_contains($wanted, lower(account_id))"
        " OR list_contains($wanted, lower(handle))"
        " OR list_contains($wanted, lower(substr(account_id, strpos(account_id, ':') + 1)))"
    )
    if not wanted or not store.rows(f"{sql} LIMIT 1", {"wanted": wanted}):
        raise ParameterError("accounts", ", ".join(wanted[:3]), "None of them is in this workspace.")
    return Choice(name, sql, {"wanted": wanted})
