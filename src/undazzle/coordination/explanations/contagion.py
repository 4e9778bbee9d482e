"""Explanation ``contagion``: friends who pass on what their friends pass on."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding
from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import Parameter, Reference

# Reading and passing on takes a person a minute at least; queues and programs need seconds.
HUMAN_LAG_SECONDS = 60.0
# Three in four of those who come later come after somebody they write to.
PART = 0.4
# Those who follow come after those whom they follow: six in ten where half is chance, in at least ten cases.
AFTER, FEWEST_ORDERED = 0.6, 10
# A chain of friends has many beginnings. One account that leads nearly always is a source, and the others its staff.
MOST_LED = 0.8

# With fewer items in common no order along ties can show.
FEWEST_ITEMS = 5
# One answer in months is no acquaintance.
FEWEST_TIMES = 2

# Who answers, names, quotes or reposts whom, apart from the posts in co-actions. Handles and ids both count.
_TIES = f"""
CREATE OR REPLACE TEMP TABLE explained_ties AS
WITH names AS (
    SELECT m.network_id, m.account_key, unnest(list_distinct([lower(a.account_id),
        lower(a.platform || ':' || coalesce(a.handle, a.account_id))])) AS name
    FROM explained_members m JOIN accounts a USING (account_key)
),
written AS (
    SELECT account_key, platform, reply_to_account, quote_of_account, repost_of_account, mentions
    FROM posts SEMI JOIN explained_members USING (account_key)
    ANTI JOIN (SELECT post_key FROM explained_acts) USING (post_key)
),
named AS (
    SELECT account_key, lower(unnest(list_concat([reply_to_account, quote_of_account, repost_of_account],
        list_transform(coalesce(mentions, []), lambda one: platform || ':' || one)))) AS name
    FROM written
)
SELECT m.network_id, w.account_key AS follower, n.account_key AS followed, count(*) AS times
FROM named w JOIN explained_members m USING (account_key)
JOIN names n ON n.network_id = m.network_id AND n.name = w.name
WHERE n.account_key <> w.account_key
GROUP BY m.network_id, w.account_key, n.account_key HAVING count(*) >= {FEWEST_TIMES}
"""

# First acts of members on the items they met on, beyond the window: within a day.
_ORDER = """
CREATE OR REPLACE TEMP TABLE explained_order AS
WITH firsts AS (
    SELECT m.network_id, t.item_key, t.account_key, min(t.acted_at) AS acted_at
    FROM traces t JOIN explained_members m USING (account_key)
    SEMI JOIN explained_items i ON i.network_id = m.network_id AND i.item_key = t.item_key
    GROUP BY ALL
),
ranked AS (
    SELECT *, rank() OVER (PARTITION BY network_id, item_key ORDER BY acted_at) AS place,
        epoch(acted_at) - epoch(lag(acted_at) OVER (PARTITION BY network_id, item_key ORDER BY acted_at)) AS lag
    FROM firsts
)
SELECT * FROM ranked QUALIFY count(*) OVER (PARTITION BY network_id, item_key) > 1
"""

_SEEN = """
WITH met AS (SELECT DISTINCT network_id, account_a, account_b FROM explained_meetings),
degrees AS (
    SELECT network_id, follower AS account_key, count(*) AS followed FROM explained_ties GROUP BY network_id, follower
),
later AS (
    SELECT o.network_id, o.item_key, o.account_key, bool_or(e.account_key IS NOT NULL) AS after_friend,
        any_value(1 - power(1 - coalesce(d.followed, 0) / greatest(m.members - 1, 1), o.place - 1)) AS chance
    FROM explained_order o
    JOIN (SELECT network_id, count(*) AS members FROM explained_members GROUP BY network_id) m USING (network_id)
    LEFT JOIN degrees d USING (network_id, account_key)
    LEFT JOIN explained_ties t ON t.network_id = o.network_id AND t.follower = o.account_key
    LEFT JOIN explained_order e ON e.network_id = o.network_id AND e.item_key = o.item_key
        AND e.account_key = t.followed AND e.acted_at < o.acted_at
        AND epoch(o.acted_at) - epoch(e.acted_at) <= 86400
    WHERE o.place > 1
    GROUP BY o.network_id, o.item_key, o.account_key
),
followed AS (
    SELECT network_id, count(*) AS later, count(*) FILTER (after_friend) AS after_friend, avg(chance) AS chance
    FROM later GROUP BY network_id
),
both_ways AS (
    SELECT network_id, least(follower, followed) AS account_a, greatest(follower, followed) AS account_b,
        count(*) AS ways FROM explained_ties GROUP BY ALL
),
pairs AS (
    SELECT m.network_id, count(*) AS pairs, count(b.ways) AS tied FROM met m
    LEFT JOIN both_ways b ON b.network_id = m.network_id
        AND b.account_a = least(m.account_a, m.account_b) AND b.account_b = greatest(m.account_a, m.account_b)
    GROUP BY m.network_id
),
lags AS (
    SELECT network_id, median(lag) FILTER (lag <= 86400) AS lag, count(DISTINCT item_key) AS items
    FROM explained_order GROUP BY network_id
),
ordered AS (
    SELECT t.network_id, count(*) AS ordered, count(*) FILTER (f.acted_at > l.acted_at) AS after
    FROM explained_ties t
    JOIN both_ways b ON b.network_id = t.network_id AND b.account_a = least(follower, followed)
        AND b.account_b = greatest(follower, followed) AND b.ways = 1
    JOIN explained_order f ON f.network_id = t.network_id AND f.account_key = t.follower
    JOIN explained_order l ON l.network_id = t.network_id AND l.account_key = t.followed AND l.item_key = f.item_key
    WHERE f.acted_at <> l.acted_at AND abs(epoch(f.acted_at) - epoch(l.acted_at)) <= 86400
    GROUP BY t.network_id
),
leaders AS (
    SELECT network_id, max(led)::DOUBLE / sum(led) AS led FROM (
        SELECT network_id, account_key, count(*) AS led FROM explained_order WHERE place = 1 GROUP BY ALL
    ) GROUP BY network_id
)
SELECT p.*, coalesce(w.later, 0) AS later, coalesce(w.after_friend, 0) AS after_friend, w.chance, l.lag, l.items,
    coalesce(o.ordered, 0) AS ordered, coalesce(o.after, 0) AS after, d.led
