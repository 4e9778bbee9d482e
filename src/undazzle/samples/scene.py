"""What every planted group is given to act in, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from undazzle.samples.background import Clock, ordinary_text
from undazzle.samples.corpus import GroupKind
from undazzle.samples.drafts import DAY, Draft, Integers
from undazzle.samples.planting import Planting
from undazzle.samples.population import Population


@dataclass(frozen=True, slots=True)
class Scene:
    """People, clock, knobs, the ordinary originals, and a source of randomness of its own for each group."""

    people: Population
    clock: Clock
    planting: Planting
    originals: list[Draft] = field(repr=False)
    random: np.random.Generator = field(repr=False)

    def bystanders(self, count: int) -> list[int]:
        """Return different background accounts, busy ones more likely."""
        background = self.people.members["background"]
        weight = np.sqrt(self.people.activity[background])
        count = min(count, len(background))
        return self.random.choice(background, size=count, replace=False, p=weight / weight.sum()).tolist()  # type: ignore[no-any-return]  # numpy types tolist as Any

    def later(self, first: float, accounts: list[int], median: float, spread: float) -> list[int]:
        """Return one waking moment after ``first`` (seconds) for each account; delays are lognormal."""
        zones = self.people.zone[accounts]
        firsts = np.full(len(accounts), first, dtype=np.float64)
        moments: Integers = self.clock.after(firsts, median, spread, zones, self.random)
        return moments.tolist()  # type: ignore[no-any-return]  # numpy types tolist as Any

    def own_words(self, account: int) -> str:
        """Return a text as the account writes it of its own accord."""
        return ordinary_text(self.people, account, self.random)

    @property
    def days(self) -> int:
        """Length of the corpus in days."""
        return self.clock.end // DAY


@dataclass(frozen=True, slots=True)
class Act:
    """What a group did: its drafts, the drafts of bystanders that it needs, and what it shared."""

    label: str
    kind: GroupKind
    title: str
    explanation: str
    drafts: list[Draft]
    bystanders: list[Draft] = field(default_factory=list)
    items: tuple[str, ...] = ()
