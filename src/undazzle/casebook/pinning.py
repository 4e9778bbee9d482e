"""A local copy is pinned to a document, or a file of evidence to a claim: its hash, never the file itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

from undazzle.casebook.claim import Claim
from undazzle.casebook.editing import change_record
from undazzle.casebook.importers.drafts import one_line, slug
from undazzle.casebook.loading import load_case
from undazzle.casebook.source import Source, SourceKind
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_writing import file_of, write_record
from undazzle.errors import ParameterError, SourceError

_PIECE = 1 << 20


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise SourceError(path, f"It cannot be read ({error.strerror})", "Check the path.") from error
    return digest.hexdigest()


def pin_copy(folder: Path, source_id: str, *, copy: Path | None = None, archive: str | None = None) -> Path:
    """Write hash or archive address of a document into its record and return the path.

    Parameters
    ----------
    folder
        The case.
    source_id
        The document.
    copy
        Local copy that was read; only its hash is kept.
    archive
        Address of an archived copy; not fetched.

    Raises
    ------
    ParameterError
        If neither is given, the address is none, or another hash is pinned already.
    """
    from undazzle.casebook.checks.addresses import fault_of

    source = load_case(folder)[source_id]
    if not isinstance(source, Source):
        raise ParameterError("ID", source_id, "Give a source, or a claim with --evidence.")
    changes: dict[str, str] = {}
    if archive is not None:
        if fault := fault_of(archive):
            raise ParameterError("--archive", archive[:80], fault)
        changes["archive_url"] = archive
    if copy is not None:
        changes["sha256"] = hash_of(copy)
        if source.sha256 not in {None, changes["sha256"]}:
            raise ParameterError("--copy", str(copy), f"Another copy is pinned ({source.sha256}); remove that first.")
    if not changes:
        raise ParameterError("--copy", "nothing", "Give --copy FILE, --archive ADDRESS or both.")
    return change_record(folder, source_id, changes)


def pin_evidence(folder: Path, claim_id: str, evidence: Path, *, title: str, publisher: str) -> tuple[Path, str]:
    """Make a document of a file of evidence, name it in a claim, and return the path and the id of the document.

    Parameters
    ----------
    folder
        The case.
    claim_id
        The claim it bears on.
    evidence
        E.g. the export of a network of a run; only its hash is kept.
    title
        What it is, e.g. ``Co-actions of network:1, run:2``.
    publisher
        Claimant that made it.

    Raises
    ------
    ParameterError
        If the id is no claim, or the claimant is not in the case.
    """
    case = load_case(folder)
    claim = case[claim_id]
    if not isinstance(claim, Claim):
        raise ParameterError("ID", claim_id, "Evidence is pinned to a claim.")
    if publisher not in case.claimants:
        raise ParameterError("--by", publisher, "Add this claimant to the case first.")
    digest = hash_of(evidence)
    source = Source(
        id=f"source:evidence-{slug(evidence.stem)[:60]}-{digest[:12]}", review=Review.DRAFT, title=one_line(title),
        source_kind=SourceKind.DATA, publisher=publisher, sha256=digest,
    )  # fmt: skip
    if not (folder / file_of(source)).exists():
        write_record(folder, source)
    return change_record(folder, claim_id, {"evidence": list(dict.fromkeys((*claim.evidence, source.id)))}), source.id