FROM pairs p LEFT JOIN followed w USING (network_id) LEFT JOIN lags l USING (network_id)
LEFT JOIN ordered o USING (network_id)
LEFT JOIN leaders d USING (network_id)
"""


def judge(
    acts: tuple[int, int],
    pairs: tuple[int, int],
    lag: float | None,
    order: tuple[int, int],
    led: float,
    items: int,
    *,
    resolution: float = 1.0,
    chance: float | None = None,
) -> Finding:
    """Return whether people who know each other make the network.

    Parameters
    ----------
    acts
        Acts after somebody the account writes to had done the same within a day, of all acts that are not the first.
    pairs
        Pairs that answer, name or repost each other apart from the co-actions, and all pairs that met.
    lag
        Median seconds from one member's first act on an item to the next one's, beyond the window too.
    order
        Cases in which the follower came after the followed, of cases in which the tie has one direction.
    led
        Share of the items that the same member began.
    items
        Items that at least two members touched.
    resolution
        Of the times, in seconds: a delay may really be that much shorter.
    chance
        Share of ``acts`` that would follow somebody they write to in any order.
    """
    after_friend, later = acts
    share = after_friend / later if later else 0.0
    after, ordered = order
    figure = f"{after_friend:,} of {counted(later, 'later act')} follow somebody they write to"
    seen = f"{pairs[0]:,} of {counted(pairs[1], 'pair')} answer, name or repost each other apart from this."
    if later and chance:
        seen += f" {percent(share)} of those who come later come after such a friend ({percent(chance)} in any order)."
    if lag is not None:
        seen += (
            f" The median delay from one member to the next is {_seconds(lag)}; the same member is first on "
            f"{percent(led)} of the items."
        )
    if ordered:
        seen += f" Followers come after those they follow in {after:,} of {ordered:,} cases."
    is_slow = lag is not None and lag >= HUMAN_LAG_SECONDS + (resolution if resolution > 1 else 0)
    is_against = ordered >= FEWEST_ORDERED and after < AFTER * ordered
    if share >= MOST and is_slow and items >= FEWEST_ITEMS and led < MOST_LED and not is_against:
        return Finding("fits", figure, seen, share, later, chance)
    is_part = share >= PART and is_slow
    return Finding("fits_in_part" if is_part else "does_not_fit", figure, seen, share, later, chance)


def _seconds(lag: float) -> str:
    return f"{lag:.0f} s" if lag < 120 else f"{lag / 60:.0f} min" if lag < 7200 else f"{lag / 3600:.0f} h"


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    context.store.execute(_TIES)
    context.store.execute(_ORDER)
    found = {
        network: judge(
            (row["after_friend"], row["later"]),
            (row["tied"], row["pairs"]),
            row["lag"],
            (row["after"], row["ordered"]),
            row["led"] or 0.0,
            row["items"] or 0,
            resolution=context.resolution_seconds,
            chance=row["chance"],
        )
        for network, row in context.by_network(_SEEN).items()
    }
    context.store.script("DROP TABLE explained_ties; DROP TABLE explained_order")
    return found


CONTAGION = Explanation(
    "contagion",
    "Friends copying each other",
    "Accounts that write to each other, and delays of minutes along these ties",
    explain,
    limits="Followers are not in the data; ties are answers, names, quotes and reposts. People who are told by one "
    "account what to post look like its friends.",
    needs=("reply_to_account", "quote_of_account", "repost_of_account", "mentions"),
    needs_words="answers, mentions or reposts of named accounts",
    parameters=(
        Parameter("human_lag", HUMAN_LAG_SECONDS, "seconds", "Median delay from which a person can have read it first"),
        Parameter("most", MOST, "share", "Later acts after somebody they write to from which the explanation fits"),
        Parameter("after", AFTER, "share", "Cases in which followers come second"),
        Parameter("most_led", MOST_LED, "share", "Items begun by one member from which it is a source, not a friend"),
    ),
    references=(
        Reference("Shalizi and Thomas 2011, Homophily and Contagion", "https://doi.org/10.1177/0049124111404820"),
    ),
)
