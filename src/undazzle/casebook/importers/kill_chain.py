"""The Online Operations Kill Chain as a table: phases 0 to 9, techniques, procedures.

References
----------
Nimmo and Hutchins, "Phase-based Tactical Analysis of Online Operations", Carnegie Endowment, 2023.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from undazzle.casebook.importers.tables import read_table
from undazzle.casebook.problems import Problem, Severity
from undazzle.errors import SourceError

_NUMBER = re.compile(r"\s*(\d+(?:\.\d+){0,2})\b")
PHASES = (
    "Acquiring assets", "Disguising assets", "Gathering information", "Coordinating and planning",
    "Testing defences", "Evading detection", "Indiscriminate engagement", "Targeted engagement",
    "Compromising assets", "Enabling longevity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure: its number, the numbers of technique and phase above it, and their names."""

    number: str
    technique: str
    phase: int
    name: str


@dataclass(frozen=True, slots=True)
class KillChain:
    """The procedures by number, and rows whose numbers do not fit together."""

    procedures: dict[str, Procedure]
    problems: tuple[Problem, ...]


def read_kill_chain(path: Path) -> KillChain:
    """Return the kill chain of a CSV with the columns Tactic, Technique and Procedure.

    Raises
    ------
    SourceError
        If the file has other columns.
    """
    table = read_table(path)
    if {"Tactic", "Technique", "Procedure"} - set(table.columns):
        raise SourceError(path, "No columns Tactic, Technique, Procedure", "Give the kill chain's own CSV.")
    found: dict[str, Procedure] = {}
    problems = []
    for line, row in table:
        phase, technique, procedure = (number_of(row[name]) for name in ("Tactic", "Technique", "Procedure"))
        if not (phase and technique and procedure):
            continue
        if not procedure.startswith(f"{technique}.") or not technique.startswith(f"{phase}."):
            what = f"Procedure {procedure} stands under technique {technique} and phase {phase}."
            problems.append(Problem(table.name, line, "mislabelled", Severity.WARNING, what, "Kept as it stands."))
        if procedure in found:
            what = f"Procedure {procedure} stands twice."
            problems.append(Problem(table.name, line, "duplicate-id", Severity.WARNING, what, "The first is kept."))
        found.setdefault(procedure, Procedure(procedure, technique, int(phase), row["Procedure"]))
    return KillChain(found, tuple(problems))


def number_of(text: str) -> str:
    """Return the number a phase, technique or procedure begins with, or nothing.

    Examples
    --------
    >>> number_of("9.5.3 Using redirect domains"), number_of("0. Acqiuring Assets"), number_of("none")
    ('9.5.3', '0', '')
    """
    found = _NUMBER.match(text)
    return found[1] if found else ""
