"""Lists of outlets: which domain is state-controlled, state-linked or something else, and who says so."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from undazzle.errors import SourceError

OUTLET_CLASSES = ("state-controlled", "state-linked", "mainstream", "fringe", "unknown")
_COLUMNS = ("domain", "name", "outlet_class", "state", "source_url")


@dataclass(frozen=True)
class Outlet:
    """One outlet by its domain.

    Attributes
    ----------
    domain
        Without ``www.``.
    name
        Its name.
    outlet_class
        One of ``OUTLET_CLASSES``.
    state
        The state that the source names; empty if none.
    source_url
        Who says so. An outlet without a source is refused: calling one state-controlled is a claim.
    """

    domain: str
    name: str
    outlet_class: str
    state: str
    source_url: str


def read_outlets(path: Path) -> tuple[Outlet, ...]:
    """Return the outlets of a CSV file with the columns domain, name, outlet_class, state, source_url.

    Raises
    ------
    SourceError
        If a column is missing, a class is unknown, or a row names no source.
    """
    if not path.is_file():
        raise SourceError(path, "There is no such list of outlets", f"Give a CSV with: {', '.join(_COLUMNS)}.")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return _outlets(list(csv.DictReader(file)), path)


def shipped_outlets() -> tuple[Outlet, ...]:
    """Return the outlets that come with the software, each with the document that names it."""
    file = resources.files("undazzle.narratives") / "outlets.csv"
    with file.open(encoding="utf-8") as text:
        return _outlets(list(csv.DictReader(text)), Path("outlets.csv"))


def _outlets(rows: Sequence[dict[str, str]], path: Path) -> tuple[Outlet, ...]:
    found = []
    for line, row in enumerate(rows, start=2):
        missing = [name for name in _COLUMNS if name not in row]
        if missing:
            raise SourceError(path, f"The columns {', '.join(missing)} are missing", f"Give {', '.join(_COLUMNS)}.")
        values = {name: (row[name] or "").strip() for name in _COLUMNS}
        if values["outlet_class"] not in OUTLET_CLASSES:
            said = f"Line {line}: {values['outlet_class']!r} is no class of outlets"
            raise SourceError(path, said, f"Use one of: {', '.join(OUTLET_CLASSES)}.")
        if not values["source_url"].startswith(("http://", "https://")):
            raise SourceError(path, f"Line {line}: no source is given", "Name the document that classes it so.")
        values["domain"] = values["domain"].lower().removeprefix("www.")
        found.append(Outlet(**values))
    return tuple(found)
