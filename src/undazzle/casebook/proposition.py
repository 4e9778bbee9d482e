"""What a claim says, coded so that two claims can be laid side by side."""

from __future__ import annotations

from pydantic import Field

from undazzle.casebook.fields import ActorId, EventId, PartialDate, Slug, TargetId, Text
from undazzle.casebook.records import Part
from undazzle.casebook.vocabulary import ActClass, Approval, Aspect, Definition, Deployment, Polarity


class Period(Part):
    """When the act is said to have taken place."""

    begin: PartialDate | None = Field(default=None, description="First day, month or year.")
    end: PartialDate | None = Field(default=None, description="Last day, month or year.")


class Proposition(Part):
    """Actor, act, target, period and polarity: our coding, kept apart from anybody's words."""

    aspect: Aspect = Field(description="Which question it answers.")
    polarity: Polarity = Field(description="Says so, denies it, saw none, or pledges not to.")
    actors: tuple[ActorId, ...] = Field(default=(), description="Who is said to act; empty if nobody is named.")
    act_class: ActClass = Field(default=ActClass.UNSPECIFIED, description="Kind of act.")
    targets: tuple[TargetId, ...] = Field(default=(), description="Against whom or what.")
    favoured: tuple[TargetId, ...] = Field(default=(), description="Whom the act is said to help.")
    event: EventId | None = Field(default=None, description="The election it bears on.")
    period: Period | None = Field(default=None, description="When it took place.")
    deployment: Deployment | None = Field(default=None, description="How far it went.")
    approval: Approval | None = Field(default=None, description="Level of approval.")
    answer: Slug | None = Field(default=None, description="Its answer in one agreed word.")
    definition: Definition | None = Field(default=None, description="Meaning of 'interference', where used.")
    scope: Text | None = Field(default=None, description="The limit within which it is meant.")
