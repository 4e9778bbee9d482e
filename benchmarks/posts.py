"""Posts to measure with, written in the Coordination Network Toolkit's CSV layout.

``python -m benchmarks.posts slice POSTS.parquet OUT.csv ROWS`` exports a real slice;
``python -m benchmarks.posts synthetic OUT.csv ROWS`` makes neutral posts, so that there is always something
to run. In a process of its own, so that the measuring process stays small.
"""

from __future__ import annotations

import csv
import os
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

COLUMNS = ("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls")
_SLICE = Path("parity") / "1m_posts.parquet"
_PLACES = (os.environ.get("UNDAZZLE_DATA", ""), str(Path(__file__).resolve().parents[2] / "shared" / "data"))


def real_slice() -> Path | None:
    """Return the Parquet file of one million real posts, or ``None`` where it does not exist."""
    return next((Path(one) / _SLICE for one in _PLACES if one and (Path(one) / _SLICE).exists()), None)


def export_slice(source: str, target: str, rows: int) -> None:
    """Write the first rows of a Parquet file in the toolkit's columns as CSV."""
    from pyarrow import parquet

    left = rows
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for batch in parquet.ParquetFile(source).iter_batches(50_000, columns=list(COLUMNS)):
            part = batch.slice(0, left)
            writer.writerows(zip(*(part.column(name).to_pylist() for name in COLUMNS), strict=True))
            left -= len(part)
            if not left:
                break


def write_synthetic(target: str, rows: int, seed: int = 0) -> None:
    """Write neutral synthetic posts as CSV."""
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(synthetic_rows(rows, seed))


def synthetic_rows(rows: int, seed: int = 0) -> Iterator[Sequence[object]]:
    """Yield posts in order of time: a few busy accounts, popular links and reposts, three rings of ten.

    A ring shares the same link within 50 seconds; everybody else follows popularity.
    """
    draw = random.Random(seed)
    accounts = max(rows // 50, 40)
    second = 1_700_000_000.0
    ring: list[tuple[int, str]] = []
    for number in range(rows):
        second += draw.expovariate(1 / 8)
        if not ring and draw.random() < 0.002:
            first = draw.randrange(3) * 10
            ring = [(first + member, f"https://ferry.example/timetable/{number}") for member in range(10)]
        if ring:
            account, link = ring.pop()
            second -= 5
        else:
            account = int(accounts * draw.random() ** 2)
            link = f"https://news.example/{int(rows * draw.random() ** 4)}" if draw.random() < 0.6 else ""
        repost = f"p{int(number * draw.random() ** 3)}" if number and draw.random() < 0.4 else ""
        text = f"The library opens at {number % 24} o'clock {link}".strip()
        yield f"p{number}", f"a{account}", f"reader{account}", repost, "", text, int(second), link


def main(arguments: Iterable[str]) -> None:
    """Run what the command line says."""
    what, *rest = arguments
    if what == "slice":
        export_slice(rest[0], rest[1], int(rest[2]))
    else:
        write_synthetic(rest[0], int(rest[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
