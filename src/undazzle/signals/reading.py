"""Turns comparisons into readings, the same way for every signal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import share_interval
from undazzle.signals.chance import share_tail
from undazzle.signals.comparing import FEWEST_ACCOUNTS, compare
from undazzle.signals.descriptor import FALSE_ALARM, Outcome, Reading, untestable
from undazzle.signals.group import FEWEST_CONTROLS
from undazzle.signals.templates import FEWEST_WITH_IT, Habits, common_habits, comparable


def value_reading(
    inside: Sequence[float],
    outside: Sequence[float],
    what: str,
    *,
    needs: str,
    words: Callable[[float], str] = percent,
    unit: str = "mean share of an account's posts",
    details: Mapping[str, Any] | None = None,
    left_out: str = "",
) -> Reading:
    """Return the reading of a number per account.

    Parameters
    ----------
    inside, outside
        The number for each account of the group, and for each other account.
    what
        What it is, to complete "… on average", e.g. ``of its posts at the weekend``.
    needs
        What an account needs to be looked at, e.g. ``with 20 posts``.
    words
        The number in words.
    unit
        What it is, for tables.
    details
        More to keep.
    left_out
        A sentence on posts that were left out, with a space before it.
    """
    if len(inside) < FEWEST_ACCOUNTS:
        return untestable(
            f"Only {counted(len(inside), 'account')} {needs}; {FEWEST_ACCOUNTS} are needed.{left_out}", len(inside)
        )
    if len(outside) < FEWEST_ACCOUNTS:
        return untestable(
            f"Only {counted(len(outside), 'other account')} {needs}: nothing to compare with.", len(inside)
        )
    found = compare(inside, outside)
    stands = found.p_value <= FALSE_ALARM and found.is_clear
    return Reading(
        "stands_out" if stands else "ordinary",
        f"{words(found.mean)} {what} on average, {words(found.control_mean)} elsewhere",
        f"Of {counted(len(inside), 'account')} {needs}, against {len(outside):,} others: a random one has more of it "
        f"than a random other in {percent(found.rank)} of cases (50% is no difference).{left_out}",
        found.mean, found.low, found.high, unit, len(inside), found.control_mean, len(outside), found.p_value,
        details={"rank": found.rank, **(details or {})},
    )  # fmt: skip


def share_reading(
    hits: int,
    members: int,
    away: int,
    others: int,
    what: str,
    *,
    least_ratio: float = 2.0,
    tries: int = 1,
    fewest: int = FEWEST_WITH_IT,
    details: Mapping[str, Any] | None = None,
    seen: str = "",
) -> Reading:
    """Return the reading of a property that an account has or has not.

    Parameters
    ----------
    hits, members
        Accounts of the group that have it, and all that could be judged.
    away, others
        The same elsewhere.
    what
        What they do, e.g. ``post by a timetable``.
    least_ratio
        How many times as common as elsewhere it must be.
    tries
        Properties that were looked at before this one was chosen.
    fewest
        Fewer accounts make no habit of a group.
    details
        More to keep.
    seen
        A sentence more.
    """
    if not members:
        return untestable("No account of the group can be judged.", 0)
    low, high = share_interval(hits, members)
    share = hits / members
    control = away / others if others else None
    p_value = min(1.0, tries * share_tail(hits, members, hits + away, members + others)) if others else None
    outcome: Outcome = "ordinary"
    if control is None or p_value is None:
        outcome = "not_testable"
    elif p_value <= FALSE_ALARM and share >= least_ratio * control and hits >= fewest:
        outcome = "stands_out"
    beside = f"{percent(control)} of {others:,} others" if control is not None else "nobody to compare with"
    return Reading(
        outcome, f"{hits:,} of {counted(members, 'account')} {what} ({beside})", seen, share, low, high,
        "share of accounts", members, control, others, p_value,
        "" if others else "No other account of this data can be judged.", details or {},
    )  # fmt: skip


def habit_reading(
    members: Habits,
    controls: Habits,
    words: Callable[[str], str],
    *,
    least_share: float,
    least_ratio: float,
    nothing: str,
    details: Mapping[str, Any] | None = None,
) -> Reading:
    """Return the reading of habits, all tested together.

    Parameters
    ----------
    members, controls
        Stratum and habits of each account; members without others in their stratum are not judged.
    words
        A habit in words, to complete "… of the accounts …".
    least_share, least_ratio
        As in ``common_habits``.
    nothing
        What to say if no habit is more common in the group.
    details
        More to keep.
    """
    mine, others = comparable(members, controls)
    if len(others) < FEWEST_CONTROLS or 2 * len(mine) < len(members) or not mine:
        return Reading(
            "not_testable", "not computed", n=len(members), details=details or {},
            reason=f"{len(others):,} others post as much or were registered when they were, beside {len(mine):,} of "
            f"{counted(len(members), 'account')}; {FEWEST_CONTROLS} others, beside half of the group, are needed.",
        )  # fmt: skip
    found = common_habits(mine, others, least_share=least_share, least_ratio=least_ratio)
    kept = {"habits": [asdict(one) for one in found[:20]], **(details or {})}
    if not found:
        return Reading("ordinary", nothing, n=len(mine), control_n=len(others), details=kept)
    standing = [one for one in found if one.p_value <= FALSE_ALARM]
    first = found[0]
    low, high = share_interval(first.accounts, len(mine))
    shown = (
        f"{words(one.habit)}: {percent(one.share)} here, {percent(one.control_share)} elsewhere"
        for one in (standing or [first])[:3]
    )
    return Reading(
        "stands_out" if standing else "ordinary",
        f"{first.accounts:,} of {counted(len(mine), 'account')} {words(first.habit)}",
        _sentence("; ".join(shown)),
        first.share, low, high, "share of accounts", len(mine), first.control_share, len(others), first.p_value,
        details=kept,
    )  # fmt: skip


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
