"""Builders: small tables of posts as files, and what came of them in a workspace in memory."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from undazzle.ingest.formats import ReadOptions
from undazzle.ingest.load import ingest_file
from undazzle.store import Store

HEADER = ("post_id", "account_id", "created_at", "text")
START = "2024-05-01T10:00:{second:02d}Z"
TEXTS = ("The ferry leaves at nine", "The library opens late", "Rain in the valley", "The market moves to the hall")


def row(number, account="ada", text=None, second=None, **changes):
    """One post about ferries, libraries, rain or markets."""
    found = {
        "post_id": f"p{number}",
        "account_id": account,
        "created_at": START.format(second=(number if second is None else second) % 60),
        "text": TEXTS[number % len(TEXTS)] if text is None else text,
    }
    return found | changes


def rows(count, **changes):
    return [row(number, account=f"acc{number % 5}", **changes) for number in range(count)]


def csv_bytes(posts, header=None, delimiter=","):
    names = header or list(posts[0])
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([post.get(name, "") for name in names] for post in posts)
    return buffer.getvalue().encode()


def write(folder: Path, content, name="posts.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else csv_bytes(content))
    return path


def load(path, store=None, *, max_rejected=1.0, **given):
    """Ingest a file into a workspace in memory; return summary and posts."""
    options = ReadOptions(**{key: given.pop(key) for key in list(given) if key in ReadOptions.__slots__})
    target = store or Store(threads=1)
    summary = ingest_file(target, path, options=options, max_rejected=max_rejected, **given)
    return summary, posts_of(target)


def posts_of(store):
    return store.records("SELECT * FROM posts ORDER BY post_key")


def rejected_of(store):
    return store.records("SELECT * FROM rejected_rows ORDER BY source_row, reason")


def balance(summary):
    """Every row of a file is accounted for."""
    return summary.rows_in == (summary.posts_added + summary.duplicates + summary.merged + summary.rejected.total())
