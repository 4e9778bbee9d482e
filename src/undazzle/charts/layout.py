"""Positions for the accounts of a network: the same for the same network, whatever the order of its rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def place_nodes(
    nodes: Sequence[str], edges: Iterable[tuple[str, str, float]], *, iterations: int = 60
) -> dict[str, tuple[float, float]]:
    """Return x and y from -1 to 1 by node, connected nodes near each other.

    Parameters
    ----------
    nodes
        Names.
    edges
        Two names and a weight above zero; heavier edges pull harder, by the logarithm.
    iterations
        Steps of the spring layout.

    Examples
    --------
    >>> place_nodes(["x:1"], [])
    {'x:1': (0.0, 0.0)}
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_weighted_edges_from(sorted((a, b, math.log1p(max(weight, 0.0))) for a, b, weight in edges))
    found = nx.spring_layout(graph, iterations=iterations, seed=0)
    return {node: (round(float(x), 4) + 0.0, round(float(y), 4) + 0.0) for node, (x, y) in found.items()}
