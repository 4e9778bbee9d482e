"""The kinds of records: folder, model, and what they are."""

from __future__ import annotations

from dataclasses import dataclass

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

CASE_FILE = "case.yaml"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: the word before the colon of its ids, its folder in a case, and its model."""

    name: str
    folder: str
    model: type[Record]


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("claimant", "claimants", Claimant),
        Kind("source", "sources", Source),
        Kind("actor", "actors", Actor),
        Kind("target", "targets", Target),
        Kind("event", "events", Event),
        Kind("claim", "claims", Claim),
        Kind("incident", "incidents", Incident),
        Kind("observation", "observations", Observation),
        Kind("countermeasure", "countermeasures", Countermeasure),
        Kind("finding", "findings", Finding),
        Kind("matrix", "matrices", Matrix),
        Kind("assessment", "assessments", Assessment),
        Kind("retraction", "retractions", Retraction),
        Kind("scorecard", "scorecards", Scorecard),
    )
}
FOLDERS: dict[str, Kind] = {kind.folder: kind for kind in KINDS.values()}
CASE_KIND = Kind("case", "", CaseFile)
