"""A matrix of competing hypotheses is read from a file that a person rated.

Source: Heuer 1999, "Psychology of Intelligence Analysis", chapter 8.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from undazzle.casebook import Case
from undazzle.casebook.matrix import COMPULSORY, Degree, Evidence, Hypothesis, HypothesisKind, Matrix, Rating
from undazzle.casebook.yaml_reading import YamlRefusedError, read_yaml
from undazzle.errors import SourceError

__all__ = [
    "COMPULSORY", "EXAMPLE", "Degree", "Evidence", "Hypothesis", "HypothesisKind", "Matrix", "Rating", "read_matrix",
]  # fmt: skip
_IN_CASE = ("claim", "source", "incident", "actor", "finding", "assessment", "observation")


def read_matrix(path: Path, case: Case | None = None) -> Matrix:
    """Return the matrix in a YAML file.

    Parameters
    ----------
    path
        The file.
    case
        Where ``claim:`` and ``source:`` references must exist, if given.

    Raises
    ------
    SourceError
        If the file is no matrix, a compulsory hypothesis is missing, a rating is missing, or a reference leads
        nowhere; all problems are named at once.
    """
    try:
        content = read_yaml(path.read_bytes())
        if isinstance(content, dict):
            content.setdefault("id", f"matrix:{_name(path)}")
        found = Matrix.model_validate(content)
    except OSError as error:
        raise SourceError(path, f"The matrix cannot be read ({error})", "Name a YAML file.") from error
    except YamlRefusedError as error:
        raise SourceError(path, str(error), "See undazzle weigh --example.") from error
    except ValidationError as error:
        said = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'matrix'}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()[:10]
        )
        raise SourceError(path, said, "See undazzle weigh --example.") from error
    if case is not None:
        lost = sorted(
            reference
            for one in found.evidence
            for reference in one.refers_to
            if reference.partition(":")[0] in _IN_CASE and reference not in case
        )
        if lost:
            raise SourceError(path, f"Not in the case: {', '.join(lost)}", "Correct the ids, or give --case.")
    return found


def _name(path: Path) -> str:
    """Return a short name made of the name of a file."""
    kept = "".join(one if one.isascii() and one.isalnum() else "-" for one in path.stem.lower()).strip("-")
    return kept[:60] or "matrix"


EXAMPLE = """\
question: Who is behind the posts about the ferry timetable?
rated_by: A. Analyst
rated: '2024-11-06'
hypotheses:
  - {id: fans, kind: authentic, statement: Commuters who share what annoys them}
  - {id: shop, kind: commercial, statement: An agency that sells attention}
  - {id: decoy, kind: false-flag, statement: Somebody who wants it to look like the operator}
  - {id: company, kind: operation, statement: A campaign run for the ferry operator}
evidence:
  - id: same-minute
    statement: 276 posts of the same links within a minute, 33 expected by chance
    refers_to: ['run:1/network:2']
    credibility: high
    relevance: medium
    ratings: {fans: II, shop: C, decoy: C, company: C}
  - id: no-adverts
    statement: No post sells anything
    refers_to: ['run:1/network:2']
    is_absence: true
    credibility: medium
    relevance: high
    ratings: {fans: C, shop: I, decoy: N, company: N}
"""
