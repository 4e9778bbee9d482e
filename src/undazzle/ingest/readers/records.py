"""The readers of files that are streams of JSON records."""

from __future__ import annotations

from undazzle.ingest.formats import Reader
from undazzle.ingest.readers import (
    bluesky,
    fourcat_ndjson,
    mastodon,
    reddit,
    telegram,
    telegram_api,
    tiktok,
    x_api,
    x_archive_v1,
    youtube,
    zeeschuimer,
)

RECORD_READERS: tuple[Reader, ...] = (
    x_api.READER,
    x_archive_v1.READER,
    bluesky.READER,
    mastodon.READER,
    telegram.READER,
    telegram_api.READER,
    tiktok.READER,
    youtube.READER,
    reddit.READER,
    zeeschuimer.READER,
    fourcat_ndjson.READER,
)
