"""A group of accounts is held against every playbook: what is seen, what is not, what cannot be tested, and rivals.

A match is coverage of the testable published observables, with an interval, beside the same for every other playbook
and every null. From behaviour alone nothing more than "consistent with" is ever said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from undazzle.attribution.measures import MEASURES, SAME_AS_TRACES, Measurement, measured
from undazzle.attribution.playbooks import SIGNAL, Observable, Playbook, PlaybookKind, shipped_playbooks
from undazzle.model import share_interval
from undazzle.signals import Choice, Indicator, read_signals
from undazzle.store import Store

FEWEST_TESTABLE = 4  # observables of a playbook; with fewer nothing is said
LEAST_COVERAGE = 0.65  # of the weight of what could be tested
LEAST_MARGIN = 0.1  # over every null; less is a tie with an ordinary explanation
FEWEST_PRESENT = 3  # observables of an operation that must be seen; nobody is recognised by what they do not do
ABSENCE = 0.5  # what the absence of a thing weighs, against its presence


class Seen(StrEnum):
    """What a test of an observable says. Not testable is not the same as absent."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_TESTABLE = "not-testable"
    SELECTION = "selection"  # the group was chosen by it, so it shows by construction and does not count


@dataclass(frozen=True, slots=True)
class TestedObservable:
    """An observable with what its test says."""

    observable: Observable
    seen: Seen
    figure: str

    @property
    def agrees(self) -> bool:
        """Whether what is seen is what the playbook has."""
        return (self.seen is Seen.PRESENT) is self.observable.expected

    @property
    def weight(self) -> float:
        """Weight of the observable; not doing a thing is weaker evidence than doing one."""
        return self.observable.weight * (1.0 if self.observable.expected else ABSENCE)

    @property
    def counts(self) -> bool:
        """Whether it says anything."""
        return self.seen in (Seen.PRESENT, Seen.ABSENT)


@dataclass(frozen=True, slots=True)
class PlaybookMatch:
    """How far a group agrees with one playbook.

    ``coverage`` is the share of the weight of testable observables that agree, with ``low`` and ``high``, a 95 %
    interval from how few there are. ``margin`` is what is left over the nearest other playbook of any kind,
    ``margin_over_nulls`` over the nearest null.
    """

    playbook: Playbook
    tested: tuple[TestedObservable, ...]
    coverage: float
    low: float
    high: float
    margin: float = 0.0
    margin_over_nulls: float = 0.0

    @property
    def testable(self) -> int:
        """Observables that could be tested."""
        return sum(one.counts for one in self.tested)

    @property
    def present(self) -> int:
        """Observables of the playbook that are seen, leaving aside what it is known not to do."""
        return sum(one.seen is Seen.PRESENT and one.observable.expected for one in self.tested)

    @property
    def agreeing(self) -> int:
        """Observables that agree."""
        return sum(one.counts and one.agrees for one in self.tested)


@dataclass(frozen=True, slots=True)
class MatchReport:
    """All playbooks, the nearest first, and what may be said."""

    group_name: str
    matches: tuple[PlaybookMatch, ...]
    best: PlaybookMatch | None  # ``None``: no operation stands out from what is ordinary
    sentence: str


def match_playbooks(
    store: Store,
    choice: Choice,
    *,
    playbooks: Sequence[Playbook] = (),
    selected_by: Iterable[str] = (),
    progress: Callable[[str], None] | None = None,
) -> MatchReport:
    """Return how far a group agrees with each playbook.

    Reads ``posts``, ``accounts``, ``account_observations`` and ``media``.

    Parameters
    ----------
    store
        The workspace.
    choice
        The group, as ``undazzle.signals`` chooses it.
    playbooks
        The playbooks to hold it against; the shipped ones if none are given.
    selected_by
        Signals, measures and trace kinds by which the group was chosen: shown, never counted.
    progress
        Called with the name of each test.
    """
    books = tuple(playbooks) or shipped_playbooks()
    wanted = {one.test for book in books for one in book.observables}
    selection = set(selected_by) | set(choice.selected_by)
    signals = sorted(one.removeprefix(SIGNAL) for one in wanted if one.startswith(SIGNAL))
    indicators = read_signals(store, choice, signals=signals, selected_by=selection, progress=progress)
    readings = {one.signal.signal_id: one for one in indicators}
    with measured(store, _accounts(store, choice)) as measure:
        measurements = {name: measure(name) for name in wanted if not name.startswith(SIGNAL)}

    def tested(one: Observable) -> TestedObservable:
        if one.test.startswith(SIGNAL):
            return _by_signal(one, readings[one.test.removeprefix(SIGNAL)])
        same = {one.test, *SAME_AS_TRACES.get(one.test, ())}
        return _by_measure(one, measurements[one.test], is_selection=bool(selection & same))

    found = [_match(book, tuple(tested(one) for one in book.observables)) for book in books]
    return _report(choice.name, found)


def _accounts(store: Store, choice: Choice) -> list[str]:
    sql = f"SELECT DISTINCT account_id FROM accounts JOIN ({choice.sql}) c USING (account_key) WHERE c.is_member"
    return [row[0] for row in store.rows(sql, dict(choice.parameters) or None)]


