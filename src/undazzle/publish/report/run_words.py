"""One sentence for each network, and one for the run: what was seen, how surprising it is, what else it could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from undazzle.publish.report.facts import Overview
from undazzle.publish.report.text import plural
from undazzle.publish.report.wording import deeds, window_words
from undazzle.results.surprise import alternative_words, choice_words, odds_words, surprise_words, times_words


@dataclass(frozen=True, slots=True)
class Group:
    """Networks of one sort, with the heading under which a report lists them, and what it means."""

    title: str
    note: str
    networks: tuple[Overview, ...]

    @property
    def is_folded(self) -> bool:
        """Whether the list opens on request only: what is explained is shown, but does not stand in the way."""
        return all(one.explained_by for one in self.networks)


def grouped(networks: Sequence[Overview]) -> list[Group]:
    """Return the networks by what is known of them; sorts without any are left out.

    Parameters
    ----------
    networks
        The networks of a run, in their order.
    """
    rest = [one for one in networks if not one.explained_by]
    compared = [one for one in rest if one.expected is not None]
    closed = [one for one in rest if one.is_closed]
    counted = [one for one in rest if one.expected is None and not one.is_closed]
    sorts = (
        (
            "More than chance, and nothing ordinary explains it",
            "Synchrony, not yet coordination: read the posts.",
            compared,
        ),
        ("Counted only", "Above the thresholds; what chance would give was not computed.", counted),
        (
            "Not testable by timing",
            "Nobody else shares what these accounts share. That neither accuses nor clears them.",
            closed,
        ),
        (
            "Explained by something ordinary",
            "Shown so that nobody wonders. These are no findings.",
            [one for one in networks if one.explained_by],
        ),
    )
    return [Group(title, note, tuple(some)) for title, note, some in sorts if some]


def network_sentence(overview: Overview) -> str:
    """Return what was seen of a network, how surprising it is, and what else it could be.

    Parameters
    ----------
    overview
        The network.
    """
    seen = (
        f"{plural(overview.members, 'account')} {deeds(overview.kinds)} {window_words(overview.time_window)} "
        f"{plural(overview.co_actions, 'time')} on {plural(overview.days, 'day')}."
    )
    if overview.explained_by:
        return f"{seen[:-1]}: {overview.explained_by[:1].lower()}{overview.explained_by[1:]}."
    said = choice_words(_facts(overview)) if overview.is_closed else surprise_words(_facts(overview))
    parts = (seen, said, alternative_words(None, overview.verdicts))
    return " ".join(part for part in parts if part)


def surprise(overview: Overview) -> str:
    """Return how surprising a network is, as a sentence."""
    return surprise_words(_facts(overview))


def odds(overview: Overview) -> str:
    """Return how often chance does as much on what was kept back, as a sentence; empty where that was not tested."""
    return "" if overview.is_closed or overview.expected is None else odds_words(overview.p_value)


def times(overview: Overview) -> str:
    """Return how many times as often as by chance, in words; empty where that says nothing."""
    return times_words(overview.met, overview.chance)


def without_best(overview: Overview) -> str:
    """Return what is left of the surprise without the item, and the day, that say most; empty if not tested.

    Parameters
    ----------
    overview
        The network.
    """
    values = [one for one in (overview.drop_best_item_p, overview.drop_best_day_p) if one is not None]
    if not values or overview.is_closed:
        return ""
    return odds_words(max(values), "Also without the item, or the day, that says most")


def _facts(overview: Overview) -> Mapping[str, Any]:
    names = (
        "status", "co_actions", "expected", "p_value", "held_out_items", "held_out_expected", "open_co_actions",
        "open_expected",
    )  # fmt: skip
    return {name: getattr(overview, name) for name in names}


def nothing_unexplained(networks: int) -> str:
    """Return the headline of a run whose every network has an ordinary explanation.

    Examples
    --------
    >>> nothing_unexplained(6)
    'Something ordinary explains each of the 6 networks found: no finding.'
    """
    if networks == 1:
        return "Something ordinary explains the one network found: no finding."
    return f"Something ordinary explains each of the {networks:,} networks found: no finding."


def run_sentence(networks: Sequence[Overview]) -> str:
    """Return how many networks of which sort a run found.

    Parameters
    ----------
    networks
        The networks of a run.
    """
    words = {
        "More than chance, and nothing ordinary explains it": "beyond chance and unexplained",
        "Counted only": "counted only",
        "Not testable by timing": "not testable by timing",
        "Explained by something ordinary": "explained by something ordinary",
    }
    parts = [f"{len(one.networks):,} {words[one.title]}" for one in grouped(networks)]
    return f"This run found {plural(len(networks), 'network')}: {', '.join(parts)}. The first is shown in detail."
