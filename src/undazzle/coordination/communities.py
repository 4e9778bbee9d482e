"""Dense parts of a weighted account graph, by the Leiden algorithm (Traag et al. 2019, 10.1038/s41598-019-41695-z)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from undazzle.coordination.events import IntArray


def find_communities(
    account_a: IntArray, account_b: IntArray, weight: npt.NDArray[np.float64], *, seed: int = 0
) -> list[list[int]]:
    """Return the communities of a graph as sorted lists of accounts, in a stable order.

    Parameters
    ----------
    account_a, account_b
        Ends of the edges; each pair once.
    weight
        Weight of the edges, above zero.
    seed
        Seed of the algorithm. The same edges and seed give the same communities.
    """
    if not len(account_a):
        return []
    import graspologic_native

    edges = [
        (str(a), str(b), float(w))
        for a, b, w in zip(account_a.tolist(), account_b.tolist(), weight.tolist(), strict=True)
    ]
    _, membership = graspologic_native.leiden(
        edges=edges,
        starting_communities=None,
        resolution=1.0,
        randomness=0.001,
        iterations=10,
        use_modularity=True,
        seed=seed,
        trials=1,
    )
    groups: dict[int, list[int]] = defaultdict(list)
    for account, community in membership.items():
        groups[community].append(int(account))
    return _ordered(list(groups.values()))


def _ordered(groups: Sequence[list[int]]) -> list[list[int]]:
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
