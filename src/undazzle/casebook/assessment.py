"""A judgement somebody signs. Likelihood and confidence are two fields and never one sentence."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from undazzle.casebook.fields import AssessmentId, ClaimId, IncidentId, Line, PartialDate, Text
from undazzle.casebook.gradings import ConfidenceWord, LikelihoodWord
from undazzle.casebook.records import Part, Record


class Rung(StrEnum):
    """The ladder of attribution; a rung may rest on weaker rungs only."""

    CLUSTER = "cluster"
    CAMPAIGN = "campaign"
    OPERATOR = "operator"
    SPONSOR = "sponsor"


class SetAside(Part):
    """A claim that was not used, and why. Unknown reliability is not a reason."""

    claim: ClaimId = Field(description="The claim.")
    reason: Text = Field(description="Why it was set aside.")


class Assessment(Record):
    """A signed judgement over claims, with the alternatives that were weighed."""

    id: AssessmentId
    statement: Text = Field(description="What is judged, with the likelihood word if any.")
    confidence_statement: Text | None = Field(default=None, description="The basis, in sentences of its own.")
    likelihood: LikelihoodWord | None = Field(default=None, description="About the event.")
    probability: float | None = Field(default=None, description="In percent, if any; never 0 or 100.")
    confidence: ConfidenceWord | None = Field(default=None, description="About the basis.")
    rung: Rung | None = Field(default=None, description="Rung of the ladder.")
    incidents: tuple[IncidentId, ...] = Field(default=(), description="What it is about.")
    claims: tuple[ClaimId, ...] = Field(default=(), description="What it rests on.")
    alternatives: tuple[Text, ...] = Field(default=(), description="Other explanations that were weighed.")
    set_aside: tuple[SetAside, ...] = Field(default=(), description="Claims not used, and why.")
    builds_on: tuple[AssessmentId, ...] = Field(default=(), description="Judgements on weaker rungs.")
    replaces: AssessmentId | None = Field(default=None, description="The earlier judgement.")
    signed_by: Line | None = Field(default=None, description="Who signs.")
    signed: PartialDate | None = Field(default=None, description="When.")
