"""What speaks for or against a new source beginning at a sentence, in bits; each cue has a name that is shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from undazzle.reading.document import Block, BlockKind
from undazzle.reading.duplicates import Repeat, repeated_share
from undazzle.reading.sentences import Sentence
from undazzle.reading.spans import Span
from undazzle.reading.truncation import Cut, CutKind

_CREDIT = re.compile(
    r"hide caption|toggle caption|\bBanner:|\(Source:|\((?:Photo|Image|Picture)\b|\bPhoto(?:graph)?(?: by|:)|/\s?"
    r"(?:Getty|Reuters|AFP|AP|EPA)\b|\bvia (?:Reuters|AP|Getty|AFP)|Getty Images|AFP/|\bImage credit"
)
_MORE = re.compile(
    r"^(?:people also (?:search|ask)|related (?:posts|articles|stories|searches)|you (?:may|might) also like|read more|"
    r"more (?:stories|from|on)|recommended|see also|further reading|also on|latest (?:news|posts)|trending|most read|"
    r"similar (?:posts|articles))\b", re.I,
)  # fmt: skip
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’-]{2,40}(?:,[^.—–-]{0,40})?(?:\([^)]{2,40}\)\s*)?\s?[—–-]\s")
_BYLINE = re.compile(r"^(?:By|Von|Par|Por) [A-Z]\w+ [A-Z]\w+")
_SELF = re.compile(r"(?<![\w.])(?:I|my|I['’](?:m|ve|ll))(?![\w.])")
_LABEL = re.compile(r"^[A-Z][\w ]{2,24}:\s+[A-Z]")
_LEANS = re.compile(
    r"^(?:He|She|They|It|This|These|That|Those|Such|His|Her|Their|Its|But|And|Yet|However|Instead|Also|Moreover|"
    r"Meanwhile|Nevertheless|Still|Thus|Therefore|"
    r"For example|For instance|In addition|In this way|Finally|Both|Others?|"
    r"Now|Then|So|Here|There|Among (?:these|them)|Not least|As a result|In the end|Given this|Likely)\b"
)
_LONGEST_QUOTATION = 2_000  # characters
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing that speaks for (positive) or against (negative) a boundary."""

    name: str
    bits: float


@dataclass(frozen=True, slots=True)
class Page:
    """What cues are read from."""

    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    cuts: tuple[Cut, ...]
    repeats: tuple[Repeat, ...]
    broken: frozenset[int]

    @classmethod
    def of(
        cls,
        text: str,
        blocks: tuple[Block, ...],
        sentences: tuple[Sentence, ...],
        cuts: tuple[Cut, ...],
        repeats: tuple[Repeat, ...],
    ) -> Page:
        """Return a page with the numbers of the sentences that break off at their end."""
        begins = [one.span.begin for one in sentences]
        ends = (one for one in cuts if one.kind is CutKind.END)
        broken = frozenset(bisect_right(begins, one.span.begin) - 1 for one in ends)
        return cls(text, blocks, sentences, cuts, repeats, broken)


def cues_before(page: Page, number: int) -> tuple[Cue, ...]:
    """Return the cues at the place before a sentence."""
    found = [*_layout(page, number), *_opening(page, number), *_captions(page, number)]
    if _in_open_quotation(page, number):
        found.append(Cue("inside a quotation", -20.0))
    return tuple(found)


def _layout(page: Page, number: int) -> list[Cue]:
    sentence, before = page.sentences[number], page.sentences[number - 1]
    kind = page.blocks[sentence.block].kind
    found = []
    if any(one.kind is BlockKind.DIVIDER for one in page.blocks[before.block + 1 : sentence.block]):
        found.append(Cue("a line drawn across", 12.0 if kind is BlockKind.HEADING else 6.0))
    words = sentence.span.of(page.text)
    if sentence.opens_block and _MORE.match(words):
        found.append(Cue("a list of further pages", 25.0))
    elif kind is BlockKind.HEADING and _heads_a_repeat(page, number):
        found.append(Cue("a heading over a repeat", 25.0 if not _MORE.match(before.span.of(page.text)) else -6.0))
    elif kind is BlockKind.HEADING:
        found.append(Cue("a heading", 2.0))
    elif sentence.opens_block and page.blocks[before.block].kind is BlockKind.HEADING:
        found.append(Cue("under its heading", -25.0))
    elif sentence.opens_block:
        found.append(Cue("a paragraph begins", 1.0))
    if number - 1 in page.broken:
        found.append(Cue("the text before breaks off", 1.0))
    return found


def _opening(page: Page, number: int) -> list[Cue]:
    words = page.sentences[number].span.of(page.text)
    found = []
    if words[0].islower():
        found.append(Cue("begins in the middle", -3.0))
    if _DATELINE.match(words) or _BYLINE.match(words):
        found.append(Cue("a dateline or byline", 5.0))
    if _LEANS.match(words):
        found.append(Cue("leans on what stands before", -4.0))
    if _says_i(words) and not any(
        _says_i(one.span.of(page.text)) for one in page.sentences[max(0, number - 6) : number]
    ):
        found.append(Cue("an author says I", 4.0))
    if _LABEL.match(words) and page.sentences[number].opens_block:
        found.append(Cue("a label opens", 0.5))
    return found


def _says_i(words: str) -> bool:
    return bool(_SELF.search(_QUOTED.sub("", words)))


def _captions(page: Page, number: int) -> list[Cue]:
    """A photo credit ends a caption, and a caption stands at the head of an article: at the last break before it."""
    if not _is_break(page, number):
        return []
    for later in range(number, min(number + 5, len(page.sentences))):
        if later > number and _is_break(page, later):
            break
        if _CREDIT.search(page.sentences[later].span.of(page.text)):
            return [Cue("a picture with its credit follows", 9.0)]
    return []


def _is_break(page: Page, number: int) -> bool:
    return page.sentences[number].opens_block or number - 1 in page.broken


def _heads_a_repeat(page: Page, number: int) -> bool:
    block = page.sentences[number].block
    if block + 1 >= len(page.blocks):
        return False
    below = page.blocks[block + 1]
    return below.kind is BlockKind.PARAGRAPH and repeated_share(below.span, page.repeats) > 0.8


def _in_open_quotation(page: Page, number: int) -> bool:
    """Return whether a curly quotation that was opened before in this block is not closed yet."""
    sentence = page.sentences[number]
    block = page.blocks[sentence.block].span
    begin = max(block.begin, sentence.span.begin - _LONGEST_QUOTATION)
    before = Span(begin, sentence.span.begin).of(page.text)
    after = Span(sentence.span.begin, min(block.end, sentence.span.begin + _LONGEST_QUOTATION)).of(page.text)
    return before.count("“") > before.count("”") and "”" in after
