"""What an exported file says of its origin: the run, its parameters, input and versions, and hashes of the files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from undazzle._version import __version__
from undazzle.results.cells import written_time
from undazzle.results.column_words import column_description
from undazzle.results.network import Network
from undazzle.results.new_files import new_file

READING = (
    "Counts say how often accounts did the same within the time window, not why. Fans, news desks and friends do so"
    " too. This file attributes nothing to anybody."
)


def run_card(network: Network) -> dict[str, Any]:
    """Return what made a network, as plain values that JSON can hold."""
    run = network.run.record
    return {
        "undazzle": __version__,
        "run": {
            "run_id": run.run_id,
            "name": run.name,
            "command": run.command,
            "method": run.method,
            "parameters": run.parameters,
            "seed": run.seed,
            "input_fingerprint": run.input_fingerprint,
            "versions": run.versions,
            "warnings": run.warnings,
            "started_at": _time(run.started_at),
            "finished_at": _time(run.finished_at),
        },
        "network": {
            name: _time(value) if isinstance(value, datetime) else value for name, value in network.facts.items()
        },
        "summary": network.summary,
        "how_to_read": READING,
    }


def card_text(network: Network) -> str:
    """Return the run card as one line of JSON, for the metadata of a file."""
    return json.dumps(run_card(network), ensure_ascii=False, sort_keys=True, default=str)


def write_card(
    network: Network, path: Path, files: Mapping[Path, Sequence[str]], *, overwrite: bool, note: str = ""
) -> Path:
    """Write the run card beside exported files, with a hash of each and what its columns mean.

    Parameters
    ----------
    network
        What was exported.
    path
        The card's file.
    files
        Columns by exported file.
    overwrite
        Whether a file at ``path`` may be replaced.
    note
        One more thing to know, e.g. that names are masked.

    Raises
    ------
    OutputExistsError
        If the file exists and ``overwrite`` is not set.
    """
    listed = [{"name": file.name, "bytes": file.stat().st_size, "sha256": _sha256(file)} for file in files]
    columns = {name: column_description(name) for held in files.values() for name in held}
    card = {**run_card(network), **({"note": note} if note else {}), "files": listed, "columns": columns}
    with new_file(path, overwrite=overwrite) as part:
        part.write_text(json.dumps(card, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
    return path


def _time(value: datetime | None) -> str | None:
    return written_time(value) if value else None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
