"""Staged posts land in the workspace: judged row by row, told from what is known, merged, ordered and written.

Reads ``staged_posts`` and ``unread_rows``. Writes ``posts``, ``accounts``, ``account_observations`` and
``rejected_rows``. The order of rows in a file plays no part: posts are taken in order of time and id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from undazzle.ingest.account_landing import write_accounts
from undazzle.ingest.landing_sql import (
    JUDGED_VIEW,
    LONGEST_TEXT,
    MOST_IN_TEXT,
    MOST_MERGED,
    cut_merged_sql,
    cut_texts_sql,
    judged_sql,
    merged_sql,
    post_columns_sql,
)
from undazzle.ingest.staging import EXCERPT
from undazzle.store import Store

_SLICE = 122_880  # posts written at once, to bound the memory of sorting; the engine stores this many together
_SLICES = 16  # ... but not in more slices than this
_TABLES = ("keyed", "repeats", "set_aside", "merged", "ordered")
_CONFLICT = "post id used by two accounts"
_REJECTED = "why NOT IN ('known', 'repeat')"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file holds, before anything is written.

    Attributes
    ----------
    rows_in
        Rows of the file, with those that could not be read.
    rejected
        How many rows are set aside, by reason.
    duplicates
        Rows that repeat a post of this file or of the workspace and add nothing.
    merged
        Rows that only add shared things (links, objects, ...) to a post of the same file.
    posts
        Posts to be added.
    first_at, last_at
        Earliest and latest time of the sound rows, UTC.
    time_resolution_seconds
        Largest of 1, 60, 3600 and 86400 that divides all times, 0.001 if times have fractions of a second.
    cut
        How many posts lost entries of an overlong list, each as a sentence.
    """

    rows_in: int
    rejected: Counter[str]
    duplicates: int
    merged: int
    posts: int
    first_at: datetime | None
    last_at: datetime | None
    time_resolution_seconds: float
    cut: tuple[str, ...] = ()


def judge_staged(
    store: Store, present: AbstractSet[str], *, derive_reposts: bool = True, now: datetime | None = None
) -> Verdict:
    """Say of every staged row whether it is sound, known, repeated or to be merged; nothing is written.

    Parameters
    ----------
    store
        The workspace.
    present
        Fields the file has.
    derive_reposts
        Whether ``RT @handle: `` in front of a text makes it a repost (not if the file has a column for it).
    now
        The present time, UTC; posts later than a day after it are not plausible.
    """
    drop_landing(store)
    latest = (now or datetime.now(UTC).replace(tzinfo=None)) + timedelta(days=1)
    store.execute(judged_sql(present, derive_reposts=derive_reposts, latest=latest))
    store.execute(
        "CREATE TEMP TABLE keyed AS SELECT rid, reason, posted_at, "
        f"CASE WHEN reason IS NULL THEN final_post_id END AS post_id FROM {JUDGED_VIEW}"
    )
    store.execute("CREATE TEMP TABLE set_aside AS SELECT rid, reason AS why FROM keyed WHERE reason IS NOT NULL")
    _find_repeats(store)
    _find_known(store)
    _find_conflicts(store)
    cut = _cut_lists(store, present)
    duplicates, merged = _merge_repeats(store, present)
    verdict = replace(_verdict(store, duplicates, merged), cut=cut)
    _order_posts(store)
    return verdict


def write_posts(store: Store, source_id: int, present: AbstractSet[str]) -> int:
    """Write accounts, observations, posts and rejected rows of a judged file; return the accounts added.

    Parameters
    ----------
    store
        The workspace, inside a transaction.
    source_id
        The source that the rows belong to.
    present
        Fields the file has.
    """
    _write_rejected(store, source_id)
    added = write_accounts(store, source_id, present, f"rid NOT IN (SELECT rid FROM set_aside WHERE {_REJECTED})")
    _write_ordered(store, source_id, present)
    return added


