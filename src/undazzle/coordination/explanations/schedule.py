"""Explanation ``schedule``: posting software that keeps a timetable."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding, untested
from undazzle.coordination.explanations.wording import beside, counted, percent
from undazzle.model import Parameter

# Timetables name quarters of an hour; a post reaches the platform within the minute. Chance gives 4 of 60 minutes.
MINUTES = (0, 15, 30, 45)
# Few bursts fall on a quarter by luck: with five, all of them do so once in 700,000 times, one does in a third.
FEWEST_BURSTS = 5
# The clock explains when, not what: the things shared must be common ones that outsiders share too.
FEWEST_OTHERS = 3
# A quarter on the clock, and twice what others show, is worth telling.
PART, PART_RATIO = 0.25, 2.0
# Planned posts start within this many seconds of a full minute; chance gives one in ten.
FULL_MINUTE_SECONDS = 5
COARSEST_SECONDS = 60

_ON_CLOCK = f"(minute({{at}}) IN {MINUTES})::INTEGER"

_SEEN = f"""
WITH bursts AS (
    SELECT network_id, count(*) AS bursts, sum({_ON_CLOCK.format(at="starts_at")}) AS on_clock,
        count(*) FILTER (second(starts_at) <= {FULL_MINUTE_SECONDS}) AS full_minute
    FROM (SELECT DISTINCT network_id, starts_at FROM explained_bursts) GROUP BY network_id
),
items AS (SELECT network_id, median(other_accounts) AS others FROM explained_items GROUP BY network_id)
SELECT b.*, i.others FROM bursts b JOIN items i USING (network_id)
"""

_CONTROL = """
SELECT account_key, avg({value}) AS value FROM (
    SELECT account_key, posted_at FROM posts SEMI JOIN explained_controls USING (account_key)
) GROUP BY account_key
"""


def judge(
    on_clock: int,
    bursts: int,
    control: float | None,
    others: float,
    full_minute: tuple[int, float | None] | None = None,
) -> Finding:
    """Return whether a timetable makes the network.

    Parameters
    ----------
    on_clock, bursts
        Bursts that start in the minute of a quarter of an hour, and all.
    control
        Share of such posts among other accounts as active.
    others
        Outside accounts that touched the median item.
    full_minute
        Bursts within five seconds after a full minute, and the share of such posts among other accounts; ``None``
        if times are not given to the second.
    """
    if bursts < FEWEST_BURSTS:
        return untested(
            f"{counted(bursts, 'burst')}: fewer than {FEWEST_BURSTS} can lie on the clock by luck.",
            f"{on_clock:,} of {counted(bursts, 'burst')} on a quarter of an hour",
        )
    share = on_clock / bursts
    figure = f"{on_clock:,} of {counted(bursts, 'burst')} on a quarter of an hour"
    seen = f"{percent(share)} of the bursts start in the minute of a quarter of an hour{beside(control)}."
    is_part = share >= PART and share >= PART_RATIO * (control or 0)
    if full_minute is not None:
        exact, exact_control = full_minute[0] / bursts, full_minute[1]
        seen += f" {percent(exact)} start within {FULL_MINUTE_SECONDS} s after a full minute{beside(exact_control)}."
        if exact >= PART and exact >= PART_RATIO * (exact_control or 0.1) and not is_part:
            is_part = True
            figure = f"{full_minute[0]:,} of {counted(bursts, 'burst')} within {FULL_MINUTE_SECONDS} s of a full minute"
    if share >= MOST and share >= PART_RATIO * (control or 0):
        if others >= FEWEST_OTHERS:
            return Finding("fits", figure, seen, share, bursts, control)
        seen += " The clock explains when they post, not why they choose things that hardly anybody else shares."
    return Finding("fits_in_part" if is_part else "does_not_fit", figure, seen, share, bursts, control)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    if context.resolution_seconds > COARSEST_SECONDS:
        missing = untested("Times are not given to the minute.", "needs minutes")
        return dict.fromkeys(context.network_ids, missing)
    control = context.controls(_CONTROL.format(value=_ON_CLOCK.format(at="posted_at")))
    has_seconds = context.resolution_seconds <= 1
    exact = (
        context.controls(_CONTROL.format(value=f"(second(posted_at) <= {FULL_MINUTE_SECONDS})::INTEGER"))
        if has_seconds
        else {}
    )
    return {
        network: judge(
            int(row["on_clock"]),
            row["bursts"],
            control.get(network),
            row["others"],
            (row["full_minute"], exact.get(network)) if has_seconds else None,
        )
        for network, row in context.by_network(_SEEN).items()
    }


SCHEDULE = Explanation(
    "schedule",
    "Posting software on a timetable",
    "Bursts on round minutes, with things that many share anyway",
    explain,
    limits="Timetables that avoid round minutes are not seen. A campaign may keep a timetable too: without common "
    "items it fits in part at most.",
    parameters=(
        Parameter("minutes", MINUTES, "minutes of the hour", "Where timetables put posts"),
        Parameter("fewest_bursts", FEWEST_BURSTS, "bursts", "Least number of bursts to judge"),
        Parameter("fewest_others", FEWEST_OTHERS, "accounts", "Outsiders on the median item that make it common"),
        Parameter("most", MOST, "share", "Bursts on the clock from which the explanation fits"),
    ),
)
