"""Files of indicators, told apart by what is in them: STIX, MISP, tables, and text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from undazzle.errors import SourceError
from undazzle.intrusions.indicator import IndicatorList, joined
from undazzle.intrusions.misp_lists import is_misp, read_misp
from undazzle.intrusions.stix import is_stix, read_bundle, read_indicators
from undazzle.intrusions.table_lists import read_table
from undazzle.intrusions.text_lists import read_text

MAX_JSON = 500_000_000  # bytes


def read_list(path: Path | str) -> IndicatorList:
    """Return the indicators of one file.

    Raises
    ------
    SourceError
        If the file cannot be opened or is empty, or is JSON of no known kind.
    """
    place = Path(path)
    try:
        size = place.stat().st_size
        with place.open("rb") as file:
            head = file.read(4_000).decode("utf-8-sig", "replace").lstrip()
    except OSError as error:
        raise SourceError(place, f"The file cannot be read ({error.strerror})", "Check its name and rights.") from error
    if not head:
        raise SourceError(place, "The file is empty", "Give a list of indicators.")
    if head[0] in "{[" and not head.startswith("[."):
        if size > MAX_JSON:
            raise SourceError(place, f"The file is larger than {MAX_JSON:,} bytes", "Split it.")
        return _read_json(place)
    delimiter = _delimiter(head)
    return read_table(place, delimiter=delimiter) if delimiter else read_text(place)


def read_lists(paths: Iterable[Path | str]) -> IndicatorList:
    """Return the indicators of several files as one list."""
    return joined(read_list(path) for path in paths)


def _read_json(path: Path) -> IndicatorList:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if is_stix(text):
        return read_indicators(read_bundle(text), path.name)
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise SourceError(path, "The JSON is broken and is no STIX bundle", "Export the list again.") from error
    if is_misp(data):
        return read_misp(data, path.name)
    raise SourceError(path, "JSON of an unknown kind", "Give STIX 2, a MISP event, CSV, or text.")


_HEAD_WORDS = ("indicator", "value", "ioc", "observable", "type", "domain", "url")


def _delimiter(head: str) -> str:
    """Return what stands between the columns of a table, or an empty text where there is none."""
    first = head.splitlines()[0].lower()
    for delimiter in ("\t", ";", ","):
        cells = [one.strip().strip('"') for one in first.split(delimiter)]
        if len(cells) > 1 and any(word in cell.replace("_", " ").split() for cell in cells for word in _HEAD_WORDS):
            return delimiter
    return "," if first.strip().strip('"') in _HEAD_WORDS else ""
