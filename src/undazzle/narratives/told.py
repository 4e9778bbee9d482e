"""The narratives that one network told: how much of them, and who said them first in these data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from undazzle.narratives.outlets import shipped_outlets
from undazzle.narratives.paths import Path, follow
from undazzle.store import RunRecord, Store, list_runs
from undazzle.store.runs import input_fingerprint


@dataclass(frozen=True)
class Told:
    """One narrative, seen from one network.

    Attributes
    ----------
    narrative_id
        Its number in the run of narratives.
    posts, accounts, member_posts, member_accounts
        All posts and accounts that told it, and those of the network.
    languages
        Languages of its posts, as the data give them.
    first_at, last_at
        First and last post of it in these data, by anybody.
    member_first_at, other_first_at
        First post by the network and by anybody else; none if nobody else told it.
    post_id, member_post_id, other_post_id
        Ids of a post that stands for it, and of those two first posts.
    path
        How it went: first seen, crossing points, outlets, and whether its beginning is uncertain.
    hashtag, hashtag_posts
        The hashtag in at least half of its posts, and in how many; empty if there is none. It may be all that holds
        the group together: a game or a topic, and no narrative.
    """

    narrative_id: int
    posts: int
    accounts: int
    member_posts: int
    member_accounts: int
    languages: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    member_first_at: datetime
    other_first_at: datetime | None
    post_id: str
    member_post_id: str
    other_post_id: str | None
    path: Path
    hashtag: str = ""
    hashtag_posts: int = 0

    @property
    def was_first(self) -> bool | None:
        """Whether the network said it first in these data; none if its first post came at the same time as another."""
        if self.other_first_at is None:
            return True
        if self.other_first_at == self.member_first_at:
            return None
        return self.member_first_at < self.other_first_at


def told_by(
    store: Store, network_id: int, *, networks_run: int, run: int, least: int = 2, limit: int = 8
) -> tuple[list[Told], int]:
    """Return the narratives a network told most, and how many it told in all.

    Reads ``narratives``, ``narrative_posts``, ``posts``, ``members``.

    Parameters
    ----------
    store
        An open workspace.
    network_id, networks_run
        The network and the run that found it.
    run
        The run that found the narratives.
    least
        Accounts of the network that must have told a narrative: one account alone says nothing of a network.
    limit
        Most narratives to return, those with most posts of the network first.
    """
    scope = {"run": run, "networks": networks_run, "network": network_id, "least": least}
    rows = store.records(f"{_TOLD} ORDER BY member_posts DESC, narrative_id LIMIT $limit", {**scope, "limit": limit})
    found = []
    for row in rows:
        post = store.rows(_EXEMPLAR, {"run": run, "narrative": row["narrative_id"]})[0][0]
        path = follow(store, row["narrative_id"], run=run, networks_run=networks_run, outlets=shipped_outlets())
        hashtags = store.rows(_HASHTAG, {"run": run, "narrative": row["narrative_id"], "posts": row["posts"]})
        hashtag, tagged = hashtags[0] if hashtags else ("", 0)
        facts = {**row, "languages": tuple(row["languages"] or ()), "hashtag": hashtag, "hashtag_posts": int(tagged)}
        found.append(Told(**facts, post_id=post, path=path))
    total = store.rows(f"SELECT count(*) FROM ({_TOLD})", scope)[0][0]
    return found, int(total)


def current_narratives(store: Store) -> RunRecord | None:
    """Return the latest search for narratives over the posts that are in the workspace now, or none."""
    now = input_fingerprint(store)
    found = [
        one
        for one in list_runs(store)
        if one.method == "narratives" and one.state == "finished" and one.input_fingerprint == now
    ]
    return found[-1] if found else None


_TOLD = """
SELECT n.narrative_id, count(*) AS posts, count(DISTINCT p.account_key) AS accounts,
    count(*) FILTER (is_member) AS member_posts, count(DISTINCT p.account_key) FILTER (is_member) AS member_accounts,
    list_sort(list(DISTINCT p.language) FILTER (p.language IS NOT NULL)) AS languages,
    min(p.posted_at) AS first_at, max(p.posted_at) AS last_at,
    min(p.posted_at) FILTER (is_member) AS member_first_at, min(p.posted_at) FILTER (NOT is_member) AS other_first_at,
    arg_min(p.post_id, (p.posted_at, p.post_id)) FILTER (is_member) AS member_post_id,
    arg_min(p.post_id, (p.posted_at, p.post_id)) FILTER (NOT is_member) AS other_post_id
FROM narrative_posts n JOIN (
    SELECT *, account_key IN (
        SELECT account_key FROM members WHERE run_id = $networks AND network_id = $network) AS is_member
    FROM posts
) p USING (post_key)
WHERE n.run_id = $run
GROUP BY n.narrative_id HAVING count(DISTINCT p.account_key) FILTER (is_member) >= $least
"""

_EXEMPLAR = """
SELECT coalesce(arg_min(p.post_id, (p.posted_at, p.post_id)) FILTER (n.is_exemplar),
    arg_min(p.post_id, (p.posted_at, p.post_id)))
FROM narrative_posts n JOIN posts p USING (post_key) WHERE n.run_id = $run AND n.narrative_id = $narrative
"""

_HASHTAG = """
SELECT hashtag, count(*) AS tagged FROM (
    SELECT unnest(list_distinct(list_transform(p.hashtags, lambda h: lower(h)))) AS hashtag
    FROM narrative_posts n JOIN posts p USING (post_key) WHERE n.run_id = $run AND n.narrative_id = $narrative
) GROUP BY hashtag HAVING 2 * count(*) >= $posts ORDER BY tagged DESC, hashtag LIMIT 1
"""
