"""An incident: what several claims speak about. It refers to claims and copies nothing from them."""

from __future__ import annotations

from pydantic import Field

from undazzle.casebook.fields import ClaimId, CountermeasureId, EventId, IncidentId, Line, PartialDate, Text
from undazzle.casebook.records import Part, Record
from undazzle.casebook.vocabulary import CoverageKind


class Breakout(Part):
    """A category of the Breakout Scale: reach, never persuasion."""

    category: int | None = Field(None, ge=1, le=6, description="1 to 6; empty where it does not apply.")
    at_most: int | None = Field(None, ge=1, le=6, description="Upper end, where only a range can be said.")
    stated_by: ClaimId | None = Field(None, description="The claim that gives it; empty if it is the editor's.")
    basis: Text = Field(description="Why this category, or why none.")
    coverage: CoverageKind | None = Field(None, description="Whether coverage amplified, debunked or exposed it.")
    as_of: PartialDate | None = Field(None, description="Day it was judged for.")


class Incident(Record):
    """A coherent set of claims about one thing that happened, or was looked for and not seen."""

    id: IncidentId
    title: Line = Field(description="Short title that says what is claimed, not what is so.")
    summary: Text = Field(description="Two or three sentences in own words.")
    claims: tuple[ClaimId, ...] = Field(min_length=1, description="The claims about it.")
    event: EventId | None = Field(None, description="The election it bears on.")
    begin: PartialDate | None = Field(None, description="First day of the activity, as claimed.")
    end: PartialDate | None = Field(None, description="Last day of the activity, as claimed.")
    breakout: Breakout | None = Field(None, description="Reach.")
    offline_mobilization: bool | None = Field(None, description="Whether events in the real world are ascribed to it.")
    countermeasures: tuple[CountermeasureId, ...] = Field((), description="What was done about it.")
