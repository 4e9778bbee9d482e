"""Days of a case as timestamps. A day is written as its first moment; how exact it was is never lost silently."""

from __future__ import annotations

from undazzle.casebook import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.fields import first_day, last_day

_LONG_AGO = "2000-01-01"


def day_of_case(case: Case) -> str:
    """Return the day of the last change of a case: its own, or the latest day any claim or source bears."""
    if case.head.updated:
        return last_day(case.head.updated).isoformat()
    known = [one.made_public for one in case.claims.values()] + [one.made_public for one in case.sources.values()]
    return max((last_day(one).isoformat() for one in known if one), default=_LONG_AGO)


def day_of_claim(case: Case, claim: Claim) -> str:
    """Return the day a claim was made, else the day of its document, else that of the case."""
    source = case.sources.get(claim.source)
    day = claim.claimed or claim.published or (source.made_public if source else None)
    return first_day(day).isoformat() if day else day_of_case(case)


def timestamp(day: str) -> str:
    """Return the first moment of a day, month or year in UTC.

    Examples
    --------
    >>> timestamp("2024-10")
    '2024-10-01T00:00:00.000Z'
    """
    return f"{first_day(day).isoformat()}T00:00:00.000Z"


def end_timestamp(day: str) -> str:
    """Return the last second of a day, month or year in UTC.

    Examples
    --------
    >>> end_timestamp("2024-02")
    '2024-02-29T23:59:59.000Z'
    """
    return f"{last_day(day).isoformat()}T23:59:59.000Z"
