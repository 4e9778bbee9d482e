"""What follows from other choices: the platform, whether a post is a repost, and the time as it is written."""

from __future__ import annotations

from undazzle.ingest.columns import ColumnChoice
from undazzle.ingest.plan_draft import Draft
from undazzle.ingest.time_expressions import raw_time_expression
from undazzle.ingest.value_checks import filled_texts, permalink_platform, share_containing

_SHORT_LINK_SHARE = 0.2


def imply_platform(draft: Draft) -> None:
    """Name the platform by a column, by the links of the posts, by words in the columns, or by t.co links."""
    if draft.is_open("platform"):
        draft.guess("platform")
    if not draft.is_open("platform"):
        return
    links = draft.sample_of("url")
    platform = permalink_platform(links) if links else None
    if platform:
        draft.keep_constant("platform", platform, f"the links of the posts lead to {platform}")
    elif any("tweet" in name.lower() for name in draft.samples):
        draft.keep_constant("platform", "x", "the columns speak of tweets")
    elif any(_has_short_links(draft, field) for field in ("text", "links")):
        draft.keep_constant("platform", "x", "many posts hold t.co links, which only X makes")


def _has_short_links(draft: Draft, field: str) -> bool:
    sample = draft.sample_of(field)
    return sample is not None and share_containing(sample, "//t.co/") >= _SHORT_LINK_SHARE


def imply_reposts(draft: Draft) -> None:
    """Take a post for a repost exactly where the id of another post is given, if the file says no more."""
    original = draft.sample_of("repost_of")
    if draft.is_open("is_repost") and original and filled_texts(original):
        sql = f"({draft.chosen['repost_of'].expression}) IS NOT NULL"
        why = "the id of another post is given"
        draft.chosen["is_repost"] = ColumnChoice("is_repost", original.name, sql, why)


def keep_raw_time(draft: Draft) -> None:
    """Keep the time as it is written, unless the file holds real timestamps."""
    time = draft.sample_of("posted_at")
    if draft.is_open("posted_at_raw") and time and not time.sql_type.upper().startswith(("TIMESTAMP", "DATE")):
        sql = raw_time_expression(time.name)
        draft.chosen["posted_at_raw"] = ColumnChoice("posted_at_raw", time.name, sql, "kept as it is written")
