"""YAML on disk becomes a case: sources, actors, targets, events, claims and incidents, validated and indexed.

Reads a folder, one file a thing; writes only when a person adds or changes a record. No table of the workspace is
read or written: the index is rebuilt from the files and never the master. It must not know of posts or detection,
and it never says which of two claims is right.
"""

from undazzle.casebook.case import Case, case_of
from undazzle.casebook.checks import check_case
from undazzle.casebook.claim import Claim
from undazzle.casebook.contradictions import Contradiction, find_contradictions, provenance
from undazzle.casebook.editions import SHIPPED_EDITION, shipped_edition
from undazzle.casebook.incident import Incident
from undazzle.casebook.loading import load_case, read_case
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.schema import json_schemas

__all__ = [
    "SHIPPED_EDITION",
    "Case",
    "Claim",
    "Contradiction",
    "Incident",
    "Problem",
    "Severity",
    "case_of",
    "check_case",
    "find_contradictions",
    "json_schemas",
    "load_case",
    "provenance",
    "read_case",
    "shipped_edition",
]
