"""A document is read: segments, repeats, cuts, citations and drafts of claims, each with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.reading.claims import DraftClaim, Withheld, draft_claims
from undazzle.reading.cues import Page
from undazzle.reading.document import BlockKind, Document
from undazzle.reading.duplicates import Repeat, find_repeats, repeated_share
from undazzle.reading.gazetteer import Gazetteer
from undazzle.reading.segments import Segment, find_segments
from undazzle.reading.sentences import Sentence, split_sentences
from undazzle.reading.spans import Span
from undazzle.reading.truncation import Cut, find_cuts, pieces

MOSTLY = 0.8  # share of a sentence that repeats, from which it is no claim of its own


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a document. Nothing of it is in a case yet."""

    document: Document
    sentences: tuple[Sentence, ...]
    segments: tuple[Segment, ...]
    repeats: tuple[Repeat, ...]
    cuts: tuple[Cut, ...]
    fragments: tuple[Span, ...]
    claims: tuple[DraftClaim, ...]
    withheld: tuple[Withheld, ...]

    def segment_at(self, place: int) -> Segment:
        """Return the segment in which a character stands."""
        return next(one for one in reversed(self.segments) if one.span.begin <= place)


def read_text(document: Document, gazetteer: Gazetteer) -> Reading:
    """Return the reading of a document. The same text always gives the same reading; no model is asked."""
    text = document.text
    sentences = split_sentences(text, document.blocks)
    cuts, repeats = find_cuts(text, sentences), find_repeats(text)
    page = Page(text, document.blocks, sentences, cuts, repeats)
    segments = find_segments(page)
    torn = pieces(text, sentences)
    claims: list[DraftClaim] = []
    withheld: list[Withheld] = []
    for segment in segments:
        if segment.is_frame:
            continue
        inside = [
            one
            for one in torn
            if segment.span.holds(one.sentence.span)
            and document.blocks[one.sentence.block].kind in {BlockKind.PARAGRAPH, BlockKind.QUOTATION}
            and not (segment.is_repeat or repeated_share(one.sentence.span, repeats) > MOSTLY)
        ]
        found, held = draft_claims(text, segment, inside, gazetteer)
        claims += found
        withheld += held
    fragments = tuple(place for one in torn for place in one.fragments)
    return Reading(document, sentences, segments, repeats, cuts, fragments, tuple(claims), tuple(withheld))
