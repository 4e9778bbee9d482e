"""Where accounts stand in the picture, and which of them mostly acted among themselves.

Both only help reading: they are drawn and said to be no finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from undazzle.publish.report.facts import Pair

SEED = 0
MAX_PICTURED = 300
MAX_LINES = 1500
MAX_GROUPS = 7
_LEAST_MODULARITY = 0.2
_LEIDEN_ROUNDS = 10
_STEPS = 150


def find_groups(rows: int, pairs: Sequence[Pair]) -> tuple[dict[int, int], tuple[int, ...]]:
    """Return the group of every member row (0 is the largest) and the sizes of the groups.

    One group if the network does not fall apart clearly (modularity under 0.2). Groups beyond the seventh
    share the last place.

    Parameters
    ----------
    rows
        Number of members; rows count from 1.
    pairs
        Pairs with their co-actions.
    """
    import graspologic_native

    alone = dict.fromkeys(range(1, rows + 1), 0)
    if len(pairs) < 3:
        return alone, (rows,)
    edges = [(str(pair.a), str(pair.b), float(pair.co_actions)) for pair in sorted(pairs, key=lambda p: (p.a, p.b))]
    modularity, found = graspologic_native.leiden(
        edges=edges,
        starting_communities=None,
        resolution=1.0,
        randomness=0.001,
        iterations=_LEIDEN_ROUNDS,
        use_modularity=True,
        seed=SEED,
        trials=1,
    )
    gathered: dict[int, list[int]] = defaultdict(list)
    for row, group in found.items():
        gathered[group].append(int(row))
    if modularity < _LEAST_MODULARITY or len(gathered) < 2:
        return alone, (rows,)
    ordered = sorted(gathered.values(), key=lambda one: (-len(one), min(one)))
    groups = {row: min(number, MAX_GROUPS) for number, one in enumerate(ordered) for row in one}
    sizes = [0] * (max(groups.values()) + 1)
    for row in alone:
        groups.setdefault(row, 0)
        sizes[groups[row]] += 1
    return groups, tuple(sizes)


def place(rows: Sequence[int], pairs: Sequence[Pair]) -> dict[int, tuple[float, float]]:
    """Return positions in the unit square by member row: the same network always looks the same.

    Parameters
    ----------
    rows
        Member rows to place, at most ``MAX_PICTURED`` for a quick answer.
    pairs
        Their pairs; co-actions (damped) pull two accounts together.
    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(rows))
    shown = set(rows)
    for pair in sorted(pairs, key=lambda one: (one.a, one.b)):
        if pair.a in shown and pair.b in shown:
            graph.add_edge(pair.a, pair.b, weight=pair.co_actions**0.35)
    if len(graph) < 2:
        return dict.fromkeys(rows, (0.5, 0.5))
    start = nx.circular_layout(graph)
    spread = 2.6 / len(graph) ** 0.5
    found = nx.spring_layout(graph, k=spread, pos=start, iterations=_STEPS, seed=SEED, method="force")
    points = np.array([found[row] for row in sorted(found)], dtype=np.float64)
    placed = _scaled(_apart(_scaled(points)))
    return {row: (round(float(x), 4), round(float(y), 4)) for row, (x, y) in zip(sorted(found), placed, strict=True)}


def _scaled(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Fit points into the unit square, centred, without bending the picture."""
    low, high = points.min(axis=0), points.max(axis=0)
    size = float((high - low).max()) or 1.0
    return np.asarray((points - low + (size - (high - low)) / 2) / size)


def _apart(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Push points apart until marks no longer cover each other (or for a bounded number of rounds)."""
    least = min(0.125, 0.85 / len(points) ** 0.5)
    for _ in range(60):
        gaps = points[:, None, :] - points[None, :, :]
        far = np.sqrt((gaps**2).sum(axis=2)) + np.eye(len(points))
        short = np.clip(least - far, 0.0, None)
        np.fill_diagonal(short, 0.0)
        if not short.any():
            break
        points = points + (gaps / far[:, :, None] * short[:, :, None] * 0.5).sum(axis=1)
    return points
