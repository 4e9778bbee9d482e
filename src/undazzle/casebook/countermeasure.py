"""What was done about an operation: takedowns, seizures, sanctions, briefings."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from undazzle.casebook.fields import ActorId, ClaimantId, ClaimId, CountermeasureId, Line, PartialDate, SourceId, Text
from undazzle.casebook.quantity import Quantity
from undazzle.casebook.records import Record


class CountermeasureKind(StrEnum):
    """What was done."""

    TAKEDOWN = "takedown"
    SEIZURE = "seizure"
    SANCTION = "sanction"
    INDICTMENT = "indictment"
    REWARD = "reward"
    BRIEFING = "briefing"
    NOTIFICATION = "notification"
    PUBLIC_STATEMENT = "public-statement"
    ADVISORY = "advisory"
    REGULATION = "regulation"


class Countermeasure(Record):
    """Something done against an operation, by whom, when, and whether it still holds."""

    id: CountermeasureId
    title: Line = Field(description="Short title.")
    countermeasure_kind: CountermeasureKind = Field(description="What was done.")
    done_by: ClaimantId = Field(description="Who did it.")
    done: PartialDate = Field(description="When.")
    against: tuple[ActorId, ...] = Field(default=(), description="Against whom, as those who did it named them.")
    claims: tuple[ClaimId, ...] = Field(default=(), description="Claims it rests on or makes.")
    quantities: tuple[Quantity, ...] = Field(default=(), description="How much.")
    source: SourceId = Field(description="Where it can be read.")
    rescinded: PartialDate | None = Field(default=None, description="Day it was taken back, if it was.")
    description: Text | None = Field(default=None, description="In own words.")
