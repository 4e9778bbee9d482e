"""What all records of a case have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from undazzle.casebook.fields import Text
from undazzle.casebook.vocabulary import Review


class Part(BaseModel):
    """A piece of a record: immutable, and a field nobody knows is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Record(Part):
    """A thing with an id and a file of its own."""

    id: str = Field(description="Kind and short name, e.g. claim:nic-2021-not-deployed.")
    review: Review = Field(default=Review.REVIEWED, description="draft until a person has looked at it.")
    note: Text | None = Field(default=None, description="A remark for the next editor.")

    @property
    def kind(self) -> str:
        """Return the kind, the part of the id before the colon."""
        return self.id.partition(":")[0]
