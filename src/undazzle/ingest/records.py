"""JSON records, one per line or inside one document, become staged posts through a named reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from undazzle.errors import SourceError
from undazzle.ingest.contents import SourceFile
from undazzle.ingest.files import LONG_LINE, Progress
from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.mending import split_lines
from undazzle.ingest.staging import add_unread, clean_text
from undazzle.model import POST_FIELDS, PostField
from undazzle.store import Store

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 50_000  # posts appended at once
LARGEST_DOCUMENT = 2_000_000_000  # bytes; a JSON document is decoded as a whole
SAMPLE = 50  # records shown to the readers
_EXCERPT = 400
_LIST_KEYS = ("data", "posts", "items", "results", "messages", "statuses", "tweets", "records", "comments", "videos")

Numbered = tuple[int, Any]  # line or place in the list, and the decoded record or a BadRow


@dataclass
class RecordTally:
    """What went through a reader: records read, and how many of them held no post."""

    records: int = 0
    without_posts: int = 0


def line_records(source: SourceFile, progress: Progress | None = None) -> Iterator[Numbered]:
    """Yield line number and decoded record of a file of JSON lines; a broken line yields a ``BadRow``.

    Parameters
    ----------
    source
        The file.
    progress
        Called with stage, bytes done and nothing else known.
    """
    done = 0
    for number, line in enumerate(split_lines(source.clean()), start=1):
        done += len(line) + 1
        if progress and number % 5_000 == 0:
            progress("reading", done, source.fingerprint.size if source.compression == "none" else None)
        if not line.strip():
            continue
        yield number, _decoded(number, line)


def sample_lines(source: SourceFile, count: int) -> list[Any]:
    """Return the first decodable records of a file of JSON lines."""
    found: list[Any] = []
    for number, record in line_records(source):
        if not isinstance(record, BadRow):
            found.append(record)
        if len(found) >= count or number >= 10 * count:
            break
    return found


def load_document(source: SourceFile) -> Any:
    """Return a JSON document as a whole.

    Raises
    ------
    SourceError
        If it is broken, or larger than 2 GB.
    """
    parts: list[bytes] = []
    size = 0
    for chunk in source.clean():
        size += len(chunk)
        if size > LARGEST_DOCUMENT:
            raise SourceError(
                source.path,
                "The JSON document is larger than 2 GB and cannot be held in memory",
                "Write one record per line first, e.g. with: jq -c '.[]' FILE > FILE.jsonl",
            )
        parts.append(chunk)
    try:
        return orjson.loads(b"".join(parts))
    except orjson.JSONDecodeError as error:
        raise SourceError(
            source.path, f"The JSON is broken ({error})", "Download or export it again; it may be cut off."
        ) from error


def records_in(document: object, paths: Sequence[str] = ()) -> list[Any]:
    """Return the list of records of a JSON document.

    Parameters
    ----------
    document
        The decoded document.
    paths
        Where to look: keys, or keys joined by dots; all lists found are joined. Without any, the first list of
        objects under a usual key, then under any key.

    Returns
    -------
    list
        The records; the document itself as the only one if it holds no list.
    """
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping):
        return []
    lists = [found for path in paths or _LIST_KEYS if isinstance(found := _at(document, path), list)]
    if paths and lists:
        return [record for found in lists for record in found]
    if not paths:
        lists += [value for value in document.values() if isinstance(value, list) and value]
    return next((found for found in lists if found and isinstance(found[0], Mapping)), [document])


def stage_records(store: Store, reader: Reader, records: Iterable[Numbered]) -> RecordTally:
    """Append the posts of all records to ``staged_columns`` and what cannot be read to ``unread_rows``.

    Parameters
    ----------
    store
        The workspace; ``start_records`` was called.
    reader
        Turns a record into posts.
    records
        Numbered records; a ``BadRow`` is passed on.
    """
    tally = RecordTally()
    rows: list[int] = []
    posts: list[StagedPost] = []
    bad: list[BadRow] = []
    for number, record in records:
        tally.records += 1
        found = 0
        for one in _posts_of(reader, number, record):
            found += 1
            if isinstance(one, BadRow):
                bad.append(one)
            else:
                rows.append(number)
                posts.append(one)
        tally.without_posts += not found
        if len(posts) + len(bad) >= BATCH:
            _append(store, reader, rows, posts, bad)
    _append(store, reader, rows, posts, bad)
    return tally


def posts_table(rows: Sequence[int], posts: Sequence[StagedPost], constants: Mapping[str, Any]) -> pa.Table:
    """Return staged posts as an Arrow table with the column ``row`` and every field.

    Parameters
    ----------
    rows
        Number of the record each post is from.
    posts
        Fields by name; values of the wrong type become null rather than an error.
    constants
        Values for fields that a post does not have.
    """
    import pyarrow as pa

    columns: dict[str, Any] = {"row": pa.array(rows, pa.int64())}
    for field in POST_FIELDS:
        default = constants.get(field.name)
        values = [default if (value := post.get(field.name)) is None else value for post in posts]
        columns[field.name] = _column(field, values)
    return pa.table(columns)


def _append(store: Store, reader: Reader, rows: list[int], posts: list[StagedPost], bad: list[BadRow]) -> None:
    if posts:
        store.append("staged_columns", posts_table(rows, posts, reader.constants))
    add_unread(store, bad)
    rows.clear()
    posts.clear()
    bad.clear()


def _posts_of(reader: Reader, number: int, record: Any) -> Iterator[StagedPost | BadRow]:
    """Yield the posts of one record; what a reader cannot use becomes a ``BadRow`` with the record's number."""
    if isinstance(record, BadRow):
        yield record
        return
    if not isinstance(record, Mapping) or reader.read_record is None:
        yield BadRow(number, "not a JSON object", _excerpt(record))
        return
    try:
        for one in reader.read_record(record):
            yield BadRow(number, one.reason, one.raw) if isinstance(one, BadRow) else one
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        # a record of an unforeseen shape must not end the whole ingest
        reason = str(error) if isinstance(error, ValueError) else f"not as expected ({type(error).__name__}: {error})"
        yield BadRow(number, reason[:200], _excerpt(record))


