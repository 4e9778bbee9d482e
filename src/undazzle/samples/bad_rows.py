"""Rows as they break in real collections: each of them is no post, and a reader should set it aside and say why."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

BAD_ROW_COUNT = 14

# What went wrong in single cells; the rest of the row is sound.
_BROKEN_CELLS: tuple[Mapping[str, Any], ...] = (
    {"created_at": "2026-02-30T10:00:00Z"},
    {"created_at": "2026-03-09T25:61:00Z"},
    {"created_at": "0000-00-00 00:00:00"},
    {"created_at": "not recorded"},
    {"created_at": "\x00\x00\x00\x00"},
    {"created_at": None},
    {"created_at": "soon"},
    {"user_id": None, "username": None, "display_name": None},
    {"user_id": "", "username": "", "display_name": ""},
    {"user_id": None, "username": None, "created_at": None, "text": None},
)

# What a crashed disk leaves. Readers drop the zero bytes, so a brace stays as a row to set aside.
_ZEROS = "\x00" * 64 + "}"


def bad_json_lines(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return ``BAD_ROW_COUNT`` lines of a JSON Lines file that are no posts.

    Parameters
    ----------
    records
        Sound records to break, at least as many.
    """
    lines = [json.dumps(record, ensure_ascii=False) for record in _with_broken_cells(records)]
    sound = json.dumps(records[-1], ensure_ascii=False)
    lines += [sound[: len(sound) // 2], _ZEROS, "<html><body>502 Bad Gateway</body></html>", '"end of page"']
    return [f"{line}\n" for line in lines]


def bad_csv_lines(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return ``BAD_ROW_COUNT`` lines of a CSV file that are no posts; parameters as for ``bad_json_lines``."""
    lines = []
    for record in _with_broken_cells(records):
        cells = ["" if isinstance(value, list) else value for value in record.values()]
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerow(cells)
        lines.append(stream.getvalue())
    cut = ",".join(str(value) for value in list(records[-1].values())[:2])
    lines += [f"{cut}\n", _ZEROS + "\n", "<html><body>502 Bad Gateway</body></html>\n", "end of page\n"]
    return lines


def _with_broken_cells(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return records with an id of their own, each broken in its own way."""
    return [
        {**record, "id": f"9{record['id']}", **broken} for record, broken in zip(records, _BROKEN_CELLS, strict=False)
    ]
