"""What decides what the calibrated method finds, with the defaults."""

from __future__ import annotations

from dataclasses import dataclass

TIME_WINDOWS = (10.0, 60.0, 600.0, 3600.0)


@dataclass(frozen=True)
class CalibratedSettings:
    """Parameters of the calibrated method.

    Attributes
    ----------
    max_q
        Largest share of false findings among groups, and among members, that is aimed at.
    discovery_p
        Pairs below this enter the graph in which groups are looked for. It decides power, not validity.
    min_members
        Least number of certified members of a network.
    min_items
        Least number of held-out items on which members met; also least number of closed items of a ring.
    min_days
        Least number of days (blocks, in short collections) on which members met.
    min_member_items
        Least number of held-out items on which a member kept company with the rest.
    block
        Seconds in a block of time, within which activity is held fixed in discovery.
    draws
        Most random draws per group test.
    seed
        Seed of the halves, the communities and the draws.
    """

    max_q: float = 0.05
    discovery_p: float = 1e-3
    min_members: int = 3
    min_items: int = 3
    min_days: int = 2
    min_member_items: int = 2
    block: float = 21_600.0
    draws: int = 4_999
    seed: int = 0
