"""Sentences become drafts of claims: who says it, by which verb, how sure, and exactly where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from undazzle.casebook.gradings import ConfidenceWord, LikelihoodWord
from undazzle.reading.coding import Coding, code, confidence_in, likelihood_in
from undazzle.reading.gazetteer import Gazetteer, Mention, NameKind
from undazzle.reading.quotations import opens_unclosed, quotations
from undazzle.reading.relevance import ends_before_its_predicate, is_about_influence, lacks_its_object
from undazzle.reading.segments import Segment
from undazzle.reading.spans import Span
from undazzle.reading.speakers import VOICE, Memory, Speaker
from undazzle.reading.speech import Speech, speeches_in
from undazzle.reading.truncation import Piece
from undazzle.reading.verbs import VerbKind

_CONTRAST = re.compile(r"(?:In contrast (?:to|with)|Unlike|Compared (?:to|with))\b[^,]*,")
_ADJECTIVE = re.compile(r"Chinese|Russian|Iranian|Cuban|Venezuelan|pro-Russian|Kremlin-friendly|Russian-origin")
_ACTS_FOR_A_STATE = re.compile(
    r"(?: and \w+)?\s(?:\w+ )?(?:governments?|state|state-\w+|intelligence|"
    r"military|actors?|operatives?|hackers?|accounts?|"
    r"interference|influence|meddling|campaigns?|operations?|efforts?|propaganda|disinformation|officials|authorities|"
    r"assets|malign|information|decision|group|bots?|security services?)\b"
)


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A claim as the text gives it, not yet looked at by a person.

    Attributes
    ----------
    segment
        Number of the segment it stands in.
    speaker, via
        Who says it and who passes it on.
    verb
        The reporting verb.
    span, content
        The words of the claim, and of what is claimed.
    coding
        First coding.
    confidence, confidence_span, likelihood, likelihood_span
        Words of judgement, only where they stand in the text.
    is_truncated
        Whether words of it are missing.
    mentions
        Known names in it.
    quoted
        The words in quotation marks.
    found_by
        ``rules``, or the name of the model that pointed at it.
    """

    segment: int
    speaker: Speaker
    via: Speaker | None
    verb: str | None
    span: Span
    content: Span
    coding: Coding
    confidence: ConfidenceWord | None
    confidence_span: Span | None
    likelihood: LikelihoodWord | None
    likelihood_span: Span | None
    is_truncated: bool
    mentions: tuple[Mention, ...]
    quoted: tuple[Span, ...]
    found_by: str = "rules"

    def named(self, kind: NameKind) -> tuple[str, ...]:
        """Return the ids of the known names of a kind, each once, in their order."""
        return tuple(dict.fromkeys(one.name.id for one in self.mentions if one.name.kind is kind))


@dataclass(frozen=True, slots=True)
class Withheld:
    """A sentence that reports something and did not become a claim, with the reason."""

    span: Span
    why: str


@dataclass(slots=True)
class _Open:
    """What goes on from one sentence to the next inside a segment."""

    memory: Memory
    quotation: Speech | None = None


def draft_claims(
    text: str, segment: Segment, pieces: Sequence[Piece], gazetteer: Gazetteer
) -> tuple[list[DraftClaim], list[Withheld]]:
    """Return the claims of a segment, and what was withheld because its decisive words are missing."""
    drafts: list[DraftClaim] = []
    withheld: list[Withheld] = []
    state = _Open(Memory())
    for piece in pieces:
        head = piece.head
        if not len(head):
            continue
        mentions = _mentions(text, head, gazetteer)
        for speech in _speeches(text, head, mentions, state):
            if reason := _why_not(text, speech, piece):
                withheld.append(Withheld(piece.sentence.span, reason))
            elif _carries_confidence(text, speech, drafts):
                drafts[-1] = _strengthened(text, drafts[-1], speech)
            elif _is_claim(text, speech):
                drafts.append(_draft(text, segment, speech, piece, mentions))
        _follow_quotation(text, head, state)
    return drafts, withheld


