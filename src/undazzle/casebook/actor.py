"""Who is said to act. Other names and ties are claims themselves, each with its own claimant."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from undazzle.casebook.fields import ActorId, ClaimantId, ClaimId, Line, PartialDate, SourceId, Text
from undazzle.casebook.gradings import ConfidenceWord
from undazzle.casebook.records import Part, Record


class ActorKind(StrEnum):
    """What an actor is; a campaign is a thing done, named before its doer is known."""

    STATE = "state"
    ORGAN = "organ"
    OFFICIAL = "official"  # a person in a public role only
    COMPANY = "company"
    GROUP = "group"
    CAMPAIGN = "campaign"
    ASSET = "asset"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How one actor is said to belong to another."""

    PART_OF = "part-of"
    LEADS = "leads"
    DIRECTED_BY = "directed-by"
    LINKED_TO = "linked-to"
    PROXY_OF = "proxy-of"
    CONTRACTED_BY = "contracted-by"
    OVERLAPS = "overlaps"
    UNKNOWN = "unknown"


class Equivalence(Part):
    """A claim that another name means the same actor."""

    name: Line = Field(description="The other name.")
    said_by: ClaimantId | None = Field(default=None, description="Who uses it or says so; empty if not known.")
    source: SourceId | None = Field(default=None, description="Where it can be read.")
    is_former: bool = Field(default=False, description="No longer used.")
    is_partial: bool = Field(default=False, description="The two overlap; they are not said to be the same.")


class Relation(Part):
    """A claim that an actor belongs to, follows or touches another. Linked is not the same as is."""

    relation: RelationKind = Field(description="The tie.")
    to: ActorId = Field(description="The other actor.")
    said_by: ClaimantId | None = Field(default=None, description="Who says so; empty for what is public law or fact.")
    source: SourceId | None = Field(default=None, description="Where it can be read.")
    claim: ClaimId | None = Field(default=None, description="The claim in this case, if it is one.")
    quoted: Line | None = Field(default=None, description="The exact word for the tie.")
    confidence: ConfidenceWord | None = Field(default=None, description="The level given for this tie alone.")
    since: PartialDate | None = Field(default=None, description="From when.")


class Actor(Record):
    """A state, organ, group, campaign or official that claims speak of."""

    id: ActorId
    name: Line = Field(description="The name used here.")
    actor_kind: ActorKind = Field(description="What it is.")
    nation: Line | None = Field(default=None, description="Nation by those who claim; not the state.")
    role: Line | None = Field(default=None, description="Public role of an official.")
    description: Text | None = Field(default=None, description="In own words.")
    aliases: tuple[Equivalence, ...] = Field(default=(), description="Other names, each with who says so.")
    relations: tuple[Relation, ...] = Field(default=(), description="Ties, each with who says so.")
