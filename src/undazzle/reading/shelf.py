"""Drafts waiting beside a case: a folder of their own, in the form of a case, which the case itself never reads.

``CASE/drafts/NAME`` holds the drafts of one file. Every tool for cases reads it, such as
``undazzle case list CASE/drafts/NAME``. A draft leaves it only when a person accepts it into the case or drops it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from undazzle.casebook import Case, Claim, load_case
from undazzle.casebook.case_file import CaseFile
from undazzle.casebook.records import Record
from undazzle.casebook.references import references
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_reading import YamlRefusedError, read_yaml
from undazzle.casebook.yaml_writing import file_of, write_record, yaml_text
from undazzle.errors import ParameterError
from undazzle.reading.drafts import Draft

SHELF = "drafts"
_EDITABLE_HEAD = (
    "# Change what is not right, save and close. The statement should be in your own words.\n"
    "# An empty file changes nothing. The words it was read from stand under note:\n"
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The waiting drafts of one file."""

    case_folder: Path
    folder: Path

    def load(self) -> Case:
        """Return the drafts as a case of their own."""
        return load_case(self.folder)

    def waiting(self) -> list[Claim]:
        """Return the draft claims that nobody has decided on, in the order of the text."""
        return sorted(self.load().claims.values(), key=lambda one: one.id)


def put_on_shelf(case_folder: Path, name: str, title: str, drafts: Sequence[Draft]) -> Shelf:
    """Write drafts beside a case and return their shelf. Drafts that were decided on before are not written again.

    Raises
    ------
    ParameterError
        If the case cannot hold them.
    """
    shelf = Shelf(case_folder, case_folder / SHELF / name)
    decided = _decided(shelf)
    shelf.folder.mkdir(parents=True, exist_ok=True)
    head = CaseFile(id=f"case:{name}", title=f"Drafts read from “{title[:300]}”", review=Review.DRAFT)
    write_record(shelf.folder, head, overwrite=True)
    for draft in drafts:
        if draft.claim.id in decided or (shelf.folder / file_of(draft.claim)).exists():
            continue
        for record in (*draft.needs, draft.claim):
            if not (shelf.folder / file_of(record)).exists():
                write_record(shelf.folder, record)
    return shelf


def shelves_of(case_folder: Path) -> Iterator[Shelf]:
    """Yield the shelves beside a case that still hold claims."""
    for head in sorted((case_folder / SHELF).glob("*/case.yaml")):
        if any((head.parent / "claims").glob("*.yaml")):
            yield Shelf(case_folder, head.parent)


def accept(shelf: Shelf, claim: Claim) -> Path:
    """Take a draft into the case with what it refers to, and return the path of the claim there.

    A person calls this for one claim at a time; it is what makes it ``reviewed``. Records that it refers to and that
    the case lacks come along as drafts.
    """
    records = {one.id: one for one in shelf.load()}
    for record in _needed(claim, records):
        if not (shelf.case_folder / file_of(record)).exists():
            write_record(shelf.case_folder, record)
    path = write_record(shelf.case_folder, claim.model_copy(update={"review": Review.REVIEWED, "note": None}))
    _decide(shelf, claim.id)
    return path


def drop(shelf: Shelf, claim_id: str) -> None:
    """Take a draft off the shelf for good; its id is remembered, so that reading again does not bring it back."""
    _decide(shelf, claim_id)


def editable(claim: Claim) -> str:
    """Return a draft as YAML for a person to change."""
    return _EDITABLE_HEAD + yaml_text(claim)


def changed(claim: Claim, text: str) -> Claim:
    """Return a draft as a person changed it.

    Raises
    ------
    ParameterError
        If the text is no claim of that id.
    """
    try:
        value = read_yaml(text.encode())
        found = Claim.model_validate(value if isinstance(value, Mapping) else {})
    except YamlRefusedError as error:
        raise ParameterError("claim", claim.id, str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ParameterError(field or "claim", str(first.get("input"))[:80], f"{first['msg']}.") from error
    if found.id != claim.id:
        raise ParameterError("id", found.id, "An id is not changed at review.")
    return found


def _needed(claim: Claim, records: Mapping[str, Record]) -> list[Record]:
    """Return the records a claim refers to, and those they refer to."""
    found: dict[str, Record] = {}
    waiting: list[Record] = [claim]
    while waiting:
        for one in references(waiting.pop()):
            if one.to in records and one.to not in found and one.kind != "claim":
                found[one.to] = records[one.to]
                waiting.append(records[one.to])
    return list(found.values())


def _decide(shelf: Shelf, claim_id: str) -> None:
    with (shelf.folder / "decided.txt").open("a", encoding="utf-8") as file:
        file.write(f"{claim_id}\n")
    (shelf.folder / "claims" / f"{claim_id.partition(':')[2]}.yaml").unlink(missing_ok=True)


def _decided(shelf: Shelf) -> set[str]:
    path = shelf.folder / "decided.txt"
    return set(path.read_text(encoding="utf-8").split()) if path.is_file() else set()
