"""Benchmark events: who acted on what and when, with the skew of real platforms but no text.

The distributions are invented, not fitted to a platform: accounts and items follow Zipf-Mandelbrot laws, the events
of an item come in a lognormal burst, and viral items gather a great many accounts within a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from undazzle.errors import ParameterError, UnknownNameError
from undazzle.samples.population import zipf_mandelbrot

_SPAN = 28 * 86_400  # seconds
_GROUPS, _GROUP_SIZE, _GROUP_ITEMS = 20, 10, 30
_LARGEST_VIRAL, _OTHER_VIRAL = 200_000, 70_000  # events


@dataclass(frozen=True, slots=True)
class EventSet:
    """The settings of a named benchmark set; fields as the parameters of ``build_events``."""

    accounts: int
    items: int
    events: int
    viral: int = 0
    fresh_share: float = 0.0


# ``nv`` has no viral item, ``v5`` five of them; in ``v5f`` nine of ten sharers of these do nothing else.
EVENT_SETS: Mapping[str, EventSet] = {
    "e1m_nv": EventSet(250_000, 200_000, 1_000_000),
    "e10m_nv": EventSet(1_000_000, 2_000_000, 10_000_000),
    "v1": EventSet(250_000, 200_000, 1_000_000, viral=1),
    "v5": EventSet(250_000, 200_000, 1_000_000, viral=5),
    "v5f": EventSet(250_000, 200_000, 1_000_000, viral=5, fresh_share=0.9),
    "v50": EventSet(250_000, 200_000, 1_000_000, viral=50),
}


def build_event_set(name: str, seed: int = 0) -> dict[str, NDArray[np.int64]]:
    """Return the events of a named benchmark set.

    Raises
    ------
    UnknownNameError
        If there is no set of that name.
    """
    if name not in EVENT_SETS:
        raise UnknownNameError("event set", name, EVENT_SETS)
    chosen = EVENT_SETS[name]
    return build_events(
        chosen.accounts,
        chosen.items,
        chosen.events,
        viral=chosen.viral,
        fresh_share=chosen.fresh_share,
        seed=seed,
    )


def build_events(
    accounts: int, items: int, events: int, viral: int = 0, seed: int = 0, *, fresh_share: float = 0.0
) -> dict[str, NDArray[np.int64]]:
    """Return events in random order.

    Parameters
    ----------
    accounts, items
        How many there are; some of the least active may not occur.
    events
        Number of events besides those of the viral items. Of these, 20 planted groups of 10 accounts
        make 6,000, if there are at least 60,000.
    viral
        Number of viral items, each shared once per account: the first by 200,000 accounts, the others by 70,000,
        or by a tenth of ``events`` (the first: by a fifth) where that is fewer.
    seed
        The same seed gives the same events.
    fresh_share
        Share of a viral item's accounts that do nothing else, 0 to 1.

    Returns
    -------
    dict
        ``account`` and ``item`` (numbers from 0; viral items and fresh accounts have the highest) and ``time``
        (seconds from 0 over 28 days).

    Raises
    ------
    ParameterError
        If a number is too small.

    Examples
    --------
    >>> sorted(build_events(50, 100, 1_000))
    ['account', 'item', 'time']
    """
    _check(accounts, items, events, viral, fresh_share)
    random = np.random.default_rng(seed)
    groups = _groups(accounts, items, random) if events >= 60_000 else np.empty((3, 0), dtype=np.int64)
    ordinary = _ordinary(accounts, items, events - groups.shape[1], random)
    parts = [ordinary, groups]
    fresh = accounts
    for number in range(viral):
        largest, of_events = (_LARGEST_VIRAL, 0.2) if number == 0 else (_OTHER_VIRAL, 0.1)
        size = max(2, min(largest, int(of_events * events)))
        parts.append(_viral(accounts, fresh, items + number, size, fresh_share, random))
        fresh += int((parts[-1][0] >= fresh).sum())
    account, item, time = np.concatenate(parts, axis=1)[:, random.permutation(sum(part.shape[1] for part in parts))]
    return {"account": account, "item": item, "time": time}


def _check(accounts: int, items: int, events: int, viral: int, fresh_share: float) -> None:
    for name, value, least in (("accounts", accounts, 20), ("items", items, 2), ("events", events, 0)):
        if value < least:
            raise ParameterError(name, value, f"At least {least}.")
    if viral < 0 or not 0 <= fresh_share <= 1:
        raise ParameterError("viral", (viral, fresh_share), "Zero or more items, and a share from 0 to 1.")


def _ordinary(accounts: int, items: int, events: int, random: np.random.Generator) -> NDArray[np.int64]:
    account = random.permutation(accounts)[_draw(accounts, 1.0, 50.0, events, random)]
    item = _draw(items, 1.0, 20.0, events, random)
    born = random.uniform(0, _SPAN, size=items)
    scale = 8 * 3_600 * random.lognormal(0, 1.0, size=items)
    time = born[item] + scale[item] * random.lognormal(0, 1.5, size=events)
    return np.stack([account, random.permutation(items)[item], np.mod(time, _SPAN).astype(np.int64)])


def _draw(size: int, exponent: float, shift: float, count: int, random: np.random.Generator) -> NDArray[np.int64]:
    cumulated = np.cumsum(zipf_mandelbrot(size, exponent, shift))
    return np.minimum(np.searchsorted(cumulated, random.random(count)), size - 1).astype(np.int64)


def _groups(accounts: int, items: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Return the events of the planted groups: all members on an item within a minute, item by item."""
    size = min(_GROUP_SIZE, accounts // _GROUPS)
    members = random.permutation(accounts)[: _GROUPS * size].reshape(_GROUPS, 1, size)
    shape = (_GROUPS, _GROUP_ITEMS, size)
    item = np.broadcast_to(random.integers(0, items, size=(_GROUPS, _GROUP_ITEMS, 1)), shape)
    first = random.integers(0, _SPAN - 60, size=(_GROUPS, _GROUP_ITEMS, 1))
    time = first + random.integers(0, 60, size=shape)
    return np.stack([np.broadcast_to(members, shape).ravel(), item.ravel(), time.ravel()])


def _viral(
    accounts: int, fresh: int, item: int, size: int, fresh_share: float, random: np.random.Generator
) -> NDArray[np.int64]:
    """Return one event per account: mostly within a day, steeply at first."""
    known = random.permutation(accounts)[: round(size * (1 - fresh_share))]
    account = np.concatenate([known, np.arange(fresh, fresh + size - len(known))])
    start = random.uniform(0, _SPAN - 2 * 86_400)
    time = np.minimum(start + 4 * 3_600 * random.lognormal(0, 0.9, size=size), _SPAN - 1)
    return np.stack([account, np.full(size, item), time.astype(np.int64)])
