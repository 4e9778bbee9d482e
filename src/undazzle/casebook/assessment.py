"""A judgement somebody signs. Likelihood and confidence are two fields and never one sentence."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from undazzle.casebook.fields import (
    ActorId,
    AssessmentId,
    ClaimId,
    FindingId,
    IncidentId,
    Line,
    MatrixId,
    PartialDate,
    Sha256,
    SourceId,
    Text,
)
from undazzle.casebook.gradings import ConfidenceWord, LikelihoodWord
from undazzle.casebook.records import Part, Record


class Rung(StrEnum):
    """The ladder of attribution; a rung may rest on weaker rungs only."""

    CLUSTER = "cluster"  # these accounts act together
    CAMPAIGN = "campaign"  # with a common aim, over time
    OPERATOR = "operator"  # this is who runs them
    SPONSOR = "sponsor"  # this is for whom

    @property
    def place(self) -> int:
        """Return the place on the ladder, 0 for the weakest.

        Examples
        --------
        >>> Rung.SPONSOR.place > Rung.OPERATOR.place
        True
        """
        return list(Rung).index(self)


class EvidenceKind(StrEnum):
    """What evidence is made of (Pamment and Smith 2022)."""

    TECHNICAL = "technical"  # digital traces: domains, certificates, payments, addresses
    BEHAVIOURAL = "behavioural"  # what accounts do, when, and together with whom
    CONTEXTUAL = "contextual"  # content, politics, motive, what others say


class Access(StrEnum):
    """Who can look at the evidence (Pamment and Smith 2022)."""

    OPEN = "open"
    PROPRIETARY = "proprietary"
    CLASSIFIED = "classified"


class EvidenceLine(Part):
    """One thing a judgement rests on: where it stands, of what kind it is, and what it shows."""

    claim: ClaimId | None = Field(default=None, description="A claim, or")
    finding: FindingId | None = Field(default=None, description="a pinned network, or")
    source: SourceId | None = Field(default=None, description="a document.")
    evidence_kind: EvidenceKind = Field(description="Technical, behavioural or contextual.")
    access: Access = Field(description="Open, proprietary or classified.")
    says: Text = Field(description="What it shows, in own words.")

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        if sum(one is not None for one in (self.claim, self.finding, self.source)) != 1:
            raise ValueError("name one claim, finding or source")
        return self

    @property
    def rests_on(self) -> str:
        """Return the id of what it names."""
        return self.claim or self.finding or self.source or ""


class Cited(Part):
    """What something said on the day of the signature, as a hash."""

    id: Line = Field(description="The record.")
    sha256: Sha256 = Field(description="Hash of what it said.")


class SetAside(Part):
    """A claim that was not used, and why. Unknown reliability is not a reason."""

    claim: ClaimId = Field(description="The claim.")
    reason: Text = Field(description="Why it was set aside.")


class Assessment(Record):
    """A signed judgement over evidence, with the alternatives that were weighed and what would change it."""

    id: AssessmentId
    statement: Text = Field(description="What is judged, with the likelihood word if any.")
    confidence_statement: Text | None = Field(default=None, description="The basis, in sentences of its own.")
    likelihood: LikelihoodWord | None = Field(default=None, description="About the event.")
    probability: float | None = Field(default=None, description="In percent, if any; never 0 or 100.")
    confidence: ConfidenceWord | None = Field(default=None, description="About the basis.")
    rung: Rung | None = Field(default=None, description="Rung of the ladder.")
    actor: ActorId | None = Field(default=None, description="Who is judged to operate or sponsor it.")
    incidents: tuple[IncidentId, ...] = Field(default=(), description="What it is about.")
    evidence: tuple[EvidenceLine, ...] = Field(default=(), description="What it rests on, by kind and access.")
    claims: tuple[ClaimId, ...] = Field(default=(), description="Claims it rests on whose kind nobody has stated.")
    alternatives: tuple[Text, ...] = Field(default=(), description="Other explanations that were weighed.")
    matrix: MatrixId | None = Field(default=None, description="The matrix in which they were weighed.")
    would_change: tuple[Text, ...] = Field(default=(), description="What would change the judgement.")
    limits: tuple[Text, ...] = Field(default=(), description="What it does not say, and what is missing.")
    proportionality: Text | None = Field(default=None, description="Whether naming somebody is lawful and in measure.")
    set_aside: tuple[SetAside, ...] = Field(default=(), description="Claims not used, and why.")
    builds_on: tuple[AssessmentId, ...] = Field(default=(), description="Judgements on weaker rungs.")
    replaces: AssessmentId | None = Field(default=None, description="The earlier judgement.")
    changed_because: Text | None = Field(default=None, description="What changed against the earlier one, and why.")
    signed_by: Line | None = Field(default=None, description="Who signs.")
    signed: PartialDate | None = Field(default=None, description="When.")
    is_demonstration: bool = Field(default=False, description="Invented, to show how it is done.")
    cited: tuple[Cited, ...] = Field(default=(), description="What everything it rests on said when it was signed.")
    seal: Sha256 | None = Field(default=None, description="Hash of this record when it was signed.")

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Return the ids of its evidence, without the judgements it builds on."""
        return tuple(dict.fromkeys([*(one.rests_on for one in self.evidence), *self.claims]))
