"""A span of the text that was read: where it begins and ends, so that everything said about it can be checked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the text, as offsets of its first character and of the one after its last.

    Examples
    --------
    >>> Span(4, 9).of("The ferry runs")
    'ferry'
    """

    begin: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of the span."""
        return text[self.begin : self.end]

    def meets(self, other: Span) -> bool:
        """Return whether the two share a character."""
        return self.begin < other.end and other.begin < self.end

    def holds(self, other: Span) -> bool:
        """Return whether the other lies inside."""
        return self.begin <= other.begin and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.begin


def trimmed(text: str, begin: int, end: int) -> Span:
    """Return a span without the blanks at its ends."""
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return Span(begin, end)