def _mentions(text: str, head: Span, gazetteer: Gazetteer) -> list[Mention]:
    words = head.of(text)
    contrast = _CONTRAST.match(words)
    beside = contrast.end() if contrast else 0  # who stands in contrast to the actor does not act
    return [
        replace(one, span=Span(one.span.begin + head.begin, one.span.end + head.begin))
        for one in gazetteer.find(words)
        if not (one.name.kind is NameKind.ACTOR and (one.span.end <= beside or _only_describes(words, one)))
    ]


def _only_describes(words: str, mention: Mention) -> bool:
    """Return whether a word such as "Russian" only describes a thing: a Russian mail domain is not Russia."""
    is_adjective = _ADJECTIVE.fullmatch(mention.span.of(words)) is not None
    return is_adjective and not _ACTS_FOR_A_STATE.match(words, mention.span.end)


def _speeches(text: str, head: Span, mentions: list[Mention], state: _Open) -> Iterator[Speech]:
    """Yield who says what in a sentence; one inside an open quotation is said by the one quoted."""
    if state.quotation is not None:
        yield replace(state.quotation, span=head, content=head)
        return
    speeches = speeches_in(text, head, mentions, state.memory)
    if speeches:
        if opens_unclosed(head.of(text)):
            state.quotation = speeches[-1]
        yield from speeches
    else:
        yield Speech(VOICE, None, None, VerbKind.SAYS, head, head)


def _follow_quotation(text: str, head: Span, state: _Open) -> None:
    words = head.of(text)
    if state.quotation is not None and "”" in words and not opens_unclosed(words[: words.rindex("”") + 1]):
        state.quotation = None if words.rindex("”") > words.rfind("“") else state.quotation


def _why_not(text: str, speech: Speech, piece: Piece) -> str | None:
    content = speech.content.of(text)
    if speech.speaker is not VOICE and lacks_its_object(content, piece):
        return "The text breaks off before it says what is claimed."
    if piece.is_cut and speech.speaker is VOICE and ends_before_its_predicate(speech.span.of(text)):
        return "The text breaks off before its predicate."
    return None


def _carries_confidence(text: str, speech: Speech, drafts: list[DraftClaim]) -> bool:
    """Return whether a sentence only says how sure the judgment before it is."""
    words = speech.span.of(text)
    level, _ = confidence_in(words)
    short = len(words) < 90 and ("this judgment" in words or "this assessment" in words or "that judgment" in words)
    return bool(drafts) and level is not None and short


def _strengthened(text: str, draft: DraftClaim, speech: Speech) -> DraftClaim:
    level, place = confidence_in(speech.span.of(text))
    return replace(
        draft,
        span=Span(draft.span.begin, speech.span.end),
        confidence=level,
        confidence_span=_moved(place, speech.span.begin),
    )


def _is_claim(text: str, speech: Speech) -> bool:
    words = speech.span.of(text)
    if len(words.split()) < 4:
        return False
    return speech.speaker is not VOICE or is_about_influence(words)


def _draft(text: str, segment: Segment, speech: Speech, piece: Piece, mentions: list[Mention]) -> DraftClaim:
    words = speech.span.of(text)
    level, level_at = confidence_in(words)
    likely, likely_at = likelihood_in(speech.content.of(text))
    return DraftClaim(
        segment=segment.number,
        speaker=speech.speaker,
        via=speech.via,
        verb=speech.verb,
        span=speech.span,
        content=speech.content,
        coding=code(words, speech.kind, speech.speaker is VOICE),
        confidence=level,
        confidence_span=_moved(level_at, speech.span.begin),
        likelihood=likely,
        likelihood_span=_moved(likely_at, speech.content.begin),
        is_truncated=piece.is_cut,
        mentions=tuple(one for one in mentions if speech.span.holds(one.span)),
        quoted=tuple(Span(one.begin + speech.span.begin, one.end + speech.span.begin) for one in quotations(words)),
    )


def _moved(place: Span | None, by: int) -> Span | None:
    return Span(place.begin + by, place.end + by) if place else None
