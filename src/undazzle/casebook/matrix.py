"""A matrix of competing hypotheses: what could be behind it, and how each piece of evidence fits each of them.

Source: Heuer 1999, "Psychology of Intelligence Analysis", chapter 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from undazzle.casebook.fields import MatrixId
from undazzle.casebook.records import Part, Record

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]


class Rating(StrEnum):
    """How a piece of evidence fits a hypothesis."""

    VERY_CONSISTENT = "CC"
    CONSISTENT = "C"
    NEUTRAL = "N"
    NOT_APPLICABLE = "NA"
    INCONSISTENT = "I"
    VERY_INCONSISTENT = "II"


class HypothesisKind(StrEnum):
    """What sort of answer a hypothesis gives. The first three must be in every matrix."""

    AUTHENTIC = "authentic"
    COMMERCIAL = "commercial"
    FALSE_FLAG = "false-flag"
    COPYCAT = "copycat"
    DOMESTIC = "domestic"
    OPERATION = "operation"


COMPULSORY = (HypothesisKind.AUTHENTIC, HypothesisKind.COMMERCIAL, HypothesisKind.FALSE_FLAG)


class Degree(StrEnum):
    """How credible or how relevant; ``unknown`` is no low degree."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


class Hypothesis(Part):
    """One possible answer."""

    id: Name = Field(description="Short name.")
    kind: HypothesisKind = Field(description="What sort of answer it is.")
    statement: Words = Field(description="The answer, in one sentence.")


class Evidence(Part):
    """One piece of evidence, or the absence of something to be expected.

    ``refers_to`` names where it stands: ``claim:…``, ``finding:…``, ``source:…`` or a run. ``is_selection`` marks
    what made somebody look: it is shown and never counted. ``is_unrated`` marks a piece that the software drew up and
    nobody has rated yet: it counts for nothing until a person has.
    """

    id: Name = Field(description="Short name.")
    statement: Words = Field(description="What is seen, or missing.")
    refers_to: tuple[Words, ...] = Field(min_length=1, description="Where it stands.")
    is_absence: bool = Field(default=False, description="It is the absence of something to be expected.")
    is_selection: bool = Field(default=False, description="It made somebody look; never counted.")
    is_unrated: bool = Field(default=False, description="Nobody has rated it yet; never counted.")
    credibility: Degree = Field(default=Degree.UNKNOWN, description="How credible.")
    relevance: Degree = Field(default=Degree.UNKNOWN, description="How relevant.")
    ratings: dict[Name, Rating] = Field(description="How it fits each hypothesis.")


class Matrix(Record):
    """A question, its possible answers, the evidence, and who rated it."""

    id: MatrixId
    question: Words = Field(description="What is asked.")
    hypotheses: tuple[Hypothesis, ...] = Field(min_length=2, description="Possible answers.")
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="What is seen, or missing.")
    rated_by: Words = Field(description="Who rated it.")
    rated: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] = Field(description="When.")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        problems = list(self._problems())
        if problems:
            raise ValueError(" ".join(problems))
        return self

    def _problems(self) -> Iterator[str]:
        names = [one.id for one in self.hypotheses]
        if len(set(names)) < len(names):
            yield "Two hypotheses have the same id."
        if len({one.id for one in self.evidence}) < len(self.evidence):
            yield "Two pieces of evidence have the same id."
        for kind in COMPULSORY:
            if kind not in {one.kind for one in self.hypotheses}:
                yield f"No hypothesis of the kind {kind.value}: it must be weighed, even if it seems unlikely."
        for one in self.evidence:
            missing, unknown = set(names) - set(one.ratings), set(one.ratings) - set(names)
            if missing:
                yield f"{one.id} is not rated for {', '.join(sorted(missing))}: use N or NA where it says nothing."
            if unknown:
                yield f"{one.id} is rated for {', '.join(sorted(unknown))}, which is no hypothesis here."
