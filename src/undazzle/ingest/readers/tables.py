"""The readers of files that are rows and columns."""

from __future__ import annotations

from undazzle.ingest.formats import Reader

TABLE_READERS: tuple[Reader, ...] = ()
