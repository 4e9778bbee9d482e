"""The accounts that signals look at: a group, and everybody else of the same data to compare it with.

Reads ``accounts``, ``account_observations`` and ``posts``. Writes the temporary tables ``signal_accounts``,
``signal_activity`` and ``signal_spent``, and the temporary view ``signal_times``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from undazzle.signals.follows import Follows
from undazzle.store import Store

T = TypeVar("T")
Shared = MutableMapping[Hashable, Any]

# Fewer accounts to compare with say nothing about what is ordinary.
FEWEST_CONTROLS = 30
PROFILE_COLUMNS = (
    "created_at", "description", "location", "language", "category", "profile_image", "followers", "following",
    "account_posts",
)  # fmt: skip
_POST_COLUMNS = ("text", "language", "client", "likes", "reposts", "replies", "views", "media", "media_hashes")

# The latest of every account; what a later file leaves out is kept from an earlier one.
_LATEST = ", ".join(
    f"arg_max({one}, coalesce(observed_at, TIMESTAMP '1970-01-01')) FILTER ({one} IS NOT NULL) AS {one}"
    for one in PROFILE_COLUMNS
)
_HASHED = r"^[A-Za-z0-9+/]{36,}=*$|^[0-9a-f]{32,}$"

_GATHER = f"""
CREATE OR REPLACE TEMP TABLE signal_accounts AS
WITH latest AS (SELECT account_key, {_LATEST} FROM account_observations GROUP BY account_key)
SELECT a.account_key, a.account_id, a.platform, coalesce(c.is_member, false) AS is_member,
    CASE WHEN NOT regexp_matches(a.handle, '{_HASHED}') THEN a.handle END AS handle,
    coalesce(regexp_matches(a.handle, '{_HASHED}'), false) AS is_hashed,
    CASE WHEN NOT regexp_matches(a.display_name, '{_HASHED}') THEN a.display_name END AS display_name,
    {", ".join(f"l.{one}" for one in PROFILE_COLUMNS)}
FROM accounts a LEFT JOIN signal_chosen c USING (account_key) LEFT JOIN latest l USING (account_key)
WHERE coalesce(c.is_member, true);
CREATE OR REPLACE TEMP TABLE signal_activity AS
SELECT account_key, any_value(is_member) AS is_member, count(*) AS posts, count(DISTINCT posted_at::DATE) AS days,
    count(*) FILTER (s.post_key IS NULL) AS free_posts,
    count(DISTINCT posted_at::DATE) FILTER (s.post_key IS NULL) AS free_days
