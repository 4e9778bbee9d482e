"""Staged posts land in the workspace: judged row by row, told from what is known, merged, ordered and written.

Reads ``staged_posts`` and ``unread_rows``. Writes ``posts``, ``accounts``, ``account_observations`` and
``rejected_rows``. The order of rows in a file plays no part: posts are taken in order of time and id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from undazzle.ingest.landing_sql import (
    JUDGED_VIEW,
    judged_sql,
    merged_sql,
    post_columns_sql,
)
from undazzle.ingest.staging import EXCERPT
from undazzle.store import Store

_SLICE = 250_000  # posts written at once, to bound the memory of sorting
_SLICES = 16  # ... but not more often than this
_TABLES = ("keyed", "repeats", "set_aside", "merged", "ordered", "observed")


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
    """

    rows_in: int
    rejected: Counter[str]
    duplicates: int
    merged: int
    posts: int
    first_at: datetime | None
    last_at: datetime | None
    time_resolution_seconds: float


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
        "CREATE TEMP TABLE keyed AS SELECT rid, final_post_id AS post_id, final_account_id AS account_id, posted_at "
        f"FROM {JUDGED_VIEW} WHERE reason IS NULL"
    )
    _find_repeats(store)
    _find_conflicts(store)
    _find_known(store)
    duplicates, merged = _merge_repeats(store, present)
    return _verdict(store, duplicates, merged)


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
    added = _write_accounts(store, source_id, present)
    _order_posts(store)
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
        "CREATE TEMP TABLE repeats AS SELECT rid, post_id, account_id, posted_at FROM keyed "
        "WHERE hash(post_id) IN (SELECT hash(post_id) AS h FROM keyed GROUP BY h HAVING count(*) > 1)"
    )
    store.execute(
        "DELETE FROM repeats WHERE post_id NOT IN (SELECT post_id FROM repeats GROUP BY post_id HAVING count(*) > 1)"
    )


def _find_conflicts(store: Store) -> None:
    """``set_aside`` gets rows whose id belongs to another account: of the workspace, or earlier in this file."""
    store.execute("CREATE TEMP TABLE set_aside (rid BIGINT, why VARCHAR)")
    store.execute(
        "INSERT INTO set_aside SELECT k.rid, 'conflict' FROM keyed k JOIN posts p USING (post_id) "
        "WHERE p.account_id <> k.account_id"
    )
    store.execute(
        "INSERT INTO set_aside WITH owners AS (SELECT post_id, arg_min(account_id, (posted_at, account_id)) AS owner "
        "FROM repeats GROUP BY post_id) SELECT r.rid, 'conflict' FROM repeats r JOIN owners o USING (post_id) "
        "WHERE r.account_id <> o.owner AND r.rid NOT IN (SELECT rid FROM set_aside)"
    )


def _find_known(store: Store) -> None:
    """``set_aside`` gets rows of posts that the workspace has already."""
    store.execute(
        "INSERT INTO set_aside SELECT k.rid, 'known' FROM keyed k SEMI JOIN posts USING (post_id) "
        "WHERE k.rid NOT IN (SELECT rid FROM set_aside)"
    )
    store.execute("DELETE FROM repeats WHERE rid IN (SELECT rid FROM set_aside)")


def _merge_repeats(store: Store, present: AbstractSet[str]) -> tuple[int, int]:
    """``merged``: one row per repeated post; return the rows that repeat it and the rows that add to it."""
    if not store.rows("SELECT count(*) FROM repeats")[0][0]:
        return 0, 0
    store.execute(merged_sql(present))
    store.execute("INSERT INTO set_aside SELECT rid, 'repeat' FROM repeats WHERE rid NOT IN (SELECT rid FROM merged)")
    rows, distinct, posts = store.rows(
        "SELECT coalesce(sum(merged_rows), 0)::BIGINT, coalesce(sum(distinct_rows), 0)::BIGINT, count(*) FROM merged"
    )[0]
    return rows - distinct, distinct - posts


def _verdict(store: Store, duplicates: int, merged: int) -> Verdict:
    rejected = Counter(dict(store.rows("SELECT reason, count(*) FROM unread_rows GROUP BY reason")))
    rejected.update(
        dict(store.rows(f"SELECT reason, count(*) FROM {JUDGED_VIEW} WHERE reason IS NOT NULL GROUP BY reason"))
    )
    why = Counter(dict(store.rows("SELECT why, count(*) FROM set_aside GROUP BY why")))
    if why["conflict"]:
        rejected["post id used by two accounts"] = why["conflict"]
    sound, first_at, last_at = store.rows("SELECT count(*), min(posted_at), max(posted_at) FROM keyed")[0]
    return Verdict(
        rows_in=sound - why["conflict"] + rejected.total(),
        rejected=rejected,
        duplicates=duplicates + why["known"],
        merged=merged,
        posts=sound - sum(why.values()),
        first_at=first_at,
        last_at=last_at,
        time_resolution_seconds=_time_resolution(store),
    )


