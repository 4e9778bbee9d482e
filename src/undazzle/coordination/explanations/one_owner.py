"""Explanation ``one_owner``: a person or house that keeps a few accounts and does not hide it."""

from __future__ import annotations

import re
from itertools import combinations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import Explanation, Finding, untested
from undazzle.coordination.explanations.names import AccountName, name_weight, plain_name, word_runs
from undazzle.coordination.explanations.wording import counted
from undazzle.model import Parameter

# People keep a private, a work and a spare account openly, a small house one for each of its staff: up to five.
MOST_ACCOUNTS = 5
# Names of less than five letters are equal by accident.
LEAST_EQUAL = 5.0
# Handles that differ in a letter or a number: alike enough to look, not to say it.
ALIKE = 0.92

_CALLED = re.compile(r"@([\w.]{3,50})")


def linked(one: AccountName, other: AccountName) -> bool:
    """Return whether two accounts openly say that they belong together.

    Their shown names are equal, or one's self-description gives the other's handle, or its name written as one.

    Parameters
    ----------
    one, other
        The accounts.

    Examples
    --------
    >>> linked(AccountName(1, "a1", "Quay Reader"), AccountName(2, "b2", "", "Second home of @quayreader"))
    True
    """
    first, second = plain_name(one.display_name), plain_name(other.display_name)
    if first == second and name_weight(first) >= LEAST_EQUAL:
        return True
    return _mentions(one, other) or _mentions(other, one)


def _mentions(one: AccountName, other: AccountName) -> bool:
    told = {plain_name(word) for word in _CALLED.findall(one.description)}
    names = {stem for stem, words in word_runs([other.display_name]).items() if words > 1}
    return any(name in told for name in {*names, plain_name(other.handle)} if name_weight(name) >= LEAST_EQUAL)


def alike(one: AccountName, other: AccountName) -> bool:
    """Return whether handles differ in a letter or a number only.

    Parameters
    ----------
    one, other
        The accounts.

    Examples
    --------
    >>> alike(AccountName(1, "quay_reader", ""), AccountName(2, "quayreader2", ""))
    True
    """
    from difflib import SequenceMatcher

    first, second = (plain_name(name.handle).rstrip("0123456789") for name in (one, other))
    if min(len(first), len(second)) < LEAST_EQUAL:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def judge(names: list[AccountName], members: int) -> Finding:
    """Return whether one owner who says so makes the network.

    Parameters
    ----------
    names
        The members that have names.
    members
        All members.
    """
    if not names:
        return untested("Names of accounts are not in this data.", "needs names")
    if members > MOST_ACCOUNTS:
        seen = f"One owner seldom keeps more than {MOST_ACCOUNTS} accounts openly."
        return Finding("does_not_fit", f"{members:,} accounts", seen, float(members), members)
    pairs = list(combinations(names, 2))
    open_ties = _reached(names, [pair for pair in pairs if linked(*pair)])
    loose_ties = _reached(names, [pair for pair in pairs if linked(*pair) or alike(*pair)])
    figure = f"{open_ties:,} of {members:,} accounts name one another or bear one name"
    seen = (
        f"{counted(open_ties, 'account')} bear the same shown name as another, or are named in its self-description; "
        f"{loose_ties:,} if handles that differ in a letter or number count."
    )
    if open_ties == members:
        return Finding("fits", figure, seen, open_ties / members, members)
    return Finding("fits_in_part" if loose_ties else "does_not_fit", figure, seen, open_ties / members, members)


def _reached(names: list[AccountName], pairs: list[tuple[AccountName, AccountName]]) -> int:
    """Return how many accounts the largest group joined by these pairs has; 0 if there is none."""
    groups = [{one.account_key} for one in names]
    for first, second in pairs:
        touched = [group for group in groups if first.account_key in group or second.account_key in group]
        groups = [group for group in groups if group not in touched] + [set().union(*touched)]
    largest = max((len(group) for group in groups), default=0)
    return largest if largest > 1 else 0


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    names = context.names
    return {network: judge(names.get(network, []), members) for network, members in context.sizes.items()}


ONE_OWNER = Explanation(
    "one_owner",
    "One owner with several open accounts",
    "The same shown name, or profiles that name each other",
    explain,
    limits="Invented persons may bear one name too. Names that are merely alike fit in part.",
    needs=("handle", "display_name"),
    needs_words="names",
    parameters=(
        Parameter("most_accounts", MOST_ACCOUNTS, "accounts", "Most accounts one owner keeps openly"),
        Parameter("alike", ALIKE, "ratio", "Likeness of handles that counts as a letter's difference"),
    ),
)
