"""A document is read: segments, repeats, cuts, citations and drafts of claims, each with its place in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from undazzle.casebook import Case, load_case, shipped_edition
from undazzle.reading.anchors import dates_of, deadlines_of
from undazzle.reading.citations import Announced, Citation, find_announced, find_citations
from undazzle.reading.claims import DraftClaim, Withheld, draft_claims
from undazzle.reading.cues import Page
from undazzle.reading.dates import DateFound
from undazzle.reading.document import BlockKind, Document
from undazzle.reading.duplicates import Repeat, find_repeats, repeated_share
from undazzle.reading.gazetteer import Gazetteer, shipped_gazetteer
from undazzle.reading.loading import load_document
from undazzle.reading.plain_text import language_note
from undazzle.reading.segments import Segment, find_segments
from undazzle.reading.sentences import Sentence, split_sentences
from undazzle.reading.spans import Span
from undazzle.reading.truncation import Cut, Piece, find_cuts, pieces
from undazzle.reading.unlisted import with_unlisted

MOSTLY = 0.8  # share of a sentence that repeats, from which it is no claim of its own


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a document. Nothing of it is in a case yet.

    Attributes
    ----------
    document
        The text.
    sentences, segments
        Its sentences, and its stretches by source.
    repeats
        Words that stand twice; a sentence that only repeats gives no claim.
    cuts, fragments
        Where words are missing, and the pieces whose beginning is missing.
    citations, announced
        Bracket numbers, and lists that announce how long they are.
    dates
        Dates, resolved as far as an anchor is known.
    claims
        Drafts of claims.
    withheld
        What reports something and is no draft, with the reason.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    segments: tuple[Segment, ...]
    repeats: tuple[Repeat, ...]
    cuts: tuple[Cut, ...]
    fragments: tuple[Span, ...]
    citations: tuple[Citation, ...]
    announced: tuple[Announced, ...]
    dates: tuple[DateFound, ...]
    claims: tuple[DraftClaim, ...]
    withheld: tuple[Withheld, ...]

    @property
    def is_spliced(self) -> bool:
        """Return whether the page holds texts of more than one source."""
        return len([one for one in self.segments if not (one.is_frame or one.is_repeat)]) > 1

    def segment_at(self, place: int) -> Segment:
        """Return the segment in which a character stands."""
        return next(one for one in reversed(self.segments) if one.span.begin <= place)


def read_file(path: Path | str, *, case: Case | None = None, written: date | None = None) -> Reading:
    """Return the reading of a local file.

    Parameters
    ----------
    path
        A saved web page, a PDF or a plain text. Nothing is fetched.
    case
        A case whose names are known besides those of the shipped edition.
    written
        Day of writing, from which relative dates are counted if the file holds one text.

    Raises
    ------
    SourceError
        If the file holds no text that can be read.
    """
    cases = (*((case,) if case is not None else ()), load_case(shipped_edition()))
    return read_text(load_document(path), shipped_gazetteer(*cases), cases=cases, written=written)


def read_text(
    document: Document, gazetteer: Gazetteer, *, cases: Sequence[Case] = (), written: date | None = None
) -> Reading:
    """Return the reading of a document. The same text always gives the same reading; no model is asked."""
    text = document.text
    if note := language_note(text):
        document = replace(document, notes=(*document.notes, note))
    sentences = split_sentences(text, document.blocks)
    cuts, repeats = find_cuts(text, sentences), find_repeats(text)
    segments = find_segments(Page.of(text, document.blocks, sentences, cuts, repeats))
    torn = pieces(text, sentences)
    claims, withheld = _claims(document, segments, torn, repeats, with_unlisted(gazetteer, text))
    articles = [one for one in segments if not (one.is_frame or one.is_repeat)]
    deadlines = deadlines_of(cases, text)
    dates = (found for one in articles for found in dates_of(document, one, len(articles) == 1, deadlines, written))
    return Reading(
        document, sentences, segments, repeats, cuts, _fragments(torn, segments),
        find_citations(text, segments), find_announced(text), tuple(dates), tuple(claims), tuple(withheld),
    )  # fmt: skip


def _fragments(torn: Sequence[Piece], segments: Sequence[Segment]) -> tuple[Span, ...]:
    """Return the pieces of sentences whose beginning is missing, each once."""
    again = [one.span for one in segments if one.is_repeat]
    return tuple(place for one in torn for place in one.fragments if not any(span.holds(place) for span in again))


def _claims(
    document: Document,
    segments: Sequence[Segment],
    torn: Sequence[Piece],
    repeats: tuple[Repeat, ...],
    gazetteer: Gazetteer,
) -> tuple[list[DraftClaim], list[Withheld]]:
    claims: list[DraftClaim] = []
    withheld: list[Withheld] = []
    place = 0
    for segment in segments:
        inside = []
        while place < len(torn) and torn[place].sentence.span.begin < segment.span.end:
            inside.append(torn[place])
            place += 1
        if segment.is_frame or segment.is_repeat:
            continue
        running = [one for one in inside if _is_running_text(document, one, repeats)]
        found, held = draft_claims(document.text, segment, running, gazetteer)
        claims += found
        withheld += held
    return claims, withheld


def _is_running_text(document: Document, piece: Piece, repeats: tuple[Repeat, ...]) -> bool:
    """Return whether a sentence is one of an article, and not a heading or a mere repeat."""
    kind = document.blocks[piece.sentence.block].kind
    if kind not in {BlockKind.PARAGRAPH, BlockKind.QUOTATION}:
        return False
    return repeated_share(piece.sentence.span, repeats) <= MOSTLY
