"""The posts of each account by quarter of the week, for accounts that post enough.

Reads the temporary tables of ``group``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from undazzle.signals.clocks import Clock, summer_shift
from undazzle.signals.day_shapes import QUARTERS
from undazzle.signals.group import Group

# More accounts than this on either side change no share worth printing.
MOST_ACCOUNTS = 300
_QUARTER = 900
# 1 January 1970 was a Thursday: the week began 3 days before.
_MONDAY = 3 * 86400


@dataclass(frozen=True)
class Times:
    """When one account posts.

    Attributes
    ----------
    is_member
        Whether it belongs to the group.
    seconds
        Distinct quarters of an hour with a post, by their beginning, seconds since 1970, UTC.
    posts
        Number of posts.
    on_minute
        Largest share of posts on one minute of the hour.
    slots
        Share of posts in the six busiest quarters of the day.
    spread
        In how many quarters of the day the posts lie, were they even: one over the chance that two of them share one.
    """

    is_member: bool
    seconds: NDArray[np.int64]
    posts: int
    on_minute: float
    slots: float
    spread: float


def busy_times(group: Group, *, fewest_posts: int, fewest_days: int) -> list[Times]:
    """Return when the accounts of a group and the others post; at most 300 of either, chosen by their id."""
    rows = group.store.rows(
        "WITH busy AS ("
        " SELECT account_key, is_member FROM signal_activity JOIN (SELECT account_key, account_id FROM accounts)"
        " USING (account_key) WHERE free_posts >= $posts AND free_days >= $days"
        f" QUALIFY row_number() OVER (PARTITION BY is_member ORDER BY md5(account_id)) <= {MOST_ACCOUNTS}),"
        " times AS (SELECT account_key, is_member, epoch(posted_at)::BIGINT AS instant FROM signal_times JOIN busy"
        " USING (account_key)),"
        " minutes AS (SELECT account_key, max(n) / sum(n) AS on_minute FROM (SELECT account_key, instant // 60 % 60,"
        " count(*) AS n FROM times GROUP BY ALL) GROUP BY account_key),"
        " slots AS (SELECT account_key, list_sum(list(n ORDER BY n DESC)[1:6]) / sum(n) AS slots,"
        " sum(n) * (sum(n) - 1) / greatest(1, sum(n * (n - 1))) AS spread FROM (SELECT"
        f" account_key, instant // {_QUARTER} % 96, count(*) AS n FROM times GROUP BY ALL) GROUP BY account_key)"
        f" SELECT is_member, list(DISTINCT instant // {_QUARTER} * {_QUARTER}), count(*), any_value(on_minute),"
        " any_value(slots), any_value(spread) FROM times JOIN minutes USING (account_key) JOIN slots"
        " USING (account_key) GROUP BY account_key, is_member ORDER BY is_member DESC, account_key",
        {"posts": fewest_posts, "days": fewest_days},
    )
    return [
        Times(
            bool(is_member),
            np.sort(np.array(seconds, dtype=np.int64)),
            int(posts),
            float(minute),
            float(slots),
            float(spread),
        )
        for is_member, seconds, posts, minute, slots, spread in rows
    ]


def times_of_posts(seconds: NDArray[np.int64], *, is_member: bool) -> Times:
    """Return the times of one account that stands in no workspace, as ``busy_times`` gives them.

    Parameters
    ----------
    seconds
        Times of its posts, seconds since 1970, UTC; at least one.
    is_member
        Whether it belongs to the group.
    """
    _, minutes = np.unique(seconds // 60 % 60, return_counts=True)
    _, slots = np.unique(seconds // _QUARTER % 96, return_counts=True)
    return Times(
        is_member,
        np.unique(seconds // _QUARTER * _QUARTER),
        len(seconds),
        float(minutes.max() / len(seconds)),
        float(np.sort(slots)[-6:].sum() / len(seconds)),
        float(len(seconds) * (len(seconds) - 1) / max(1, (slots * (slots - 1)).sum())),
    )


def week_of(seconds: NDArray[np.int64], clock: Clock) -> NDArray[np.float32]:
    """Return quarters with a post by quarter of the week, from Monday 00:00 UTC, summer time taken out."""
    shifted = seconds + summer_shift(seconds, clock)
    places = (shifted + _MONDAY) // _QUARTER % QUARTERS
    return np.bincount(places, minlength=QUARTERS).astype(np.float32)
