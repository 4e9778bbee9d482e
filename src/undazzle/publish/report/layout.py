"""Where accounts stand in the picture, and which of them mostly acted among themselves.

Both only help reading: they are drawn and said to be no finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from undazzle.publish.report.facts import Pair

SEED = 0
MAX_PICTURED = 300
MAX_LINES = 1500
MAX_GROUPS = 7
_LEAST_MODULARITY = 0.2
_LEIDEN_ROUNDS = 10


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
        edges=edges, starting_communities=None, resolution=1.0, randomness=0.001, iterations=_LEIDEN_ROUNDS,
        use_modularity=True, seed=SEED, trials=1,
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
        Their pairs; the square root of the co-actions pulls two accounts together.
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(sorted(rows))
    shown = set(rows)
    for pair in sorted(pairs, key=lambda one: (one.a, one.b)):
        if pair.a in shown and pair.b in shown:
            graph.add_edge(pair.a, pair.b, weight=pair.co_actions**0.5)
    if len(graph) < 2:
        return dict.fromkeys(rows, (0.5, 0.5))
    start = nx.circular_layout(graph)
    spread = 1.6 / len(graph) ** 0.5
    found = nx.spring_layout(graph, k=spread, pos=start, iterations=150, seed=SEED, method="force")
    return _spread_out({row: (float(x), float(y)) for row, (x, y) in found.items()})


def _spread_out(points: dict[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    xs, ys = [x for x, _ in points.values()], [y for _, y in points.values()]
    left, low = min(xs), min(ys)
    size = max(max(xs) - left, max(ys) - low) or 1.0
    shift_x, shift_y = (size - (max(xs) - left)) / 2, (size - (max(ys) - low)) / 2
    return {
        row: (round((x - left + shift_x) / size, 4), round((y - low + shift_y) / size, 4))
        for row, (x, y) in sorted(points.items())
    }
