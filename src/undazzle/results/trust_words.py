"""The checks of a run in sentences: what was found where nothing is to be found, and what hangs on a choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_VARIANTS = {
    "windows_halved": "with windows halved",
    "windows_doubled": "with windows doubled",
    "half_the_data": "on half the data",
    "another_seed": "with another seed",
}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Shuffles:
    """Networks found in each shuffled copy of one kind (``within_items`` or ``within_time``)."""

    strata: str
    networks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One repetition: its name, networks found (``None``: not done), networks of the run found again, why not done."""

    name: str
    networks: int | None
    found_again: int
    reason: str = ""


def shuffle_words(found: Sequence[Shuffles], networks: int, method: str) -> str:
    """Return what the shuffled copies hold, as a sentence; empty if none was searched.

    Parameters
    ----------
    found
        What was found, by kind of shuffle.
    networks
        Networks of the run whose timing could be tested.
    method
        How they were found.

    Examples
    --------
    >>> shuffle_words([Shuffles("within_items", (0, 0)), Shuffles("within_time", (0, 1))], 9, "calibrated")
    'Shuffle check: 4 copies of the data with shuffled accounts held 1 network in all; this data holds 9.'
    >>> shuffle_words([Shuffles("within_time", (8, 12))], 98, "window")
    'Shuffle check: 2 copies of the data with shuffled accounts held 8 to 12 networks each; this data holds 98.'
    """
    counts = [count for one in found for count in one.networks]
    if not counts:
        return ""
    copies = "1 copy" if len(counts) == 1 else f"{len(counts):,} copies"
    if method == "window" and max(counts):
        low, high = min(counts), max(counts)
        held = f"{high:,} {_noun(high)} each" if low == high else f"{low:,} to {high:,} networks each"
    else:
        held = f"{sum(counts):,} {_noun(sum(counts))} in all"
    return f"Shuffle check: {copies} of the data with shuffled accounts held {held}; this data holds {networks:,}."


def _noun(count: int) -> str:
    return "network" if count == 1 else "networks"


def variant_words(name: str) -> str:
    """Return how a repetition differs, in words.

    Examples
    --------
    >>> variant_words("half_the_data")
    'on half the data'
    """
    return _VARIANTS.get(name, name.replace("_", " "))


def sensitivity_words(variants: Sequence[Variant], networks: int) -> str:
    """Return how many networks were found again, as a sentence; empty if nothing was repeated.

    Parameters
    ----------
    variants
        The repetitions.
    networks
        Networks of the run.

    Examples
    --------
    >>> sensitivity_words([Variant("windows_halved", 21, 20), Variant("another_seed", 24, 17)], 23)
    'Found again: 20 of 23 networks with windows halved, 17 with another seed.'
    >>> sensitivity_words([Variant("windows_halved", 1, 0)], 0)
    'With nothing to find again: 1 network with windows halved.'
    >>> sensitivity_words([Variant("windows_halved", 0, 0), Variant("another_seed", 0, 0)], 0)
    'Nor was anything found with windows halved, with another seed.'
    """
    done = [one for one in variants if one.networks is not None]
    missing = [variant_words(one.name) for one in variants if one.networks is None]
    left_out = f" Not done: {', '.join(missing)}." if missing else ""
    if not done:
        return left_out.strip()
    if not networks:
        if not any(one.networks for one in done):
            return f"Nor was anything found {', '.join(variant_words(one.name) for one in done)}.{left_out}"
        found = [f"{one.networks:,} {_noun(one.networks or 0)} {variant_words(one.name)}" for one in done]
        return f"With nothing to find again: {', '.join(found)}.{left_out}"
    first, *rest = done
    parts = [f"{first.found_again:,} of {networks:,} {_noun(networks)} {variant_words(first.name)}"]
    parts += [f"{one.found_again:,} {variant_words(one.name)}" for one in rest]
    return f"Found again: {', '.join(parts)}.{left_out}"


def untested_words(limits: Sequence[tuple[int | None, str, str]]) -> str:
    """Return what could not be tested, as a sentence; how small a group would be missed comes first.

    Empty if everything could be tested.

    Parameters
    ----------
    limits
        Network (``None``: the whole run), topic and what, of each.

    Examples
    --------
    >>> untested_words([(None, "missing_columns", "Text traces"), (4, "closed_items", "Whether its timing …")])
    'Not testable here: text traces; the timing of 1 network, or of parts of it.'
    >>> untested_words([(None, "missing_columns", "Text traces"), (None, "power", "Groups of 5 accounts that …")])
    'Not testable here: groups of 5 accounts that …; text traces.'
    """
    of_run = [(topic, what) for network, topic, what in limits if network is None and topic != "explanations"]
    whole = [what for _, what in sorted(of_run, key=lambda one: one[0] != "power")]
    parts = [what[:1].lower() + what[1:] for what in whole[:_MOST_NAMED]]
    if len(whole) > _MOST_NAMED:
        parts.append(f"{len(whole) - _MOST_NAMED} more things")
    explanations = sum(topic == "explanations" for _, topic, _ in limits)
    if explanations:
        parts.append(f"{explanations} ordinary {'explanation' if explanations == 1 else 'explanations'}")
    networks = len({network for network, _, _ in limits if network is not None})
    if networks:
        parts.append(f"the timing of {networks} {_noun(networks)}, or of parts of {'it' if networks == 1 else 'them'}")
    return f"Not testable here: {'; '.join(parts)}." if parts else ""
