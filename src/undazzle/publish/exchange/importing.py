"""Every importer of a case by the name that ``--from`` takes: tables of trackers, bundles, events, JSON Lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from undazzle.casebook.importers import IMPORTERS as TABLES
from undazzle.casebook.importers import Imported
from undazzle.publish.exchange.json_lines_reading import import_json_lines
from undazzle.publish.exchange.misp import import_misp
from undazzle.publish.exchange.stix.reading import import_stix

IMPORTERS: dict[str, Callable[[Path], Imported]] = {
    **TABLES,
    "stix": import_stix,
    "misp": import_misp,
    "jsonl": import_json_lines,
}
