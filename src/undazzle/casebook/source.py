"""A document: where a claim can be read."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from undazzle.casebook.fields import Address, ClaimantId, Line, PartialDate, Sha256, SourceId, Text
from undazzle.casebook.gradings import Reliability
from undazzle.casebook.records import Record


class SourceKind(StrEnum):
    """What kind of document it is; the last five usually repeat what others said."""

    ASSESSMENT = "assessment"
    STATEMENT = "statement"
    BRIEFING = "briefing"
    REPORT = "report"
    LEGAL = "legal"
    SANCTION = "sanction"
    DATA = "data"
    LETTER = "letter"
    PRESS = "press"
    BROADCAST = "broadcast"
    OPINION = "opinion"
    REFERENCE = "reference"
    AGGREGATION = "aggregation"

    @property
    def is_relay(self) -> bool:
        """Return whether such a document usually repeats what others said."""
        return self in _RELAYS


_RELAYS = {SourceKind.PRESS, SourceKind.BROADCAST, SourceKind.OPINION, SourceKind.REFERENCE, SourceKind.AGGREGATION}


class Source(Record):
    """A document that claims are read in."""

    id: SourceId
    title: Line = Field(description="Title, or what it is called.")
    source_kind: SourceKind = Field(description="What kind of document it is.")
    publisher: ClaimantId = Field(description="Who published it.")
    dated: PartialDate | None = Field(default=None, description="Date on the document.")
    published: PartialDate | None = Field(default=None, description="Date it became public, if another.")
    url: Address | None = Field(default=None, description="Address to cite.")
    read_at: tuple[Address, ...] = Field(default=(), description="Addresses of the copies that were read.")
    archive_url: Address | None = Field(default=None, description="Address of an archived copy.")
    sha256: Sha256 | None = Field(default=None, description="Hash of the copy that was read.")
    language: Line | None = Field(default=None, description="Language code.")
    reliability: Reliability | None = Field(default=None, description="Only where it differs from the publisher's.")
    superseded_by: SourceId | None = Field(default=None, description="A later version.")
    is_partial: bool = Field(default=False, description="Whether only a part could be read: not seen is not absent.")
    caveat: Text | None = Field(default=None, description="What a reader must know before relying on it.")

    @property
    def made_public(self) -> str | None:
        """Return the date it became public, or the one it bears."""
        return self.published or self.dated
