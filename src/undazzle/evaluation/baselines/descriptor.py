"""What a baseline is: a name, its published parameters, and the function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from undazzle.evaluation.shares import BoolArray, FloatArray, IntArray, Shares


@dataclass(frozen=True)
class Pairing:
    """Weighted pairs of accounts; arrays of one length, ``account_a < account_b``."""

    account_a: IntArray
    account_b: IntArray
    weight: FloatArray

    def take(self, keep: BoolArray) -> Pairing:
        """Return the pairs where ``keep`` is true."""
        return Pairing(self.account_a[keep], self.account_b[keep], self.weight[keep])

    def strongest(self, accounts: int) -> FloatArray:
        """Return the weight of each account's strongest pair; equal ones differ a little by the sum of all."""
        most, total = np.zeros(accounts), np.zeros(accounts)
        for end in (self.account_a, self.account_b):
            np.maximum.at(most, end, self.weight)
            np.add.at(total, end, self.weight)
        return most + 1e-9 * total / max(1.0, float(total.max(initial=0.0)))


@dataclass(frozen=True)
class Verdict:
    """What a method says of everybody.

    Attributes
    ----------
    ranking
        By account, higher is earlier.
    flagged
        Accounts that the method lists as coordinated; ``None`` if it only ranks.
    kept
        The pairs behind the flagged accounts; ``None`` if there are none.
    """

    ranking: FloatArray
    flagged: BoolArray | None = None
    kept: Pairing | None = None


@dataclass(frozen=True)
class Baseline:
    """A published method.

    Attributes
    ----------
    baseline_id
        Short name.
    title
        A few words.
    parameters
        The parameters used, in words.
    reference
        Where they come from.
    run
        The method.
    """

    baseline_id: str
    title: str
    parameters: str
    reference: str
    run: Callable[[Shares], Verdict]


def verdict_of_pairs(pairs: Pairing, accounts: int) -> Verdict:
    """Return the verdict of a network: its accounts are flagged, the strongest pair of each ranks it."""
    ranking = pairs.strongest(accounts)
    return Verdict(ranking, ranking > 0, pairs)
