"""A matrix of competing hypotheses: what could be behind it, and how each piece of evidence fits each of them.

Source: Heuer 1999, "Psychology of Intelligence Analysis", chapter 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from undazzle.casebook import Case
from undazzle.casebook.yaml_reading import YamlRefusedError, read_yaml
from undazzle.errors import SourceError

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


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hypothesis(_Part):
    """One possible answer."""

    id: Name
    kind: HypothesisKind
    statement: Words


class Evidence(_Part):
    """One piece of evidence, or the absence of something to be expected.

    ``refers_to`` names where it stands: ``claim:…``, ``network:…``, ``source:…`` or a run. ``is_selection`` marks
    what made somebody look: it is shown and never counted.
    """

    id: Name
    statement: Words
    refers_to: tuple[Words, ...] = Field(min_length=1)
    is_absence: bool = False
    is_selection: bool = False
    credibility: Degree = Degree.UNKNOWN
    relevance: Degree = Degree.UNKNOWN
    ratings: dict[Name, Rating]


class Matrix(_Part):
    """A question, its possible answers, the evidence, and who rated it."""

    question: Words
    hypotheses: tuple[Hypothesis, ...] = Field(min_length=2)
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    rated_by: Words
    rated: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]

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


def read_matrix(path: Path, case: Case | None = None) -> Matrix:
    """Return the matrix in a YAML file.

    Parameters
    ----------
    path
        The file.
    case
        Where ``claim:`` and ``source:`` references must exist, if given.

    Raises
    ------
    SourceError
        If the file is no matrix, a compulsory hypothesis is missing, a rating is missing, or a reference leads
        nowhere; all problems are named at once.
    """
    try:
        content = read_yaml(path.read_bytes())
        found = Matrix.model_validate(content)
    except OSError as error:
        raise SourceError(path, f"The matrix cannot be read ({error})", "Name a YAML file.") from error
    except YamlRefusedError as error:
        raise SourceError(path, str(error), "See undazzle weigh --example.") from error
    except ValidationError as error:
        said = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'matrix'}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()[:10]
        )
        raise SourceError(path, said, "See undazzle weigh --example.") from error
    if case is not None:
        lost = sorted(
            reference
            for one in found.evidence
            for reference in one.refers_to
            if reference.partition(":")[0] in ("claim", "source", "incident", "actor") and reference not in case
        )
        if lost:
            raise SourceError(path, f"Not in the case: {', '.join(lost)}", "Correct the ids, or give --case.")
    return found


EXAMPLE = """\
question: Who is behind the posts about the ferry timetable?
rated_by: A. Analyst
rated: '2024-11-06'
hypotheses:
  - {id: fans, kind: authentic, statement: Commuters who share what annoys them}
  - {id: shop, kind: commercial, statement: An agency that sells attention}
  - {id: decoy, kind: false-flag, statement: Somebody who wants it to look like the operator}
  - {id: company, kind: operation, statement: A campaign run for the ferry operator}
evidence:
  - id: same-minute
    statement: 276 posts of the same links within a minute, 33 expected by chance
    refers_to: ['run:1/network:2']
    credibility: high
    relevance: medium
    ratings: {fans: II, shop: C, decoy: C, company: C}
  - id: no-adverts
    statement: No post sells anything
    refers_to: ['run:1/network:2']
    is_absence: true
    credibility: medium
    relevance: high
    ratings: {fans: C, shop: I, decoy: N, company: N}
"""
