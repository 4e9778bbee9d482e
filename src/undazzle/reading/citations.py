"""Bracket numbers whose list of references is not on the page, and lists that announce more than the page shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from undazzle.reading.segments import Segment
from undazzle.reading.spans import Span

_MARK = re.compile(r"\[(\d{1,3})\]")
_ENTRY = re.compile(r"(?m)^\s*(?:\[(\d{1,3})\]|(\d{1,3})\.|\^)\s+\S.{12,}")
_ANNOUNCED = re.compile(
    r"\b(?:below|here|following|these)\b[^.]{0,30}?\b(?P<number>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+"
    r"(?:\w+\s){0,2}?(?:trends|findings|points|reasons|things|ways|lessons|examples|takeaways|steps|cases|questions)\b",
    re.I,
)
_NUMBERS = {word: place for place, word in enumerate("two three four five six seven eight nine ten".split(), 2)}


@dataclass(frozen=True, slots=True)
class Citation:
    """A bracket number, and whether the page holds what it refers to."""

    span: Span
    number: int
    segment: int
    is_orphan: bool


@dataclass(frozen=True, slots=True)
class Announced:
    """A list that is announced with its number of items; how many of them the page shows is for a person to count."""

    span: Span
    number: int


def find_citations(text: str, segments: Sequence[Segment]) -> tuple[Citation, ...]:
    """Return the citation marks of a text; numbers that begin anew in another segment are other references."""
    found = []
    for segment in segments:
        lines = list(_ENTRY.finditer(text, segment.span.begin, segment.span.end))
        entries = {int(one.group(1) or one.group(2) or 0) for one in lines}
        heads = {one.start(1) - 1 for one in lines if one.group(1)}
        for mark in _MARK.finditer(text, segment.span.begin, segment.span.end):
            if mark.start() in heads:
                continue
            number = int(mark.group(1))
            found.append(Citation(Span(*mark.span()), number, segment.number, number not in entries))
    return tuple(found)


def restarts(citations: Sequence[Citation]) -> int:
    """Return how often the numbers begin anew from one segment to the next: the lists are not one list."""
    numbers: dict[int, set[int]] = {}
    for one in citations:
        numbers.setdefault(one.segment, set()).add(one.number)
    held = [numbers[segment] for segment in sorted(numbers)]
    return sum(bool(before & after) for before, after in pairwise(held))


def find_announced(text: str) -> tuple[Announced, ...]:
    """Return the lists a text announces with their number of items.

    Examples
    --------
    >>> [one.number for one in find_announced("Below are five trends in ferry traffic.")]
    [5]
    """
    return tuple(
        Announced(Span(*one.span()), _NUMBERS.get(one.group("number").casefold()) or int(one.group("number")))
        for one in _ANNOUNCED.finditer(text)
    )
