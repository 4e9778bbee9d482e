"""What was read becomes draft records of a case: claims with the sources and names they need, and nothing reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from undazzle.casebook import Case
from undazzle.casebook.actor import Actor, ActorKind
from undazzle.casebook.claim import Claim, Confidence, Likelihood, Locator
from undazzle.casebook.claimant import Claimant
from undazzle.casebook.importers.drafts import one_line, slug
from undazzle.casebook.proposition import Proposition
from undazzle.casebook.records import Record
from undazzle.casebook.source import Source, SourceKind
from undazzle.casebook.target import Target
from undazzle.casebook.vocabulary import ClaimantCategory, Deployment, Polarity, Review, Verification
from undazzle.reading.claims import DraftClaim
from undazzle.reading.gazetteer import NameKind
from undazzle.reading.reading import Reading
from undazzle.reading.segments import Segment
from undazzle.reading.spans import Span
from undazzle.reading.speakers import Speaker
from undazzle.reading.statements import statement_of

_LONGEST_QUOTE = 300  # characters; longer words are for the source, not for a case
_EXCERPT = 480
_OF_THE_ACT = re.compile(
    r"(?:since|by|until|during|of)\b", re.I
)  # such a date says when it was done, not when it was said


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft claim with the records it refers to.

    Attributes
    ----------
    claim
        The claim, marked ``draft``.
    needs
        Sources, claimants, actors and targets that must be in the case for it.
    excerpt
        The words it was read from, for the person who reviews; not part of the record.
    """

    claim: Claim
    needs: tuple[Record, ...]
    excerpt: str


@dataclass(slots=True)
class _Names:
    """Where records of names are taken from, and those that were made."""

    reading: Reading
    name: str
    cases: tuple[Case, ...]
    made: dict[str, Record] = field(default_factory=dict)

    def keep(self, record: Record) -> str:
        self.made.setdefault(record.id, record)
        return record.id

    def known(self, record_id: str) -> Record | None:
        return next((case[record_id] for case in self.cases if record_id in case.files), None)


def drafts_of(reading: Reading, *cases: Case) -> tuple[Draft, ...]:
    """Return the drafts of a reading.

    Parameters
    ----------
    reading
        What was read.
    cases
        Cases whose records of claimants, actors and targets are used: first the one that is written, then the shipped
        edition.
    """
    names = _Names(reading, name_of(reading), tuple(cases))
    return tuple(_draft(names, number, one) for number, one in enumerate(reading.claims, 1))


def name_of(reading: Reading) -> str:
    """Return the short name under which the drafts of a reading stand: from its title, and its hash."""
    title = reading.document.title or _heading(reading) or reading.document.path.stem
    return f"{slug(title)[:40].strip('-.')}-{reading.document.sha256[:8]}"


def _draft(names: _Names, number: int, draft: DraftClaim) -> Draft:
    text = names.reading.document.text
    excerpt = one_line(draft.span.of(text), _EXCERPT)
    claim = _claim(names, number, draft)
    used = {one for one in _ids_of(claim) if one in names.made}
    publishers = {
        record.publisher for one in used if isinstance(record := names.made[one], Source) and record.publisher
    }
    needs = tuple(names.made[one] for one in sorted(used | (publishers & names.made.keys())))
    return Draft(claim, needs, excerpt)


def _ids_of(claim: Claim) -> Iterable[str]:
    said = claim.proposition
    single = (claim.claimant, claim.stated_origin, claim.source)
    return [one for one in (*single, *claim.via, *said.actors, *said.targets) if one]


