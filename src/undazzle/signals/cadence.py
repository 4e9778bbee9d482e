"""Signal ``cadence``: accounts of the group post by a timetable."""

from __future__ import annotations

import statistics

from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.signals.descriptor import SYNCHRONY, Reading, Signal, untestable
from undazzle.signals.group import Group
from undazzle.signals.reading import share_reading

FEWEST_POSTS = 30
ON_MINUTE, SPREAD = 0.25, 0.3
_COARSEST = 60.0
_PACE = f"""
WITH gaps AS (
    SELECT account_key, is_member, epoch(posted_at)::BIGINT // 60 % 60 AS minute,
        epoch(posted_at) - epoch(lag(posted_at) OVER (PARTITION BY account_key ORDER BY posted_at, post_key)) AS gap
    FROM signal_times JOIN (SELECT account_key, is_member FROM signal_activity WHERE free_posts >= {FEWEST_POSTS})
    USING (account_key)
),
minutes AS (SELECT account_key, max(n) / sum(n) AS on_minute FROM (
    SELECT account_key, minute, count(*) AS n FROM gaps GROUP BY ALL) GROUP BY account_key)
SELECT any_value(is_member), any_value(on_minute), stddev_samp(gap) / nullif(avg(gap), 0)
FROM gaps JOIN minutes USING (account_key) GROUP BY account_key ORDER BY account_key
"""


def read(group: Group) -> Reading:
    """Return what the pace of the group says."""
    if group.resolution_seconds > _COARSEST:
        return untestable("Times of this data are coarser than a minute.")
    rows = group.store.rows(_PACE)
    mine = [row for row in rows if row[0]]
    others = [row for row in rows if not row[0]]
    if not mine:
        return untestable(f"No account of the group has {FEWEST_POSTS} posts.{group.left_out()}", 0)
    spreads = [row[2] for row in mine if row[2] is not None]
    seen = ""
    if spreads:
        seen = f"Gaps between posts vary by {statistics.median(spreads):.1f} times their mean (the median account)"
        seen += "; 1 is pure chance, less is a steadier pace, more comes in bursts."
    return share_reading(
        sum(_is_scheduled(row[1], row[2]) for row in mine),
        len(mine),
        sum(_is_scheduled(row[1], row[2]) for row in others),
        len(others),
        "post by a timetable",
        seen=seen + group.left_out(),
        details={"spread": statistics.median(spreads) if spreads else None},
    )


def _is_scheduled(on_minute: float, spread: float | None) -> bool:
    return on_minute >= ON_MINUTE or (spread is not None and spread <= SPREAD)


CADENCE = Signal(
    signal_id="cadence",
    version="1",
    title="A timetable",
    summary="Finds accounts that post on one minute of the hour, or at even gaps.",
    family="pace",
    method=(
        "An account with 30 posts keeps a timetable if a quarter of them fall on one minute of the hour (one in sixty "
        "would be even), or if the gaps between its posts vary by less than 0.3 times their mean. The share of such "
        "accounts is compared with that among the others (Fisher); it must be twice as common."
    ),
    needs=("posted_at",),
    needs_words="posts",
    innocent_explanations=(
        InnocentExplanation("Scheduled posts", "Newspapers, shops and weather services post by a plan, and say so."),
        InnocentExplanation("Declared automation", "Programs that say what they are."),
    ),
    error_rates=(
        "2 % of the accounts of the Internet Research Agency with 30 posts keep a timetable. "
        "Posts that a program spreads at random are not seen."
    ),
    read=read,
    parameters=(
        Parameter("fewest_posts", FEWEST_POSTS, "posts", "Accounts with fewer are not judged"),
        Parameter("on_minute", ON_MINUTE, "share", "Posts on one minute of the hour that make a timetable"),
        Parameter("spread", SPREAD, "times the mean", "Spread of gaps below which the pace is even"),
    ),
    same_as_traces=(SYNCHRONY,),
    references=(
        Reference(
            "Goh and Barabasi 2008, Burstiness and memory in complex systems", "https://arxiv.org/abs/physics/0610233"
        ),
    ),
)
