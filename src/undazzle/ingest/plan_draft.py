"""A plan in the making: the columns of a file, what was chosen so far, what was refused, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from undazzle.ingest.column_choices import Candidate, Context, candidate
from undazzle.ingest.columns import ColumnChoice, ColumnPlan, ColumnSample
from undazzle.ingest.name_hints import candidates, normalised_name
from undazzle.ingest.sample_table import literal, quoted
from undazzle.ingest.time_expressions import TimeColumn
from undazzle.model import POST_FIELDS

FIELD_KINDS = {one.name: one.kind for one in POST_FIELDS}


class Draft:
    """The choices made so far for one file.

    Parameters
    ----------
    samples
        The columns with their sampled values.
    context
        The sampled rows as a table, the user's options, and the layout.
    path
        The file, for messages.

    Attributes
    ----------
    chosen
        Choice by field.
    settled
        Fields that the user decided, even if only to leave them out.
    refused
        Candidates by field that their values spoke against.
    """

    def __init__(self, samples: Sequence[ColumnSample], context: Context, path: Path) -> None:
        self.samples = {one.name: one for one in samples}
        self.context, self.path = context, path
        self.chosen: dict[str, ColumnChoice] = {}
        self.settled: set[str] = set()
        self.refused: dict[str, list[Candidate]] = {}
        self.problems: list[str] = []
        self.warnings: list[str] = []
        self.time: TimeColumn | None = None

    def is_open(self, field: str) -> bool:
        """Whether nothing has been decided for a field."""
        return field not in self.chosen and field not in self.settled

    def is_used(self, column: str) -> bool:
        """Whether any choice reads a column."""
        return any(quoted(column) in choice.expression for choice in self.chosen.values())

    def free_columns(self) -> list[str]:
        """Return the columns that no choice reads."""
        return [name for name in self.samples if not self.is_used(name)]

    def sample_of(self, field: str) -> ColumnSample | None:
        """Return the column that a field is read from, if it is read from one."""
        choice = self.chosen.get(field)
        return self.samples.get(choice.column) if choice else None

    def keep(self, found: Candidate) -> None:
        """Choose a candidate."""
        self.chosen[found.choice.field] = found.choice
        if found.choice.field == "posted_at":
            self.time = found.time

    def keep_despite(self, found: Candidate) -> None:
        """Choose a candidate although something speaks against it, which becomes a warning."""
        checks = tuple(replace(one, level="ask") if one.level == "block" else one for one in found.choice.checks)
        self.keep(Candidate(replace(found.choice, checks=checks), found.time))

    def keep_constant(self, field: str, value: object, why: str) -> None:
        """Give all posts of the file the same value."""
        sql = literal(value) if isinstance(value, str) else str(value).lower()
        self.chosen[field] = ColumnChoice(field, "", sql, why)

    def guess(self, field: str) -> None:
        """Choose the column whose name suggests a field and whose values speak least against it."""
        found = [
            candidate(field, self.samples[name], f"the name {name} suggests it", self.context)
            for name in candidates(field, self.free_columns())
        ]
        self.refused.setdefault(field, []).extend(one for one in found if one.blocked)
        self.keep_best(one for one in found if not one.blocked)

    def keep_best(self, usable: Iterable[Candidate]) -> bool:
        """Choose the candidate with the fewest doubts, the first of equals; say whether there was any."""
        best = min(usable, key=_reluctance, default=None)
        if best is not None:
            self.keep(best)
        return best is not None

    def objections(self, field: str) -> list[str]:
        """Return what spoke against the columns that were refused for a field."""
        return [message for one in self.refused.get(field, []) for message in one.messages("block")]

    def likely_column(self, words: Sequence[str]) -> str:
        """Return a column to propose in a message, by words in its name."""
        names = self.free_columns()
        return next((name for name in names if any(word in normalised_name(name) for word in words)), "COLUMN")

    def result(self) -> ColumnPlan:
        """Return the plan, with the doubts of every choice as warnings."""
        for choice in self.chosen.values():
            about = f"{choice.field} ({choice.column})" if choice.column else choice.field
            self.warnings += [f"{about}: {check.message}" for check in choice.checks if check.level == "ask"]
        order = list(FIELD_KINDS)
        return ColumnPlan(
            choices=tuple(sorted(self.chosen.values(), key=lambda one: order.index(one.field))),
            unread=tuple(self.free_columns()),
            problems=tuple(dict.fromkeys(self.problems)),
            warnings=tuple(dict.fromkeys(self.warnings)),
            time_resolution_seconds=self.time.resolution if self.time else None,
        )


def _reluctance(found: Candidate) -> tuple[int, int]:
    """Rank usable candidates: by doubts; for times a time of day counts most, and a missing zone nothing."""
    if found.time is None:
        return (0, found.doubts)
    unread = sum("cannot be read" in text or "lie before" in text for text in found.messages("ask"))
    return (int(found.time.dates_only), unread)
