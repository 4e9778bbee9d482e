"""Trackers of others become draft records and a list of what is wrong in their files.

Reads one CSV file; writes nothing until asked to. It must not keep names of accounts, and never calls a draft
reviewed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from undazzle.casebook.importers.dichotomies import import_dichotomies
from undazzle.casebook.importers.drafts import Imported
from undazzle.casebook.importers.fiat import import_fiat
from undazzle.casebook.importers.kill_chain import KillChain, read_kill_chain
from undazzle.casebook.importers.meta import import_meta

IMPORTERS: dict[str, Callable[[Path], Imported]] = {
    "fiat": import_fiat,
    "meta": import_meta,
    "dichotomies": import_dichotomies,
}

__all__ = ["IMPORTERS", "Imported", "KillChain", "import_dichotomies", "import_fiat", "import_meta", "read_kill_chain"]
