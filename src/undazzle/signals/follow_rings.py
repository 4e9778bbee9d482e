"""Signal ``follow_rings``: accounts of the group follow each other, more than friends of other accounts do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import InnocentExplanation, Parameter, share_interval
from undazzle.signals.descriptor import FALSE_ALARM, Reading, Signal, untestable
from undazzle.signals.follows import Follows
from undazzle.signals.group import FEWEST_CONTROLS, Group

FEWEST_ACCOUNTS = 4
DRAWS = 499
LEAST_RATIO = 2.0
# Larger groups are judged by as many accounts, drawn at random: the share of pairs does not depend on their number.
MOST_ACCOUNTS = 300


@dataclass(frozen=True, slots=True)
class Ring:
    """How closely a group follows itself.

    Attributes
    ----------
    accounts
        Accounts of the group in the list.
    mutual, pairs
        Pairs that follow each other, of all pairs.
    follows, returned
        Follows within the group, and those of them that are returned.
    by_chance
        Mean share of such pairs in random groups of other accounts with as many follows.
    among_friends
        Mean share in circles of other accounts: one of them and accounts that it and they follow both ways.
    p_chance, p_friends
        How often a random group, and such a circle, is as dense; ``None`` if there were too few circles.
    circles
        Circles of that size that could be drawn.
    """

    accounts: int
    mutual: int
    pairs: int
    follows: int
    returned: int
    by_chance: float
    among_friends: float | None
    p_chance: float
    p_friends: float | None
    circles: int


def ring_of(follows: Follows, members: Sequence[int], controls: Sequence[int], *, seed: int = 0) -> Ring:
    """Compare how closely a group follows itself with random groups and with circles of friends of other accounts.

    Parameters
    ----------
    follows
        Who follows whom.
    members, controls
        Accounts in the list, at least two and one.
    seed
        Of the random draws.
    """
    random = Random(seed)  # noqa: S311  # draws of a test, no secret
    chosen = sorted(members) if len(members) <= MOST_ACCOUNTS else sorted(random.sample(sorted(members), MOST_ACCOUNTS))
    size = len(chosen)
    inside = frozenset(chosen)
    share = _density(follows, inside)
    groups = [_density(follows, one) for one in _alike(follows, chosen, controls, random)]
    circles = [_density(follows, one) for one in _circles(follows, size, controls, random)]
    enough = len(circles) >= FEWEST_CONTROLS
    sent = sum(len(follows.following.get(one, frozenset()) & inside) for one in chosen)
    return Ring(
        size,
        mutual_pairs(follows, inside),
        _pairs(size),
        sent,
        2 * mutual_pairs(follows, inside),
        sum(groups) / len(groups),
        sum(circles) / len(circles) if enough else None,
        (1 + sum(one >= share for one in groups)) / (1 + len(groups)),
        (1 + sum(one >= share for one in circles)) / (1 + len(circles)) if enough else None,
        len(circles),
    )


def mutual_pairs(follows: Follows, accounts: frozenset[int]) -> int:
    """Return how many pairs of these accounts follow each other."""
    return sum(len(follows.mutual(one) & accounts) for one in accounts) // 2


def _density(follows: Follows, accounts: frozenset[int]) -> float:
    return mutual_pairs(follows, accounts) / max(1, _pairs(len(accounts)))


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def _alike(follows: Follows, members: Sequence[int], controls: Sequence[int], random: Random) -> list[frozenset[int]]:
    """Return random groups of other accounts, each member replaced by one with about as many follows."""
    by_class: defaultdict[int, list[int]] = defaultdict(list)
    for one in sorted(controls):
        by_class[follows.degree(one).bit_length()].append(one)
    wanted: defaultdict[int, int] = defaultdict(int)
    for one in members:
        degree = follows.degree(one).bit_length()
        wanted[min(by_class, key=lambda known: (abs(known - degree), -known))] += 1
    # A class with fewer accounts than members gives all it has.
    sizes = {degree: min(number, len(by_class[degree])) for degree, number in wanted.items()}
    return [
        frozenset(one for degree, number in sizes.items() for one in random.sample(by_class[degree], number))
        for _ in range(DRAWS)
    ]


def _circles(follows: Follows, size: int, controls: Sequence[int], random: Random) -> list[frozenset[int]]:
    """Return circles of friends of other accounts, as large as the group, each grown from another account."""
    usable = frozenset(controls)
    found = []
    for start in random.sample(sorted(usable), min(DRAWS, len(usable))):
        circle = _circle(follows, start, size, usable)
        if len(circle) == size:
            found.append(circle)
    return found


def _circle(follows: Follows, start: int, size: int, usable: frozenset[int]) -> frozenset[int]:
    """Grow a circle: always take in who is tied both ways to most of those inside."""
    circle = {start}
    ties: defaultdict[int, int] = defaultdict(int)
    newest = start
    while len(circle) < size:
        for one in follows.mutual(newest):
            if one in usable and one not in circle:
                ties[one] += 1
        if not ties:
            break
        newest = max(ties, key=lambda one: (ties[one], -one))
        del ties[newest]
        circle.add(newest)
    return frozenset(circle)


def read(group: Group) -> Reading:
    """Return what a list of who follows whom says about the group."""
    follows = group.follows
    if follows is None:
        return untestable(
            "No list of who follows whom was given (--follows FILE: a table with the columns follower and followed)."
        )
    listed = follows.following.keys() | follows.followers.keys()
    rows = group.store.rows("SELECT account_key, is_member FROM signal_accounts ORDER BY account_key")
    members = [int(key) for key, is_member in rows if is_member and key in listed]
    controls = [int(key) for key, is_member in rows if not is_member and follows.following.get(key)]
    if len(members) < FEWEST_ACCOUNTS:
        return untestable(f"The list of follows names {counted(len(members), 'account')} of the group.", len(members))
    if len(controls) < max(FEWEST_CONTROLS, 2 * len(members)):
        return untestable(
            f"The list says of {counted(len(controls), 'other account')} whom they follow: what is ordinary cannot be "
            "seen. Collect the follows of others as well.",
            len(members),
        )
    return _reading(ring_of(follows, members, controls), len(controls))


def _reading(ring: Ring, controls: int) -> Reading:
    share = ring.mutual / ring.pairs
    low, high = share_interval(ring.mutual, ring.pairs)
    details = {
        "follows": ring.follows, "returned": ring.returned, "by_chance": ring.by_chance,
        "among_friends": ring.among_friends, "circles": ring.circles,
    }  # fmt: skip
    figure = f"{percent(share)} of the pairs among {counted(ring.accounts, 'account')} follow each other"
    back = f"{ring.returned:,} of {counted(ring.follows, 'follow')} within the group are returned. "
    chance = f"Random groups of others with as many follows: {percent(ring.by_chance)}"
    if ring.p_friends is None or ring.among_friends is None:
        return Reading(
            "not_testable", figure, "", share, low, high, "share of pairs", ring.pairs, ring.by_chance, controls, None,
            f"{figure}. {chance}. Only {counted(ring.circles, 'circle')} of friends as large as the group were found "
            "among the others: whether it is more than friendship cannot be said.", details,
        )  # fmt: skip
    p_value = max(ring.p_chance, ring.p_friends)
    stands = p_value <= FALSE_ALARM and share >= LEAST_RATIO * max(ring.by_chance, ring.among_friends)
    return Reading(
        "stands_out" if stands else "ordinary",
        f"{figure} ({percent(ring.among_friends)} in circles of friends elsewhere)",
        f"{back}{chance}; {ring.circles:,} circles grown from other accounts by their closest ties: "
        f"{percent(ring.among_friends)}.",
        share, low, high, "share of pairs", ring.pairs, ring.among_friends, controls, p_value, details=details,
    )  # fmt: skip


FOLLOW_RINGS = Signal(
    signal_id="follow_rings",
    version="2",
    title="Follow rings",
    summary="Finds groups whose accounts follow each other more than friends do.",
    family="audience",
    method=(
        "Needs a table that you bring, with the columns follower and followed, one follow a line, accounts by id or "
        "handle. The share of pairs of the group that follow each other is compared twice: with 499 random groups of "
        "other accounts with about as many follows, and with circles of friends, grown from other accounts by always "
        "taking in whoever has most ties to those inside. It must be denser than 99 in 100 of both, and twice as dense "
        "as their mean. Follows of other accounts must be in the list too; numbers of followers alone show no ring."
    ),
    needs=(),
    needs_words="a list of who follows whom (`--follows FILE`)",
    innocent_explanations=(
        InnocentExplanation(
            "Friends and colleagues",
            "A class, a club or a newsroom follows itself entirely. Circles of friends elsewhere show how dense such "
            "groups are in this data, if it holds any.",
        ),
        InnocentExplanation("Follow trains", "Partisans and fans follow back everybody of their side, by custom."),
        InnocentExplanation(
            "How follows were collected",
            "A list that was collected outwards from the group knows it better than others.",
        ),
    ),
    error_rates=(
        "No real list of follows was at hand. Synthetic only (tests/signals/test_follow_rings.py): of 40 random groups "
        "of eight in a town of friends at most one stands out; a ring of ten who all follow each other is found among "
        "circles of friends that are a third as dense, and left alone among circles as dense as itself."
    ),
    read=read,
    parameters=(
        Parameter("draws", DRAWS, "groups", "Random groups, and circles of friends at most"),
        Parameter("least_ratio", LEAST_RATIO, "times", "How much denser than both it must be"),
        Parameter("most_accounts", MOST_ACCOUNTS, "accounts", "Larger groups are judged by a random part"),
    ),
    references=(),
)