def _decoded(number: int, line: bytes) -> Any:
    if len(line) > LONG_LINE:
        return BadRow(number, "row longer than 16 MB", line[:_EXCERPT].decode("utf-8", "replace"))
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return BadRow(number, "broken JSON", line[:_EXCERPT].decode("utf-8", "replace"))


def _excerpt(record: object) -> str:
    try:
        return orjson.dumps(record)[:_EXCERPT].decode("utf-8", "replace")
    except TypeError:
        return repr(record)[:_EXCERPT]


def _at(document: Mapping[str, Any], path: str) -> Any:
    found: Any = document
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _column(field: PostField, values: list[Any]) -> pa.Array:
    """Return values as an Arrow array, value by value only where the whole column does not fit."""
    import pyarrow as pa

    kinds = {"time": pa.timestamp("us"), "count": pa.int64(), "flag": pa.bool_(), "list": pa.list_(pa.string())}
    kind = kinds.get(field.kind, pa.string())
    if field.kind in ("count", "flag"):
        try:
            return pa.array(values, kind)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            pass
    fit = {"time": _time, "count": _count, "flag": _flag, "list": _texts}.get(field.kind, _text)
    return pa.array([None if value is None else fit(value) for value in values], kind)


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else clean_text(value)
    if isinstance(value, bool | list | dict):
        return clean_text(_excerpt(value))
    return str(value)


def _texts(value: object) -> list[str] | None:
    if not isinstance(value, list | tuple):
        return None
    return [text for one in value if one is not None and (text := _text(one))]


def _time(value: object) -> datetime | None:
    """Return a time as UTC without zone; a number counts seconds, or milliseconds if it is too large for them."""
    try:
        if isinstance(value, datetime):
            found = value
        elif isinstance(value, int | float):
            found = datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, UTC)
        else:
            found = datetime.fromisoformat(str(value).strip())
    except (ValueError, OverflowError, OSError):
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _count(value: object) -> int | None:
    try:
        number = int(float(value)) if isinstance(value, str) else int(value)  # type: ignore[call-overload]  # checked by the except
    except (ValueError, TypeError, OverflowError):
        return None
    return number if abs(number) < 1 << 63 else None


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    words = {"true": True, "1": True, "false": False, "0": False}
    return words.get(str(value).strip().lower())
