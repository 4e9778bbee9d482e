"""Who counts the pairs of a detection: this machine, or a cluster that was asked to. The kernel is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeAlias

from undazzle.coordination.events import Events

if TYPE_CHECKING:
    from undazzle.coordination.kernel import CountedPairs

PairCounter: TypeAlias = "Callable[[Events, int, int], CountedPairs]"

_COUNTER: ContextVar[PairCounter | None] = ContextVar("counter", default=None)


def count_pairs(events: Events, window: int, k: int) -> CountedPairs:
    """Return all pairs of accounts that share at least ``k`` items within the window, whoever counts them.

    Parameters
    ----------
    events
        Sorted by item and time; best pruned with ``has_other_account_near`` first.
    window
        Ticks, inclusive.
    k
        Least number of distinct items.
    """
    counter = _COUNTER.get()
    if counter is not None:
        return counter(events, window, k)
    # Late: the kernel brings the compiler along, and the classic method mostly does without it.
    from undazzle.coordination.kernel import count_pairs_compiled

    return count_pairs_compiled(events, window, k)


@contextmanager
def counted_by(counter: PairCounter | None) -> Iterator[None]:
    """Have pairs counted by ``counter`` for a while; by this machine if it is ``None``."""
    if counter is None:
        yield
        return
    token = _COUNTER.set(counter)
    try:
        yield
    finally:
        _COUNTER.reset(token)
