"""Writes results as JSON, figures and a page; and, apart from these, the accounts that a person has to judge."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from undazzle.evaluation.figures import draw_figures
from undazzle.evaluation.page import evaluation_page

PAGE, FOLDER, RESULTS = "evaluation.md", "evaluation", "results.json"


def write_results(results: Mapping[str, Any], output: Path) -> list[Path]:
    """Write the page, the figures and the numbers; files of an earlier run are replaced.

    Parameters
    ----------
    results
        Of ``run_benchmark``.
    output
        A folder: gets ``evaluation.md``, and beside it ``evaluation/`` with ``results.json`` and the figures.

    Returns
    -------
    list of Path
        What was written, the page first.
    """
    folder = output / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RESULTS).write_text(json.dumps(results, indent=None, separators=(",", ":")) + "\n", encoding="utf-8")
    figures = draw_figures(results)
    for name, drawing in figures.items():
        (folder / name).write_text(drawing + "\n", encoding="utf-8")
    page = output / PAGE
    page.write_text(evaluation_page(results, figures), encoding="utf-8")
    return [page, folder / RESULTS, *(folder / name for name in figures)]


def read_results(output: Path) -> dict[str, Any] | None:
    """Return the results of an earlier run in a folder; ``None`` if there are none."""
    path = output / FOLDER / RESULTS
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def write_adjudication(listed: Sequence[Mapping[str, Any]], path: Path) -> Path:
    """Write one line for each ordinary account that was named, as CSV. It holds names: do not keep it."""
    columns = ["control", "trace", "window", "account_id", "network_id", "status", "explained_by", "held_out_items"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({key: _inert(row.get(key)) for key in columns} for row in listed)
    return path


def _inert(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