def _time_resolution(store: Store) -> float:
    """Fewer than five different times say nothing about how finely a platform or collector writes them."""
    row = store.rows(
        "SELECT count(DISTINCT posted_at), bool_and(epoch_us(posted_at) % 1000000 = 0), "
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
    store.execute(
        f"INSERT INTO rejected_rows SELECT ?, \"row\", coalesce(reason, 'post id used by two accounts'), left(coalesce("
        f"nullif(bad_raw, ''), concat_ws(' | ', post_id, account_id, handle, posted_at_raw, text)), {EXCERPT}) "
        f"FROM {JUDGED_VIEW} WHERE reason IS NOT NULL "
        "OR rid IN (SELECT rid FROM set_aside WHERE why = 'conflict') ORDER BY rid",
        [source_id],
    )


_OBSERVED = {
    "handle": "handle",
    "display_name": "display_name",
    "created_at": "account_created_at",
    "description": "account_description",
    "location": "account_location",
    "language": "account_language",
    "category": "account_category",
    "profile_image": "account_profile_image",
    "is_automated": "account_is_automated",
    "is_verified": "account_is_verified",
    "followers": "followers",
    "following": "following",
    "account_posts": "account_posts",
}


def _write_accounts(store: Store, source_id: int, present: AbstractSet[str]) -> int:
    """Add accounts that are new, refresh the handles of known ones, and note what was observed of each."""
    seen = {name: field for name, field in _OBSERVED.items() if field in present}
    attributes = "".join(f", {_clean_handle(field)} AS {name}" for name, field in seen.items())
    nothing = "".join(f", NULL::VARCHAR AS {name}" for name in ("handle", "display_name") if name not in seen)
    store.execute(
        f"CREATE TEMP TABLE observed AS SELECT final_account_id AS account_id, final_platform AS platform{attributes}"
        f"{nothing}, min(posted_at) AS observed_at, max(posted_at) AS last_at FROM {JUDGED_VIEW} "
        "WHERE reason IS NULL AND rid NOT IN (SELECT rid FROM set_aside WHERE why = 'conflict') GROUP BY ALL"
    )
    store.execute(
        "CREATE OR REPLACE TEMP TABLE latest AS SELECT account_id, any_value(platform) AS platform, "
        "arg_max(handle, (last_at, handle)) AS handle, arg_max(display_name, (last_at, display_name)) AS display_name, "
        "max(last_at) AS last_at FROM observed GROUP BY account_id"
    )
    _refresh_handles(store)
    before = store.rows("SELECT count(*), coalesce(max(account_key) + 1, 0) FROM accounts")[0]
    store.execute(
        "INSERT INTO accounts SELECT ? + row_number() OVER (ORDER BY account_id) - 1, account_id, platform, handle, "
        "display_name FROM latest ANTI JOIN accounts USING (account_id) ORDER BY account_id",
        [before[1]],
    )
    _write_observations(store, source_id, list(seen))
    store.execute("DROP TABLE temp.latest")
    return int(store.rows("SELECT count(*) FROM accounts")[0][0] - before[0])


def _clean_handle(field: str) -> str:
    return "nullif(ltrim(trim(handle), '@'), '')" if field == "handle" else field


def _refresh_handles(store: Store) -> None:
    """A known account takes the names of this file if it posted here later than anywhere before."""
    store.execute(
        "UPDATE accounts SET handle = coalesce(l.handle, accounts.handle), "
        "display_name = coalesce(l.display_name, accounts.display_name) FROM (SELECT l.* FROM latest l "
        "JOIN (SELECT account_id, max(posted_at) AS known_at FROM posts SEMI JOIN latest USING (account_id) "
        "GROUP BY account_id) k USING (account_id) WHERE l.last_at > k.known_at) l "
        "WHERE accounts.account_id = l.account_id AND (accounts.handle IS DISTINCT FROM coalesce(l.handle, "
        "accounts.handle) OR accounts.display_name IS DISTINCT FROM coalesce(l.display_name, accounts.display_name))"
    )


def _write_observations(store: Store, source_id: int, seen: list[str]) -> None:
    if not seen:
        return
    listed = ", ".join(seen)
    same = " AND ".join(f"o.{name} IS NOT DISTINCT FROM n.{name}" for name in seen)
    store.execute(
        f"INSERT INTO account_observations (account_key, source_id, observed_at, {listed}) "
        f"SELECT account_key, ?, observed_at, {listed} FROM (SELECT a.account_key, n.* FROM observed n "
        "JOIN accounts a USING (account_id)) n WHERE NOT EXISTS (SELECT 1 FROM account_observations o "
        f"WHERE o.account_key = n.account_key AND {same}) ORDER BY account_key, observed_at",
        [source_id],
    )


def _order_posts(store: Store) -> None:
    store.execute(
        "CREATE TEMP TABLE ordered AS SELECT (SELECT coalesce(max(post_key) + 1, 0) FROM posts) "
        "+ row_number() OVER (ORDER BY posted_at, post_id) - 1 AS post_key, rid, post_id, account_id "
        "FROM keyed ANTI JOIN set_aside USING (rid)"
    )


def _write_ordered(store: Store, source_id: int, present: AbstractSet[str]) -> None:
    """Write posts in order, slice by slice, so that sorting needs little memory."""
    first, last = store.rows("SELECT min(post_key), max(post_key) FROM ordered")[0]
    if first is None:
        return
    has_merged = bool(store.rows("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'merged'")[0][0])
    sql = post_columns_sql(present, source_id, has_merged=has_merged)
    step = max(_SLICE, -(-(last - first + 1) // _SLICES))
    for start in range(first, last + 1, step):
        low, high = store.rows(
            "SELECT min(rid), max(rid) FROM ordered WHERE post_key >= ? AND post_key < ?", [start, start + step]
        )[0]
        store.execute(sql, {"start": start, "end": start + step, "low": low, "high": high})
