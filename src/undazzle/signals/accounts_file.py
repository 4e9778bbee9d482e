"""A file of accounts, or of posts, becomes a workspace in memory in which signals can be read.

A list of accounts has no posts: it is read like one by taking the date of registration for the time of a post, and
these stand-ins are thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from undazzle.errors import SourceError
from undazzle.ingest.formats import ReadOptions
from undazzle.ingest.inspection import inspect_file
from undazzle.ingest.load import SourceSummary, ingest_file
from undazzle.store import Store

# What only posts have: a table with a time but none of these is a list of accounts.
_CONTENT = frozenset({"text", "links", "hashtags", "repost_of", "media", "media_hashes", "objects", "domains"})


@dataclass(frozen=True)
class AccountsFile:
    """Files that were read into memory.

    Attributes
    ----------
    store
        The workspace in memory; source 1 is the file that was asked about.
    summaries
        What became of each file.
    has_posts
        Whether each of them holds posts.
    """

    store: Store
    summaries: tuple[SourceSummary, ...] = ()
    has_posts: tuple[bool, ...] = field(default=())


def read_accounts(
    path: Path | str,
    controls: Iterable[Path | str] = (),
    *,
    by: str | None = None,
    mapping: Mapping[str, str] | None = None,
    max_rejected: float = 0.05,
) -> AccountsFile:
    """Read a file of accounts, and files of other accounts to compare with.

    Parameters
    ----------
    path
        Accounts, one a row, or posts with what is known of their accounts.
    controls
        Files of ordinary accounts.
    by
        Column of the first file that divides it into groups.
    mapping
        Field to column for the first file, as ``undazzle ingest --map`` takes it.
    max_rejected
        Largest share of rows that may be set aside, 0 to 1.

    Raises
    ------
    SourceError
        If a file holds neither posts nor accounts with a date of registration.
    MappingError, TooManyRejectedError
        As in ``ingest``.
    """
    store = Store(":memory:")
    given = {**(mapping or {}), **({"account_category": by} if by else {})}
    summaries, has_posts = [], []
    for file, named in [(path, given), *((one, {}) for one in controls)]:
        summary, is_posts = _read_one(store, Path(file), named, max_rejected)
        summaries.append(summary)
        has_posts.append(is_posts)
    return AccountsFile(store, tuple(summaries), tuple(has_posts))


def _read_one(store: Store, path: Path, mapping: Mapping[str, str], max_rejected: float) -> tuple[SourceSummary, bool]:
    seen = inspect_file(path, ReadOptions(dict(mapping)))
    fields = {one.field: one.column for one in seen.fields}
    is_posts = "posted_at" in fields and not _CONTENT.isdisjoint(fields)
    if not is_posts:
        mapping = {**mapping, **_of_accounts(path, mapping, fields)}
    summary = ingest_file(store, path, options=ReadOptions(dict(mapping)), max_rejected=max_rejected, format="auto")
    if not is_posts:
        store.execute("DELETE FROM posts WHERE source_id = ?", [summary.source_id])
    return summary, is_posts


def _of_accounts(path: Path, mapping: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, str]:
    """Return which columns of a list of accounts stand in for those of posts."""
    registered = mapping.get("account_created_at") or fields.get("account_created_at") or fields.get("posted_at")
    if not registered:
        raise SourceError(
            path,
            "This file holds neither posts nor dates of registration",
            "Name the column: --map account_created_at=COLUMN.",
        )
    named = {"account_created_at": registered, "posted_at": registered}
    account = fields.get("account_id") or fields.get("post_id") or fields.get("handle")
    if account:
        # Where accounts have no other name, what identifies them is their handle; plain numbers are not taken for one.
        named |= {"account_id": account, "handle": fields.get("handle", account)}
    return named
