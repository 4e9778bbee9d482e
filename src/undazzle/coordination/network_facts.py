"""What the networks of one window amount to, and each member's part in them, counted from arrays.

The same numbers as ``writing.write_networks`` computes by SQL from the tables, for a method that still holds its
co-actions in memory; a test holds one against the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from undazzle.coordination.co_actions import CoActions
from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.ordering import distinct_by_group, order_by
from undazzle.coordination.pairs import Pairs

_DAY_US = 86_400_000_000
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class NetworkFacts:
    """Columns of ``members`` and ``networks`` by name; members by network, then account."""

    members: dict[str, npt.NDArray[Any]]
    networks: dict[str, npt.NDArray[Any]]


def count_network_facts(
    events: Events,
    groups: Sequence[Sequence[int]],
    found: CoActions,
    pair_of: IntArray,
    pairs: Pairs,
    weight: FloatArray,
    inside: BoolArray,
) -> NetworkFacts:
    """Return what is written about networks and their members.

    Parameters
    ----------
    events
        All events; their times say on which days and when.
    groups
        Accounts of each network; an account belongs to one at most.
    found, pair_of
        Co-actions, and the position of the pair of each.
    pairs, weight, inside
        Pairs, what each weighs, and whether it is an edge inside a network.
    """
    sizes = [len(one) for one in groups]
    member = np.concatenate([np.sort(np.array(one, dtype=np.int64)) for one in groups])
    network = np.repeat(np.arange(len(groups)), sizes)
    place = np.full(len(events.account_keys), -1, dtype=np.int64)
    place[member] = np.arange(len(member))
    edges = inside[pair_of]
    left, right = place[found.account_a[edges]], place[found.account_b[edges]]
    time_of = _PostTimes(events, found.post_a[edges], found.post_b[edges])
    sides = np.concatenate((left, right))
    items, posts = np.tile(found.item[edges], 2), np.concatenate((time_of.place_a, time_of.place_b))
    both = np.concatenate((place[pairs.account_a[inside]], place[pairs.account_b[inside]]))
    members = {
        "account": member,
        "network": network,
        "co_actions": np.bincount(sides, minlength=len(member)),
        "partners": np.bincount(both, minlength=len(member)),
        "items": distinct_by_group(sides, items, len(member)),
        "posts_in_co_actions": distinct_by_group(sides, posts, len(member)),
        "days": distinct_by_group(sides, time_of.at_us[posts] // _DAY_US, len(member)),
        "weight": np.bincount(both, weights=np.tile(weight[inside], 2), minlength=len(member)),
    }
    here = network[left]
    later = np.maximum(time_of.at_us[time_of.place_a], time_of.at_us[time_of.place_b])
    earlier = np.minimum(time_of.at_us[time_of.place_a], time_of.at_us[time_of.place_b])
    networks = {
        "members": np.array(sizes, dtype=np.int64),
        "pairs": np.bincount(network[place[pairs.account_a[inside]]], minlength=len(groups)),
        "co_actions": np.bincount(here, minlength=len(groups)),
        "items": distinct_by_group(here, found.item[edges], len(groups)),
        "days": distinct_by_group(here, later // _DAY_US, len(groups)),
        "kinds": _kinds(events, here, found.item[edges], len(groups)),
        "first_us": _reduced(np.minimum, here, earlier, len(groups)),
        "last_us": _reduced(np.maximum, here, later, len(groups)),
        "weight": np.bincount(network, weights=members["weight"], minlength=len(groups)) / 2,
    }
    return NetworkFacts(members, networks)


class _PostTimes:
    """Times of the posts on both sides of co-actions: ``at_us`` by place, and the place of either side."""

    def __init__(self, events: Events, post_a: IntArray, post_b: IntArray) -> None:
        needed = np.zeros(int(events.post.max()) + 1, dtype=bool)
        needed[post_a] = True
        needed[post_b] = True
        number = np.cumsum(needed) - 1
        self.place_a, self.place_b = number[post_a], number[post_b]
        self.at_us = np.zeros(int(number[-1]) + 1, dtype=np.int64)
        wanted = needed[events.post]
        self.at_us[number[events.post[wanted]]] = events.first_us + events.at[wanted] * events.tick_us


def _kinds(events: Events, group: IntArray, item: IntArray, groups: int) -> npt.NDArray[Any]:
    """Return the trace kinds of each group, sorted, in one word."""
    kind = events.kind_of_item[item]
    present = np.zeros((groups, len(events.kinds)), dtype=bool)
    present[group, kind] = True
    return np.array(
        ["+".join(sorted(name for name, here in zip(events.kinds, row, strict=True) if here)) for row in present],
        dtype=object,
    )


def _reduced(function: np.ufunc, group: IntArray, value: IntArray, groups: int) -> IntArray:
    order = order_by(group)
    starts = np.searchsorted(group[order], np.arange(groups))
    return np.asarray(function.reduceat(value[order], starts), dtype=np.int64)
