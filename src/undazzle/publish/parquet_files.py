"""Parquet: members, pairs and co-actions with both posts, every value as it is."""

from __future__ import annotations

from undazzle.publish.export_formats import ExportFormat
from undazzle.results.network_files import write_parquet_folder

PARQUET = ExportFormat(
    "parquet",
    "Folder with members, pairs and co_actions as Parquet, typed and unaltered, and run.json; for R, Python, DuckDB.",
    True,
    write_parquet_folder,
    "https://parquet.apache.org/docs/file-format/",
)