FROM posts JOIN (SELECT account_key, is_member FROM signal_accounts) USING (account_key)
LEFT JOIN signal_spent s USING (post_key) GROUP BY account_key;
CREATE OR REPLACE TEMP VIEW signal_times AS
SELECT post_key, account_key, posted_at FROM posts ANTI JOIN signal_spent USING (post_key)
"""
_TABLES = ("accounts", "activity", "chosen", "spent")
_NO_POSTS = "SELECT NULL::BIGINT AS post_key WHERE false"


@dataclass(frozen=True)
class Group:
    """A group of accounts in temporary tables, with those to compare it with.

    Attributes
    ----------
    store
        The open workspace, with ``signal_accounts`` and ``signal_activity`` filled.
    name
        What the user calls the group, e.g. ``network:1``.
    selected_by
        Trace kinds and signals through which the group was chosen.
    follows
        Who follows whom, if the user brought a list.
    shared
        What was worked out for accounts whatever group they are in, kept from one group of the same posts to the next.

    Notes
    -----
    Signals of hours and pace read ``signal_times`` and the columns ``free_posts`` and ``free_days``: posts that took
    part in finding the group because of their time are no evidence on its hours, and are left out there.
    """

    store: Store
    name: str
    selected_by: frozenset[str] = frozenset()
    follows: Follows | None = None
    shared: Shared = field(default_factory=dict)

    def once(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return what is known under a key, or compute and keep it; it must not depend on who is in the group."""
        if key not in self.shared:
            self.shared[key] = compute()
        found: T = self.shared[key]
        return found

    @cached_property
    def is_member(self) -> dict[int, bool]:
        """Every account that is looked at, by ``account_key``, and whether it is in the group."""
        rows = self.store.rows("SELECT account_key, is_member FROM signal_accounts ORDER BY account_key")
        return {int(key): bool(inside) for key, inside in rows}

    @cached_property
    def sizes(self) -> tuple[int, int]:
        """Number of accounts in the group, and of those to compare with."""
        inside, outside = self.store.rows(
            "SELECT count(*) FILTER (is_member), count(*) FILTER (NOT is_member) FROM signal_accounts"
        )[0]
        return int(inside), int(outside)

    @property
    def has_controls(self) -> bool:
        """Whether there are enough accounts to compare with."""
        return self.sizes[1] >= FEWEST_CONTROLS

    @cached_property
    def filled(self) -> frozenset[str]:
        """Columns that are filled for at least one account of the group: ``handle``, ``text``, ``post_language`` …."""
        profile = ("handle", "display_name", *PROFILE_COLUMNS)
        found = {one for one, is_filled in self._filled("signal_accounts WHERE is_member", profile) if is_filled}
        posts = "posts SEMI JOIN (SELECT account_key FROM signal_accounts WHERE is_member) USING (account_key)"
        names = {"language": "post_language"}
        found |= {names.get(one, one) for one, is_filled in self._filled(posts, _POST_COLUMNS) if is_filled}
        return frozenset(found | ({"posted_at"} if self.posts[0] else set()))

    def _filled(self, table: str, columns: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
        lists = ("media", "media_hashes")
        checks = ", ".join(
            f"coalesce(bool_or({f'len({one}) > 0' if one in lists else f'{one} IS NOT NULL'}), false)"
            for one in columns
        )
        return zip(columns, self.store.rows(f"SELECT {checks} FROM {table}")[0], strict=True)

    @cached_property
    def posts(self) -> tuple[int, int]:
        """Number of posts of the group, and of the accounts to compare with."""
        inside, outside = self.store.rows(
            "SELECT coalesce(sum(posts) FILTER (is_member), 0), coalesce(sum(posts) FILTER (NOT is_member), 0)"
            " FROM signal_activity"
        )[0]
        return int(inside), int(outside)

    @cached_property
    def spent(self) -> int:
        """Number of posts of the group that took part in finding it because of their time."""
        found = self.store.rows("SELECT coalesce(sum(posts - free_posts), 0) FROM signal_activity WHERE is_member")
        return int(found[0][0])

    def left_out(self) -> str:
        """Return the sentence on these posts for signals of hours and pace; empty if there are none."""
        if not self.spent:
            return ""
        return (
            f" {self.spent:,} of its {self.posts[0]:,} posts took part in finding the group because of their time and "
            "are left out."
        )

    @cached_property
    def resolution_seconds(self) -> float:
        """Coarsest resolution of times among the files of the group's posts, in seconds."""
        found = self.store.rows(
            "SELECT max(time_resolution_seconds) FROM sources SEMI JOIN (SELECT DISTINCT source_id FROM posts SEMI JOIN"
            " (SELECT account_key FROM signal_accounts WHERE is_member) USING (account_key)) USING (source_id)"
        )[0][0]
        return float(found or 1.0)

    def by_side(self, columns: str, rest: str, parameters: Mapping[str, object] | None = None) -> tuple[Any, Any]:
        """Return one row of values for the group and one for the others (``None`` where there are no rows).

        Parameters
        ----------
        columns
            SQL expressions that aggregate.
        rest
            SQL from ``FROM`` on, with a column ``is_member`` and no grouping.
        parameters
            Values of the SQL.
        """
        found = {
            row[0]: row[1:]
            for row in self.store.rows(f"SELECT is_member, {columns} {rest} GROUP BY is_member", parameters)
        }
        return found.get(True), found.get(False)


@contextmanager
def gathered(
    store: Store,
    name: str,
    chosen_sql: str,
    parameters: Mapping[str, object],
    *,
    selected_by: frozenset[str],
    spent_sql: str = "",
    follows: Follows | None = None,
    shared: Shared | None = None,
) -> Iterator[Group]:
    """Gather a group and the accounts to compare it with; the temporary tables are dropped at the end.

    Parameters
    ----------
    store
        The workspace; may be read only.
    name
        What the user calls the group.
    chosen_sql
        SELECT of ``account_key`` and ``is_member``: true for the group, false for accounts to leave out altogether.
        All accounts that it does not name are compared with.
    parameters
        Values of the SQL.
    selected_by
        Trace kinds and signals through which the group was chosen.
    spent_sql
        SELECT of ``post_key`` of the posts through whose times it was found, with the same values; none if empty.
    follows
        Who follows whom, if the user brought a list.
    shared
        One dictionary for several groups of the same posts, so that what does not depend on the group is computed once.
    """
    store.execute(f"CREATE OR REPLACE TEMP TABLE signal_chosen AS {chosen_sql}", parameters or None)
    spent = (spent_sql, parameters or None) if spent_sql else (_NO_POSTS, None)
    store.execute(f"CREATE OR REPLACE TEMP TABLE signal_spent AS {spent[0]}", spent[1])
    store.script(_GATHER)
    yield Group(store, name, selected_by, follows, {} if shared is None else shared)
    # Not in a finally: after an error the surrounding transaction is void and takes the tables with it.
    store.script("DROP VIEW IF EXISTS temp.signal_times")
    store.script("; ".join(f"DROP TABLE IF EXISTS temp.signal_{table}" for table in _TABLES))
