"""Who engaged with a network: its own members, other networks of the run, or anybody else."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.store import Store

# How an engagement shows: the column that points at a post, the column that points at an account.
_KINDS = {
    "repost": ("repost_of", "repost_of_account"),
    "reply": ("reply_to", "reply_to_account"),
    "quote": ("quote_of", "quote_of_account"),
}

_FEW = 20  # engagements, below which a share is told as a count
_DONE = {"repost": "reposted", "reply": "answered", "quote": "quoted", "mention": "mentioned"}


@dataclass(frozen=True)
class Engagement:
    """Posts of one kind that point at posts or accounts of a network.

    Attributes
    ----------
    kind
        ``repost``, ``reply``, ``quote`` or ``mention``.
    testable
        Whether the data hold the columns it takes; if not, the counts say nothing.
    by_members, by_networks, by_others
        Posts by members, by members of other networks of the run, and by anybody else.
    other_accounts
        How many accounts in no network of the run.
    """

    kind: str
    testable: bool
    by_members: int
    by_networks: int
    by_others: int
    other_accounts: int


@dataclass(frozen=True)
class Reach:
    """Engagement with a network, as far as it is in the data.

    Attributes
    ----------
    engagements
        One per kind.
    posts, members
        Posts by the network's members, and how many members.
    other_accounts
        Accounts in no network of the run that engaged at least once, in any way.
    accounts_in_data
        All accounts of the workspace outside the network.
    examples
        Kind and id of the first posts by accounts in no network of the run, up to three of each kind.
    """

    engagements: tuple[Engagement, ...]
    posts: int
    members: int
    other_accounts: int
    accounts_in_data: int
    examples: tuple[tuple[str, str], ...] = ()

    @property
    def testable(self) -> bool:
        """Whether any kind of engagement can be seen in the data."""
        return any(one.testable for one in self.engagements)

    @property
    def internal_share(self) -> float | None:
        """Share of the engagement that comes from the network itself; none without engagement."""
        seen = [one for one in self.engagements if one.testable]
        total = sum(one.by_members + one.by_networks + one.by_others for one in seen)
        return sum(one.by_members for one in seen) / total if total else None

    @property
    def sentence(self) -> str:
        """Say it in one sentence, also when nobody listened."""
        if not self.testable:
            return "Not testable: these data do not say which posts answer, quote, mention or repost which."
        done = self._done
        share = self.internal_share
        if share is None:
            return f"Nobody, member or not, {done} the network's {self.posts:,} posts or its members in these data."
        others = sum(one.by_others for one in self.engagements if one.testable)
        if not others:
            return (
                f"Nobody outside {done} it in these data: all engagement came from networks of this run, {share:.0%} "
                f"from its own members."
            )
        accounts = "1 account" if self.other_accounts == 1 else f"{self.other_accounts:,} accounts"
        times = "once" if others == 1 else f"{others:,} times"
        return f"{accounts} outside {done} it {times}; {self._own_words(share)} came from its own members."

    def _own_words(self, share: float) -> str:
        """Say the members' part; of few engagements as a count, because a share would sound like more."""
        seen = [one for one in self.engagements if one.testable]
        total = sum(one.by_members + one.by_networks + one.by_others for one in seen)
        if total < _FEW:
            return f"{sum(one.by_members for one in seen)} of {total} engagements in these data"
        return f"{share:.0%} of the engagement in these data"

    @property
    def _done(self) -> str:
        """Name only what the data can show: ``mentioned or answered``."""
        words = [_DONE[one.kind] for one in self.engagements if one.testable]
        return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def measure_reach(store: Store, run_id: int, network_id: int) -> Reach:
    """Count who engaged with a network. Reads ``posts``, ``accounts``, ``members``.

    An engagement that names only the account counts for the account: a reply to a member is engagement with the
    network also where the answered post is not in the data.
    """
    scope = {"run": run_id, "network": network_id}
    store.execute(_TARGETS, scope)
    try:
        found = {row["kind"]: row for row in store.records(f"{_ENGAGING} {_BY_KIND}", scope)}
        testable = store.records(_TESTABLE, scope)[0]
        total = store.rows(f"{_ENGAGING} {_OTHERS}", scope)[0][0]
        counts = store.records(_SIZES, scope)[0]
        examples = tuple((kind, post) for kind, post in store.rows(f"{_ENGAGING} {_FIRST}", scope))
    finally:
        store.execute("DROP TABLE IF EXISTS _network_targets")
    engagements = tuple(
        Engagement(
            kind=kind,
            testable=bool(testable[kind]) or kind in found,
            **{
                name: int(found[kind][name]) if kind in found else 0
                for name in ("by_members", "by_networks", "by_others", "other_accounts")
            },
        )
        for kind in (*_KINDS, "mention")
    )
    sizes = {name: int(value) for name, value in counts.items()}
    return Reach(engagements, other_accounts=int(total), **sizes, examples=examples)


