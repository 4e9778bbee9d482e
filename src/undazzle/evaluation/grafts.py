"""Real cells replayed into a real carrier: who, when and together stay real, and the items are the carrier's own.

The items of an operation give it away: nobody else shares them, and they belong to another year. So each episode of
the operation (one of its items, within six hours) is moved onto an item that is popular in the carrier at that hour.
Then neither rarity nor the era nor the collection says anything; only being together again and again does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.evaluation.data_sets import Carrier
from undazzle.evaluation.operations import DAY, HISTORY_DAYS, Operation, find_cells
from undazzle.evaluation.shares import BoolArray, IntArray, Shares, make_shares

LEAST_SHARERS = 5
ELIGIBLE = 5  # distinct items of an account below which no method is asked about it
_WANTED, _LARGEST_CELL = 30, 15  # accounts planted in all, and from one cell
_EPISODE = 6 * 3_600
_WEEK = 7 * DAY
_TRIES = 25


@dataclass(frozen=True)
class Graft:
    """A carrier with cells in it.

    Attributes
    ----------
    shares
        Carrier and cells; planted accounts have the highest numbers.
    cells
        Accounts of each cell, by their numbers in ``shares``.
    names
        What each cell is called in figures: when it was found and which of its time it is.
    eligible
        Which accounts share enough to be asked about.
    """

    shares: Shares
    cells: tuple[IntArray, ...]
    names: tuple[str, ...]
    eligible: BoolArray

    @property
    def truth(self) -> BoolArray:
        """Which accounts are planted."""
        planted = np.zeros(self.shares.accounts, dtype=bool)
        planted[np.concatenate(self.cells)] = True
        return planted


@dataclass(frozen=True)
class Replay:
    """The shares of some cells in their time: what is planted, before it gets items of a carrier."""

    start: int
    shares: Shares
    cells: tuple[IntArray, ...]


def draw_replay(operation: Operation, days: int, random: np.random.Generator) -> Replay:
    """Return cells of a random time: found in the 90 days before it, active in it.

    Parameters
    ----------
    operation
        The operation.
    days
        Length of the time.
    random
        Draws time and cells.
    """
    shares = operation.shares
    first = int(shares.at.min()) + HISTORY_DAYS * DAY
    last = int(shares.at.max()) - days * DAY
    start = first + int(random.integers(0, max(1, (last - first) // DAY))) * DAY
    during = shares.take((shares.at >= start) & (shares.at < start + days * DAY))
    busy = during.activity() >= ELIGIBLE
    cells: list[IntArray] = []
    found = [cell[busy[cell]] for cell in find_cells(shares, start)]
    for place in random.permutation(len(found)).tolist():
        cell = random.permutation(found[place])[:_LARGEST_CELL]
        if len(cell) >= 3 and sum(map(len, cells)) < _WANTED:
            cells.append(np.sort(cell))
    chosen = np.concatenate(cells) if cells else np.zeros(0, dtype=np.int64)
    return Replay(start, during.take(np.isin(during.account, chosen)), tuple(cells))


def graft(
    carrier: Carrier,
    base: Shares,
    replay: Replay,
    dose: int,
    random: np.random.Generator,
    *,
    swapped: bool = True,
) -> Graft:
    """Return a carrier with a replay planted into it.

    Parameters
    ----------
    carrier
        Says which items are popular when.
    base
        The carrier's shares, as they are or with shuffled labels.
    replay
        The cells.
    dose
        Most shares of a planted account. Whole episodes are drawn, so what is left is as much together as ever.
    random
        Draws episodes, items and the week at which the replay begins.
    swapped
        Whether items are swapped for the carrier's own; otherwise the cells keep theirs, which nobody else shares.
    """
    shift = _shift(base, replay, carrier.plant_days, random)
    parts, cells, used = [], [], base.accounts
    market = _Market(carrier.shares) if swapped else _Own(base.items)
    for cell in replay.cells:
        account, item, at = _cell_shares(replay.shares, cell, shift, dose, market, random)
        parts.append((used + np.searchsorted(cell, account), item, at))
        cells.append(np.arange(used, used + len(cell), dtype=np.int64))
        used += len(cell)
    columns = [np.concatenate(one) for one in zip((base.account, base.item, base.at), *parts, strict=True)]
    shares = make_shares(columns[0], columns[1], columns[2], used, base.items if swapped else None)
    names = tuple(f"{replay.start // DAY}-{number}" for number in range(len(cells)))
    return Graft(shares, tuple(cells), names, shares.activity() >= ELIGIBLE)


def _shift(base: Shares, replay: Replay, days: int, random: np.random.Generator) -> int:
    """Return the seconds by which the replay is moved: whole weeks, so that hours and weekdays stay."""
    first, last = int(base.at.min()), int(base.at.max())
    earliest = -(-(first - replay.start) // _WEEK)
    latest = (last - days * DAY - replay.start) // _WEEK
    return _WEEK * int(random.integers(earliest, max(earliest, latest) + 1))


class _Market:
    """What is popular in a carrier at a moment."""

    def __init__(self, shares: Shares) -> None:
        popular = shares.take((shares.sharers() >= LEAST_SHARERS)[shares.item])
        order = np.argsort(popular.at, kind="stable")
        self.at, self.item = popular.at[order], popular.item[order]
        self.first = np.full(shares.items, np.iinfo(np.int64).max)
        self.last = np.full(shares.items, np.iinfo(np.int64).min)
        np.minimum.at(self.first, popular.item, popular.at)
        np.maximum.at(self.last, popular.item, popular.at)

    def draw(self, moment: int, own: int, taken: set[int], random: np.random.Generator) -> int:
        """Return the item of a random share within six hours of a moment.

        Rather one that is out already and not over yet, and that was not taken before.
        """
        del own
        low, high = np.searchsorted(self.at, [moment - _EPISODE, moment + _EPISODE])
        if low == high:  # a night without a share: the nearest ones before and after
            low, high = max(0, low - 10), min(len(self.at), high + 10)
        items = self.item[random.integers(low, high, _TRIES)]
        alive = (self.first[items] <= moment) & (moment <= self.last[items])
        free = ~np.isin(items, list(taken))
        item = int(items[np.argmax(2 * alive + free)])
        taken.add(item)
        return item


class _Own:
    """The operation's own items, numbered after those of the carrier."""

    def __init__(self, items: int) -> None:
        self.items = items

    def draw(self, moment: int, own: int, taken: set[int], random: np.random.Generator) -> int:
        """Return the item itself."""
        del moment, taken, random
        return self.items + own


def _cell_shares(
    shares: Shares, cell: IntArray, shift: int, dose: int, market: _Market | _Own, random: np.random.Generator
) -> tuple[IntArray, IntArray, IntArray]:
    own = shares.take(np.isin(shares.account, cell))
    new = np.ones(len(own), dtype=bool)
    new[1:] = (np.diff(own.item) != 0) | (np.diff(own.at // _EPISODE) != 0)
    starts = np.append(np.flatnonzero(new), len(own))
    left = dict.fromkeys(cell.tolist(), dose)
    rows: list[tuple[int, int, int]] = []
    taken: set[int] = set()
    for episode in random.permutation(len(starts) - 1).tolist():
        acting = [row for row in range(starts[episode], starts[episode + 1]) if left[int(own.account[row])] > 0]
        if not acting:
            continue
        item = market.draw(int(own.at[acting[0]]) + shift, int(own.item[acting[0]]), taken, random)
        for row in acting:
            left[int(own.account[row])] -= 1
            rows.append((int(own.account[row]), item, int(own.at[row]) + shift))
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]
