"""Names under which posts call the offices, candidates, races and institutions of 2024, and when a name is nobody's.

A list of public roles, written by the authors from common knowledge of the candidacies; nothing in it is a claim about
conduct. Correct or extend it with a file of your own.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from undazzle.errors import SourceError

_COLUMNS = ("id", "name", "kind", "office", "race", "jurisdiction", "party", "on_ballot", "context", "aliases")
_BALLOT = {"true": True, "false": False, "": None}


@dataclass(frozen=True)
class Entry:
    """One public role and its names.

    Attributes
    ----------
    id, name, kind, office, race, jurisdiction, party, on_ballot
        As a target of a case has them; empty where a case says it already.
    context
        Words of which a post must hold one, because other people bear the name; empty if the name is distinctive.
    aliases
        Further names, in any language.
    """

    id: str
    name: str
    kind: str
    office: str
    race: str
    jurisdiction: str
    party: str
    on_ballot: bool | None
    context: tuple[str, ...]
    aliases: tuple[str, ...]


def read_gazetteer(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a CSV file: id, name, kind, office, race, jurisdiction, party, on_ballot, context, aliases.

    Several context words or aliases are separated by ``|``.

    Raises
    ------
    SourceError
        If the file cannot be read, a column is missing, or a row has no id or name.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _entries(list(csv.DictReader(file)), path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(path, f"The gazetteer cannot be read ({str(error)[:100]})", _HELP) from error


def shipped_gazetteer() -> tuple[Entry, ...]:
    """Return the list that comes with the software: the races for President, Senate and governor, and institutions.

    Also leaders of both chambers, and heads of elections and justice of states where the election was close.

    Candidates for the House of Representatives are not in it, but for a few who lead it or whom a claim names.
    """
    file = resources.files("undazzle.narratives") / "gazetteer_2024.csv"
    with file.open(encoding="utf-8") as text:
        return _entries(list(csv.DictReader(text)), Path("gazetteer_2024.csv"))


def _entries(rows: Sequence[dict[str, str]], path: Path) -> tuple[Entry, ...]:
    found = []
    for line, row in enumerate(rows, start=2):
        if missing := [name for name in _COLUMNS if name not in row]:
            raise SourceError(path, f"The columns {', '.join(missing)} are missing", _HELP)
        value = {name: (row[name] or "").strip() for name in _COLUMNS}
        if not value["id"] or not value["name"] or value["on_ballot"].lower() not in _BALLOT:
            raise SourceError(
                path, f"Line {line}: id or name is missing, or on_ballot is neither true nor false", _HELP
            )
        found.append(
            Entry(
                **{name: value[name] for name in _COLUMNS[:7]},
                on_ballot=_BALLOT[value["on_ballot"].lower()],
                context=_parts(value["context"]),
                aliases=_parts(value["aliases"]),
            )
        )
    return tuple(found)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


_HELP = f"Give a CSV with the columns {', '.join(_COLUMNS)}; several names are separated by |."
