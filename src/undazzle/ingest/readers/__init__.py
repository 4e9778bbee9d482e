"""One module per file format: what a platform or tool writes becomes staged posts.

Each module ends in a ``READER``; the modules without one hold what several readers share. Adding a format is adding
a module and naming it in ``records.py`` or ``tables.py``.
"""

from __future__ import annotations

from undazzle.errors import UnknownNameError
from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.records import RECORD_READERS
from undazzle.ingest.readers.tables import TABLE_READERS

READERS: tuple[Reader, ...] = RECORD_READERS + TABLE_READERS


def reader_named(format_id: str) -> Reader:
    """Return the reader of a format.

    Parameters
    ----------
    format_id
        Name as for ``--format``, e.g. ``mastodon``.

    Raises
    ------
    UnknownNameError
        If there is no such format.
    """
    for reader in READERS:
        if reader.format_id == format_id:
            return reader
    raise UnknownNameError("format", format_id, [reader.format_id for reader in READERS])


__all__ = ["READERS", "RECORD_READERS", "TABLE_READERS", "reader_named"]
