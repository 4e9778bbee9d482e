"""What could have been found at all: silence without power clears nobody."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from undazzle.coordination.calibrated.settings import CalibratedSettings
from undazzle.coordination.calibrated.slots import Slots, near_share

_COMMON = 0.25  # an item in a quarter of all posts is what the posts were collected by


@dataclass(frozen=True)
class Power:
    """How much there is to test.

    Attributes
    ----------
    shared_items
        Items of at least two accounts.
    open_items
        Items of at least four accounts whose posts are not all near each other: what timing can test.
    testable_accounts
        Accounts with enough open items on either half to be found and confirmed.
    accounts
        Accounts in all.
    """

    shared_items: int
    open_items: int
    testable_accounts: int
    accounts: int

    def as_summary(self) -> dict[str, int]:
        """Return it for the summary of a run."""
        return asdict(self)


def measure_power(slots: Slots, shortest: int, settings: CalibratedSettings) -> Power:
    """Return how much there is to test.

    Parameters
    ----------
    slots
        All slots.
    shortest
        The shortest window in ticks.
    settings
        Parameters of the method.
    """
    events = slots.events
    sizes = np.bincount(events.item, minlength=len(slots.fold))
    opened = (sizes > settings.min_members) & (near_share(events, shortest) < 1)
    accounts = len(events.account_keys)
    # two items on the half where a group is found make a pair; one more has to follow on the other
    enough = [
        np.bincount(events.account[opened[events.item] & slots.of_fold(fold)], minlength=accounts) for fold in (0, 1)
    ]
    either = ((enough[0] >= 2) & (enough[1] >= settings.min_items)) | (
        (enough[1] >= 2) & (enough[0] >= settings.min_items)
    )
    return Power(slots.shared, int(opened.sum()), int(either.sum()), len(np.unique(events.account)))


def power_warnings(slots: Slots, power: Power, settings: CalibratedSettings) -> list[str]:
    """Return what a reader should know before taking silence for an answer."""
    found = []
    if power.testable_accounts < settings.min_members:
        found.append(
            f"No power: {power.open_items:,} of {power.shared_items:,} shared items can be tested by timing, and only "
            f"{power.testable_accounts:,} of "
            f"{power.accounts:,} accounts share enough of them. That nothing was found means nothing here."
        )
    sizes = np.bincount(slots.events.item, minlength=1)
    common = int((sizes >= _COMMON * len(slots.events)).sum()) if len(slots.events) >= 200 else 0
    if common:
        found.append(
            f"{common:,} item{' is' if common == 1 else 's are'} in a quarter of all posts or more: the posts were "
            "collected by it. Sharing it says nothing, and only how close in time others share it as well is counted."
        )
    return found
