"""What chance gives, hour by hour: the expected co-actions of a network spread over the time they would fall on.

On an item that ``n`` accounts share, ``m`` of them members, every pair of its posts is a pair of members with the same
probability. So each pair of posts within the window, whoever wrote them, counts as ``m (m - 1) / n (n - 1)`` expected
co-actions, in the hour of its later post. Items that nobody else shares are counted apart: there, nothing can be
compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from undazzle.coordination.events import Events, IntArray
from undazzle.coordination.kernel import window_starts_compiled
from undazzle.coordination.work import Detection

if TYPE_CHECKING:
    from undazzle.coordination.calibrated.members_on_items import GroupSlots
    from undazzle.coordination.calibrated.slots import Slots

FloatArray = npt.NDArray[np.float64]

_HOUR_US = 3_600_000_000


def write_expected_hours(work: Detection, networks: dict[int, IntArray], windows: Sequence[float]) -> None:
    """Write the expected co-actions of each network that was compared with chance, by hour.

    Reads ``networks`` and ``posts``. Writes ``expected_hours``.

    Parameters
    ----------
    work
        The detection under way, its networks written.
    networks
        Accounts by network, as numbers.
    windows
        Windows that the method really used, in seconds.
    """
    wanted = work.store.rows(
        "SELECT network_id, time_window FROM networks WHERE run_id = ? AND expected IS NOT NULL ORDER BY network_id",
        [work.run_id],
    )
    if not wanted:
        return
    from undazzle.coordination.calibrated.members_on_items import slots_by_account, slots_of_group
    from undazzle.coordination.calibrated.run import item_hashes
    from undazzle.coordination.calibrated.slots import make_slots

    ticks = [work.events.window_ticks(one) for one in windows]
    slots = make_slots(work.events, item_hashes(work.store, work.events, work.settings.seed), ticks)
    by_account, hour = slots_by_account(slots), _hours(work, slots.events)
    for network, seconds in wanted:
        held = slots_of_group(slots, by_account, networks[int(network)], None)
        window = work.events.window_ticks(float(seconds))
        is_open = np.diff(held.rows) < slots.sizes[held.item]
        counted = [_expected(slots, held.take(is_open), window)]
        counted += [_met(slots, held.take(part), window) for part in (is_open, ~is_open)]
        _write(work, int(network), hour, counted)


def _expected(slots: Slots, opened: GroupSlots, window: int) -> FloatArray:
    """Return by slot of all accounts the expected co-actions whose later post it is."""
    many, size = np.diff(opened.rows), slots.sizes[opened.item]
    share = np.zeros(slots.shared + 1)
    share[opened.item] = many * (many - 1) / (size * (size - 1))
    earlier = np.arange(len(slots.events)) - window_starts_compiled(slots.events.item, slots.events.at, window)
    return np.asarray(share[np.minimum(slots.events.item, slots.shared)] * earlier, dtype=np.float64)


def _met(slots: Slots, held: GroupSlots, window: int) -> FloatArray:
    """Return by slot of all accounts the co-actions of members whose later post it is."""
    found = np.zeros(len(slots.events))
    if len(held.slot):
        item, at = slots.events.item[held.slot], slots.events.at[held.slot]
        found[held.slot] = np.arange(len(item)) - window_starts_compiled(item, at, window)
    return found


def _hours(work: Detection, events: Events) -> IntArray:
    """Return the hour of each event, counted from 1970; events themselves only know the time since the first."""
    if not len(events):
        return events.at
    rows = work.store.rows("SELECT epoch_us(posted_at) FROM posts WHERE post_key = ?", [int(events.post[0])])
    origin = int(rows[0][0]) - int(events.at[0]) * events.tick_us
    return np.asarray((origin + events.at * events.tick_us) // _HOUR_US, dtype=np.int64)


def _write(work: Detection, network: int, hour: IntArray, counted: Sequence[FloatArray]) -> None:
    some = np.logical_or.reduce([one > 0 for one in counted])
    hours, place = np.unique(hour[some], return_inverse=True)
    expected, observed, closed = (np.bincount(place, weights=one[some], minlength=len(hours)) for one in counted)
    starts = [datetime.fromtimestamp(int(one) * 3600, UTC).replace(tzinfo=None) for one in hours]
    work.store.append(
        "expected_hours",
        {
            "run_id": np.full(len(hours), work.run_id, dtype=np.int32),
            "network_id": np.full(len(hours), network, dtype=np.int32),
            "starts_at": np.array(starts, dtype="datetime64[us]"),
            "expected": expected,
            "observed": observed.astype(np.int64),
            "closed": closed.astype(np.int64),
        },
    )
