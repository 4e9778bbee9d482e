"""Something that was taken back. The record it takes back stays as it is; what rests on it is flagged."""

from __future__ import annotations

from pydantic import Field

from undazzle.casebook.fields import AssessmentId, ClaimId, FindingId, Line, PartialDate, RetractionId, Sha256, Text
from undazzle.casebook.records import Record


class Retraction(Record):
    """A judgement, a claim or a finding is no longer held, by whom, since when and why."""

    id: RetractionId
    assessment: AssessmentId | None = Field(default=None, description="The judgement taken back.")
    claim: ClaimId | None = Field(default=None, description="The claim no longer relied on.")
    finding: FindingId | None = Field(default=None, description="The finding no longer relied on.")
    reason: Text = Field(description="Why.")
    signed_by: Line = Field(description="Who takes it back.")
    signed: PartialDate = Field(description="When.")
    seal: Sha256 | None = Field(default=None, description="Hash of this record when it was signed.")

    @property
    def takes_back(self) -> str:
        """Return the id of what is taken back, empty if none is named."""
        return self.assessment or self.claim or self.finding or ""
