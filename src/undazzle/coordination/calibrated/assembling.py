"""Confirmed candidates of both halves and all windows become networks, each account in one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from undazzle.coordination.calibrated.candidates import Candidate, certified, is_confirmed
from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.events import IntArray


@dataclass(frozen=True)
class TakenIn:
    """An account that was tested beside a network that stood already, on all items (``taking_in``).

    Attributes
    ----------
    account, window
        Who, and in which window (ticks).
    observed, expected
        Items on which it kept company with the network, and their number by chance.
    p_value, q_value
        Chance of as many, and that corrected over everybody who was tested beside any network.
    """

    account: int
    window: int
    observed: int
    expected: float
    p_value: float
    q_value: float


@dataclass(frozen=True)
class OwnFigures:
    """What the accounts of a network did by themselves on the half that took no part in finding them (``standing``).

    Attributes
    ----------
    accounts, items, days
        How many were tested so, and on how many items and days they met there.
    observed, expected
        Co-actions on the open items, and their mean by chance.
    least_ratio
        How many times chance that is, at least: the lower end of a one-sided 95 % interval over items.
    p_value, q_value
        Chance of as much, and that corrected over all networks of the run.
    """

    accounts: int
    items: int
    days: int
    observed: int
    expected: float
    least_ratio: float
    p_value: float
    q_value: float = 1.0


@dataclass
class FoundNetwork:
    """A network: its certified members, the candidates behind it, the sharpest first, and who was taken in later.

    ``own`` is what its accounts did by themselves, once that was tested.
    """

    accounts: IntArray
    candidates: list[Candidate] = field(default_factory=list)
    taken_in: list[TakenIn] = field(default_factory=list)
    own: OwnFigures | None = None

    @property
    def window(self) -> int:
        """Ticks of the window in which it stands out most."""
        return self.candidates[0].window


def assemble_networks(candidates: list[Candidate], settings: CalibratedSettings) -> list[FoundNetwork]:
    """Return the networks behind confirmed candidates, ranked by repetition and effect.

    The sharpest candidate (observed above expected, in standard deviations) founds a network. A later one that is
    mostly the same accounts adds its certified members; one that is mostly others founds a network of those that are
    left. Nobody is named who was not certified in one of them.
    """
    confirmed = [one for one in candidates if is_confirmed(one, settings)]
    confirmed.sort(key=lambda one: (-sharpness(one), one.window, one.split, one.fold, one.accounts.tolist()))
    networks: list[FoundNetwork] = []
    for one in confirmed:
        _place(one, certified(one, settings), networks, settings)
    return ranked(networks)


def ranked(networks: list[FoundNetwork]) -> list[FoundNetwork]:
    """Return networks in their order: by held-out items on which members met, then by the excess over chance."""
    return sorted(networks, key=lambda one: (-held_out_items(one), -_excess(one), one.accounts.tolist()))


def sharpness(one: Candidate) -> float:
    """Return how far a candidate lies above chance, in standard deviations."""
    return (one.group.observed - one.group.expected) / max(one.spread, 0.5)


def held_out_items(network: FoundNetwork) -> int:
    """Return the held-out items on which members met, within the network's window."""
    return sum(one.group.items for one in main_candidates(network))


def main_candidates(network: FoundNetwork) -> list[Candidate]:
    """Return the candidates of the network's own window and split: at most one per half, the sharpest."""
    found: dict[int, Candidate] = {}
    for one in network.candidates:
        if (one.window, one.split) == (network.window, network.candidates[0].split):
            found.setdefault(one.fold, one)
    return list(found.values())


def _excess(network: FoundNetwork) -> float:
    return sum(one.group.observed - one.group.expected for one in main_candidates(network))


def _place(one: Candidate, members: IntArray, networks: list[FoundNetwork], settings: CalibratedSettings) -> None:
    overlaps = [len(np.intersect1d(members, network.accounts)) for network in networks]
    best = int(np.argmax(overlaps)) if overlaps else -1
    taken = np.concatenate([network.accounts for network in networks]) if networks else members[:0]
    left = np.setdiff1d(members, taken)
    if best >= 0 and overlaps[best]:
        network = networks[best]
        alike = overlaps[best] / (len(members) + len(network.accounts) - overlaps[best])
        if alike >= 0.5 or len(left) < settings.min_members:
            network.accounts = np.union1d(network.accounts, left)
            network.candidates.append(one)
            return
    if len(left) >= settings.min_members:
        networks.append(FoundNetwork(left, [one]))
