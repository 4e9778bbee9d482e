"""The tables that the R package CooRTweet reads: one row per share, and the wide layout of its example data."""

from __future__ import annotations

from undazzle.ingest.formats import Reader
from undazzle.ingest.plain_expressions import whole_number_text
from undazzle.ingest.readers.layouts import by_columns
from undazzle.ingest.sample_table import quoted


def _named(column: str, kind: str) -> tuple[str, str]:
    """Return the SQL of a list with the one thing of a row, under a name that is no address and no number."""
    number = whole_number_text(column)
    return column, f"CASE WHEN {quoted(column)} IS NULL THEN [] ELSE ['{kind}' || {number}] END"


def _one(column: str) -> tuple[str, str]:
    """Return the SQL of a list with the one thing of a row as it stands: an address may hold commas or bars."""
    text = whole_number_text(column)
    return column, f"CASE WHEN {quoted(column)} IS NULL OR {text} IN ('', 'NA') THEN [] ELSE [{text}] END"


_ACCOUNT = quoted("account_id")
_PLATFORM = (
    f"CASE split_part({_ACCOUNT}, '_', 1) WHEN 'fb' THEN 'facebook' WHEN 'tw' THEN 'x' WHEN 'ig' THEN 'instagram' "
    "WHEN 'yt' THEN 'youtube' WHEN 'tt' THEN 'tiktok' WHEN 'tg' THEN 'telegram' END"
)

COORTWEET = Reader(
    format_id="coortweet",
    title="CooRTweet table",
    summary="One row per share (object_id, account_id, content_id, timestamp_share), as CooRTweet takes it.",
    shape="table",
    recognise=by_columns(("object_id", "account_id", "content_id", "timestamp_share")),
    columns={
        "post_id": ("content_id",),
        "account_id": ("account_id",),
        "posted_at": ("timestamp_share",),
    },
    expressions={"objects": _one("object_id")},
    documentation="https://github.com/nicolarighetti/CooRTweet",
    caveats=("There are no texts and no addresses: only what was shared, by whom and when.",),
)

COORTWEET_WIDE = Reader(
    format_id="coortweet_wide",
    title="CooRTweet wide table",
    summary="Posts with numbered links, hashtags, domains and images in columns of their own, as CooRTweet ships them.",
    shape="table",
    recognise=by_columns(
        ("account_id", "post_id", "timestamp"), ("url_id", "hashtag_id", "domain_id", "phash_id"), absent=("text",)
    ),
    columns={"post_id": ("post_id",), "account_id": ("account_id",), "posted_at": ("timestamp",)},
    expressions={
        "platform": ("account_id", _PLATFORM),
        "links": _named("url_id", "url_"),
        "hashtags": _named("hashtag_id", "hashtag"),
        "domains": _named("domain_id", "domain_"),
        "media_hashes": _named("phash_id", "phash_"),
    },
    documentation="https://github.com/nicolarighetti/CooRTweet",
    caveats=("Links, hashtags, domains and images are numbers; what they were is not in the file.",),
)
