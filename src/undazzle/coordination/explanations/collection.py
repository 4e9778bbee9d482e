"""Explanation ``collection``: the way the data were collected, not what the accounts did."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding
from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import Parameter, format_duration

# One instant at which outsiders made a hundredth of all posts is a moment of writing to a file, not of posting.
STACKED, FEWEST_POSTS = 0.01, 200
# An item in a quarter of all posts is what the posts were collected by: nothing is that common by itself.
COLLECTED = 0.25
# A quarter of the hours with posts, where enough posts for every hour are there: collected in bursts.
COVERED, POSTS_PER_HOUR = 0.25, 5
PART = 0.2
# Posts in one minute are close in time whatever the window says; posts in one hour are not.
COARSE_SECONDS = 900

_SEEN = """
WITH whole AS (
    SELECT count(*) AS posts, count(DISTINCT date_trunc('hour', posted_at)) AS hours,
        greatest(1, ceil((epoch(max(posted_at)) - epoch(min(posted_at))) / 3600)) AS span FROM posts
),
stacked AS (
    SELECT posted_at FROM posts ANTI JOIN explained_insiders USING (account_key) GROUP BY posted_at
    HAVING count(*) >= $stacked * (SELECT posts FROM whole) AND (SELECT posts FROM whole) >= $fewest
),
everywhere AS (
    SELECT item_key FROM traces SEMI JOIN explained_items USING (item_key) GROUP BY item_key
    HAVING count(DISTINCT post_key) >= $collected * (SELECT posts FROM whole)
),
met AS (
    SELECT DISTINCT network_id, account_a, account_b, post_a, post_b,
        bool_and(item_key IN (FROM everywhere)) AS is_collected
    FROM explained_meetings GROUP BY network_id, account_a, account_b, post_a, post_b
)
SELECT m.network_id, count(*) AS meetings, count(*) FILTER (is_collected) AS collected,
    count(*) FILTER (pa.posted_at IN (FROM stacked) AND pb.posted_at IN (FROM stacked)) AS stacked,
    count(*) FILTER (pa.posted_at = pb.posted_at AND lower(a.handle) = lower(b.handle)
        AND a.platform = b.platform AND pa.text IS NOT DISTINCT FROM pb.text) AS doubled,
    any_value(n.time_window) AS time_window, any_value(w.posts) AS posts, any_value(w.hours) AS hours,
    any_value(w.span) AS span
FROM met m JOIN explained_networks n USING (network_id) CROSS JOIN whole w
JOIN (SELECT post_key, posted_at, text FROM posts) pa ON pa.post_key = m.post_a
JOIN (SELECT post_key, posted_at, text FROM posts) pb ON pb.post_key = m.post_b
JOIN accounts a ON a.account_key = m.account_a JOIN accounts b ON b.account_key = m.account_b
GROUP BY m.network_id
"""


def judge(
    meetings: int,
    faults: tuple[int, int, int],
    window: float | None,
    resolution: float,
    coverage: tuple[int, int, int] = (0, 0, 1),
) -> Finding:
    """Return whether the collection makes the network.

    Parameters
    ----------
    meetings
        Pairs of posts that met.
    faults
        Those at instants at which outsiders made a hundredth of all posts, those on what the posts were collected by,
        and those that are one post kept under two accounts.
    window
        The window in seconds; ``None`` if there are several.
    resolution
        Of the times, in seconds.
    coverage
        Posts, hours with posts, and hours in all.
    """
    if window is not None and resolution >= COARSE_SECONDS and resolution > window:
        figure = f"times to {format_duration(resolution)}, a window of {format_duration(window)}"
        seen = "Times are rounded to more than the window: everything in the same interval counts as together."
        return Finding("fits", figure, seen, resolution, meetings)
    words = ("at instants that hold a hundredth of all posts", "on what the posts were collected by",
             "are one post kept under two accounts")  # fmt: skip
    worst = max(range(3), key=lambda one: faults[one])
    share = faults[worst] / meetings if meetings else 0.0
    figure = f"{faults[worst]:,} of {counted(meetings, 'pair')} of posts {words[worst]}"
    posts, hours, span = coverage
    is_patchy = hours <= COVERED * span and posts >= POSTS_PER_HOUR * span
    seen = (
        f"{percent(share) if share else 'None'} of the co-actions come from stacked times, doubled posts or what the "
        "data were collected by."
    )
    if is_patchy:
        seen += (
            f" The data hold posts of {hours:,} of {span:,} hours: they were collected in bursts, and all are close in "
            "time by that alone."
        )
    is_coarse = window is not None and resolution >= max(window, 2)
    if window is not None and is_coarse:
        seen += (
            f" Times are given to {format_duration(resolution)}: the window of {format_duration(window)} really covers "
            f"up to {format_duration(window + resolution)}."
        )
    if share >= MOST:
        return Finding("fits", figure, seen, share, meetings)
    is_part = share >= PART or is_patchy or is_coarse
    return Finding("fits_in_part" if is_part else "does_not_fit", figure, seen, share, meetings)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    values = {"stacked": STACKED, "fewest": FEWEST_POSTS, "collected": COLLECTED}
    return {
        network: judge(
            row["meetings"],
            (row["stacked"], row["collected"], row["doubled"]),
            row["time_window"],
            context.resolution_seconds,
            (row["posts"], row["hours"], int(row["span"])),
        )
        for network, row in context.by_network(_SEEN, values).items()
    }


COLLECTION = Explanation(
    "collection",
    "An artefact of how the data were collected",
    "Rounded or stacked times, doubled posts, one item in every post, data in short bursts",
    explain,
    limits="A collection by account list or by search terms that are not items cannot be seen in the posts.",
    parameters=(
        Parameter("stacked", STACKED, "share", "Posts at one instant from which it is no time of posting"),
        Parameter("collected", COLLECTED, "share", "Posts with an item from which they were collected by it"),
        Parameter("covered", COVERED, "share", "Hours with posts up to which the data is in bursts"),
        Parameter("most", MOST, "share", "Co-actions from which the explanation fits"),
    ),
)
