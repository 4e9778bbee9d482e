"""An indicator of a list, with who published it about whom, and when; and the list with what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from undazzle.casebook.vocabulary import ActClass
from undazzle.intrusions.kinds import IndicatorKind


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing a list says to look for.

    ``raw`` is as the list has it, ``value`` as it is compared. ``actor`` is whom the list names, in its words.
    ``act_class`` says what kind of act the list is about; kinds of acts are never added up.
    """

    kind: IndicatorKind
    value: str
    raw: str
    source: str
    line: int = 0
    actor: str = ""
    act_class: ActClass = ActClass.UNSPECIFIED
    note: str = ""
    first_known: date | None = None
    last_known: date | None = None

    @property
    def indicator_id(self) -> str:
        """The indicator as ``kind:value``."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """The indicators of one or more files, and what in them was not one; nothing is lost silently."""

    indicators: tuple[Indicator, ...] = ()
    set_aside: tuple[tuple[str, int, str, str], ...] = ()  # file, line, reason, text
    problems: tuple[str, ...] = ()
    entries: int = 0

    def reasons(self) -> dict[str, int]:
        """Return how many entries were set aside for each reason."""
        return dict(Counter(reason for _, _, reason, _ in self.set_aside).most_common())

    def of_act(self, act_class: ActClass) -> IndicatorList:
        """Return the list with the class of act the user says it is about, where the list itself says none."""
        said = tuple(
            replace(one, act_class=act_class) if one.act_class is ActClass.UNSPECIFIED else one
            for one in self.indicators
        )
        return replace(self, indicators=said)

    def of_actor(self, actor: str) -> IndicatorList:
        """Return the list with the actor the user names, where the list itself names none."""
        return replace(
            self, indicators=tuple(one if one.actor else replace(one, actor=actor) for one in self.indicators)
        )


@dataclass(slots=True)
class ListDraft:
    """A list while it is read."""

    source: str
    indicators: list[Indicator] = field(default_factory=list)
    set_aside: list[tuple[str, int, str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    entries: int = 0

    def refuse(self, line: int, reason: str, text: object) -> None:
        """Count an entry that is no indicator."""
        self.set_aside.append((self.source, line, reason, str(text)[:200]))

    def done(self) -> IndicatorList:
        """Return the finished list."""
        return IndicatorList(tuple(self.indicators), tuple(self.set_aside), tuple(self.problems), self.entries)


def joined(lists: Iterable[IndicatorList]) -> IndicatorList:
    """Return several lists as one; an indicator that several files hold is kept once, and counted."""
    held: dict[tuple[str, str, ActClass], Indicator] = {}
    aside: list[tuple[str, int, str, str]] = []
    problems: list[str] = []
    entries = 0
    for one in lists:
        entries += one.entries
        aside += one.set_aside
        problems += one.problems
        for indicator in one.indicators:
            key = (indicator.indicator_id, indicator.actor, indicator.act_class)
            if key in held:
                aside.append((indicator.source, indicator.line, "the same indicator again", indicator.raw[:200]))
            held[key] = _wider(held[key], indicator) if key in held else indicator
    return IndicatorList(tuple(held.values()), tuple(aside), tuple(problems), entries)


def _wider(one: Indicator, other: Indicator) -> Indicator:
    """Return an indicator that was known from the earlier to the later of the dates of two."""
    firsts = [at for at in (one.first_known, other.first_known) if at]
    lasts = [at for at in (one.last_known, other.last_known) if at]
    return replace(one, first_known=min(firsts, default=None), last_known=max(lasts, default=None))
