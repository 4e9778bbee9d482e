"""Rows of a text file whose quotes or length would lead a fast reader astray are set aside one by one.

A stray quote swallows every row up to the next quote. Here such a row is left out alone and reading goes on
with the very next line.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from undazzle.ingest.dialect import Dialect, parse_row
from undazzle.ingest.files import LONG_LINE
from undazzle.ingest.formats import BadRow

_ROW_LINES = 2_000  # a row with more line ends inside its quotes is taken for a stray quote

_TOO_LONG = "row longer than 16 MB"

Verdict = tuple[bytes, str]  # what to write, and why not if nothing


@dataclass
class Mended:
    """What came of mending: the rows left out, and the lines of the rows that were written."""

    bad: list[BadRow] = field(default_factory=list)
    lines: int = 0


def mend_lines(chunks: Iterator[bytes], target: Path) -> Mended:
    """Write every line that is not too long to ``target``; in place of the others it gets an empty line.

    Parameters
    ----------
    chunks
        Clean UTF-8.
    target
        File to write.
    """
    mended = Mended()
    with target.open("wb") as file:
        for number, line in enumerate(split_lines(chunks), start=1):
            if len(line) > LONG_LINE:
                mended.bad.append(_too_long(number, line))
            file.write(b"\n" if len(line) > LONG_LINE else line + b"\n")
            mended.lines = number
    return mended


def mend_table(chunks: Iterator[bytes], dialect: Dialect, target: Path) -> Mended:
    """Write every sound row of a delimited file to ``target``, with its header; empty lines stand for the others.

    Parameters
    ----------
    chunks
        Clean UTF-8.
    dialect
        How the file is written.
    target
        File to write.
    """
    mended = Mended()
    lines = _Lines(split_lines(chunks))
    number = 0
    with target.open("wb") as file:
        while (first := lines.next()) is not None:
            if not first.strip():
                continue
            number += 1
            row, reason = _whole_row(first, lines, dialect)
            if reason:
                mended.bad.append(BadRow(number, reason, first[:2_000].decode("utf-8", "replace")))
                file.write(b"\n")  # keeps the numbers of the rows that follow
            else:
                file.write(row + b"\n")
                mended.lines += row.count(b"\n") + 1
    return mended


def split_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield lines without their ends (of any system), with bounded memory.

    A line that is longer than allowed is cut to a little more than ``LONG_LINE`` bytes, enough to see that it is.
    """
    rest = b""
    carriage = False
    for given in chunks:
        chunk = given.removeprefix(b"\n") if carriage else given
        carriage = chunk.endswith(b"\r") if chunk else carriage
        parts = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        parts[0] = rest + parts[0] if len(rest) <= LONG_LINE else rest
        yield from parts[:-1]
        rest = parts[-1]
    if rest:
        yield rest


class _Lines:
    """Lines with a place to put some back."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._back: deque[bytes] = deque()

    def next(self) -> bytes | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def put_back(self, lines: list[bytes]) -> None:
        self._back.extendleft(reversed(lines))


def _whole_row(first: bytes, lines: _Lines, dialect: Dialect) -> Verdict:
    """Take lines until the row parses; give back what was not part of it."""
    if len(first) > LONG_LINE:
        return first, _TOO_LONG
    if _parses(first, dialect):
        return first, ""
    taken: list[bytes] = []
    size, quotes = len(first), first.count(b'"')
    while size <= LONG_LINE and len(taken) < _ROW_LINES and (line := lines.next()) is not None:
        taken.append(line)
        size += len(line) + 1
        quotes += line.count(b'"')
        # a row can only end where a quote ends
        if b'"' in line and (quotes % 2 == 0 or dialect.escape == "\\"):
            row = b"\n".join([first, *taken])
            if _parses(row, dialect):
                return row, ""
            if quotes % 2 == 0:
                break
    lines.put_back(taken)
    return first, "quotes do not match"


def _parses(row: bytes, dialect: Dialect) -> bool:
    return b'"' not in row or parse_row(row.decode("utf-8", "replace"), dialect) is not None


def _too_long(number: int, line: bytes) -> BadRow:
    return BadRow(number, _TOO_LONG, line[:2_000].decode("utf-8", "replace"))
