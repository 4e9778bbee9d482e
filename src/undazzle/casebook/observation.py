"""An observation of reach: what was seen where, on which day, and what came of it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from undazzle.casebook.fields import ClaimId, IncidentId, Line, ObservationId, PartialDate, SourceId
from undazzle.casebook.quantity import Quantity
from undazzle.casebook.records import Record
from undazzle.casebook.vocabulary import CoverageKind


class Amplifier(StrEnum):
    """Who carried it further."""

    NONE = "none"
    OPERATION = "operation"
    ORDINARY_USERS = "ordinary-users"
    INFLUENCER = "influencer"
    MAINSTREAM_MEDIA = "mainstream-media"
    STATE_MEDIA = "state-media"
    CELEBRITY = "celebrity"
    POLITICIAN = "politician"


class Outcome(StrEnum):
    """What came of it."""

    NONE = "none"
    POLICY_RESPONSE = "policy-response"
    OFFLINE_ACTION = "offline-action"
    CALL_TO_VIOLENCE = "call-to-violence"


class Observation(Record):
    """One sighting of an operation's reach."""

    id: ObservationId
    incident: IncidentId = Field(description="What it belongs to.")
    observed: PartialDate = Field(description="The day.")
    platform: Line | None = Field(default=None, description="Platform or medium.")
    community: Line | None = Field(default=None, description="Community it was seen in; never a private account.")
    amplifier: Amplifier = Field(default=Amplifier.NONE, description="Who carried it further.")
    coverage: CoverageKind = Field(default=CoverageKind.AMPLIFIED, description="Carried, debunked or exposed.")
    outcome: Outcome = Field(default=Outcome.NONE, description="What came of it.")
    quantities: tuple[Quantity, ...] = Field(default=(), description="Numbers seen.")
    claim: ClaimId | None = Field(default=None, description="The claim it is taken from.")
    source: SourceId | None = Field(default=None, description="Where it was seen.")
