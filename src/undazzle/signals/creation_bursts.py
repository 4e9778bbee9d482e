"""Signal ``creation_bursts``: many accounts of the group were registered within one hour, day or week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from undazzle.coordination.explanations.wording import counted
from undazzle.model import InnocentExplanation, Parameter, Reference, share_interval
from undazzle.signals.chance import binomial_tail, share_tail
from undazzle.signals.descriptor import FALSE_ALARM, Reading, Signal, untestable
from undazzle.signals.group import Group

# The rate of registrations is taken from this many days on either side of a window.
AROUND_DAYS = 91
WINDOW_HOURS = (1, 24, 168)
FEWEST_ACCOUNTS = 4
FEWEST_IN_BURST = 3
# Waves of sign-ups of a whole platform reach twenty times the usual rate for a day (X, 26 April 2022), but such a day
# holds less than one in a hundred accounts. Where others cannot show whether there was one, hours are not judged, and
# a day must hold a good part of the group.
LEAST_RATIO, LEAST_RATIO_ALONE, LEAST_SHARE_ALONE = 2.0, 10.0, 0.05
# Who registers just before a collection and posts in it is over-represented: without others no burst is seen there.
RECENT_DAYS = 7
_DAY = 24
_WORDS = {1: "one hour", 24: "one day", 168: "seven days"}
_SHOWN = 3

Hours = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Burst:
    """Registrations that crowd.

    Attributes
    ----------
    starts_at
        Beginning of the window, UTC.
    hours
        Its length in hours.
    accounts, expected
        Accounts of the group registered in it, and how many the weeks around it would give.
    control_accounts, controls_around
        Other accounts registered in it, and in the weeks around it together with it.
    p_value
        Chance of such a window anywhere, all windows that were looked at counted.
    is_compared
        Whether enough other accounts were registered around it to tell a wave of sign-ups.
    """

    starts_at: datetime
    hours: int
    accounts: int
    expected: float
    control_accounts: int
    controls_around: int
    p_value: float
    is_compared: bool


def find_bursts(
    members: Sequence[float], controls: Sequence[float], *, is_hourly: bool, level: float = FALSE_ALARM
) -> list[Burst]:
    """Return the windows in which members were registered beyond chance, the strongest first.

    A window must stand out twice: against the group's own registrations in the weeks around it, and against what
    other accounts did in the same weeks. The level holds for all windows together (Bonferroni).

    Parameters
    ----------
    members, controls
        Times of registration, seconds since 1970.
    is_hourly
        Whether times are finer than a day; else no window of an hour is tried.
    level
        Chance of any window in an ordinary group.
    """
    inside = np.sort(np.asarray(members, dtype=np.float64) // 3600).astype(np.int64)
    outside = np.sort(np.asarray(controls, dtype=np.float64) // 3600).astype(np.int64)
    if len(inside) < FEWEST_ACCOUNTS:
        return []
    last = int(max(inside[-1], outside[-1] if len(outside) else inside[-1])) // _DAY * _DAY + _DAY
    first = int(min(inside[0], outside[0] if len(outside) else inside[0])) // _DAY * _DAY
    lengths = [hours for hours in WINDOW_HOURS if is_hourly or hours >= _DAY]
    tried = sum((last - first) // min(hours, _DAY) for hours in lengths)
    found: list[Burst] = []
    taken: list[tuple[int, int]] = []
    for hours in lengths:
        step = min(hours, _DAY)
        starts, counts = np.unique(inside // step * step, return_counts=True)
        for start in starts[np.argsort(-counts, kind="stable")].tolist():
            if any(start < end and begin < start + hours for begin, end in taken):
                continue
            burst = _test(inside, outside, (start, hours), (first, last), tried)
            if burst is not None and burst.p_value <= level:
                found.append(burst)
                taken.append((start, start + hours))
    return sorted(found, key=lambda one: (-one.accounts, one.starts_at))


def _test(inside: Hours, outside: Hours, window: tuple[int, int], span: tuple[int, int], tried: int) -> Burst | None:
    start, hours = window
    begin, end = max(span[0], start - AROUND_DAYS * _DAY), min(span[1], start + hours + AROUND_DAYS * _DAY)
    within, around = _count(inside, start, start + hours), _count(inside, begin, end)
    if within < FEWEST_IN_BURST or end - begin <= hours:
        return None
    others_within, others_around = _count(outside, start, start + hours), _count(outside, begin, end)
    share = hours / (end - begin)
    own = binomial_tail(within, around, share)
    everything, marked = around + others_around, within + others_within
    beside = share_tail(within, around, marked, everything)
    # With so few others that even none of them inside the window would prove nothing, they cannot speak against it.
    is_compared = share_tail(within, around, within, everything) * tried <= FALSE_ALARM
    expected = (around - within) * hours / (end - begin - hours)
    if is_compared:
        elsewhere = others_within / others_around if others_around else 0.0
        is_large = within >= LEAST_RATIO * max(expected, elsewhere * around)
    else:
        is_settled = hours >= _DAY and start + hours <= span[1] - RECENT_DAYS * _DAY
        is_large = is_settled and within >= max(LEAST_RATIO_ALONE * expected, LEAST_SHARE_ALONE * len(inside))
    if not is_large:
        return None
    return Burst(
        datetime.fromtimestamp(start * 3600, UTC).replace(tzinfo=None),
        hours,
        within,
        expected,
        others_within,
        others_around,
        min(1.0, tried * (max(own, beside) if is_compared else own)),
        is_compared,
    )


def _count(times: Hours, begin: int, end: int) -> int:
    return int(np.searchsorted(times, end) - np.searchsorted(times, begin))


def read(group: Group) -> Reading:
    """Return what the registrations of the group say."""
    rows = group.store.rows(
        "SELECT is_member, epoch(created_at) FROM signal_accounts WHERE created_at > TIMESTAMP '1971-01-01'"
        " ORDER BY created_at, account_key"
    )
    members = [at for is_member, at in rows if is_member]
    controls = [at for is_member, at in rows if not is_member]
    if len(members) < FEWEST_ACCOUNTS:
        return untestable(f"A date of registration is known for {counted(len(members), 'account')} only.", len(members))
    is_hourly = any(at % 86400 for at in members)
    found = find_bursts(members, controls, is_hourly=is_hourly)
    inside = sum(one.accounts for one in found)
    low, high = share_interval(inside, len(members))
    control = sum(one.control_accounts for one in found) / len(controls) if controls else None
    return Reading(
        "stands_out" if found else "ordinary",
        f"{inside:,} of {len(members):,} accounts registered in {counted(len(found), 'burst')}",
        _sentence(found, len(members), is_hourly),
        inside / len(members),
        low,
        high,
        "share of accounts",
        len(members),
        control,
        len(controls),
        min((one.p_value for one in found), default=None),
        details={"bursts": [asdict(one) | {"starts_at": one.starts_at.isoformat()} for one in found]},
    )


def _sentence(found: Sequence[Burst], members: int, is_hourly: bool) -> str:
    if not found:
        lengths = "hour, day or week" if is_hourly else "day or week"
        return f"No {lengths} holds more of {members:,} registrations than the weeks around it lead one to expect."
    words = "; ".join(_one(one) for one in found[:_SHOWN])
    more = f"; and {len(found) - _SHOWN:,} smaller" if len(found) > _SHOWN else ""
    alone = sum(not one.is_compared for one in found)
    weak = (
        f" For {alone:,} of {counted(len(found), 'burst')} too few other accounts of those weeks are known to rule out "
        "a wave of sign-ups; they count because they are far above what the weeks around them give."
    )
    return f"{words}{more}.{weak if alone else ''}"


def _one(burst: Burst) -> str:
    others = f"; others {burst.control_accounts:,} of {burst.controls_around:,}" if burst.controls_around else ""
    return (
        f"{burst.accounts:,} within {_WORDS[burst.hours]} from {_when(burst)} ({burst.expected:.1f} expected{others})"
    )


def _when(burst: Burst) -> str:
    return f"{burst.starts_at:%d %b %Y %H:%M} UTC" if burst.hours < _DAY else f"{burst.starts_at:%d %b %Y}"


CREATION_BURSTS = Signal(
    signal_id="creation_bursts",
    version="1",
    title="Registered together",
    summary="Finds hours, days and weeks in which many accounts of the group were registered.",
    family="registration",
    method=(
        "Every hour, day and week with at least three registrations of the group is a window. It must hold more of "
        "them than 91 days on either side lead one to expect (binomial, given the number in all), and more than the "
        "other accounts of this data registered in the same weeks (Fisher), and twice as many as either. Both tests "
        "must hold with all windows of the whole period counted, so that an ordinary group shows any burst in at most "
        "1 % of cases. Where too few others were registered to show a wave, only days and weeks are judged, and they "
        "must hold ten times what is expected and one in twenty accounts. Shorter windows are tried first; windows "
        "that overlap a burst are left out."
    ),
    needs=("created_at",),
    needs_words="dates of registration",
    innocent_explanations=(
        InnocentExplanation(
            "A wave of sign-ups",
            "News, a ban elsewhere or a new feature brings many people in one day. The other accounts of the data "
            "would show it; if few are known, they cannot.",
        ),
        InnocentExplanation(
            "One class, office or campaign",
            "A course, a union or a campaign registers its people in one afternoon, and says so.",
        ),
        InnocentExplanation(
            "How the group was chosen",
            "Accounts that were picked because they are new, or because of their dates, show this by construction.",
        ),
    ),
    error_rates=(
        "None of 300 random groups of 5 to 300 ordinary users showed a burst (x_us2024_usc). Measured once, by no "
        "command that was kept: 1 of 3,000 synthetic groups with random dates showed one; three accounts of one day "
        "among 20 are found in 93 % of cases, four in all. Of the published PRC registrations it finds "
        "12, 31 and 11 March 2020 with 422, 240 and 187 accounts (433, 249 and 193 rows: 30 rows of the file "
        "repeat another). A group from another collection can show one that is due to the collection: of 2,574 "
        "users collected on 15 October 2020, 28 were registered in the week before."
    ),
    read=read,
    parameters=(
        Parameter("windows", WINDOW_HOURS, "hours", "Lengths of the windows"),
        Parameter("around", AROUND_DAYS, "days", "Stretch on either side that gives the expected number"),
        Parameter("least_ratio", LEAST_RATIO, "times", "How much more than expected a window must hold"),
        Parameter("least_ratio_alone", LEAST_RATIO_ALONE, "times", "The same where others cannot show a wave"),
        Parameter("least_share_alone", LEAST_SHARE_ALONE, "share", "Part of the group it must then hold"),
        Parameter("recent", RECENT_DAYS, "days", "Last days before the end of the data, not judged without others"),
        Parameter("level", FALSE_ALARM, "probability", "Chance of any burst in an ordinary group"),
    ),
    references=(
        Reference("Kulldorff 1997, A spatial scan statistic", "https://doi.org/10.1080/03610929708831995"),
        Reference(
            "Bellutta and Carley 2023, Investigating coordinated account creation using burst detection",
            "https://doi.org/10.1186/s40537-023-00695-7",
        ),
    ),
)
