"""Which of many habits is more common in a group than elsewhere: each account has some, all are tested at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from undazzle.signals.chance import binomial_tail

# A habit of fewer accounts is no habit.
FEWEST_WITH_IT = 3

# So many others must be in a stratum for its members to be compared with anybody.
FEWEST_IN_STRATUM = 5

Account = tuple[object, Collection[str]]
Habits = Sequence[Account]


@dataclass(frozen=True, slots=True)
class Habit:
    """How many accounts have one habit.

    Attributes
    ----------
    habit
        Its name.
    accounts, share
        Accounts of the group that have it, and their share.
    control_accounts, control_share
        The same among the others; the share is that of a group with the same strata.
    p_value
        Chance of so many if the group were drawn from everybody of the same strata, all habits counted (Bonferroni).
    """

    habit: str
    accounts: int
    share: float
    control_accounts: int
    control_share: float
    p_value: float


def comparable(members: Habits, controls: Habits) -> tuple[list[Account], list[Account]]:
    """Return the members in strata where at least five others are, and the others of these strata.

    Parameters
    ----------
    members, controls
        Stratum (e.g. year of registration, or how much an account posts) and distinct habits of each account.
    """
    rest = Counter(stratum for stratum, _ in controls)
    chosen = [one for one in members if rest[one[0]] >= FEWEST_IN_STRATUM]
    strata = {stratum for stratum, _ in chosen}
    return chosen, [one for one in controls if one[0] in strata]


def common_habits(
    members: Habits, controls: Habits, *, least_share: float = 0.0, least_ratio: float = 1.0
) -> list[Habit]:
    """Return the habits that are more common in the group than elsewhere, the most telling first.

    Within a stratum, members are compared with a draw from everybody in it; the sum over strata has at most the tail
    of a binomial of the same mean (Hoeffding 1956), which is what is reported.

    Parameters
    ----------
    members, controls
        Stratum (e.g. year of registration) and distinct habits of each account.
    least_share
        Habits of a smaller share of the group are counted among the tests but not returned.
    least_ratio
        The same for habits that are not so many times as common in the group as elsewhere.
    """
    mine, sizes = _counted(members)
    others, rest = _counted(controls)
    trials = sum(sizes.values())
    everywhere: defaultdict[str, dict[object, int]] = defaultdict(dict)
    for counts in (mine, others):
        for (stratum, habit), number in counts.items():
            everywhere[habit][stratum] = everywhere[habit].get(stratum, 0) + number
    tested = [habit for habit, by_stratum in everywhere.items() if sum(by_stratum.values()) >= FEWEST_WITH_IT]
    found = []
    for habit in tested:
        strata = everywhere[habit]
        hits = sum(mine[one, habit] for one in strata)
        if hits < FEWEST_WITH_IT or hits < least_share * trials:
            continue
        elsewhere = sum(size * others[one, habit] / rest[one] for one, size in sizes.items() if rest[one]) / trials
        if hits / trials <= least_ratio * elsewhere:
            continue
        pooled = sum(size * strata.get(one, 0) / (size + rest[one]) for one, size in sizes.items()) / trials
        p_value = min(1.0, len(tested) * binomial_tail(hits, trials, pooled))
        away = sum(others[one, habit] for one in strata)
        found.append(Habit(habit, hits, hits / trials, away, elsewhere, p_value))
    return sorted(found, key=lambda one: (one.p_value, -one.accounts, one.habit))


def _counted(accounts: Habits) -> tuple[Counter[tuple[object, str]], Counter[object]]:
    counts: Counter[tuple[object, str]] = Counter()
    sizes: Counter[object] = Counter()
    for stratum, habits in accounts:
        counts.update((stratum, one) for one in set(habits))
        sizes[stratum] += 1
    return counts, sizes
