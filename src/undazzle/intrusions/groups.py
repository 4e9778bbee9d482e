"""Groups that intrude: what is published about them, in own words, each statement with its source."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from undazzle.casebook.fields import ActorId, Address, Line, PartialDate, Slug, Text
from undazzle.casebook.records import Part
from undazzle.casebook.vocabulary import ActClass
from undazzle.casebook.yaml_reading import read_yaml
from undazzle.errors import UnknownNameError

_FOLDER = Path(__file__).parent / "group_files"


class GroupSource(Part):
    """Where something about a group can be read."""

    id: Slug = Field(description="Short name, used by statements.")
    title: Line = Field(description="Title.")
    publisher: Line = Field(description="Who published it.")
    dated: PartialDate = Field(description="Its date.")
    url: Address = Field(description="Its address, or that of the copy that was read.")
    is_copy: bool = Field(default=False, description="The address is that of a copy, not of the publisher.")


class GroupName(Part):
    """Another name, with who uses it."""

    name: Line = Field(description="The name.")
    said_by: Line = Field(description="Who uses it or says that it overlaps.")
    is_partial: bool = Field(default=True, description="The two overlap; they are not said to be the same.")


class GroupTechnique(Part):
    """A technique the group is said to use."""

    id: Line = Field(description="Number in ATT&CK.")
    means: Text = Field(description="What it is, in own words.")
    source: Slug = Field(description="Who says so.")
    visible_in: Line = Field(description="Records that could show it.")


class GroupStatement(Part):
    """One thing said about the group."""

    text: Text = Field(description="In own words.")
    source: Slug = Field(description="Who says so.")


class Group(Part):
    """A group, with what is said about it and what is not."""

    id: Line = Field(description="Number in ATT&CK.")
    name: Line = Field(description="Name.")
    act_class: ActClass = Field(description="Kind of act it is known for.")
    case_actor: ActorId | None = Field(default=None, description="The actor in the shipped case.")
    names: tuple[GroupName, ...] = Field(default=(), description="Other names.")
    said: tuple[GroupStatement, ...] = Field(min_length=1, description="What is said about it.")
    not_said: tuple[Text, ...] = Field(default=(), description="What its sources do not say.")
    techniques: tuple[GroupTechnique, ...] = Field(default=(), description="Techniques.")
    tools: tuple[Line, ...] = Field(default=(), description="Programs, by their number in ATT&CK.")
    sources: tuple[GroupSource, ...] = Field(min_length=1, description="Sources.")


@cache
def known_groups() -> dict[str, Group]:
    """Return the groups that come with the software, by number."""
    found = [Group.model_validate(read_yaml(path.read_bytes())) for path in sorted(_FOLDER.glob("*.yaml"))]
    return {one.id: one for one in found}


def find_group(name: str) -> Group:
    """Return a group by its number or name.

    Raises
    ------
    UnknownNameError
        If none of that name comes with the software.
    """
    groups = known_groups()
    for one in groups.values():
        if name.casefold() in (one.id.casefold(), one.name.casefold()):
            return one
    raise UnknownNameError("group", name, [*groups, *(one.name for one in groups.values())])
