"""Accounts of staged posts: new ones are added, names of known ones refreshed, and what was seen of each is noted.

Reads ``judged_posts`` (see ``landing``). Writes ``accounts`` and ``account_observations``.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from undazzle.ingest.landing_sql import JUDGED_VIEW
from undazzle.store import Store

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


def write_accounts(store: Store, source_id: int, present: AbstractSet[str], is_sound: str) -> int:
    """Add accounts that are new, refresh the names of known ones, and note what was observed of each.

    Parameters
    ----------
    store
        The workspace, inside a transaction.
    source_id
        The source of the rows.
    present
        Fields the file has.
    is_sound
        SQL condition over ``judged_posts`` for the rows to look at.

    Returns
    -------
    int
        Accounts added.
    """
    seen = {name: field for name, field in _OBSERVED.items() if field in present}
    _gather(store, seen, is_sound)
    _refresh_names(store)
    count, first_key = store.rows("SELECT count(*), coalesce(max(account_key) + 1, 0) FROM accounts")[0]
    store.execute(
        "INSERT INTO accounts SELECT ? + row_number() OVER (ORDER BY account_id) - 1, account_id, platform, handle, "
        "display_name FROM latest ANTI JOIN accounts USING (account_id) ORDER BY account_id",
        [first_key],
    )
    _write_observations(store, source_id, list(seen))
    for table in ("observed", "latest"):
        store.execute(f"DROP TABLE temp.{table}")
    return int(store.rows("SELECT count(*) FROM accounts")[0][0] - count)


def _gather(store: Store, seen: dict[str, str], is_sound: str) -> None:
    """``observed``: distinct attributes per account with first and last time; ``latest``: the names used last.

    Rows are grouped by what the file says, and only the groups are brought into their final form.
    """
    ids = {"account_id", "handle", "platform"}
    raw = ", ".join(sorted({*ids, *seen.values()}))
    grouped = (
        f"SELECT {raw}, min(posted_at) AS observed_at, max(posted_at) AS last_at, any_value(rid) AS rid "
        f"FROM {JUDGED_VIEW} WHERE {is_sound} GROUP BY {raw}"
    )
    names = "".join(f", {_final(field, 'g')} AS {name}" for name, field in seen.items())
    absent = "".join(f", NULL::VARCHAR AS {name}" for name in ("handle", "display_name") if name not in seen)
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE observed AS SELECT j.final_account_id AS account_id, j.final_platform AS "
        f"platform{names}{absent}, min(g.observed_at) AS observed_at, max(g.last_at) AS last_at "
        f"FROM ({grouped}) g JOIN {JUDGED_VIEW} j USING (rid) GROUP BY ALL"
    )
    store.execute(
        "CREATE OR REPLACE TEMP TABLE latest AS SELECT account_id, any_value(platform) AS platform, "
        "arg_max(handle, (last_at, handle)) AS handle, arg_max(display_name, (last_at, display_name)) AS display_name, "
        "max(last_at) AS last_at FROM observed GROUP BY account_id"
    )


def _final(field: str, table: str) -> str:
    return f"nullif(ltrim(trim({table}.handle), '@'), '')" if field == "handle" else f"{table}.{field}"


def _refresh_names(store: Store) -> None:
    """A known account takes the names of this file if it posted here later than anywhere before."""
    if not store.rows("SELECT count(*) FROM latest SEMI JOIN accounts USING (account_id)")[0][0]:
        return
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
