"""The CSV that the Coordination Network Toolkit reads, with its header or, as its database takes rows, without."""

from __future__ import annotations

from collections.abc import Sequence

from undazzle.ingest.formats import Reader
from undazzle.ingest.readers.layouts import by_columns
from undazzle.ingest.sample_table import quoted

CNT_COLUMNS = ("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls")
_REPOST_ID = quoted("repost_id")
_EPOCH_RANGE = (631_152_000.0, 4_102_444_800.0)  # 1990 to 2100, in seconds


def cnt_without_header(first_row: Sequence[str]) -> bool:
    """Say whether the first row of a file is a post in the toolkit's order of columns rather than a header.

    Examples
    --------
    >>> cnt_without_header(["m1", "u1", "anna", "", "", "The ferry sails", "1475280000", "https://example.org"])
    True
    >>> cnt_without_header(CNT_COLUMNS)
    False
    """
    if len(first_row) != len(CNT_COLUMNS) or not first_row[0] or not first_row[1]:
        return False
    try:
        second = float(first_row[6])
    except ValueError:
        return False
    return _EPOCH_RANGE[0] <= second <= _EPOCH_RANGE[1] and (not first_row[7] or "." in first_row[7])


CNT = Reader(
    format_id="cnt",
    title="Coordination Network Toolkit CSV",
    summary="Posts in the eight columns that the Coordination Network Toolkit takes.",
    shape="table",
    recognise=by_columns(CNT_COLUMNS),
    columns={
        "post_id": ("message_id",),
        "account_id": ("user_id",),
        "handle": ("username",),
        "repost_of": ("repost_id",),
        "reply_to": ("reply_id",),
        "text": ("message",),
        "posted_at": ("timestamp",),
        "links": ("urls",),
    },
    # The toolkit's word on reposts is final: an empty cell is no repost, whatever the text says.
    expressions={"is_repost": ("repost_id", f"({_REPOST_ID} IS NOT NULL AND {_REPOST_ID} <> '')")},
    complete_lists=("links",),
    documentation="https://github.com/QUT-Digital-Observatory/coordination-network-toolkit",
    caveats=("Hashtags and mentions are taken from the texts; the table does not list them.",),
)
