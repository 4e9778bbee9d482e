"""What an import could not turn into records is kept beside the case as it came, and goes out with it again.

A folder ``kept`` of the case holds one JSON file for each import; the casebook itself never reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from undazzle.casebook import Case
from undazzle.errors import SourceError
from undazzle.publish.exchange.json_reading import read_json

FOLDER = "kept"


def kept_file(kind: str, sha256: str, objects: Sequence[Any]) -> dict[str, bytes]:
    """Return the file that keeps objects, by its place in a case; nothing if there are none.

    Parameters
    ----------
    kind
        Format, e.g. ``stix``.
    sha256
        Hash of the file they came from, which names the new one.
    objects
        What is kept.
    """
    if not objects:
        return {}
    text = json.dumps({"from_sha256": sha256, "objects": list(objects)}, indent=1, ensure_ascii=True) + "\n"
    return {f"{FOLDER}/{kind}-{sha256[:16]}.json": text.encode("ascii")}


def kept_objects(case: Case, kind: str) -> Iterator[dict[str, Any]]:
    """Yield what was kept of earlier imports of a format, file by file; a file that is no longer JSON is left out."""
    if case.folder == Path():
        return
    folder = case.folder / FOLDER
    for path in sorted(folder.glob(f"{kind}-*.json")) if folder.is_dir() else ():
        try:
            value = read_json(path).value
        except SourceError:
            continue
        objects = value.get("objects") if isinstance(value, dict) else None
        yield from (one for one in objects or () if isinstance(one, dict))
