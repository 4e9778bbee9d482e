"""A new case: its head, and folders with a word on what belongs in them."""

from __future__ import annotations

from pathlib import Path

from undazzle.casebook.case_file import CaseFile
from undazzle.casebook.fields import Slug
from undazzle.casebook.kinds import CASE_FILE, FOLDERS
from undazzle.casebook.yaml_writing import write_record, write_text
from undazzle.errors import ParameterError

_FOLDER_WORDS = {
    "claimants": "who makes claims, with the reliability that belongs to them",
    "sources": "documents, with address and archive",
    "actors": "who is said to act; other names and ties each with who says so",
    "targets": "public roles, races, institutions; never a private person",
    "events": "elections and what happened in the world",
    "claims": "the unit: who said what, when, in which document, with which words of confidence",
    "incidents": "what several claims speak about; they refer to claims and copy nothing",
    "observations": "reach, as it was seen on a day",
    "countermeasures": "takedowns, seizures, sanctions, briefings",
    "findings": "networks of a run, pinned with what was measured and against what",
    "matrices": "hypotheses weighed against each other, rated by a person",
    "assessments": "judgements somebody signs; never changed, only replaced or retracted",
    "retractions": "what was taken back, by whom and why",
    "scorecards": "the 18 answers of coders",
}


def begin_case(folder: Path, title: str) -> Path:
    """Write the head of a new case and return its path.

    Raises
    ------
    ParameterError
        If there is a case already.
    """
    if (folder / CASE_FILE).exists():
        raise ParameterError("FOLDER", str(folder), "There is a case already; name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    path = write_record(folder, CaseFile(id=f"case:{_name(folder)}", title=title))
    words = [f"#   {name + '/':18}{_FOLDER_WORDS[name]}" for name in FOLDERS]
    head = "\n".join(
        ["# One file a thing, in folders by kind:", *words, "# Check it with: undazzle case check FOLDER", ""]
    )
    write_text(path, head + path.read_text(encoding="utf-8"))
    return path


def _name(folder: Path) -> Slug:
    from undazzle.casebook.importers.drafts import slug

    return slug(folder.resolve().name)
