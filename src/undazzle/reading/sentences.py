"""Text becomes sentences with their places, also where a page has torn them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from undazzle.reading.document import Block, BlockKind
from undazzle.reading.spans import Span, trimmed

# A full stop after these does not end a sentence.
ABBREVIATIONS = frozenset(
    "u.s u.k u.n e.u d.c a.m p.m mr mrs ms dr prof sen sens rep reps gov gen col lt sgt capt rev hon jr sr st vs etc "
    "no nos inc corp co ltd jan feb mar apr jun jul aug sept sep oct nov dec fig cf e.g i.e approx dept est art al "
    "ph.d sec messrs ft mt".split()
)
_END = re.compile(r"(?:\.\.\.|…|[.?!]|[。！？؟])[\"”’'»)\]]*(?:\[\d{1,3}\])*(?=\s|$)|(?<=[。！？])")
_LONGEST = 2_000  # characters of a sentence
_OPENS = "\"“‘'«([¿¡"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the number of the block it begins in, and whether that block begins with it."""

    span: Span
    block: int
    opens_block: bool


def split_sentences(text: str, blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
    """Return the sentences of a text. A paragraph that ends in ``U.S.`` goes on in the next one."""
    sentences: list[Sentence] = []
    number = 0
    while number < len(blocks):
        if blocks[number].kind is BlockKind.DIVIDER:
            number += 1
            continue
        last = _last_of_torn(text, blocks, number)
        begin, end = blocks[number].span.begin, blocks[last].span.end
        starts = {blocks[one].span.begin for one in range(number, last + 1)}
        sentences += [
            Sentence(span, _block_at(blocks, number, last, span.begin), span.begin in starts)
            for span in _inside(text, begin, end, blocks[number].kind)
        ]
        number = last + 1
    return tuple(sentences)


def _last_of_torn(text: str, blocks: tuple[Block, ...], number: int) -> int:
    """Return the last of the paragraphs that are one piece of running text, torn after an abbreviation."""
    while number + 1 < len(blocks):
        here, after = blocks[number], blocks[number + 1]
        if {here.kind, after.kind} != {BlockKind.PARAGRAPH} or not _ends_in_abbreviation(text, here.span.end):
            break
        opening = text[after.span.begin]
        if not (opening.islower() or opening.isdigit()):
            break
        number += 1
    return number


def _block_at(blocks: tuple[Block, ...], first: int, last: int, place: int) -> int:
    return max(one for one in range(first, last + 1) if blocks[one].span.begin <= place)


def _inside(text: str, begin: int, end: int, kind: BlockKind) -> list[Span]:
    if kind is not BlockKind.PARAGRAPH and kind is not BlockKind.QUOTATION:
        return _bounded(text, begin, end)
    spans, start = [], begin
    for found in _END.finditer(text, begin, end):
        if _goes_on(text, found, end):
            continue
        spans += _bounded(text, start, found.end())
        start = found.end()
    spans += _bounded(text, start, end)
    return [span for span in spans if len(span)]


def _bounded(text: str, begin: int, end: int) -> list[Span]:
    """Return a sentence, or the parts of one that is too long to be one."""
    spans = []
    while end - begin > _LONGEST:
        edge = text.rfind(" ", begin + _LONGEST // 2, begin + _LONGEST)
        edge = edge if edge > 0 else begin + _LONGEST
        spans.append(trimmed(text, begin, edge))
        begin = edge
    return [*spans, trimmed(text, begin, end)]


def _goes_on(text: str, found: re.Match[str], end: int) -> bool:
    """Return whether a stop is none: an abbreviation, or an ellipsis inside a sentence."""
    rest = found.end()
    while rest < end and text[rest].isspace():
        rest += 1
    if rest >= end:
        return False
    opening = text[rest]
    if opening in _OPENS and rest + 1 < end:
        opening = text[rest + 1]
    if opening.islower():
        return True
    if not found.group().startswith(".") or found.group().startswith("..."):
        return False
    return _ends_in_abbreviation(text, found.start() + 1) and not _begins_afresh(text, rest, found)


def _ends_in_abbreviation(text: str, end: int) -> bool:
    if end < 2 or text[end - 1] != ".":
        return False
    start = end - 1
    while start > 0 and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    word = text[start : end - 1].strip(".").casefold()
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def _begins_afresh(text: str, rest: int, found: re.Match[str]) -> bool:
    """Return whether a new sentence begins after an abbreviation that can also end one."""
    word = text[max(0, found.start() - 4) : found.start()].casefold()
    if not word.endswith(("u.s", "u.k", "a.m", "p.m", " etc", "u.n")):
        return False
    following = re.match(r"[\"“(]?(\w+)", text[rest : rest + 20])
    return bool(following) and following is not None and following.group(1) in _STARTERS


_STARTERS = frozenset(
    "The This That These Those It He She They We But And In On At However Although While When After Before".split()
)
