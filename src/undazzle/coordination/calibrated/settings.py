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
        Pairs below this enter the graph in which groups are looked for, and accounts below this are taken into a
        group, on the half where it is found. It decides power, not validity.
    activity_p
        Pairs below this by activity enter the second graph.
    joint_p
        Pairs below this by what they share on both halves and whom they met on one (``joint_test``) enter the third
        graph. Like the two before, it decides power, not validity.
    splits
        In how many ways the items are put into halves. A group with few items may have most of them on one half by bad
        luck, where it can be found and not confirmed; seldom in all ways.
    screen_p
        Groups above this in the group test on the half where they were found are not tried on the other.
    keep_p
        Members above this are let go on the half where the group is found.
    member_p
        Largest p-value of a certified member before correction. Where most of what is tested is real, found again and
        again in several splits and windows, the correction alone lets larger ones pass.
    tempo_margin
        How many times the odds of company that its own hours and quickness give a member must beat.
    min_members
        Least number of certified members of a network.
    min_items
        Least number of held-out items on which members met; also least number of closed items of a ring.
    min_days
        Least number of days (blocks, in short collections) on which members met.
    min_member_items
        Least number of held-out items on which a member kept company with the rest.
    min_closed_items
        Least number of held-out closed items of a member of a ring.
    min_closed_share
        Least share of closed items among those that at least three members of a ring share.
    block
        Seconds in a block of time, within which activity is held fixed in discovery.
    seed
        Seed of the halves, the communities and the draws.
    """

    max_q: float = 0.05
    discovery_p: float = 1e-2
    activity_p: float = 1e-3
    joint_p: float = 1e-5
    splits: int = 3
    screen_p: float = 0.05
    keep_p: float = 0.05
    member_p: float = 0.01
    tempo_margin: float = 3.0
    min_members: int = 3
    min_items: int = 3
    min_days: int = 2
    min_member_items: int = 1
    min_closed_items: int = 2
    min_closed_share: float = 0.5
    block: float = 21_600.0
    seed: int = 0
