"""How surprising a network is and what else it could be, for somebody who never heard of a p-value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

CLOSED_CONTENT = "closed_content"
# From here on "about as often" is said instead of a multiple.
_BARELY = 1.05


def surprise_words(facts: Mapping[str, Any]) -> str:
    """Return how a network compares with chance, as a sentence.

    Parameters
    ----------
    facts
        Its row in the table of networks.

    Examples
    --------
    >>> facts = {"status": "confirmed", "co_actions": 60, "expected": 20.0, "p_value": 0.0005}
    >>> print(surprise_words(facts))  # doctest: +NORMALIZE_WHITESPACE
    Chance would give about 20. In a test of the group they were found in, on things kept back, chance did as much in
    fewer than 1 of 1,000 tries.
    >>> print(surprise_words({"status": None, "co_actions": 60, "expected": None, "p_value": None}))
    How often chance would do that was not computed.
    >>> facts = {"status": "closed_content", "held_out_items": 9, "held_out_expected": 0.2, "p_value": 1e-9}
    >>> print(surprise_words(facts))  # doctest: +NORMALIZE_WHITESPACE
    Not testable by timing: nobody else shares these things, so there is nothing to compare with. Of the things kept
    back for the test, 9 were theirs alone; chance would give about 0.2.
    """
    if facts.get("status") == CLOSED_CONTENT:
        said = "Not testable by timing: nobody else shares these things, so there is nothing to compare with."
        choice = choice_words(facts)
        return f"{said} {choice}" if choice else said
    if facts["expected"] is None:
        return "How often chance would do that was not computed."
    parts = [chance_words(facts)]
    if facts.get("held_out_observed") is not None and facts.get("held_out_expected") is not None:
        # Found on one half and counted on the other: the group may be larger than those who are named.
        parts.append(
            f"On things kept back for a test, which others share too, the group they were found in met "
            f"{facts['held_out_observed']:,} times where chance gives {rounded_words(facts['held_out_expected'])}."
        )
    parts.append(odds_words(facts.get("p_value")))
    parts.append(own_words(facts))
    return " ".join(part for part in parts if part)


def own_words(facts: Mapping[str, Any]) -> str:
    """Return what the named accounts did by themselves on things kept back, as a sentence; empty where not tested.

    Parameters
    ----------
    facts
        Its row in the table of networks.

    Examples
    --------
    >>> own_words({"own_accounts": 4, "own_observed": 21, "own_expected": 5.2})
    'The named accounts by themselves (4 tested so) met 21 times on one half of these, where chance gives 5.2.'
    """
    met, chance = facts.get("own_observed"), facts.get("own_expected")
    if met is None or chance is None:
        return ""
    return (
        f"The named accounts by themselves ({facts['own_accounts']:,} tested so) met {met:,} times on one half of "
        f"these, where chance gives {rounded_words(chance)}."
    )


def chance_words(facts: Mapping[str, Any]) -> str:
    """Return what chance would give, as a sentence; only where others share the same things can it be told.

    Parameters
    ----------
    facts
        Its row in the table of networks.

    Examples
    --------
    >>> chance_words({"co_actions": 60, "expected": 45.0, "open_co_actions": 30, "open_expected": 15.0})
    'On things that others share too they met 30 times; chance would give about 15.'
    """
    met, chance = facts.get("open_co_actions"), facts.get("open_expected")
    if met is None or chance is None or met == facts["co_actions"]:
        return f"Chance would give about {rounded_words(facts['expected'])}."
    return f"On things that others share too they met {met:,} times; chance would give about {rounded_words(chance)}."


def choice_words(facts: Mapping[str, Any]) -> str:
    """Return what members of a closed network alone share, as a sentence; empty where that was not counted.

    Parameters
    ----------
    facts
        Its row in the table of networks.
    """
    items, expected = facts.get("held_out_items"), facts.get("held_out_expected")
    if not items or expected is None:
        return ""
    given = "hardly any" if expected < 0.05 else f"about {rounded_words(expected)}"
    return f"Of the things kept back for the test, {items:,} were theirs alone; chance would give {given}."


def odds_words(
    p_value: float | None, test: str = "In a test of the group they were found in, on things kept back"
) -> str:
    """Return how often chance does as much, as a sentence; empty where that was not tested.

    Parameters
    ----------
    p_value
        Chance of at least as many.
    test
        What was tested, to begin the sentence with.

    Examples
    --------
    >>> odds_words(0.0005)
    'In a test of the group they were found in, on things kept back, chance did as much in fewer than 1 of 1,000 tries.'
    >>> odds_words(0.3)
    'In a test of the group they were found in, on things kept back, chance often did as much.'
    """
    if p_value is None:
        return ""
    tries = next((one for one in (1_000_000, 10_000, 1_000, 100, 20, 10) if p_value < 1 / one), None)
    if tries is None:
        return f"{test}, chance often did as much."
    return f"{test}, chance did as much in fewer than 1 of {tries:,} tries."


def times_words(co_actions: int, expected: float | None) -> str:
    """Return how many times as often as by chance, in words; empty where that says nothing.

    Examples
    --------
    >>> times_words(60, 20.0), times_words(60, 59.0), times_words(60, None)
    ('3 times as often as chance would', 'about as often as chance would', '')
    """
    if not expected:
        return ""
    ratio = co_actions / expected
    if ratio < _BARELY:
        return "about as often as chance would"
    return f"{rounded_words(ratio).removesuffix('.0')} times as often as chance would"


def rounded_words(value: float) -> str:
    """Return a computed value with two meaningful digits, more only above a hundred.

    Examples
    --------
    >>> rounded_words(9.13), rounded_words(20.0), rounded_words(0.0213), rounded_words(1234.4)
    ('9.1', '20', '0.021', '1,234')
    """
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def alternative_words(explained_by: str | None, tested: Sequence[tuple[str, str]]) -> str:
    """Return what else a network could be, as a sentence; empty if nothing was tested.

    Parameters
    ----------
    explained_by
        Title of the innocent explanation that fits, if one does.
    tested
        Title and verdict of every explanation.

    Examples
    --------
    >>> alternative_words(None, [("Readers of one site", "fits_in_part"), ("One viral item", "does_not_fit")])
    'It could also be: readers of one site (fits in part).'
    >>> alternative_words(None, [("One viral item", "does_not_fit"), ("A share button", "not_testable")])
    'None of the 1 ordinary explanations that could be tested fits; 1 could not be tested.'
    >>> alternative_words("One viral item", [("One viral item", "fits")])
    'One viral item explains it: no finding.'
    """
    if explained_by:
        return f"{explained_by} explains it: no finding."
    if not tested:
        return ""
    part = [title[:1].lower() + title[1:] for title, verdict in tested if verdict == "fits_in_part"]
    open_ones = sum(verdict == "not_testable" for _, verdict in tested)
    if part:
        named = part[0] if len(part) == 1 else f"{', '.join(part[:-1])} or {part[-1]}"
        return f"It could also be: {named} ({'fits' if len(part) == 1 else 'each fits'} in part)."
    untested = f"; {open_ones} could not be tested" if open_ones else ""
    return f"None of the {len(tested) - open_ones} ordinary explanations that could be tested fits{untested}."
