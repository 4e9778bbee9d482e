"""A table shows itself: as text in a terminal, as HTML in a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any, Protocol, Self

from undazzle.results.cells import one_line, shown_value
from undazzle.results.column_words import column_description
from undazzle.results.output import render_rows

_TEXT_WIDTH = 120
_CELL = 160  # characters of a cell in HTML; the whole text is in the data
_WORD = 24  # characters of a name or id that is not broken over lines
_STYLE = (
    ".undazzle{color:inherit;font-family:system-ui,sans-serif;font-size:.875rem;max-width:100%;overflow-x:auto}"
    ".undazzle table{border-collapse:collapse;color:inherit;background:none}"
    ".undazzle caption{text-align:start;font-weight:600;padding-block:.25rem}"
    ".undazzle th,.undazzle td{text-align:start;vertical-align:top;padding:.2rem .6rem .2rem 0;"
    "border-bottom:1px solid color-mix(in srgb,currentColor 25%,transparent);background:none}"
    ".undazzle thead th{border-bottom:1px solid currentColor}"
    ".undazzle .t{white-space:nowrap}"
    ".undazzle .n{text-align:end;font-variant-numeric:tabular-nums}"
    ".undazzle p{margin:.25rem 0;opacity:.85}"
)


class Shown(Protocol):
    """What a display asks of a table: its words, its columns, its length, and its first rows."""

    @property
    def title(self) -> str:
        """What the rows are."""

    @property
    def note(self) -> str:
        """One sentence to be read with them."""

    @property
    def run_id(self) -> int | None:
        """The run they belong to, if they belong to one."""

    @property
    def shown_first(self) -> tuple[str, ...]:
        """Columns that a narrow display shows before the others."""

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    def head(self, rows: int = ..., /) -> Self:
        """Return the first rows."""


def cut_line(shown: int, total: int, rest: str = "The rest: .head(n), .to_polars(), .to_csv(path)") -> str:
    """Return what is shown of how much, and how to see the rest (empty if all is shown).

    Examples
    --------
    >>> cut_line(20, 1234)
    'Showing 20 of 1,234 rows. The rest: .head(n), .to_polars(), .to_csv(path).'
    >>> cut_line(3, 3)
    ''
    """
    if shown >= total:
        return ""
    return f"Showing {shown:,} of {total:,} rows. {rest}."


def table_text(table: Shown, *, shown: int) -> str:
    """Return a table as text: title, rows, what was cut, the note."""
    total = len(table)
    columns = [name for name in table.shown_first if name in table.columns]
    columns += [name for name in table.columns if name not in columns]
    rows = [tuple(row[name] for name in columns) for row in table.head(shown)]
    parts = [_heading(table, total)]
    if rows:
        parts.append(render_rows(columns, rows, width=_TEXT_WIDTH).rstrip("\n"))
    parts += [line for line in (cut_line(len(rows), total), table.note) if line]
    return "\n".join(parts)


def table_html(table: Shown, *, shown: int, lead: str = "") -> str:
    """Return a table as HTML: a sentence, caption, escaped cells, what was cut, the note; no script."""
    total = len(table)
    rows = [list(row.values()) for row in table.head(shown)]
    notes = [line for line in (cut_line(len(rows), total), table.note) if line]
    return rows_html(_heading(table, total), table.columns, rows, notes, lead)


def evidence_html(table: Shown, *, shown: int) -> str:
    """Return co-actions as HTML: the gap, what was shared, and both posts side by side."""
    total = len(table)
    rows = list(table.head(shown))
    body = "".join(
        f'<tr><td class="n">{escape(shown_value(row["gap_seconds"]))}</td>'
        f"<td>{escape(shown_value(row['kind']))}<br>{escape(_shortened(row['item']))}</td>"
        f"{_post_cell(row, 'a')}{_post_cell(row, 'b')}</tr>"
        for row in rows
    )
    heads = ("Gap in seconds", "Both shared", "Post of account A", "Post of account B")
    notes = [line for line in (cut_line(len(rows), total), table.note) if line]
    return _frame(_heading(table, total), "".join(f'<th scope="col">{head}</th>' for head in heads), body, notes, "")


def _post_cell(row: dict[str, Any], side: str) -> str:
    handle = f"{row[f'handle_{side}']} " if row[f"handle_{side}"] else ""
    return (
        f"<td><strong>{escape(one_line(handle))}</strong>{escape(shown_value(row[f'account_{side}']))}<br>"
        f"{escape(shown_value(row[f'posted_at_{side}']))} UTC · {escape(shown_value(row[f'post_{side}']))}<br>"
        f'<span dir="auto">{escape(_shortened(row[f"text_{side}"]))}</span></td>'
    )


def _shortened(value: object) -> str:
    text = shown_value(value)
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def rows_html(caption: str, columns: list[str], rows: list[list[object]], notes: list[str], lead: str = "") -> str:
    """Return rows as an HTML table of text that cannot act (inline style, no script, everything escaped)."""
    head = "".join(_head_cell(column) for column in columns)
    body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows)
    return _frame(caption, head, body, notes, lead)


def _frame(caption: str, head: str, body: str, notes: list[str], lead: str) -> str:
    above = f"<p>{escape(one_line(lead))}</p>" if lead else ""
    below = "".join(f"<p>{escape(one_line(note))}</p>" for note in notes)
    return (
        f'<div class="undazzle"><style>{_STYLE}</style>{above}<table>'
        f"<caption>{escape(one_line(caption))}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}</div>"
    )


def _heading(table: Shown, total: int) -> str:
    run = f" · run:{table.run_id}" if table.run_id is not None else ""
    return f"{table.title} · {total:,} {'row' if total == 1 else 'rows'}{run}"


def _head_cell(column: str) -> str:
    description = column_description(column)
    title = f' title="{escape(description)}"' if description else ""
    return f'<th scope="col"{title}>{escape(one_line(column))}</th>'


def _cell(value: object) -> str:
    text = shown_value(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<td class="n">{escape(text)}</td>'
    if isinstance(value, datetime) or (len(text) <= _WORD and " " not in text):
        return f'<td class="t">{escape(text)}</td>'
    direction = ' dir="auto"' if isinstance(value, str) else ""
    return f"<td{direction}>{escape(_shortened(value))}</td>"
