"""Signal ``daily_rhythm``: the hours of the day at which the group posts, in UTC and without any guess at a zone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import InnocentExplanation, Parameter
from undazzle.signals.comparing import FEWEST_ACCOUNTS, mean_interval
from undazzle.signals.descriptor import FALSE_ALARM, SYNCHRONY, Reading, Signal, untestable
from undazzle.signals.group import Group

FEWEST_POSTS, FEWEST_DAYS = 10, 3
BUSY_HOURS = 8
LEAST_EXCESS = 0.1
LEAST_COVERED = 0.5
MOST_ACCOUNTS = 1000
_SHUFFLES = 999
_COARSEST = 3600.0

_HOURS = f"""
WITH chosen AS (
    SELECT account_key, is_member, free_posts AS posts FROM signal_activity
    JOIN (SELECT account_key, account_id FROM accounts) USING (account_key)
    WHERE free_posts >= $posts AND free_days >= $days
    QUALIFY row_number() OVER (PARTITION BY is_member ORDER BY md5(account_id)) <= {MOST_ACCOUNTS}
)
SELECT c.account_key, c.is_member, hour(p.posted_at) AS hour, count(*) / any_value(c.posts) AS share
FROM signal_times p JOIN chosen c USING (account_key) GROUP BY ALL ORDER BY ALL
"""

# Part of the group's hours, by date, in which any other account posts.
_COVERED = """
WITH hours AS (
    SELECT is_member, epoch(posted_at)::BIGINT // 3600 AS hour FROM signal_times
    JOIN (SELECT account_key, is_member FROM signal_accounts) USING (account_key) GROUP BY ALL
)
SELECT count(o.hour) / count(*) FROM (SELECT hour FROM hours WHERE is_member) g
LEFT JOIN (SELECT hour FROM hours WHERE NOT is_member) o USING (hour)
"""


def read(group: Group) -> Reading:
    """Return what the hours of the group say."""
    if group.resolution_seconds > _COARSEST:
        return untestable("Times of this data are given to the day.")
    covered = group.store.rows(_COVERED)[0][0]
    if group.posts[1] and (covered or 0) < LEAST_COVERED:
        return untestable(
            f"Others were collected in {percent(covered or 0)} of the hours in which the group posts: the collection, "
            "not the accounts, would be compared.",
            group.sizes[0],
        )
    found = group.store.arrays(_HOURS, {"posts": FEWEST_POSTS, "days": FEWEST_DAYS})
    keys, places = np.unique(found["account_key"], return_inverse=True)
    shares = np.zeros((len(keys), 24))
    shares[places, found["hour"]] = found["share"]
    is_member = np.zeros(len(keys), dtype=bool)
    is_member[places] = found["is_member"]
    needs = f"with {FEWEST_POSTS} posts on {FEWEST_DAYS} days"
    for number, who in ((is_member.sum(), "account"), ((~is_member).sum(), "other account")):
        if number < FEWEST_ACCOUNTS:
            known = {"hours": _rounded(shares[is_member])} if is_member.any() else {}
            return Reading(
                "not_testable", "not computed", n=int(is_member.sum()), details=known,
                reason=f"Only {counted(int(number), who)} {needs}; {FEWEST_ACCOUNTS} are needed.{group.left_out()}",
            )  # fmt: skip
    return _reading(shares, is_member, needs, group.left_out())


def _reading(shares: NDArray[np.float64], is_member: NDArray[np.bool_], needs: str, left_out: str) -> Reading:
    windows = np.stack([np.roll(shares, -hour, axis=1)[:, :BUSY_HOURS].sum(axis=1) for hour in range(24)], axis=1)
    mine, others = windows[is_member], windows[~is_member]
    excess = mine.mean(axis=0) - others.mean(axis=0)
    start = int(np.argmax(excess))
    p_value = _shuffled(windows, int(is_member.sum()), float(excess[start]))
    value, control = float(mine[:, start].mean()), float(others[:, start].mean())
    busiest = int(np.argmax(mine.mean(axis=0)))
    quietest = int(np.argmin(mine.mean(axis=0)))
    stands = p_value <= FALSE_ALARM and value - control >= LEAST_EXCESS
    low, high = mean_interval(mine[:, start])
    return Reading(
        "stands_out" if stands else "ordinary",
        f"{percent(value)} of posts between {_stretch(start)} UTC, {percent(control)} elsewhere",
        f"These are the eight hours in which {counted(int(is_member.sum()), 'account')} {needs} differ most from "
        f"{int((~is_member).sum()):,} others. The group is busiest between {_stretch(busiest)} UTC "
        f"({percent(float(mine[:, busiest].mean()))}) and quietest between {_stretch(quietest)} UTC "
        f"({percent(float(mine[:, quietest].mean()))}).{left_out}",
        value, low, high, "mean share of an account's posts", int(is_member.sum()), control, int((~is_member).sum()),
        p_value,
        details={"hours": _rounded(shares[is_member]), "control_hours": _rounded(shares[~is_member])},
    )  # fmt: skip


def _shuffled(windows: NDArray[np.float64], members: int, observed: float) -> float:
    """Return how often a random group of this size differs as much in any stretch of eight hours."""
    random, number = np.random.default_rng(0), len(windows)
    everything, reached = windows.sum(axis=0), 0
    for _ in range(_SHUFFLES):
        inside = windows[random.permutation(number)[:members]].sum(axis=0)
        reached += float((inside / members - (everything - inside) / (number - members)).max()) >= observed - 1e-12
    return (1 + reached) / (1 + _SHUFFLES)


def _stretch(start: int) -> str:
    return f"{start:02d} and {(start + BUSY_HOURS) % 24:02d} h"


def _rounded(shares: NDArray[np.float64]) -> list[float]:
    return [round(float(one), 4) for one in shares.mean(axis=0)]


DAILY_RHYTHM = Signal(
    signal_id="daily_rhythm",
    version="1",
    title="Hours of the day",
    summary="Finds stretches of the day in which the group posts more than others.",
    family="hours",
    method=(
        "For each account with ten posts on three days, the share of its posts in every stretch of eight hours of UTC "
        "is taken, so that busy accounts count no more than quiet ones. The stretch in which group and others differ "
        "most is tested against 999 random groups of the same size, in which the best stretch is looked for again. A "
        "difference below ten percentage points is not called one."
    ),
    needs=("posted_at",),
    needs_words="posts",
    innocent_explanations=(
        InnocentExplanation("Another part of the world", "People post when they are awake where they live."),
        InnocentExplanation("An event", "A debate or a match draws those who care for it at one hour."),
        InnocentExplanation("The collection", "Data that was collected for a few hours shows these hours only."),
    ),
    error_rates=(
        "Of the six largest categories of the Internet Research Agency all but the news feeds stand out from the rest "
        "of it (seen by hand)."
    ),
    read=read,
    parameters=(
        Parameter("fewest_posts", FEWEST_POSTS, "posts", "Accounts with fewer are not looked at"),
        Parameter("busy_hours", BUSY_HOURS, "hours", "Length of the stretch"),
        Parameter("least_excess", LEAST_EXCESS, "share", "Least difference to the others"),
    ),
    same_as_traces=(SYNCHRONY,),
)
