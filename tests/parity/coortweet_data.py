"""The data sets that come with CooRTweet, as shares, prepared as its vignettes do."""

from __future__ import annotations

from functools import cache

from tests.parity.oracle import Share
from tests.real_data import data_set


@cache
def russian_shares() -> list[Share]:
    """Return ``russian_coord_tweets``: retweets by 9,509 accounts."""
    return _shares("coortweet/russian_coord_tweets.parquet", "object_id", "content_id", "timestamp_share", "")


@cache
def german_shares(what: str) -> list[Share]:
    """Return one kind of shared thing of ``german_elections``, e.g. ``url`` or ``phash``, each row once."""
    return _shares("coortweet/german_elections.parquet", f"{what}_id", "post_id", "timestamp", what)


def _shares(name: str, object_column: str, content_column: str, time_column: str, prefix: str) -> list[Share]:
    from pyarrow import parquet

    columns = (object_column, "account_id", content_column, time_column)
    table = parquet.read_table(data_set(name), columns=list(columns))
    rows = zip(*(table.column(column).to_pylist() for column in columns), strict=True)
    return list(dict.fromkeys(Share(f"{prefix}{o}", str(a), str(c), float(t)) for o, a, c, t in rows if o is not None))
