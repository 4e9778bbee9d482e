"""Playbooks: what is published about how an operation works, each line with a test; and the nulls that look alike.

Source of the form: Nimmo and Hutchins 2023, observables beside techniques; nulls after Thiel 2022 (city-name spam).
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from undazzle.attribution.measures import MEASURES
from undazzle.casebook.fields import ActorId, Address, PartialDate
from undazzle.casebook.vocabulary import ActClass, Verification
from undazzle.casebook.yaml_reading import YamlRefusedError, read_yaml
from undazzle.errors import SourceError, UnknownNameError
from undazzle.signals import SIGNALS

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Technique = Annotated[str, StringConstraints(pattern=r"^T\d{4}(\.\d{3})?$")]
_FOLDER = Path(__file__).parent / "playbook_files"
SIGNAL = "signal:"


class PlaybookKind(StrEnum):
    """An operation that somebody published about, or an ordinary thing that looks alike."""

    OPERATION = "operation"
    NULL = "ordinary"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PublishedSource(_Part):
    """Where an observable was published, and what of it was read.

    ``url`` is the address to cite. Where another text was read, such as a copy or a newspaper, ``read_at`` says which.
    """

    id: Name
    title: Words
    dated: PartialDate
    url: Address | None = None
    read_at: Address | None = None
    verification: Verification | None = Field(default=None, description="What was read; empty: not stated.")


class Observable(_Part):
    """One published way of working, with the test that shows it.

    ``test`` is ``signal:`` and the name of a signal, or the name of a measure. With a measure, ``at_least`` or
    ``at_most`` is the threshold, in the measure's unit; ``times_control`` asks in addition that the value be so many
    times that of the other accounts. ``expected`` says whether it belongs to the playbook or speaks against it.
    """

    id: Name
    says: Words = Field(description="What was published, in own words.")
    test: Words
    expected: bool = Field(default=True, description="False: its presence speaks against the playbook.")
    at_least: float | None = None
    at_most: float | None = None
    times_control: float | None = Field(default=None, gt=0)
    fewest: int = Field(default=1, ge=1, description="Fewest things counted; below, it is not testable.")
    weight: float = Field(default=1.0, gt=0, le=3, description="3: years to fake; 1: anybody can imitate it today.")
    benign: tuple[Words, ...] = Field(min_length=1, description="Ordinary reasons for it.")
    source: Name
    disarm: Technique | None = None

    @model_validator(mode="after")
    def _has_a_known_test(self) -> Self:
        name = self.test.removeprefix(SIGNAL)
        known = SIGNALS if self.test.startswith(SIGNAL) else MEASURES
        if name not in known:
            raise ValueError(f"no test is called {self.test!r}; known: {', '.join(sorted(known))}")
        if not self.test.startswith(SIGNAL) and self.at_least is None and self.at_most is None:
            raise ValueError(f"{self.id} needs at_least or at_most")
        return self


class Playbook(_Part):
    """The published ways of working of one operation, or of a null."""

    id: Name
    name: Words
    kind: PlaybookKind
    actor: ActorId | None = Field(default=None, description="The actor in the shipped case.")
    act_class: ActClass = ActClass.UNSPECIFIED
    says: Words
    observables: tuple[Observable, ...] = Field(min_length=3)
    not_from_behaviour: tuple[Words, ...] = Field(default=(), description="What behaviour can never show.")
    not_testable_here: tuple[Words, ...] = Field(default=(), description="Published, but no test here could show it.")
    sources: tuple[PublishedSource, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _refers_to_its_sources(self) -> Self:
        missing = {one.source for one in self.observables} - {one.id for one in self.sources}
        if missing:
            raise ValueError(f"no source is called {', '.join(sorted(missing))}")
        if len({one.id for one in self.observables}) < len(self.observables):
            raise ValueError("two observables have one id")
        return self


def read_playbook(path: Path) -> Playbook:
    """Return the playbook in a file.

    Raises
    ------
    SourceError
        If it is no playbook, or names a test that does not exist.
    """
    try:
        return Playbook.model_validate(read_yaml(path.read_bytes()))
    except (OSError, YamlRefusedError) as error:
        raise SourceError(path, f"The playbook cannot be read ({error})", "Compare it with a shipped one.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(one) for one in first["loc"])
        raise SourceError(path, f"{where}: {first['msg']}", "Compare it with a shipped playbook.") from error


@cache
def shipped_playbooks() -> tuple[Playbook, ...]:
    """Return the playbooks that come with the software, operations first."""
    found = [read_playbook(path) for path in sorted(_FOLDER.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda one: (one.kind is PlaybookKind.NULL, one.id)))


def find_playbook(playbook_id: str) -> Playbook:
    """Return a shipped playbook.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    for one in shipped_playbooks():
        if one.id == playbook_id:
            return one
    raise UnknownNameError("playbook", playbook_id, [one.id for one in shipped_playbooks()])
