"""What a reader is: a descriptor of one file format, and the function that turns it into staged posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

# One staged post: field names of ``model.POST_FIELDS`` to values; missing fields are null.
StagedPost = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A record that could not be read: where, why, and how it began."""

    row: int
    reason: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user may say about a file."""

    mapping: Mapping[str, str] = field(default_factory=dict)  # field name -> column name
    timezone: str | None = None
    encoding: str | None = None
    date_format: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format.

    Attributes
    ----------
    format_id
        Name for ``--format``, e.g. ``mastodon``.
    title, summary
        What a user would call the file, and one sentence on where it comes from.
    shape
        ``records``: the file is a stream of JSON records (an array, or one per line) and ``read_record`` turns
        each into posts. ``table``: rows and columns; ``columns`` renames them to fields and the guesser does the
        rest.
    recognise
        ``recognise(sample)`` says how well a sample of the file fits, 0 (no) to 1 (certain). For ``records`` the
        sample is a list of up to 50 decoded records; for ``table`` the tuple of column names.
    read_record
        For ``records``: yields staged posts of one decoded record. Raise ``ValueError`` with a short reason for a
        record that cannot be used; it is set aside and counted. Yield nothing for records that are no posts.
        A record that holds many posts (a page, a chat) yields a ``BadRow`` for each post in it that cannot be
        used, with ``row`` counted from 1 within the record, and goes on, so that one bad post does not cost
        the whole page.
    columns
        For ``table``: field name -> column name(s) that hold it in this layout, first present wins.
    constants
        Fields with one value for the whole file, e.g. ``{"platform": "x"}``.
    documentation
        Address of the published description of the format.
    caveats
        What the format does not hold or gets wrong, in words for the user.
    expressions
        For ``table``: field name -> (column, SQL over the raw row), where renaming is not enough. Used when the
        column is present; the SQL must yield the type of the field. Wins over ``columns``.
    time_formats
        For ``table``: field name -> ``strptime`` format, where the layout writes times in one known, otherwise
        ambiguous way.
    times_are_utc
        Times without a zone are known to be UTC, so nobody needs to be asked.
    complete_lists
        List fields whose empty cell means "there are none" rather than "the file does not say".
    """

    format_id: str
    title: str
    summary: str
    shape: Literal["records", "table"]
    recognise: Callable[[Any], float]
    read_record: Callable[[Mapping[str, Any]], Iterator[StagedPost | BadRow]] | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    documentation: str = ""
    caveats: tuple[str, ...] = ()
    record_paths: tuple[str, ...] = ()  # where the list of records sits in a JSON document, e.g. ("messages",)
    opens: Callable[[Path], bool] | None = None
    expressions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    time_formats: Mapping[str, str] = field(default_factory=dict)
    times_are_utc: bool = False
    complete_lists: tuple[str, ...] = ()


__all__ = ["BadRow", "ReadOptions", "Reader", "StagedPost"]