def _by_signal(one: Observable, found: Indicator) -> TestedObservable:
    reading = found.reading
    if reading.outcome == "not_testable":
        return TestedObservable(one, Seen.NOT_TESTABLE, reading.reason)
    if found.is_selection:
        return TestedObservable(one, Seen.SELECTION, reading.figure)
    return TestedObservable(one, Seen.PRESENT if reading.outcome == "stands_out" else Seen.ABSENT, reading.figure)


def _by_measure(one: Observable, found: Measurement, *, is_selection: bool) -> TestedObservable:
    if found.value is None or found.n < one.fewest:
        return TestedObservable(one, Seen.NOT_TESTABLE, found.reason or f"only {found.n:,} to count")
    if one.times_control is not None and found.control is None:
        return TestedObservable(one, Seen.NOT_TESTABLE, "no other accounts to compare with")
    beside = "" if found.control is None else f", elsewhere {_number(found.control)}"
    figure = f"{_number(found.value)} {MEASURES[one.test].unit}{beside}"
    is_present = (one.at_least is None or found.value >= one.at_least) and (
        one.at_most is None or found.value <= one.at_most
    )
    if one.times_control is not None and found.control is not None:
        is_present = is_present and found.value >= one.times_control * found.control
    seen = Seen.SELECTION if is_selection else Seen.PRESENT if is_present else Seen.ABSENT
    return TestedObservable(one, seen, figure)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:.2f}"


def _match(book: Playbook, tested: tuple[TestedObservable, ...]) -> PlaybookMatch:
    weights = [(one.weight, one.agrees) for one in tested if one.counts]
    total = sum(weight for weight, _ in weights)
    if not total:
        return PlaybookMatch(book, tested, 0.0, 0.0, 1.0)
    coverage = sum(weight for weight, agrees in weights if agrees) / total
    # How many observables of equal weight these are worth.
    count = total**2 / sum(weight**2 for weight, _ in weights)
    low, high = share_interval(coverage * count, count)
    return PlaybookMatch(book, tested, coverage, low, high)


def _report(name: str, found: Sequence[PlaybookMatch]) -> MatchReport:
    usable = [one for one in found if one.testable >= FEWEST_TESTABLE]
    ordered = []
    for one in sorted(found, key=_order):
        others = [each.coverage for each in usable if each is not one]
        nulls = [each.coverage for each in usable if each is not one and each.playbook.kind is PlaybookKind.NULL]
        ordered.append(
            replace(
                one,
                margin=one.coverage - max(others, default=0.0),
                margin_over_nulls=one.coverage - max(nulls, default=0.0),
            )
        )
    best = _best(ordered)
    return MatchReport(name, tuple(ordered), best, _sentence(ordered, best))


def _order(one: PlaybookMatch) -> tuple[bool, float, bool, str]:
    """Order by coverage; what could hardly be tested comes last, and of equals the ordinary explanation first."""
    is_operation = one.playbook.kind is PlaybookKind.OPERATION
    return one.testable < FEWEST_TESTABLE, -one.coverage, is_operation, one.playbook.id


def _best(ordered: Sequence[PlaybookMatch]) -> PlaybookMatch | None:
    """Return the operation that may be named: the nearest, well covered, and clearly before every null."""
    operations = [
        one for one in ordered if one.playbook.kind is PlaybookKind.OPERATION and one.testable >= FEWEST_TESTABLE
    ]
    first = operations[0] if operations else None
    if first is None or first.present < FEWEST_PRESENT:
        return None
    if first.coverage < LEAST_COVERAGE or first.margin_over_nulls < LEAST_MARGIN:
        return None
    return first


def _nearest(ordered: Sequence[PlaybookMatch]) -> str:
    """Name the nearest playbook, and say so if others agree exactly as well."""
    tested = [one for one in ordered if one.testable >= FEWEST_TESTABLE]
    if not tested:
        return ""
    alike = sum(one.coverage == tested[0].coverage for one in tested) - 1
    if alike:
        return f" {tested[0].playbook.name} and {alike} more playbooks agree alike: these data do not separate them."
    return f" Nearest of all is {tested[0].playbook.name}."


def _sentence(ordered: Sequence[PlaybookMatch], best: PlaybookMatch | None) -> str:
    if best is None:
        return "No published operation stands out from what is ordinary." + _nearest(ordered)
    rival = next(one for one in ordered if one is not best)
    if best.margin < LEAST_MARGIN and rival.playbook.kind is PlaybookKind.OPERATION:
        return (
            f"The behaviour is consistent with {best.agreeing} of {best.testable} testable published observables of "
            f"{best.playbook.name} and nearly as well with those of {rival.playbook.name} ({rival.agreeing} of "
            f"{rival.testable}): the two cannot be told apart here. Playbooks are public and can be imitated: this "
            "names no operator."
        )
    return (
        f"The behaviour is consistent with {best.agreeing} of {best.testable} testable published observables of "
        f"{best.playbook.name}; the strongest competing explanation is {rival.playbook.name} "
        f"({rival.agreeing} of {rival.testable}). Playbooks are public and can be imitated: this names no operator."
    )
