"""A number somebody gave, with what exactly was counted."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from undazzle.casebook.fields import ActorId, ClaimId, Line, PartialDate, Slug
from undazzle.casebook.records import Part


class Quantity(Part):
    """A number and its denominator: the same word can count different things."""

    counted: Slug = Field(description="Unit, e.g. accounts, pages, views, sites.")
    value: float | None = Field(default=None, ge=0, description="The number.")
    is_at_least: bool = Field(default=False, description="Whether it is a lower bound.")
    is_approximate: bool = Field(default=False, description="Whether it was given as approximate.")
    words: Line | None = Field(default=None, description="The words where no digits were given, e.g. dozens.")
    measure: Slug | None = Field(default=None, description="What exactly was counted, e.g. removed-august-2023.")
    platform: Line | None = Field(default=None, description="Where.")
    subject: ActorId | None = Field(default=None, description="Whose, if not the actor's of the claim.")
    as_of: PartialDate | None = Field(default=None, description="The day the number was true.")
    sum_of: tuple[ClaimId, ...] = Field(default=(), description="Claims whose numbers were added up to give it.")

    @model_validator(mode="after")
    def _has_a_number_or_words(self) -> Self:
        if self.value is None and self.words is None:
            raise ValueError("give value, or words where no digits were given")
        return self

    @property
    def denominator(self) -> tuple[str, str | None, str | None]:
        """Return what two numbers must share before they can be compared or added."""
        return self.counted, self.measure, self.platform

    def __str__(self) -> str:
        """Return the number as a person reads it."""
        number = self.words or ""
        if self.value is not None:
            number = f"{self.value:,.0f}" if self.value == int(self.value) else f"{self.value:,}"
            number = ("at least " if self.is_at_least else "about " if self.is_approximate else "") + number
        where = f" on {self.platform}" if self.platform else ""
        return f"{number} {self.counted.replace('-', ' ')}{where}"
