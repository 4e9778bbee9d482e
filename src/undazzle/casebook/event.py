"""What happened in the world: elections, votes, summits, laws, for laying activity beside it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from undazzle.casebook.fields import EventId, Line, PartialDate, SourceId, Text
from undazzle.casebook.records import Record


class EventKind(StrEnum):
    """What kind of event."""

    ELECTION = "election"
    ELECTION_CALENDAR = "election-calendar"
    DISCLOSURE = "disclosure"
    DIPLOMACY = "diplomacy"
    LAW = "law"
    TRADE = "trade"
    SECURITY = "security"


class Event(Record):
    """Something that happened in the real world, not on a platform."""

    id: EventId
    name: Line = Field(description="Short name.")
    event_kind: EventKind = Field(description="What kind.")
    begin: PartialDate = Field(description="First day.")
    end: PartialDate | None = Field(default=None, description="Last day, if longer than one.")
    part_of: EventId | None = Field(default=None, description="The election it belongs to.")
    place: Line | None = Field(default=None, description="Where.")
    description: Text | None = Field(default=None, description="In own words.")
    sources: tuple[SourceId, ...] = Field(default=(), description="Where it can be read.")
