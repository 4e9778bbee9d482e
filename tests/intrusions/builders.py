"""Workspaces, lists and logs for tests: neutral text, and names set aside for documentation."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from undazzle.intrusions import Indicator, IndicatorList, SightingReport, read_list, search_indicators
from undazzle.intrusions.kinds import read_phrase, read_value
from undazzle.store import Store
from undazzle.workspace import Workspace

COLUMNS = ("id", "platform", "created_at", "user_id", "username", "text", "urls", "mentions")
TIME = "2024-11-05T10:00:00Z"


def a_post(number: int, text: str = "The ferry is late.", **other: Any) -> dict[str, Any]:
    """Return a post with an account of its own."""
    return {
        "id": f"p{number}",
        "platform": "x",
        "created_at": TIME,
        "user_id": f"u{number}",
        "username": f"reader_{number}",
        "text": text,
        "urls": "",
        "mentions": "",
        **other,
    }


def a_workspace(folder: Path, posts: Iterable[Mapping[str, Any]]) -> Path:
    """Return a workspace file that holds the posts."""
    source, place = folder / "posts.csv", folder / "posts.duckdb"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(posts)
    with Workspace(place) as workspace:
        workspace.ingest(source)
    return place


def a_list(*values: str, **fields: Any) -> IndicatorList:
    """Return a list of indicators as if read from a file."""
    found = []
    for line, value in enumerate(values, 1):
        reading = read_value(value) or read_phrase(value)
        assert reading is not None, value
        found.append(Indicator(reading.kind, reading.value, value, "list.txt", line, **fields))
    return IndicatorList(tuple(found), entries=len(values))


def a_file(folder: Path, name: str, text: str | bytes) -> Path:
    """Return a file with this content."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def listed(folder: Path, name: str, text: str) -> IndicatorList:
    """Return the list in a file with this content."""
    return read_list(a_file(folder, name, text))


def searched(
    folder: Path, indicators: IndicatorList, posts: Sequence[Mapping[str, Any]], **more: Any
) -> SightingReport:
    """Return what a list shows in these posts."""
    with Store(a_workspace(folder, posts), read_only=True) as store:
        return search_indicators(indicators, store=store, **more)
