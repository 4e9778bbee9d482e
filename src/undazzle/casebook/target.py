"""Against whom: electorates, public roles, races, institutions. Never a private person."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from undazzle.casebook.fields import ClaimId, EventId, Line, TargetId, Text
from undazzle.casebook.records import Part, Record


class TargetKind(StrEnum):
    """What is aimed at."""

    ELECTORATE = "electorate"
    COMMUNITY = "community"
    RACE = "race"
    CANDIDATE = "candidate"
    OFFICEHOLDER = "officeholder"
    OFFICIAL = "official"
    PARTY = "party"
    CAMPAIGN = "campaign"
    INSTITUTION = "institution"
    INFRASTRUCTURE = "infrastructure"
    POLLING_PLACES = "polling-places"
    TRUST = "trust"
    POLICY = "policy"
    MEDIA = "media"
    COMPANY = "company"

    @property
    def is_person(self) -> bool:
        """Return whether a person stands behind it, so that a public role must be named."""
        return self in {TargetKind.CANDIDATE, TargetKind.OFFICEHOLDER, TargetKind.OFFICIAL}


class Motive(Part):
    """A reason somebody gave why the actor aims at this target."""

    statement: Text = Field(description="The reason, in own words.")
    claim: ClaimId | None = Field(default=None, description="The claim that gives it.")


class Target(Record):
    """Somebody or something aimed at, in a public role."""

    id: TargetId
    name: Line = Field(description="Name of the role holder, group, place or institution.")
    target_kind: TargetKind = Field(description="What it is.")
    office: Line | None = Field(default=None, description="Public office held or sought.")
    race: Line | None = Field(default=None, description="Race stood in.")
    party: Line | None = Field(default=None, description="Party.")
    on_ballot: bool | None = Field(default=None, description="Whether on the ballot; empty if no person.")
    event: EventId | None = Field(default=None, description="The election.")
    jurisdiction: Line | None = Field(default=None, description="State or country.")
    place: Line | None = Field(default=None, description="Place, where one is known.")
    part_of: tuple[TargetId, ...] = Field(default=(), description="Wider targets it belongs to.")
    motives: tuple[Motive, ...] = Field(default=(), description="Reasons given for aiming at it.")
    description: Text | None = Field(default=None, description="In own words.")
