"""Words that stand twice. A repeat is shown with what it repeats, and never counts as a second voice."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from undazzle.reading.spans import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
WORDS_IN_A_ROW = 8  # shorter runs are phrases of the language
_MOST_PLACES = 4  # of one run of words that are compared; more is boilerplate


@dataclass(frozen=True, slots=True)
class Repeat:
    """A span that says again, word for word, what an earlier one said."""

    span: Span
    first: Span
    words: int


def find_repeats(text: str, least: int = WORDS_IN_A_ROW) -> tuple[Repeat, ...]:
    """Return every longest run of words that occurs earlier in the text; upper and lower case are the same.

    Parameters
    ----------
    text
        What was read.
    least
        Fewest words in a row that count.
    """
    places = [found.span() for found in _WORD.finditer(text)]
    words = [text[begin:end].casefold().replace("’", "'") for begin, end in places]
    seen: dict[tuple[str, ...], list[int]] = {}
    repeats, number = [], 0
    entered = 0
    while number + least <= len(words):
        entered = _enter(seen, words, least, entered, number)
        first, length = _longest(seen.get(tuple(words[number : number + least]), ()), words, number)
        if not length:
            number += 1
            continue
        span = Span(places[number][0], places[number + length - 1][1])
        repeats.append(Repeat(span, Span(places[first][0], places[first + length - 1][1]), length))
        number += length
    return tuple(repeats)


def _enter(seen: dict[tuple[str, ...], list[int]], words: list[str], least: int, entered: int, until: int) -> int:
    """Enter the runs that end before ``until``, so that nothing is its own repeat."""
    while entered + least <= until:
        held = seen.setdefault(tuple(words[entered : entered + least]), [])
        if len(held) < _MOST_PLACES:
            held.append(entered)
        entered += 1
    return entered


def _longest(candidates: list[int] | tuple[()], words: list[str], number: int) -> tuple[int, int]:
    best = (0, 0)
    for first in candidates:
        length = 0
        while number + length < len(words) and first + length < number:
            if words[first + length] != words[number + length]:
                break
            length += 1
        if length > best[1]:
            best = (first, length)
    return best


def repeated_share(span: Span, repeats: tuple[Repeat, ...]) -> float:
    """Return the share of a span that only repeats something earlier."""
    number = bisect_right(repeats, span.begin, key=lambda one: one.span.end)
    covered = 0
    while number < len(repeats) and repeats[number].span.begin < span.end:
        covered += min(span.end, repeats[number].span.end) - max(span.begin, repeats[number].span.begin)
        number += 1
    return covered / len(span) if len(span) else 0.0
