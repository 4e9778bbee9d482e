"""Who makes claims: the organisation or person in public role that reliability belongs to."""

from __future__ import annotations

from pydantic import Field

from undazzle.casebook.fields import ActorId, Address, ClaimantId, Line, Text
from undazzle.casebook.gradings import Reliability
from undazzle.casebook.records import Part, Record
from undazzle.casebook.vocabulary import ClaimantCategory


class Ownership(Part):
    """Who owns a claimant, as far as that bears on what it says."""

    owner: Line = Field(description="Name of the owner.")
    is_state: bool = Field(default=False, description="Whether a state owns or directs it.")
    interest: Text | None = Field(default=None, description="A stake in what it reports, e.g. a platform on itself.")


class Claimant(Record):
    """A body or a person in a public role that says things about foreign interference."""

    id: ClaimantId
    name: Line = Field(description="Full name.")
    aliases: tuple[Line, ...] = Field(default=(), description="Other names in use.")
    category: ClaimantCategory = Field(description="Who speaks.")
    nation: Line | None = Field(default=None, description="Nation it speaks from; not a statement about a state.")
    part_of: ClaimantId | None = Field(default=None, description="The body it belongs to.")
    speaks_for: ActorId | None = Field(default=None, description="The actor whose denial or assurance this is, if any.")
    reliability: Reliability = Field(default=Reliability.CANNOT_BE_JUDGED, description="Admiralty letter in words.")
    reliability_basis: Text | None = Field(default=None, description="Why that reliability; needed where one is given.")
    ownership: Ownership | None = Field(default=None, description="Owner and interests.")
    website: Address | None = Field(default=None, description="Home page.")
