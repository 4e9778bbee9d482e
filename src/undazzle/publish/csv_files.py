"""CSV: members, pairs and co-actions with both posts, harmless when opened in a spreadsheet."""

from __future__ import annotations

from undazzle.publish.export_formats import ExportFormat
from undazzle.results.cells import harmless_cell
from undazzle.results.network_files import write_csv_folder

CSV = ExportFormat(
    "csv",
    "Folder with members.csv, pairs.csv, co_actions.csv (both posts, item, gap) and run.json; safe in spreadsheets.",
    True,
    write_csv_folder,
    "https://www.rfc-editor.org/rfc/rfc4180",
)

__all__ = ["CSV", "harmless_cell"]
