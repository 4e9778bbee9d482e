"""A claim: somebody said something, at a time, in a document. The unit of a case."""

from __future__ import annotations

from pydantic import Field

from undazzle.casebook.fields import ClaimantId, ClaimId, Line, PartialDate, Slug, SourceId, Text
from undazzle.casebook.gradings import ConfidenceScheme, ConfidenceWord, Credibility, LikelihoodWord
from undazzle.casebook.proposition import Proposition
from undazzle.casebook.quantity import Quantity
from undazzle.casebook.records import Part, Record
from undazzle.casebook.vocabulary import AttributionType, Force, Speech, Verification


class Confidence(Part):
    """The confidence a claimant gave; ``quoted`` are its words, ``word`` our reading of them."""

    word: ConfidenceWord | None = Field(default=None, description="Only where the claimant used a level.")
    quoted: Line | None = Field(default=None, description="The exact words.")
    scheme: ConfidenceScheme = Field(default=ConfidenceScheme.UNKNOWN, description="Which definition of the levels.")


class Likelihood(Part):
    """The likelihood a claimant gave; ``quoted`` are its words, ``word`` our reading of them."""

    word: LikelihoodWord | None = Field(default=None, description="Only where its words are the directive's.")
    quoted: Line | None = Field(default=None, description="The exact words.")


class Locator(Part):
    """Where in the source the claim stands."""

    place: Line | None = Field(default=None, description="Page, section or paragraph.")
    begin: int | None = Field(default=None, ge=0, description="First character of the span in the text that was read.")
    end: int | None = Field(default=None, ge=0, description="End of the span.")
    reporting_verb: Line | None = Field(default=None, description="The verb by which it is reported.")


class Claim(Record):
    """Somebody said something. Recorded, never verified by this software."""

    id: ClaimId
    statement: Text = Field(description="What is claimed, in the editor's own words.")
    quoted: tuple[Line, ...] = Field(default=(), description="Exact words, only where the word is the fact.")
    proposition: Proposition = Field(description="Our coding of it.")
    claimant: ClaimantId | None = Field(default=None, description="Who says so, in this document.")
    claimed: PartialDate | None = Field(default=None, description="When it was said.")
    published: PartialDate | None = Field(default=None, description="When it became public, if later.")
    source: SourceId = Field(description="The document it is read in.")
    locator: Locator | None = Field(default=None, description="Where in the document.")
    relays: ClaimId | None = Field(default=None, description="The claim that this one repeats.")
    via: tuple[SourceId, ...] = Field(default=(), description="Documents between the two.")
    stated_origin: ClaimantId | None = Field(default=None, description="Who the document says found it out.")
    evidence: tuple[SourceId, ...] = Field(default=(), description="Pinned files of evidence, e.g. of a run.")
    rests_on: tuple[ClaimId, ...] = Field(default=(), description="Claims it builds on: not independent.")
    attribution: AttributionType = Field(default=AttributionType.NONE, description="How the actor is named.")
    speech: Speech = Field(default=Speech.JUDGMENT, description="Kind of statement.")
    force: Force = Field(default=Force.STATES, description="Said plainly, suggested, or only framed so.")
    confidence: Confidence | None = Field(default=None, description="Confidence given by the claimant.")
    likelihood: Likelihood | None = Field(default=None, description="Likelihood given by the claimant.")
    credibility: Credibility = Field(default=Credibility.CANNOT_BE_JUDGED, description="Admiralty number in words.")
    credibility_basis: Text | None = Field(default=None, description="Why that credibility; needed where one is given.")
    quantities: tuple[Quantity, ...] = Field(default=(), description="Numbers given.")
    platforms: tuple[Line, ...] = Field(default=(), description="Platforms named.")
    methods: tuple[Line, ...] = Field(default=(), description="Techniques, e.g. T0097.101, local:hoax-threat.")
    narratives: tuple[Slug, ...] = Field(default=(), description="What was said by the operation, in agreed words.")
    places: tuple[Line, ...] = Field(default=(), description="Places named.")
    is_minority: bool = Field(default=False, description="A dissent inside the body that speaks.")
    dissents_from: ClaimId | None = Field(default=None, description="The majority's claim.")
    responds_to: tuple[ClaimId, ...] = Field(default=(), description="Claims it answers, e.g. denies.")
    corroborates: tuple[ClaimId, ...] = Field(default=(), description="Claims it supports by work of its own.")
    supersedes: ClaimId | None = Field(default=None, description="The same body's judgment it replaces.")
    is_truncated: bool = Field(default=False, description="Whether the text breaks off: nothing may be filled in.")
    verification: Verification = Field(default=Verification.UNREAD, description="What was read when it was entered.")
    caveat: Text | None = Field(default=None, description="What a reader must know beside it.")

    @property
    def made_public(self) -> str | None:
        """Return the date the claim became public, or was made."""
        return self.published or self.claimed
