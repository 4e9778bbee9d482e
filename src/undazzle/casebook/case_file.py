"""``case.yaml``: what a case is called, and what it must never assert."""

from __future__ import annotations

from pydantic import Field

from undazzle.casebook.fields import ActorId, CaseId, ClaimantId, EventId, Line, PartialDate, Slug, Text
from undazzle.casebook.gradings import ConfidenceWord
from undazzle.casebook.records import Part, Record
from undazzle.casebook.vocabulary import Aspect, Polarity


class Forbidden(Part):
    """Something the sources do not carry, so that no claim may say it.

    A claim breaks it if all given fields match: one of the actors, the event, and so on. ``phrases`` are words
    that must not stand in a statement, a quotation or a summary.
    """

    code: Slug = Field(description="Short name.")
    why: Text = Field(description="Why it must not be asserted.")
    actors: tuple[ActorId, ...] = Field(default=(), description="Any of these actors.")
    claimants: tuple[ClaimantId, ...] = Field(default=(), description="Any of these claimants.")
    event: EventId | None = Field(default=None, description="This election.")
    aspect: Aspect | None = Field(default=None, description="This question.")
    polarity: Polarity | None = Field(default=None, description="This polarity.")
    answers: tuple[Slug, ...] = Field(default=(), description="Any of these answers.")
    confidence: tuple[ConfidenceWord, ...] = Field(default=(), description="Any of these levels.")
    phrases: tuple[Line, ...] = Field(default=(), description="Any of these words, upper or lower case.")


class CaseFile(Record):
    """The head of a case."""

    id: CaseId
    title: Line = Field(description="Title.")
    summary: Text | None = Field(default=None, description="What it covers, and what not.")
    edition: Line | None = Field(default=None, description="Version.")
    updated: PartialDate | None = Field(default=None, description="Day of the last change.")
    licence: Line | None = Field(default=None, description="Licence of the text.")
    cite_as: Text | None = Field(default=None, description="How to cite it.")
    must_not_assert: tuple[Forbidden, ...] = Field(default=(), description="What no claim may say.")
