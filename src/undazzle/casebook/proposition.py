"""What a claim says, coded so that two claims can be laid side by side."""

from __future__ import annotations

from pydantic import Field

from undazzle.casebook.fields import ActorId, EventId, PartialDate, Slug, TargetId, Text
from undazzle.casebook.records import Part
from undazzle.casebook.vocabulary import ActClass, Approval, Aspect, Definition, Deployment, Polarity


class Period(Part):
    """When the act is said to have taken place."""

    begin: PartialDate | None = Field(None, description="First day, month or year.")
    end: PartialDate | None = Field(None, description="Last day, month or year.")


class Proposition(Part):
    """Actor, act, target, period and polarity: our coding, kept apart from anybody's words."""

    aspect: Aspect = Field(description="Which question it answers.")
    polarity: Polarity = Field(description="Says so, denies it, saw none, or pledges not to.")
    actors: tuple[ActorId, ...] = Field((), description="Who is said to act; empty if nobody is named.")
    act_class: ActClass = Field(ActClass.UNSPECIFIED, description="Kind of act.")
    targets: tuple[TargetId, ...] = Field((), description="Against whom or what.")
    favoured: tuple[TargetId, ...] = Field((), description="Whom the act is said to help.")
    event: EventId | None = Field(None, description="The election it bears on.")
    period: Period | None = Field(None, description="When it took place.")
    deployment: Deployment | None = Field(None, description="How far it went.")
    approval: Approval | None = Field(None, description="Level of approval.")
    answer: Slug | None = Field(None, description="The answer to the question in one agreed word, where it has one.")
    definition: Definition | None = Field(None, description="Meaning of 'interference', where the word is used.")
    scope: Text | None = Field(None, description="The limit within which it is meant.")
