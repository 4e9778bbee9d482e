"""A scorecard: the 18 answers of each coder, and of the one who reconciled them. Totals are never stored."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from undazzle.casebook.fields import ClaimId, IncidentId, Line, PartialDate, ScorecardId, Text
from undazzle.casebook.records import Part, Record
from undazzle.casebook.scoring.items import ExtraItem, Item


class Answer(StrEnum):
    """What a coder says of a statement. Not applicable and unknown are not the same as no."""

    TRUE = "true"
    FALSE = "false"
    NA = "na"
    UNKNOWN = "unknown"


def _as_word(value: object) -> object:
    return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value


AnswerField = Annotated[Answer, BeforeValidator(_as_word)]


class Coding(Part):
    """The answers of one person. A statement left out counts as unknown."""

    coder: Line = Field(description="Who answered; a name or a letter.")
    coded: PartialDate | None = Field(default=None, description="When.")
    answers: dict[Item, AnswerField] = Field(default_factory=dict, description="Answers to the 18 statements.")
    extras: dict[ExtraItem, AnswerField] = Field(default_factory=dict, description="Answers to ours.")
    remark: Text | None = Field(default=None, description="A remark of the coder.")

    def answer(self, item: Item | ExtraItem) -> Answer:
        """Return the answer to a statement, unknown where there is none."""
        given = self.answers.get(item) if isinstance(item, Item) else self.extras.get(item)
        return given or Answer.UNKNOWN


class Scorecard(Record):
    """Answers about how a claim is made; it rates the attribution, it is no fact check."""

    id: ScorecardId
    incident: IncidentId | None = Field(default=None, description="The incident it is about.")
    claim: ClaimId | None = Field(default=None, description="The claim it is about.")
    codings: tuple[Coding, ...] = Field(default=(), max_length=20, description="Each coder's answers.")
    reconciled: Coding | None = Field(default=None, description="The answers agreed on, and who reconciled them.")

    @property
    def final(self) -> Coding | None:
        """Return the reconciled answers, or the only coder's; nothing while coders have not been reconciled."""
        if self.reconciled is not None:
            return self.reconciled
        return self.codings[0] if len(self.codings) == 1 else None
