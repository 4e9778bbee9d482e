"""SQL → counts that help to weigh innocent explanations: they test nothing and say so.

Reads the network's co-actions, ``posts``, ``traces``, ``items``, ``trace_sets`` and ``account_observations``.
"""

from __future__ import annotations

from collections.abc import Sequence

from undazzle.publish.masking import Mask
from undazzle.publish.report.collect import CO_ACTIONS
from undazzle.publish.report.facts import Member, Weight
from undazzle.publish.report.text import clean, number, plural
from undazzle.store import Store

_HITS = f"(SELECT post_a AS post_key FROM {CO_ACTIONS} UNION SELECT post_b FROM {CO_ACTIONS})"
_UNKNOWN = "the data do not say"


def read_weights(store: Store, members: Sequence[Member], mask: Mask, resolution: float) -> list[Weight]:
    """Return counts that bear on innocent explanations.

    Parameters
    ----------
    store
        The workspace, with the network's co-actions gathered.
    members
        The accounts of the network.
    mask
        Replaces what gives accounts away in the names of sites and programs.
    resolution
        Clock of the data, seconds: full minutes mean nothing where no seconds are given.
    """
    keys = [member.key for member in members]
    found = [_others(store, keys), _sites(store, mask), _programs(store, mask), _declared(store, keys)]
    if resolution <= 1:
        found.append(_full_minutes(store))
    return [one for one in found if one]


def _others(store: Store, keys: Sequence[int]) -> Weight | None:
    posts, others, accounts = store.rows(
        f"WITH shared AS (SELECT DISTINCT kind, item_key FROM {CO_ACTIONS})"
        " SELECT count(DISTINCT t.post_key),"
        " count(DISTINCT t.post_key) FILTER (NOT list_contains($keys, t.account_key)),"
        " count(DISTINCT t.account_key) FILTER (NOT list_contains($keys, t.account_key))"
        " FROM traces t JOIN trace_sets s USING (trace_set)"
        " JOIN shared ON shared.kind = s.kind AND shared.item_key = t.item_key",
        {"keys": list(keys)},
    )[0]
    if not posts:
        return None
    return Weight(
        "Did others share the same items, at any time?",
        f"{number(others)} of {plural(posts, 'post')} with these items are by {plural(accounts, 'other account')}",
    )


def _sites(store: Store, mask: Mask) -> Weight | None:
    rows = store.rows(
        f"WITH shared AS (SELECT item_key, count(*) AS n FROM {CO_ACTIONS} WHERE kind = 'link' GROUP BY ALL),"
        " sites AS (SELECT regexp_extract(any_value(i.item), '^[a-z]+://([^/]+)', 1) AS site, any_value(shared.n) AS n"
        " FROM shared JOIN items i USING (item_key) JOIN trace_sets s ON s.trace_set = i.trace_set AND s.kind = 'link'"
        " GROUP BY item_key) SELECT site, sum(n) AS n FROM sites WHERE site <> '' GROUP BY ALL ORDER BY n DESC, site"
    )
    if not rows:
        return None
    top = mask(clean(rows[0][0]))[:60]
    share = rows[0][1] / sum(row[1] for row in rows)
    return Weight(
        "Do all links lead to one site?",
        f"{plural(len(rows), 'site')}; {top} holds {share:.0%} of the co-actions on links",
    )


def _programs(store: Store, mask: Mask) -> Weight:
    rows = store.rows(
        f"SELECT client, count(*) AS n FROM posts SEMI JOIN {_HITS} h USING (post_key)"
        " WHERE client IS NOT NULL AND client <> '' GROUP BY ALL ORDER BY n DESC, client"
    )
    question = "Were the posts made with one program?"
    if not rows:
        return Weight(question, _UNKNOWN, is_known=False)
    share = rows[0][1] / sum(row[1] for row in rows)
    return Weight(
        question, f"{plural(len(rows), 'program')}; {mask(clean(rows[0][0]))[:60]} made {share:.0%} of the posts"
    )


def _declared(store: Store, keys: Sequence[int]) -> Weight:
    known, declared = store.rows(
        "SELECT count(DISTINCT account_key), count(DISTINCT account_key) FILTER (is_automated)"
        " FROM account_observations WHERE is_automated IS NOT NULL AND list_contains($keys, account_key)",
        {"keys": list(keys)},
    )[0]
    question = "Do accounts declare that they are automated?"
    if not known:
        return Weight(question, _UNKNOWN, is_known=False)
    return Weight(question, f"{number(declared)} of {plural(known, 'account')} for which the data say it")


def _full_minutes(store: Store) -> Weight | None:
    posts, early, all_posts, all_early = store.rows(
        f"SELECT count(h.post_key), count(h.post_key) FILTER (second(posted_at) < 5), count(*),"
        f" count(*) FILTER (second(posted_at) < 5) FROM posts LEFT JOIN {_HITS} h USING (post_key)"
    )[0]
    if not posts:
        return None
    return Weight(
        "Do the posts come on full minutes, as scheduled posts do?",
        f"{early / posts:.0%} of the posts in co-actions fall in the first 5 seconds of a minute, "
        f"{all_early / max(1, all_posts):.0%} of all posts here",
    )
