"""A case in memory: every record by its id, and what refers to what. It never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from undazzle.casebook.actor import Actor
from undazzle.casebook.assessment import Assessment
from undazzle.casebook.case_file import CaseFile
from undazzle.casebook.claim import Claim
from undazzle.casebook.claimant import Claimant
from undazzle.casebook.countermeasure import Countermeasure
from undazzle.casebook.event import Event
from undazzle.casebook.finding import Finding
from undazzle.casebook.incident import Incident
from undazzle.casebook.matrix import Matrix
from undazzle.casebook.observation import Observation
from undazzle.casebook.records import Record
from undazzle.casebook.retraction import Retraction
from undazzle.casebook.scorecard import Scorecard
from undazzle.casebook.source import Source
from undazzle.casebook.target import Target
from undazzle.errors import UnknownNameError

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, eq=False)
class Case:
    """A case: frozen and indexed.

    Attributes
    ----------
    folder
        Where it was read; nothing is written there by this class.
    head
        ``case.yaml``.
    records
        All records by id, in the order of their files.
    files
        File of each record, relative to the folder.
    """

    folder: Path
    head: CaseFile
    records: Mapping[str, Record]
    files: Mapping[str, str]

    def __post_init__(self) -> None:
        """Make the two mappings immutable."""
        object.__setattr__(self, "records", MappingProxyType(dict(self.records)))
        object.__setattr__(self, "files", MappingProxyType(dict(self.files)))

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def __contains__(self, record_id: object) -> bool:
        return record_id in self.records

    def __getitem__(self, record_id: str) -> Record:
        """Return a record by its id.

        Raises
        ------
        UnknownNameError
            If there is none; the nearest ids are suggested.
        """
        try:
            return self.records[record_id]
        except KeyError:
            kind = record_id.partition(":")[0]
            raise UnknownNameError(kind, record_id, self._ids_like(kind)) from None

    def _ids_like(self, kind: str) -> list[str]:
        same = [one for one in self.records if one.startswith(f"{kind}:")]
        return same or list(self.records)

    def _all(self, model: type[R]) -> Mapping[str, R]:
        return MappingProxyType({one.id: one for one in self.records.values() if isinstance(one, model)})

    @cached_property
    def claimants(self) -> Mapping[str, Claimant]:
        """Claimants by id."""
        return self._all(Claimant)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id."""
        return self._all(Source)

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Actors by id."""
        return self._all(Actor)

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """Targets by id."""
        return self._all(Target)

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """Events by id."""
        return self._all(Event)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Claims by id."""
        return self._all(Claim)

    @cached_property
    def incidents(self) -> Mapping[str, Incident]:
        """Incidents by id."""
        return self._all(Incident)

    @cached_property
    def observations(self) -> Mapping[str, Observation]:
        """Observations by id."""
        return self._all(Observation)

    @cached_property
    def countermeasures(self) -> Mapping[str, Countermeasure]:
        """Countermeasures by id."""
        return self._all(Countermeasure)

    @cached_property
    def assessments(self) -> Mapping[str, Assessment]:
        """Assessments by id."""
        return self._all(Assessment)

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """Pinned networks by id."""
        return self._all(Finding)

    @cached_property
    def matrices(self) -> Mapping[str, Matrix]:
        """Matrices of hypotheses by id."""
        return self._all(Matrix)

    @cached_property
    def retractions(self) -> Mapping[str, Retraction]:
        """Retractions by id."""
        return self._all(Retraction)

    @cached_property
    def scorecards(self) -> Mapping[str, Scorecard]:
        """Scorecards by id."""
        return self._all(Scorecard)

    @cached_property
    def incidents_by_claim(self) -> Mapping[str, tuple[Incident, ...]]:
        """Incidents that refer to each claim."""
        found: dict[str, list[Incident]] = {}
        for incident in self.incidents.values():
            for claim_id in dict.fromkeys(incident.claims):
                found.setdefault(claim_id, []).append(incident)
        return MappingProxyType({key: tuple(held) for key, held in found.items()})

    def claims_of(self, incident: Incident) -> tuple[Claim, ...]:
        """Return the claims of an incident that exist, in its order."""
        return tuple(self.claims[one] for one in incident.claims if one in self.claims)

    def line_of(self, record_id: str, *path: str | int) -> int:
        """Return the line of a field in the file of a record, or of the nearest field around it; 0 if not known."""
        from undazzle.casebook.places import line_in

        return line_in(self.folder / self.files[record_id], path) if record_id in self.files else 0


def case_of(head: CaseFile, records: Iterable[Record], folder: Path = Path()) -> Case:
    """Return a case of records that were never in a file, such as drafts of an importer."""
    from undazzle.casebook.yaml_writing import file_of

    held = {one.id: one for one in records}
    return Case(folder, head, held, {one: file_of(record) for one, record in held.items()})
