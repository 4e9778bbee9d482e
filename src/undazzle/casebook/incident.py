"""An incident: what several claims speak about. It refers to claims and copies nothing from them."""

from __future__ import annotations

from pydantic import Field

from undazzle.casebook.fields import ClaimId, CountermeasureId, EventId, IncidentId, Line, PartialDate, Text
from undazzle.casebook.records import Part, Record
from undazzle.casebook.vocabulary import CoverageKind


class Breakout(Part):
    """A category of the Breakout Scale: reach, never persuasion."""

    category: int | None = Field(default=None, ge=1, le=6, description="1 to 6; empty where it does not apply.")
    at_most: int | None = Field(default=None, ge=1, le=6, description="Upper end, where only a range can be said.")
    stated_by: ClaimId | None = Field(default=None, description="The claim that gives it, if not the editor.")
    basis: Text = Field(description="Why this category, or why none.")
    coverage: CoverageKind | None = Field(default=None, description="Amplified, debunked or exposed.")
    as_of: PartialDate | None = Field(default=None, description="Day it was judged for.")


class Incident(Record):
    """A coherent set of claims about one thing that happened, or was looked for and not seen."""

    id: IncidentId
    title: Line = Field(description="Short title that says what is claimed, not what is so.")
    summary: Text = Field(description="Two or three sentences in own words.")
    claims: tuple[ClaimId, ...] = Field(min_length=1, description="The claims about it.")
    event: EventId | None = Field(default=None, description="The election it bears on.")
    begin: PartialDate | None = Field(default=None, description="First day of the activity, as claimed.")
    end: PartialDate | None = Field(default=None, description="Last day of the activity, as claimed.")
    breakout: Breakout | None = Field(default=None, description="Reach.")
    offline_mobilization: bool | None = Field(default=None, description="Whether it led to events offline.")
    countermeasures: tuple[CountermeasureId, ...] = Field(default=(), description="What was done about it.")