def _claim(names: _Names, number: int, draft: DraftClaim) -> Claim:
    reading = names.reading
    text = reading.document.text
    segment = next(one for one in reading.segments if one.number == draft.segment)
    source, via = _sources(names, segment, draft)
    claimant = _claimant(names, draft.speaker) if draft.speaker.id else _voice(names, segment)
    return Claim(
        id=f"claim:{names.name}-{number:03}",
        review=Review.DRAFT,
        statement=statement_of(draft),
        quoted=tuple(_quoted(text, draft)),
        proposition=_proposition(names, draft),
        claimant=claimant,
        claimed=_claimed(reading, draft),
        source=source,
        locator=_locator(reading, draft),
        via=via,
        stated_origin=claimant if draft.via else None,
        speech=draft.coding.speech,
        force=draft.coding.force,
        confidence=_confidence(text, draft),
        likelihood=_likelihood(text, draft),
        platforms=tuple(_labels(draft, NameKind.PLATFORM)),
        methods=draft.coding.methods,
        places=tuple(_labels(draft, NameKind.PLACE)),
        is_truncated=draft.is_truncated,
        verification=Verification.COPY if reading.is_spliced else Verification.SECONDARY,
        note=f"Read by {_reader(draft)}, not by a person. The words: “{one_line(draft.span.of(text), _EXCERPT)}”",
    )


def _reader(draft: DraftClaim) -> str:
    return "rules" if draft.found_by == "rules" else f"the model {one_line(draft.found_by, 80)}"


def _proposition(names: _Names, draft: DraftClaim) -> Proposition:
    coding = draft.coding
    is_said = coding.polarity is Polarity.ASSERTS or coding.deployment is Deployment.CONSIDERED
    return Proposition(
        aspect=coding.aspect,
        polarity=coding.polarity,
        actors=tuple(_actor(names, one) for one in draft.named(NameKind.ACTOR)),
        act_class=coding.act_class,
        targets=tuple(_target(names, one) for one in draft.named(NameKind.TARGET)),
        deployment=coding.deployment if is_said else None,
        approval=coding.approval,
    )


def _sources(names: _Names, segment: Segment, draft: DraftClaim) -> tuple[str, tuple[str, ...]]:
    """Return the source a claim is read in, and the documents between: the page, and who passed it on."""
    page = names.keep(_page(names))
    names.keep(_page_claimant(names))
    between = []
    source = page
    if names.reading.is_spliced:
        source = names.keep(_extract(names, segment))
        names.keep(_extract_claimant(names, segment))
        between.append(page)
    if draft.via:
        _claimant(names, draft.via)
        between.append(names.keep(_passed_on(names, draft.via)))
    return source, tuple(between)


def _page(names: _Names) -> Source:
    reading = names.reading
    document = reading.document
    notes = " ".join(note.words for note in document.notes)
    spliced = "Several texts without marks between them; repeats are not corroboration. " if reading.is_spliced else ""
    return Source(
        id=f"source:{names.name}",
        review=Review.DRAFT,
        title=one_line(document.title or _heading(reading) or document.path.name),
        source_kind=SourceKind.AGGREGATION if reading.is_spliced else SourceKind.PRESS,
        publisher=f"claimant:{names.name}",
        dated=document.published,
        sha256=document.sha256,
        language=document.language,
        is_partial=document.is_partial or bool(reading.cuts),
        caveat=one_line(f"{spliced}{notes}".strip(), 2_000) or None,
    )


def _heading(reading: Reading) -> str:
    first = reading.document.blocks[0].span.of(reading.document.text) if reading.document.blocks else ""
    return one_line(first, 200)


def _page_claimant(names: _Names) -> Claimant:
    category = ClaimantCategory.AGGREGATOR if names.reading.is_spliced else ClaimantCategory.UNKNOWN
    title = one_line(names.reading.document.title or _heading(names.reading) or names.name, 200)
    return Claimant(
        id=f"claimant:{names.name}", review=Review.DRAFT, name=f"Publisher of the page “{title}”", category=category
    )


def _extract(names: _Names, segment: Segment) -> Source:
    text = names.reading.document.text
    opening = one_line(segment.span.of(text), 80)
    return Source(
        id=f"source:{names.name}-s{segment.number}",
        review=Review.DRAFT,
        title=f"Text {segment.number} on the page, beginning “{opening}”",
        source_kind=SourceKind.PRESS,
        publisher=f"claimant:{names.name}-s{segment.number}",
        sha256=names.reading.document.sha256,
        is_partial=True,
        caveat="Set apart by the reader from how it is written; the page does not say whose it is.",
    )


