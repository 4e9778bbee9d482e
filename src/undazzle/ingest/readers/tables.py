"""Every table layout that is known by name, and which of them a file has."""

from __future__ import annotations

from collections.abc import Sequence

from undazzle.errors import UnknownNameError
from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.clemson import CLEMSON
from undazzle.ingest.readers.cnt import CNT, CNT_COLUMNS, cnt_without_header
from undazzle.ingest.readers.coortweet import COORTWEET, COORTWEET_WIDE
from undazzle.ingest.readers.crowdtangle import CROWDTANGLE_FACEBOOK, CROWDTANGLE_INSTAGRAM
from undazzle.ingest.readers.fourcat import FOURCAT_CSV
from undazzle.ingest.readers.kaggle_us2020 import KAGGLE_US2020
from undazzle.ingest.readers.meta_content_library import META_CONTENT_LIBRARY
from undazzle.ingest.readers.usc_x24 import USC_X24
from undazzle.ingest.readers.x_operations import X_OPERATIONS

TABLE_READERS: tuple[Reader, ...] = (
    X_OPERATIONS,
    FOURCAT_CSV,
    CROWDTANGLE_FACEBOOK,
    CROWDTANGLE_INSTAGRAM,
    META_CONTENT_LIBRARY,
    COORTWEET,
    COORTWEET_WIDE,
    CNT,
    CLEMSON,
    USC_X24,
    KAGGLE_US2020,
)


def rank_table_readers(columns: Sequence[str]) -> list[tuple[Reader, float]]:
    """Return the layouts that fit column names, the surest first, each with its certainty (0 to 1)."""
    fits = [(reader, reader.recognise(tuple(columns))) for reader in TABLE_READERS]
    return sorted((one for one in fits if one[1] > 0), key=lambda one: -one[1])


def choose_table_reader(columns: Sequence[str]) -> Reader | None:
    """Return the layout that fits column names best, or ``None`` for a table of no known layout."""
    ranked = rank_table_readers(columns)
    return ranked[0][0] if ranked else None


def table_reader(format_id: str) -> Reader:
    """Return the layout called ``format_id``.

    Raises
    ------
    UnknownNameError
        If there is none of this name.
    """
    named = {reader.format_id: reader for reader in TABLE_READERS}
    if format_id not in named:
        raise UnknownNameError("table format", format_id, named)
    return named[format_id]


def columns_without_header(first_row: Sequence[str]) -> tuple[str, ...] | None:
    """Return the column names of a layout that comes without a header, if a first row is a row of it."""
    return CNT_COLUMNS if cnt_without_header([str(value or "") for value in first_row]) else None