def drop_landing(store: Store) -> None:
    """Remove the temporary tables of an earlier file."""
    store.execute(f"DROP VIEW IF EXISTS temp.{JUDGED_VIEW}")
    for table in _TABLES:
        store.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _find_repeats(store: Store) -> None:
    """``repeats``: ids that several rows share. Hashes are compared first because most ids occur once."""
    store.execute(
        "CREATE TEMP TABLE repeats AS SELECT rid, post_id, posted_at, NULL::VARCHAR AS account_id FROM keyed WHERE "
        "post_id IS NOT NULL AND hash(post_id) IN (SELECT hash(post_id) AS h FROM keyed GROUP BY h HAVING count(*) > 1)"
    )
    store.execute(
        "DELETE FROM repeats WHERE post_id NOT IN (SELECT post_id FROM repeats GROUP BY post_id HAVING count(*) > 1)"
    )
    if _is_filled(store, "repeats"):  # accounts are only looked up for the few rows that need them
        store.execute(
            f"UPDATE repeats SET account_id = j.final_account_id FROM {JUDGED_VIEW} j WHERE j.rid = repeats.rid"
        )


def _find_known(store: Store) -> None:
    """``set_aside`` gets rows whose id the workspace has already, for this account or for another."""
    if not _is_filled(store, "posts"):
        return
    store.execute(
        "INSERT INTO set_aside SELECT k.rid, CASE WHEN k.account_id = j.final_account_id THEN 'known' ELSE ? END FROM "
        f"(SELECT rid, account_id FROM keyed JOIN posts USING (post_id)) k JOIN {JUDGED_VIEW} j USING (rid)",
        [_CONFLICT],
    )
    store.execute("DELETE FROM repeats WHERE rid IN (SELECT rid FROM set_aside)")


def _is_filled(store: Store, table: str) -> bool:
    return bool(store.rows(f"SELECT EXISTS (FROM {table})")[0][0])


def _find_conflicts(store: Store) -> None:
    """``set_aside`` gets rows whose id another account used earlier in this file."""
    store.execute(
        "INSERT INTO set_aside WITH owners AS (SELECT post_id, arg_min(account_id, (posted_at, account_id)) AS owner "
        "FROM repeats GROUP BY post_id) SELECT rid, ? FROM repeats JOIN owners USING (post_id) "
        "WHERE account_id <> owner",
        [_CONFLICT],
    )
    store.execute("DELETE FROM repeats WHERE rid IN (SELECT rid FROM set_aside)")


# Begins every sentence about a list that was cut, so that a trust page can find it.
CUT_LISTS = "Overlong lists were cut"


def _cut_lists(store: Store, present: AbstractSet[str]) -> tuple[str, ...]:
    """Return how many posts lose entries of a list, in words; empty if none does."""
    found = []
    if "text" in present and (count := store.rows(cut_texts_sql(present))[0][0]):
        found.append(
            f"{CUT_LISTS}: {count:,} posts hold more than {MOST_IN_TEXT} links, hashtags or mentions (or more than "
            f"{LONGEST_TEXT:,} characters) in their text; what comes after was not taken."
        )
    if count := store.rows(cut_merged_sql(present))[0][0]:
        found.append(
            f"{CUT_LISTS}: {count:,} posts name more than {MOST_MERGED:,} shared things over several rows; the first "
            f"{MOST_MERGED:,} were kept."
        )
    return tuple(found)


def _merge_repeats(store: Store, present: AbstractSet[str]) -> tuple[int, int]:
    """``merged``: one row per repeated post; return the rows that repeat it and the rows that add to it."""
    if not _is_filled(store, "repeats"):
        return 0, 0
    store.execute(merged_sql(present))
    store.execute("INSERT INTO set_aside SELECT rid, 'repeat' FROM repeats WHERE rid NOT IN (SELECT rid FROM merged)")
    rows, distinct, posts = store.rows(
        "SELECT coalesce(sum(merged_rows), 0)::BIGINT, coalesce(sum(distinct_rows), 0)::BIGINT, count(*) FROM merged"
    )[0]
    return rows - distinct, distinct - posts