def _extract_claimant(names: _Names, segment: Segment) -> Claimant:
    return Claimant(
        id=f"claimant:{names.name}-s{segment.number}",
        review=Review.DRAFT,
        name=f"Author of text {segment.number} on the page, not named there",
        category=ClaimantCategory.UNKNOWN,
    )


def _passed_on(names: _Names, relay: Speaker) -> Source:
    return Source(
        id=f"source:{names.name}-via-{relay.id.partition(':')[2]}"[:127],
        review=Review.DRAFT,
        title=one_line(f"Report by {relay.label}, named in the text"),
        source_kind=SourceKind.PRESS,
        publisher=relay.id,
        caveat="Only named as the one who passed it on; not read.",
    )


def _voice(names: _Names, segment: Segment) -> str:
    if names.reading.is_spliced:
        return names.keep(_extract_claimant(names, segment))
    return names.keep(_page_claimant(names))


def _claimant(names: _Names, speaker: Speaker) -> str:
    known = names.known(speaker.id)
    if isinstance(known, Claimant):
        return names.keep(known.model_copy(update={"part_of": None, "speaks_for": None, "review": Review.DRAFT}))
    label = one_line(speaker.label, 300)
    return names.keep(Claimant(id=speaker.id, review=Review.DRAFT, name=label, category=speaker.category))


def _actor(names: _Names, record_id: str) -> str:
    known = names.known(record_id)
    if isinstance(known, Actor):
        return names.keep(known.model_copy(update={"aliases": (), "relations": (), "review": Review.DRAFT}))
    label = _label_of(names, record_id)
    return names.keep(Actor(id=record_id, review=Review.DRAFT, name=label, actor_kind=ActorKind.UNKNOWN))


def _target(names: _Names, record_id: str) -> str:
    known = names.known(record_id)
    changes = {"part_of": (), "event": None, "motives": (), "review": Review.DRAFT}
    if isinstance(known, Target):
        return names.keep(known.model_copy(update=changes))
    raise KeyError(record_id)  # a list of ours names a target that no case holds: a test forbids it


def _label_of(names: _Names, record_id: str) -> str:
    mentions = (one for claim in names.reading.claims for one in claim.mentions)
    return next((one.name.label for one in mentions if one.name.id == record_id), record_id)


def _labels(draft: DraftClaim, kind: NameKind) -> list[str]:
    return [one.partition(":")[2] for one in draft.named(kind)]


def _quoted(text: str, draft: DraftClaim) -> list[str]:
    words = [one_line(span.of(text).strip(" ,")) for span in draft.quoted if len(span) <= _LONGEST_QUOTE]
    return [one for one in dict.fromkeys(words) if len(one) > 1]


def _confidence(text: str, draft: DraftClaim) -> Confidence | None:
    if draft.confidence_span is None:
        return None
    return Confidence(word=draft.confidence, quoted=one_line(draft.confidence_span.of(text)))


def _likelihood(text: str, draft: DraftClaim) -> Likelihood | None:
    if draft.likelihood_span is None:
        return None
    return Likelihood(word=draft.likelihood, quoted=one_line(draft.likelihood_span.of(text)))


def _locator(reading: Reading, draft: DraftClaim) -> Locator:
    blocks = [one for one in reading.document.blocks if one.span.begin <= draft.span.begin]
    place = f"text {draft.segment}, " if reading.is_spliced else ""
    return Locator(
        place=f"{place}paragraph {len(blocks)}",
        begin=draft.span.begin,
        end=draft.span.end,
        reporting_verb=draft.verb,
    )


def _claimed(reading: Reading, draft: DraftClaim) -> str | None:
    """Return the date that stands beside the reporting verb, if it can be told; never one inside what is claimed."""
    if draft.verb is None:
        return None
    near = Span(draft.content.begin, min(draft.content.begin + 40, draft.content.end))
    for found in reading.dates:
        if _OF_THE_ACT.match(found.span.of(reading.document.text)):
            continue
        reported = draft.span.holds(found.span) and not draft.content.meets(found.span)
        if (reported or near.holds(found.span)) and found.partial:
            return found.partial
    return None
