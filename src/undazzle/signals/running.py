"""Runs every signal over a group and keeps what was found.

Reads everything that ``group`` gathers. Writes ``indicators``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from undazzle.coordination.explanations.wording import counted
from undazzle.errors import UnknownNameError
from undazzle.signals.choosing import Choice, choose_network
from undazzle.signals.descriptor import Reading, Signal, untestable
from undazzle.signals.follows import Follows
from undazzle.signals.group import Group, Shared, gathered
from undazzle.signals.registry import SIGNALS
from undazzle.store import Store, check_holds_all_posts
from undazzle.store.schema import SCHEMA_SQL


@dataclass(frozen=True, slots=True)
class Indicator:
    """One signal with what it says about one group.

    Attributes
    ----------
    signal
        The signal.
    reading
        What it found.
    selection
        Trace kinds, signals or ``synchrony`` that look at the same thing and through which the group was chosen.
    """

    signal: Signal
    reading: Reading
    selection: tuple[str, ...] = ()

    @property
    def is_selection(self) -> bool:
        """Whether the group was chosen through the same thing: it then shows by construction and is not counted."""
        return bool(self.selection)

    @property
    def counts(self) -> bool:
        """Whether it is evidence: it stands out and was not used to choose the group."""
        return self.reading.outcome == "stands_out" and not self.is_selection


def read_signals(
    store: Store,
    choice: Choice,
    *,
    signals: Sequence[str] = (),
    selected_by: Iterable[str] = (),
    follows: Follows | None = None,
    progress: Callable[[str], None] | None = None,
    shared: Shared | None = None,
) -> list[Indicator]:
    """Return what the signals say about a group of accounts; nothing is written.

    Parameters
    ----------
    store
        The workspace; may be read only.
    choice
        The group.
    signals
        Ids of signals; all if empty.
    selected_by
        Signals and trace kinds through which the user chose the group.
    follows
        Who follows whom, as ``read_follows`` returns it.
    progress
        Called with the id of each signal before it is read.
    shared
        One dictionary for several groups of the same posts: what does not depend on the group is computed once.

    Raises
    ------
    UnknownNameError
        If a signal is not known.
    UndazzleError
        If most posts are elsewhere.
    """
    check_holds_all_posts(store, "signals")
    chosen = [known_signal(one) for one in signals] or list(SIGNALS.values())
    selection = choice.selected_by | frozenset(selected_by)
    found = []
    with gathered(
        store,
        choice.name,
        choice.sql,
        choice.parameters,
        selected_by=selection,
        spent_sql=choice.spent_sql,
        follows=follows,
        shared=shared,
    ) as group:
        for signal in chosen:
            if progress is not None:
                progress(signal.signal_id)
            same = tuple(sorted(selection & {signal.signal_id, *signal.same_as_traces}))
            found.append(Indicator(signal, read_one(signal, group), same))
    return found


def read_one(signal: Signal, group: Group) -> Reading:
    """Return what one signal says about a gathered group."""
    if not group.sizes[0]:
        return untestable("The group has no accounts.", 0)
    if signal.needs and not group.filled.intersection(signal.needs):
        return untestable(f"This data has no {signal.needs_words} for these accounts.")
    return signal.read(group)


def known_signal(signal_id: str) -> Signal:
    """Return a signal by its id.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    if signal_id not in SIGNALS:
        raise UnknownNameError("signal", signal_id, SIGNALS)
    return SIGNALS[signal_id]


def write_indicators(store: Store, choice: Choice, found: Sequence[Indicator]) -> None:
    """Write what the signals say about a group; earlier rows of the same group and signals are replaced.

    Parameters
    ----------
    store
        The workspace.
    choice
        The group.
    found
        What ``read_signals`` returned.
    """
    rows = indicator_rows(choice, found)
    if not rows:
        return
    with store.transaction():
        if not _has_table(store):  # a workspace from before there were signals
            store.execute(next(one for one in SCHEMA_SQL.split(";") if "TABLE indicators" in one))
        store.execute(
            "DELETE FROM indicators WHERE group_name = ? AND run_id IS NOT DISTINCT FROM ?"
            " AND list_contains(?, signal_id)",
            [choice.name, choice.run_id, [one.signal.signal_id for one in found]],
        )
        names = list(rows[0])
        marks = ", ".join("?" for _ in names)
        for row in rows:
            store.execute(
                f"INSERT INTO indicators ({', '.join(names)}) VALUES ({marks})", [row[name] for name in names]
            )


def indicator_rows(choice: Choice, found: Sequence[Indicator]) -> list[dict[str, object]]:
    """Return what the signals say as rows of the table ``indicators``."""
    now = datetime.now(UTC).replace(tzinfo=None)
    return [
        {
            "run_id": choice.run_id,
            "network_id": choice.network_id,
            "group_name": choice.name,
            "signal_id": one.signal.signal_id,
            "version": one.signal.version,
            "title": one.signal.title,
            "family": one.signal.family,
            "outcome": one.reading.outcome,
            "value": one.reading.value,
            "low": one.reading.low,
            "high": one.reading.high,
            "unit": one.reading.unit,
            "n": one.reading.n,
            "control_value": one.reading.control_value,
            "control_n": one.reading.control_n,
            "p_value": one.reading.p_value,
            "figure": one.reading.figure,
            "seen": one.reading.seen,
            "reason": one.reading.reason,
            "innocent": "; ".join(each.title for each in one.signal.innocent_explanations),
            "is_selection": one.is_selection,
            "details": json.dumps(one.reading.details, ensure_ascii=False, default=str),
            "made_at": now,
        }
        for one in found
    ]


def signal_rows(store: Store, run_id: int, network_id: int) -> list[dict[str, object]]:
    """Return what the signals say about a network, for a report: stored rows, or computed now if there are none.

    Parameters
    ----------
    store
        The workspace; it is not changed.
    run_id, network_id
        The network.

    Returns
    -------
    list of dict
        Rows of the table ``indicators`` in the order of the registry.

    Raises
    ------
    UnknownNameError
        If the run has no such network.
    """
    choice = choose_network(store, run_id, network_id)
    order = {name: place for place, name in enumerate(SIGNALS)}
    if _has_table(store):
        stored = store.records("SELECT * FROM indicators WHERE run_id = ? AND network_id = ?", [run_id, network_id])
        if stored:
            return sorted(stored, key=lambda row: order.get(str(row["signal_id"]), len(order)))
    return indicator_rows(choice, read_signals(store, choice))


def _has_table(store: Store) -> bool:
    return bool(store.rows("SELECT 1 FROM information_schema.tables WHERE table_name = 'indicators'"))


def summary_sentence(found: Sequence[Indicator]) -> str:
    """Return one plain sentence on all signals of a group.

    Families count, not signals: two signals of one family are one observation.
    """
    tested = [one for one in found if one.reading.outcome != "not_testable"]
    families = {one.signal.family for one in found if one.counts}
    marked = sum(one.is_selection and one.reading.outcome == "stands_out" for one in found)
    words = (
        f"{len(families)} of {len({one.signal.family for one in tested})} families of signals that this data can show "
        f"stand out from the other accounts; {len(found) - len(tested)} of {len(found)} signals cannot be tested."
    )
    if marked:
        words += (
            f" {counted(marked, 'signal')} more would, but the group was chosen through the same thing: not counted."
        )
    return words + " None of them says who is behind an account."
