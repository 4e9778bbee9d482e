"""Quotation marks: which words are somebody's own. A mark that is never closed holds to the end of the sentence."""

from __future__ import annotations

import re

from undazzle.reading.spans import Span

_CURLY = re.compile(r"[“„«]([^”“»«]*)(?:[”»]|$)")
_STRAIGHT = re.compile(r'"([^"]*)(?:"|$)')


def quotations(words: str) -> list[Span]:
    """Return the spans inside quotation marks, without the marks.

    Examples
    --------
    >>> [span.of('It is "not attempting') for span in quotations('It is "not attempting')]
    ['not attempting']
    """
    found = [Span(*one.span(1)) for pattern in (_CURLY, _STRAIGHT) for one in pattern.finditer(words)]
    return sorted(span for span in found if len(span))


def masked(words: str, spans: list[Span]) -> str:
    """Return words of the same length with what stands in quotation marks blotted out."""
    letters = list(words)
    for span in spans:
        letters[span.begin : span.end] = "·" * len(span)
    return "".join(letters)


def opens_unclosed(words: str) -> bool:
    """Return whether words open a curly quotation that they do not close."""
    return words.count("“") > words.count("”")
