"""Explanation ``one_program``: an app that employees or supporters use to post what is prepared for them."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding, untested
from undazzle.coordination.explanations.wording import percent
from undazzle.model import Parameter

# A program that one in ten other posts is made with is nothing special.
RARE = 0.1
# Outsiders who use it for the same things show that it is open to everybody.
FEWEST_OTHERS, OTHERS_SHARE = 10, 0.5

_SEEN = """
WITH acts AS (
    SELECT network_id, client, count(*) AS posts, sum(count(*)) OVER (PARTITION BY network_id) AS total
    FROM (SELECT DISTINCT network_id, post_key FROM explained_acts)
    JOIN (SELECT post_key, client FROM posts WHERE client IS NOT NULL) USING (post_key)
    GROUP BY network_id, client
),
top AS (
    SELECT * FROM acts QUALIFY row_number() OVER (PARTITION BY network_id ORDER BY posts DESC, client) = 1
),
clients AS (SELECT client, count(*) AS posts FROM posts ANTI JOIN explained_insiders USING (account_key)
    WHERE client IS NOT NULL GROUP BY client),
others AS (
    SELECT t.network_id, count(DISTINCT e.account_key) AS others,
        count(DISTINCT e.account_key) FILTER (p.client = t.client) AS others_same
    FROM top t JOIN (SELECT DISTINCT network_id, item_key FROM explained_acts) i USING (network_id)
    JOIN explained_events e USING (item_key) JOIN (SELECT post_key, client FROM posts) p USING (post_key)
    GROUP BY t.network_id
)
SELECT t.network_id, t.posts, t.total, coalesce(c.posts, 0) / (SELECT greatest(sum(posts), 1) FROM clients) AS control,
    coalesce(o.others, 0) AS others, coalesce(o.others_same, 0) AS others_same
FROM top t LEFT JOIN clients c USING (client) LEFT JOIN others o USING (network_id)
"""


def judge(posts: int, total: int, control: float, others: int, others_same: int) -> Finding:
    """Return whether one program, open to others, makes the network.

    Parameters
    ----------
    posts, total
        Posts in co-actions made with the most used program, and all whose program is known.
    control
        Share of posts outside the networks made with it.
    others, others_same
        Outside accounts that did the same things, and those who used the program for it.
    """
    share = posts / total
    figure = f"{posts:,} of {total:,} posts in co-actions made with one program"
    seen = (
        f"{percent(share)} were made with the most used program, against {percent(control)} of posts outside; "
        f"{others_same:,} of {others:,} outside accounts that shared the same used it too."
    )
    is_special = share >= MOST and control <= RARE
    is_open = others_same >= FEWEST_OTHERS and others_same >= OTHERS_SHARE * others
    verdict = ("fits" if is_open else "fits_in_part") if is_special else "does_not_fit"
    return Finding(verdict, figure, seen, share, total, control)  # type: ignore[arg-type]  # mypy widens the literals


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    seen = context.by_network(_SEEN)
    missing = untested("The program is not known for any post in a co-action.", "needs client")
    return {
        network: judge(*(seen[network][name] for name in ("posts", "total", "control", "others", "others_same")))
        if network in seen
        else missing
        for network in context.network_ids
    }


ONE_PROGRAM = Explanation(
    "one_program",
    "An app for employees or supporters",
    "One rare posting program, which others use for the same things",
    explain,
    limits="A program of one's own serves a campaign as well: unless outsiders use it, it fits in part at most.",
    needs=("client",),
    needs_words="posting programs",
    parameters=(
        Parameter("most", MOST, "share", "Posts made with one program"),
        Parameter("rare", RARE, "share", "Posts outside made with it up to which it is special"),
    ),
)
