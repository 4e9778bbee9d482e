"""Field types that records share: ids, bounded text, addresses, and dates that may be partial."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

_SLUG = r"[a-z0-9][a-z0-9.\-]{0,119}"
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def _one_id(kind: str) -> StringConstraints:
    return StringConstraints(pattern=rf"^{kind}:{_SLUG}$")


CaseId = Annotated[str, _one_id("case")]
ClaimantId = Annotated[str, _one_id("claimant")]
SourceId = Annotated[str, _one_id("source")]
ClaimId = Annotated[str, _one_id("claim")]
ActorId = Annotated[str, _one_id("actor")]
TargetId = Annotated[str, _one_id("target")]
EventId = Annotated[str, _one_id("event")]
IncidentId = Annotated[str, _one_id("incident")]
ObservationId = Annotated[str, _one_id("observation")]
CountermeasureId = Annotated[str, _one_id("countermeasure")]
AssessmentId = Annotated[str, _one_id("assessment")]
ScorecardId = Annotated[str, _one_id("scorecard")]
FindingId = Annotated[str, _one_id("finding")]
MatrixId = Annotated[str, _one_id("matrix")]
RetractionId = Annotated[str, _one_id("retraction")]

Slug = Annotated[str, StringConstraints(pattern=rf"^{_SLUG}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
# Addresses are cited, never fetched; their form is checked by the check of a case, with file and line.
Address = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _checked(value: str) -> str:
    first_day(value)
    return value


def _parts(value: str) -> tuple[int, int | None, int | None]:
    found = _PARTIAL.fullmatch(value)
    if not found:
        raise ValueError(f"{value!r} is no date; write 2024, 2024-10 or 2024-10-23")
    year, month, day = found.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def first_day(value: str) -> date:
    """Return the first day that a partial date can mean.

    Examples
    --------
    >>> first_day("2024-10")
    datetime.date(2024, 10, 1)
    """
    year, month, day = _parts(value)
    return date(year, month or 1, day or 1)


def last_day(value: str) -> date:
    """Return the last day that a partial date can mean.

    Examples
    --------
    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    year, month, day = _parts(value)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


PartialDate = Annotated[
    str,
    BeforeValidator(_as_text),
    StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
    AfterValidator(_checked),
]
