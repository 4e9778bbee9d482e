"""The reachable ceiling: what can be told of a planted account by someone who knows its cell and uses every item.

The test is written here once more, apart from the detection it measures: on each item that an account shares with
others of its cell, it could by chance have held any slot that the others leave; the number of items on which it is
near one of them is a sum of independent unequal coins.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from undazzle.evaluation.shares import BoolArray, FloatArray, IntArray, Shares

WINDOWS = (10, 60, 600, 3_600)


def reachable(shares: Shares, cells: tuple[IntArray, ...], *, level: float = 0.01) -> BoolArray:
    """Return which accounts stand out from chance beside their own true cell, in any of the four windows.

    Parameters
    ----------
    shares
        Everything, planted and not.
    cells
        The true cells.
    level
        p-value, divided by the number of windows.
    """
    first = shares.distinct()
    found = np.zeros(shares.accounts, dtype=bool)
    slots = _slots_by_item(first, np.concatenate(cells))
    for cell in cells:
        for account in cell.tolist():
            found[account] = any(
                company_p_value(first, slots, cell, account, window) <= level / len(WINDOWS) for window in WINDOWS
            )
    return found


def reachable_by_choice(shares: Shares, cells: tuple[IntArray, ...], *, items: int = 3, members: int = 3) -> BoolArray:
    """Return which accounts share several items, each with several of their own cell, whenever that was.

    Parameters
    ----------
    shares
        Everything, planted and not.
    cells
        The true cells.
    items
        Least number of such items.
    members
        Least number of accounts of the cell on an item.
    """
    first = shares.distinct()
    found = np.zeros(shares.accounts, dtype=bool)
    for cell in cells:
        own = first.take(np.isin(first.account, cell))
        own = own.take((own.sharers() >= members)[own.item])
        found |= np.bincount(own.account, minlength=shares.accounts) >= items
    return found


def _slots_by_item(first: Shares, members: IntArray) -> dict[int, slice]:
    """Return where the slots of each item are that a planted account shares."""
    starts = np.searchsorted(first.item, np.arange(first.items + 1))
    used = np.unique(first.item[np.isin(first.account, members)])
    return {int(item): slice(int(starts[item]), int(starts[item + 1])) for item in used}


def company_p_value(first: Shares, slots: dict[int, slice], cell: IntArray, account: int, window: int) -> float:
    """Return the chance that an account is near others of its cell on at least as many items as it is.

    Parameters
    ----------
    first
        First shares of every account and item.
    slots
        Where the slots of each item are.
    cell, account
        The cell, and one of it.
    window
        Seconds, inclusive.
    """
    chances, observed = [], 0
    inside: dict[int, bool] = defaultdict(bool, dict.fromkeys(cell.tolist(), True))
    for item in first.item[first.account == account].tolist():
        here = slots[item]
        who, at = first.account[here], first.at[here]
        other = np.array([inside[one] and one != account for one in who.tolist()])
        if not other.any() or other.sum() + 1 == len(who):
            continue
        free = ~other
        gap = np.abs(at[free][:, None] - at[other][None, :]).min(axis=1)
        near = gap <= window
        chances.append(float(near.mean()))
        observed += int(near[who[free] == account][0])
    return coins_tail(np.array(chances), observed)


def coins_tail(chances: FloatArray, observed: int) -> float:
    """Return the chance of at least ``observed`` heads among unequal coins.

    Examples
    --------
    >>> import numpy as np
    >>> coins_tail(np.array([0.5, 0.5]), 1)
    0.75
    """
    spread = np.zeros(len(chances) + 1)
    spread[0] = 1.0
    for chance in chances:
        spread[1:] = spread[1:] * (1 - chance) + spread[:-1] * chance
        spread[0] *= 1 - chance
    return float(min(1.0, spread[observed:].sum()))
