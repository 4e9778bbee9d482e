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
    is_state: bool = Field(False, description="Whether a state owns or directs it.")
    interest: Text | None = Field(None, description="A stake in what it reports, e.g. a platform on itself.")


class Claimant(Record):
    """A body or a person in a public role that says things about foreign interference."""

    id: ClaimantId
    name: Line = Field(description="Full name.")
    aliases: tuple[Line, ...] = Field((), description="Other names in use.")
    category: ClaimantCategory = Field(description="Who speaks.")
    nation: Line | None = Field(None, description="Nation it speaks from; not a statement about a state.")
    part_of: ClaimantId | None = Field(None, description="The body it belongs to.")
    speaks_for: ActorId | None = Field(None, description="The actor whose denial or assurance this is, if any.")
    reliability: Reliability = Field(Reliability.CANNOT_BE_JUDGED, description="Admiralty letter in words.")
    reliability_basis: Text | None = Field(None, description="Why that reliability; needed where one is given.")
    ownership: Ownership | None = Field(None, description="Owner and interests.")
    website: Address | None = Field(None, description="Home page.")