_TARGETS = """
CREATE OR REPLACE TEMP TABLE _network_targets AS
WITH named AS (
    SELECT account_key FROM members WHERE run_id = $run AND network_id = $network
)
SELECT DISTINCT lower(name) AS name FROM (
    SELECT post_id AS name FROM posts JOIN named USING (account_key)
    UNION ALL SELECT account_id FROM accounts JOIN named USING (account_key)
    UNION ALL SELECT platform || ':' || handle FROM accounts JOIN named USING (account_key)
) WHERE name IS NOT NULL
"""

_POINTING = " UNION ALL ".join(
    f"""
    SELECT '{kind}' AS kind, post_key, account_key FROM posts
    WHERE {post} IS NOT NULL AND lower({post}) IN (SELECT name FROM _network_targets)
       OR {account} IS NOT NULL AND lower({account}) IN (SELECT name FROM _network_targets)"""
    for kind, (post, account) in _KINDS.items()
)

_ENGAGING = f"""
WITH own AS (
    SELECT DISTINCT account_key FROM members WHERE run_id = $run AND network_id = $network
), in_networks AS (
    SELECT DISTINCT account_key FROM members WHERE run_id = $run
), pointing AS ({_POINTING}
), engaging AS (
    SELECT * FROM pointing
    UNION ALL
    SELECT DISTINCT 'mention', post_key, account_key
    FROM (SELECT post_key, account_key, platform, unnest(mentions) AS mention FROM posts WHERE len(mentions) > 0)
    WHERE (lower(mention) IN (SELECT name FROM _network_targets)
       OR lower(platform || ':' || mention) IN (SELECT name FROM _network_targets))
       -- a reply or repost mentions its author by itself: one act, counted once
       AND post_key NOT IN (SELECT post_key FROM pointing)
), placed AS (
    SELECT e.*, o.account_key IS NOT NULL AS is_member, n.account_key IS NOT NULL AS in_network
    FROM engaging e LEFT JOIN own o USING (account_key) LEFT JOIN in_networks n USING (account_key)
)"""

_BY_KIND = """
SELECT kind, count(*) FILTER (is_member) AS by_members, count(*) FILTER (in_network AND NOT is_member) AS by_networks,
    count(*) FILTER (NOT in_network) AS by_others,
    count(DISTINCT account_key) FILTER (NOT in_network) AS other_accounts
FROM placed GROUP BY kind
"""

_FIRST = """
SELECT kind, p.post_id FROM placed JOIN posts p USING (post_key) WHERE NOT in_network
QUALIFY row_number() OVER (PARTITION BY kind ORDER BY p.posted_at, p.post_id) <= 3 ORDER BY kind, p.posted_at, p.post_id
"""

_OTHERS = "SELECT count(DISTINCT account_key) FROM placed WHERE NOT in_network"

# Where a file gives no id of the original, reposts of one text carry an id made from it, which names no post.
_SAYS_WHICH = ", ".join(
    f"count({post}) FILTER (NOT contains({post}, ':text-')) + count({account}) > 0 AS {kind}"
    for kind, (post, account) in _KINDS.items()
)
# Only files that hold posts of the network count: what posts of another year name says nothing of these.
OWN_FILES = """posts WHERE coalesce(source_id, -1) IN (
    SELECT coalesce(source_id, -1) FROM posts JOIN members USING (account_key)
    WHERE run_id = $run AND network_id = $network)"""
_TESTABLE = f"SELECT {_SAYS_WHICH}, count(*) FILTER (len(mentions) > 0) > 0 AS mention FROM {OWN_FILES}"

_SIZES = """
SELECT (SELECT count(*) FROM posts JOIN members USING (account_key)
        WHERE run_id = $run AND network_id = $network) AS posts,
    (SELECT count(*) FROM members WHERE run_id = $run AND network_id = $network) AS members,
    (SELECT count(DISTINCT account_key) FROM posts WHERE account_key NOT IN
        (SELECT account_key FROM members WHERE run_id = $run AND network_id = $network)) AS accounts_in_data
"""