def _verdict(store: Store, duplicates: int, merged: int) -> Verdict:
    """Count, and forget the rows that are not going to be written."""
    rejected = Counter(dict(store.rows("SELECT reason, count(*) FROM unread_rows GROUP BY reason")))
    why = Counter(dict(store.rows("SELECT why, count(*) FROM set_aside GROUP BY why")))
    known, repeats = why.pop("known", 0), why.pop("repeat", 0)
    unread, rows = rejected.total(), store.rows("SELECT count(*) FROM keyed")[0][0]
    rejected.update(why)
    if why:
        store.execute(f"DELETE FROM keyed WHERE rid IN (SELECT rid FROM set_aside WHERE {_REJECTED})")
    first_at, last_at = store.rows("SELECT min(posted_at), max(posted_at) FROM keyed")[0]
    resolution = _time_resolution(store)
    if known + repeats:
        store.execute(f"DELETE FROM keyed WHERE rid IN (SELECT rid FROM set_aside WHERE NOT ({_REJECTED}))")
    return Verdict(
        rows_in=rows + unread,
        rejected=rejected,
        duplicates=duplicates + known,
        merged=merged,
        posts=rows - why.total() - known - repeats,
        first_at=first_at,
        last_at=last_at,
        time_resolution_seconds=resolution,
    )


def _time_resolution(store: Store) -> float:
    """Fewer than five different times say nothing about how finely a platform or collector writes them."""
    row = store.rows(
        "SELECT (SELECT count(*) FROM (SELECT DISTINCT posted_at FROM keyed WHERE posted_at IS NOT NULL LIMIT 5)), "
        "bool_and(epoch_us(posted_at) % 1000000 = 0), "
        "bool_and(epoch_us(posted_at) % 60000000 = 0), bool_and(epoch_us(posted_at) % 3600000000 = 0), "
        "bool_and(epoch_us(posted_at) % 86400000000 = 0) FROM keyed"
    )[0]
    if row[0] < 5:
        return 1.0 if row[1] in (True, None) else 0.001
    return max(
        size for size, divides in zip((0.001, 1.0, 60.0, 3600.0, 86400.0), (True, *row[1:]), strict=True) if divides
    )


def _write_rejected(store: Store, source_id: int) -> None:
    store.execute(
        "INSERT INTO rejected_rows SELECT ?, source_row, reason, raw FROM unread_rows ORDER BY source_row", [source_id]
    )
    if not store.rows(f"SELECT count(*) FROM set_aside WHERE {_REJECTED}")[0][0]:
        return
    beginning = "concat_ws(' | ', post_id, account_id, handle, posted_at_raw, text)"
    store.execute(
        f"INSERT INTO rejected_rows SELECT ?, s.\"row\", a.why, left(coalesce(nullif(s.bad_raw, ''), {beginning}), "
        f"{EXCERPT}) FROM staged_posts s JOIN set_aside a ON a.rid = s.rid WHERE {_REJECTED} ORDER BY s.rid",
        [source_id],
    )


def _order_posts(store: Store) -> None:
    """``ordered``: the posts to write; the position of a row is its place. ``keyed`` gives its memory back."""
    store.execute("CREATE TEMP TABLE ordered AS SELECT rid, post_id FROM keyed ORDER BY posted_at, post_id")
    store.execute("DROP TABLE temp.keyed")


def _write_ordered(store: Store, source_id: int, present: AbstractSet[str]) -> None:
    """Write posts in order of time, slice by slice, so that sorting and joining need little memory."""
    count, first_key = store.rows("SELECT (SELECT count(*) FROM ordered), coalesce(max(post_key) + 1, 0) FROM posts")[0]
    is_sorted = store.rows("SELECT coalesce(max(abs(rowid - rid)), 0) FROM ordered")[0][0] < _SLICE
    has_merged = bool(store.rows("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'merged'")[0][0])
    sql = post_columns_sql(present, source_id, first_key, has_merged=has_merged, is_sorted=is_sorted)
    # rows in the order of time need no sorting: one statement writes them in parallel, straight to disk
    slices = 1 if is_sorted else max(1, min(_SLICES, -(-count // _SLICE)))
    step = max(_SLICE, -(-count // slices // _SLICE) * _SLICE)
    for start in range(0, count, step):
        store.execute(sql, {"start": start, "end": start + step})
