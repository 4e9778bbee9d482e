"""Where a text breaks off. What is missing is marked and never filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from undazzle.reading.sentences import Sentence
from undazzle.reading.spans import Span, trimmed

_MARK = re.compile(r"\.\.\.+|…|\[\s*(?:\.\.\.|…)\s*\]")
# An ellipsis that ends a quotation or stands before a name is also used for effect; it counts as a cut all the same.


class CutKind(StrEnum):
    """How a text breaks off."""

    END = "end"  # the sentence stops
    INSIDE = "inside"  # words are missing, the rest goes on
    BEGINNING = "beginning"  # the sentence begins in its middle
    UNCLOSED = "unclosed"  # the text ends without an end mark


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where words are missing."""

    span: Span
    kind: CutKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence as far as it can be read.

    Attributes
    ----------
    sentence
        The whole of it.
    head
        Up to the first cut.
    fragments
        What stands after a cut: words whose beginning is missing.
    is_cut
        Whether anything is missing from it.
    """

    sentence: Sentence
    head: Span
    fragments: tuple[Span, ...]
    is_cut: bool


def find_cuts(text: str, sentences: tuple[Sentence, ...]) -> tuple[Cut, ...]:
    """Return the places where words are missing, in their order."""
    cuts = []
    for sentence in sentences:
        span = sentence.span
        opening = text[span.begin]
        if sentence.opens_block and opening.islower() and not span.of(text).startswith(("http", "www")):
            cuts.append(Cut(Span(span.begin, span.begin + 1), CutKind.BEGINNING))
        for found in _MARK.finditer(text, span.begin, span.end):
            rest = text[found.end() : span.end].strip(" \n\"”’')]»")
            cuts.append(Cut(Span(found.start(), found.end()), CutKind.INSIDE if rest else CutKind.END))
    return tuple(cuts)


def pieces(text: str, sentences: tuple[Sentence, ...]) -> tuple[Piece, ...]:
    """Return each sentence with its head before the first cut and the fragments after it."""
    return tuple(_piece(text, sentence) for sentence in sentences)


def _piece(text: str, sentence: Sentence) -> Piece:
    span = sentence.span
    marks = list(_MARK.finditer(text, span.begin, span.end))
    if not marks:
        return Piece(sentence, span, (), False)
    edges = [span.begin, *(edge for mark in marks for edge in mark.span()), span.end]
    parts = [trimmed(text, edges[one], edges[one + 1]) for one in range(0, len(edges), 2)]
    fragments = tuple(part for part in parts[1:] if any(letter.isalnum() for letter in part.of(text)))
    return Piece(sentence, parts[0], fragments, True)
