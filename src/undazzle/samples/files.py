"""Writes a corpus the way a collector would: one plain file, ordinary column names, a few rows that broke."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from undazzle.errors import ParameterError
from undazzle.samples.bad_rows import bad_csv_lines, bad_json_lines
from undazzle.samples.corpus import Corpus

# Column of the file: field of a staged post.
COLUMNS: Mapping[str, str] = {
    "id": "post_id",
    "platform": "platform",
    "created_at": "posted_at",
    "user_id": "account_id",
    "username": "handle",
    "display_name": "display_name",
    "text": "text",
    "lang": "language",
    "post_url": "url",
    "client": "client",
    "is_retweet": "is_repost",
    "retweeted_id": "repost_of",
    "retweeted_user_id": "repost_of_account",
    "reply_to_id": "reply_to",
    "reply_to_user_id": "reply_to_account",
    "urls": "links",
    "hashtags": "hashtags",
    "mentions": "mentions",
    "likes": "likes",
    "reposts": "reposts",
    "replies": "replies",
    "account_created_at": "account_created_at",
    "bio": "account_description",
    "user_lang": "account_language",
    "is_automated": "account_is_automated",
    "followers": "followers",
    "following": "following",
}
# The first rows stay sound, so that a reader that looks at the beginning sees what the file is.
_FIRST_BAD_ROW = 500


def write_corpus(corpus: Corpus, path: Path | str, *, bad_rows: bool = True) -> Path:
    """Write the posts of a corpus as JSON Lines or CSV, by the ending of ``path``.

    Parameters
    ----------
    corpus
        What to write.
    path
        File to write; ``.jsonl``, ``.ndjson`` or ``.csv``. An existing file is replaced.
    bad_rows
        Put ``BAD_ROW_COUNT`` rows in between that cannot be read as posts: broken times, missing accounts, rows
        cut off, rows of zero bytes.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ParameterError
        If the ending is another one.
    """
    target = Path(path)
    ending = target.suffix.lower()
    with_bad: Callable[[list[dict[str, Any]]], list[str]]
    if ending in {".jsonl", ".ndjson"}:
        lines, with_bad = _json_lines(corpus), bad_json_lines
    elif ending == ".csv":
        lines, with_bad = _csv_lines(corpus), bad_csv_lines
    else:
        raise ParameterError("path", str(path), "Choose a name that ends in .jsonl or .csv.")
    broken = with_bad([file_record(post) for post in corpus.posts[-20:]]) if bad_rows else []
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(_interleaved(lines, broken, len(corpus.posts)))
    return target


def file_record(post: Mapping[str, Any]) -> dict[str, Any]:
    """Return a staged post under the column names of the file; times as ISO 8601 with Z."""
    return {column: _plain(post[field]) for column, field in COLUMNS.items()}


def _plain(value: object) -> object:
    return f"{value.isoformat()}Z" if isinstance(value, datetime) else value


def _json_lines(corpus: Corpus) -> Iterator[str]:
    for post in corpus.posts:
        yield json.dumps(file_record(post), ensure_ascii=False) + "\n"


class _Line:
    """Takes the one line that a CSV writer has just made."""

    text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)


def _csv_lines(corpus: Corpus) -> Iterator[str]:
    line = _Line()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(COLUMNS)
    yield line.text
    for post in corpus.posts:
        record = file_record(post)
        writer.writerow([_cell(column, value) for column, value in record.items()])
        yield line.text


def _cell(column: str, value: object) -> object:
    """Return a value as a CSV cell: addresses with spaces, other lists with commas between the parts."""
    if isinstance(value, list):
        return (" " if column == "urls" else ",").join(value)
    return str(value).lower() if isinstance(value, bool) else value


def _interleaved(lines: Iterator[str], broken: list[str], total: int) -> Iterator[str]:
    """Yield the lines, with the broken ones spread evenly over the file after its beginning."""
    room = total - _FIRST_BAD_ROW
    places = {_FIRST_BAD_ROW + room * number // (len(broken) + 1): text for number, text in enumerate(broken)}
    for number, line in enumerate(lines):
        if number in places:
            yield places[number]
        yield line
