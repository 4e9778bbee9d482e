"""Rows are printed or written: as a table for the eye, CSV, JSON, lines of JSON, or Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from undazzle.errors import UnknownNameError
from undazzle.results.cells import one_line, shown_value
from undazzle.results.table_files import arrow_of_rows, csv_lines, json_lines

OUTPUT_FORMATS = ("table", "csv", "json", "nl", "parquet")
_LEAST, _MOST, _GAP = 12, 60, 2  # narrowest and widest column of text, and the space between two columns
_LEAST_ID = 22  # platform and id of an account, so that it can be copied
Row = Sequence[object] | Mapping[str, object]


def write_rows(
    columns: Sequence[str],
    rows: Iterable[Row],
    to: str,
    file: IO[Any] | Path | str,
    *,
    overwrite: bool = False,
    total: int | None = None,
    width: int | None = None,
) -> int:
    """Write rows in one of the output formats and return how many.

    Parameters
    ----------
    columns
        Names of the columns, in order.
    rows
        Sequences in that order, or mappings by column name.
    to
        ``table`` (aligned text), ``csv`` (harmless in spreadsheets), ``json`` (one array), ``nl`` (one JSON
        object a line) or ``parquet``.
    file
        An open text file (for Parquet one with a binary ``buffer``, such as standard output, or a binary one),
        or a path.
    overwrite
        Whether a file at that path may be replaced.
    total
        Number of rows there are in all; a table then says how many of them it shows.
    width
        Columns of the screen for ``table``; the terminal's own if not given, no limit where there is none.

    Raises
    ------
    UnknownNameError
        If there is no such format.
    OutputExistsError
        If the path exists and ``overwrite`` is not set.
    """
    if to not in OUTPUT_FORMATS:
        raise UnknownNameError("output format", to, OUTPUT_FORMATS)
    listed = (_sequence(columns, row) for row in rows)
    if isinstance(file, Path | str):
        return _write_path(columns, listed, to, Path(file), overwrite, total)
    if to == "parquet":
        return _write_parquet(columns, listed, getattr(file, "buffer", file))
    if to == "table":
        held = list(listed)
        _write_safely(file, _table_of(columns, held, total, width or _screen_width(file), _is_screen(file)))
        return len(held)
    write = csv_lines if to == "csv" else partial(json_lines, as_array=to == "json")
    return write(columns, listed, _SafeText(file))  # type: ignore[arg-type]  # it has the one method used


def _write_path(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    to: str,
    path: Path,
    overwrite: bool,
    total: int | None,
) -> int:
    from undazzle.results.new_files import new_file

    with new_file(path, overwrite=overwrite) as part:
        if to == "parquet":
            with part.open("wb") as binary:
                return _write_parquet(columns, rows, binary)
        with part.open("w", encoding="utf-8", errors="replace", newline="") as file:
            return write_rows(columns, rows, to, file, total=total)


def _write_parquet(columns: Sequence[str], rows: Iterable[Sequence[object]], file: IO[bytes]) -> int:
    import pyarrow.parquet as pq

    table = arrow_of_rows(columns, rows)
    pq.write_table(table, file, compression="zstd")
    return int(table.num_rows)


def _table_of(
    columns: Sequence[str],
    rows: list[Sequence[object]],
    total: int | None,
    width: int | None,
    is_screen: bool,
) -> str:
    text = render_rows(columns, rows, width=width, is_styled=is_screen) if rows else "No rows.\n"
    if total is not None and total > len(rows):
        text += f"Showing {len(rows):,} of {total:,} rows. All of them: --csv, --json or --parquet.\n"
    return text


def render_rows(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    width: int | None = None,
    is_styled: bool = False,
) -> str:
    """Return rows as an aligned text table.

    Parameters
    ----------
    columns, rows
        Names, and sequences in their order.
    width
        Characters there are; text is shortened with ``…``, then columns are left out from the right, and
        a line says which. Nothing is cut if not given.
    is_styled
        Whether the head may be bold.
    """
    cells = [[shown_value(value) for value in row] for row in rows]
    natural = _natural_widths(columns, cells)
    least = [_least(natural[index], [row[index] for row in rows]) for index in range(len(columns))]
    kept, widths = _fit(natural, least, width) if width else (len(columns), natural)
    left_out = [one_line(name) for name in columns[kept:]]
    text = _draw(columns[:kept], rows, cells, widths, is_styled)
    return text + (f"Not shown for lack of room: {', '.join(left_out)}\n" if left_out else "")


def _natural_widths(columns: Sequence[str], cells: list[list[str]]) -> list[int]:
    from rich.cells import cell_len

    return [
        max([cell_len(one_line(name)), *(cell_len(row[index]) for row in cells)]) for index, name in enumerate(columns)
    ]


def _least(natural: int, values: list[object]) -> int:
    """Return how narrow a column may become: text can be cut, a number, a time or an id hardly."""
    texts = [shown_value(value) for value in values if isinstance(value, str | list)]
    if not texts:
        return natural
    return min(natural, _LEAST if any(" " in text for text in texts) else _LEAST_ID)


def _fit(natural: list[int], least: list[int], width: int) -> tuple[int, list[int]]:
    """Return how many columns fit and how wide each may be, the widest texts giving way first."""
    for kept in range(len(natural), 0, -1):
        room = width - _GAP * kept
        if sum(least[:kept]) > room:
            continue
        cap = _MOST
        while sum(widths := _capped(natural[:kept], least, cap)) > room:
            cap -= 1
        return kept, _spread(widths, natural[:kept], room - sum(widths))
    return 1, [max(width - _GAP, 1)]


def _capped(natural: list[int], least: list[int], cap: int) -> list[int]:
    return [max(min(one, cap), low) for one, low in zip(natural, least, strict=False)]


def _spread(widths: list[int], natural: list[int], spare: int) -> list[int]:
    """Give spare room to the last column that was cut."""
    for index in reversed(range(len(widths))):
        if widths[index] < natural[index]:
            more = min(spare, natural[index] - widths[index])
            widths[index] += more
            spare -= more
    return widths


def _draw(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    cells: list[list[str]],
    widths: list[int],
    is_styled: bool,
) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold", show_edge=False)
    for index, name in enumerate(columns):
        right = _is_numeric([row[index] for row in rows])
        table.add_column(
            Text(one_line(name)),
            justify="right" if right else "left",
            no_wrap=True,
            overflow="ellipsis",
            width=widths[index],
        )
    for row in cells:
        table.add_row(*(Text(cell) for cell in row[: len(columns)]))
    file = io.StringIO()
    total = sum(widths) + _GAP * len(widths)
    console = Console(file=file, width=total, force_terminal=is_styled, color_system=None, legacy_windows=False)
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in file.getvalue().splitlines())


def _is_numeric(values: list[object]) -> bool:
    present = [value for value in values if value is not None]
    return bool(present) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in present)


def _sequence(columns: Sequence[str], row: Row) -> Sequence[object]:
    return [row.get(name) for name in columns] if isinstance(row, Mapping) else row


def _is_screen(file: IO[str]) -> bool:
    return bool(getattr(file, "isatty", lambda: False)())


def _screen_width(file: IO[str]) -> int | None:
    import shutil

    return shutil.get_terminal_size().columns if _is_screen(file) else None


def _write_safely(file: IO[str], text: str) -> None:
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(text.encode(encoding, "replace").decode(encoding))


class _SafeText:
    """A text file that shows what its encoding cannot write as ``?`` instead of failing half-way."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        _write_safely(self._file, text)
