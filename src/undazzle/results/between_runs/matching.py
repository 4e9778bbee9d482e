"""Which groups of accounts of one run are those of another: found again, gone, new, split or merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from undazzle.model.likeness import ALIKE, likeness_verdict

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """A network as a set of accounts.

    Attributes
    ----------
    number
        Its number in its run.
    accounts
        Ids of its members.
    time_window
        Its window in seconds, if it has one; decides only between groups that are equally like.
    """

    number: int
    accounts: frozenset[str]
    time_window: float | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One network of the first run and its counterpart in the second, or one that has none.

    Attributes
    ----------
    a, b
        Numbers of the networks; ``None`` for the side that has none.
    shared
        Accounts in both.
    jaccard
        Shared accounts as a share of all accounts of both, 0 to 1; for one without counterpart, of the nearest.
    verdict
        ``found`` (at least 0.5), ``found_in_part`` (at least 0.1), ``gone`` (in the first only) or ``new`` (in the
        second only).
    pieces
        Networks of the second run that ``a`` was split into; empty if it was not split.
    merged
        Networks of the first run that were merged into ``b``; empty if none were.
    """

    a: int | None
    b: int | None
    shared: int
    jaccard: float
    verdict: str
    pieces: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()


def match_groups(first: Sequence[Group], second: Sequence[Group]) -> list[Match]:
    """Return a match for every group of the first run, then one for every group of the second that is left over.

    A group is split if at least two groups of the other run lie in it with at least half of their accounts each, do
    not repeat each other, and hold at least half of it together. Groups are merged if the same is true the other way.

    Parameters
    ----------
    first, second
        The groups of both runs.

    Examples
    --------
    >>> old = [Group(1, frozenset("abcd")), Group(2, frozenset("xyz"))]
    >>> new = [Group(1, frozenset("ab")), Group(2, frozenset("cd"))]
    >>> [(one.a, one.b, one.verdict, one.pieces) for one in match_groups(old, new)]
    [(1, 1, 'found', (1, 2)), (2, None, 'gone', ()), (1, 2, 'found', (1, 2))]
    """
    there, back = _Side(second), _Side(first)
    into = {one.number: _parts_of(one, there.meeting(one)) for one in first}
    of = {one.number: _parts_of(one, back.meeting(one)) for one in second}
    found = [_best(one, there.meeting(one)) for one in first]
    taken = {number for number, _, jaccard in found if jaccard >= ALIKE}
    matches = [
        _match(one.number, best, shared, jaccard, into, of)
        for one, (best, shared, jaccard) in zip(first, found, strict=True)
    ]
    for one in second:
        if one.number not in taken:
            nearest, shared, jaccard = _best(one, back.meeting(one))
            matches.append(
                _match(nearest, one.number, shared, jaccard, into, of)
                if jaccard >= ALIKE
                else Match(None, one.number, shared, jaccard, "new", merged=of[one.number])
            )
    return matches


def _match(
    a: int | None,
    b: int | None,
    shared: int,
    jaccard: float,
    into: dict[int, tuple[int, ...]],
    of: dict[int, tuple[int, ...]],
) -> Match:
    pieces = into[a] if a is not None else ()
    if jaccard < ALIKE:
        return Match(a, None, shared, jaccard, "gone", pieces)
    return Match(a, b, shared, jaccard, likeness_verdict(jaccard), pieces, of[b] if b is not None else ())


def _best(one: Group, others: Sequence[Group]) -> tuple[int | None, int, float]:
    """Return number, shared accounts and likeness of the most similar group; one of the same window goes first."""
    best: tuple[int | None, int, float] = (None, 0, 0.0)
    same = False
    for other in others:
        shared = len(one.accounts & other.accounts)
        jaccard = shared / len(one.accounts | other.accounts)
        if (jaccard, other.time_window == one.time_window) > (best[2], same):
            best, same = (other.number, shared, jaccard), other.time_window == one.time_window
    return best


def _parts_of(whole: Group, others: Sequence[Group]) -> tuple[int, ...]:
    """Return the groups that make up a whole between them; none if fewer than two do."""
    inside = [
        (len(one.accounts & whole.accounts), one)
        for one in others
        if len(one.accounts & whole.accounts) >= _HALF * len(one.accounts)
    ]
    covered: set[str] = set()
    parts: list[int] = []
    for shared, one in sorted(inside, key=lambda pair: (-pair[0], pair[1].number)):
        fresh = (one.accounts & whole.accounts) - covered
        if len(fresh) >= _HALF * shared and fresh:
            parts.append(one.number)
            covered |= fresh
    return tuple(sorted(parts)) if len(parts) > 1 and len(covered) >= _HALF * len(whole.accounts) else ()


class _Side:
    """The groups of one run, found by the accounts they hold: thousands of groups meet few others each."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = {one.number: one for one in groups}
        self._holding: dict[str, list[int]] = defaultdict(list)
        for group in groups:
            for account in group.accounts:
                self._holding[account].append(group.number)

    def meeting(self, one: Group) -> list[Group]:
        """Return the groups that share an account with this one, by number."""
        numbers = {number for account in one.accounts for number in self._holding.get(account, ())}
        return [self._groups[number] for number in sorted(numbers)]
