"""Who shared what and when, as plain arrays: the form in which every method of the benchmark gets its data."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from undazzle.coordination.events import Events

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Shares:
    """Shares sorted by item, time and account; ``account``, ``item`` and ``at`` are of one length.

    Attributes
    ----------
    account, item
        Numbers from 0.
    at
        Whole seconds.
    accounts, items
        How many numbers there are; some may not occur.
    """

    account: IntArray
    item: IntArray
    at: IntArray
    accounts: int
    items: int

    def __len__(self) -> int:
        return len(self.account)

    def take(self, keep: BoolArray) -> Shares:
        """Return the shares where ``keep`` is true, with the same numbers."""
        return replace(self, account=self.account[keep], item=self.item[keep], at=self.at[keep])

    def distinct(self) -> Shares:
        """Return the first share of every account and item."""
        key = self.item * np.int64(self.accounts) + self.account
        first = np.zeros(len(self), dtype=bool)
        first[np.unique(key, return_index=True)[1]] = True
        return self.take(first)

    def activity(self) -> IntArray:
        """Return the number of distinct items of every account."""
        return np.bincount(self.distinct().account, minlength=self.accounts).astype(np.int64)

    def sharers(self) -> IntArray:
        """Return the number of distinct accounts of every item."""
        return np.bincount(self.distinct().item, minlength=self.items).astype(np.int64)

    def events(self) -> Events:
        """Return the shares in the form of the pair kernel; every share is a post of its own."""
        used, item = np.unique(self.item, return_inverse=True)
        return Events(
            item.astype(np.int64),
            self.account,
            np.arange(len(self), dtype=np.int64),
            self.at,
            used,
            np.arange(self.accounts, dtype=np.int64),
            np.zeros(len(used), dtype=np.int64),
            ("object",),
            1_000_000,
        )


def make_shares(
    account: IntArray, item: IntArray, at: IntArray, accounts: int | None = None, items: int | None = None
) -> Shares:
    """Return shares in order, without exact repeats.

    Parameters
    ----------
    account, item, at
        In any order; equal rows count once.
    accounts, items
        How many numbers there are; one more than the largest if not given.

    Examples
    --------
    >>> import numpy as np
    >>> made = make_shares(np.array([1, 0, 1]), np.array([0, 0, 0]), np.array([5, 3, 5]))
    >>> made.account.tolist(), made.at.tolist()
    ([0, 1], [3, 5])
    """
    order = np.lexsort((account, at, item))
    columns = [np.asarray(one, dtype=np.int64)[order] for one in (account, item, at)]
    new = np.ones(len(order), dtype=bool)
    if len(order):
        new[1:] = np.any([np.diff(one) != 0 for one in columns], axis=0)
    account, item, at = (one[new] for one in columns)
    return Shares(
        account,
        item,
        at,
        accounts if accounts is not None else int(account.max(initial=-1)) + 1,
        items if items is not None else int(item.max(initial=-1)) + 1,
    )


def shuffle_labels(shares: Shares, random: np.random.Generator) -> Shares:
    """Return the shares with accounts dealt anew among the shares of each item.

    Popularity, times and everybody's choice of items stay; who was close to whom is chance. So whoever is found to
    be close is found in error.
    """
    order = np.lexsort((random.random(len(shares)), shares.item))
    return make_shares(shares.account[order], shares.item, shares.at, shares.accounts, shares.items)
