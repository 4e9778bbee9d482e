"""Groups synthetic PDQ hashes, in a process of its own; prints JSON. ``python -m benchmarks.pictures_job COUNT``.

One hash in three is a copy of another with up to 40 of its bits changed, so that some pairs are on either side of the
threshold. The first call compiles (or loads what was compiled); the second is measured.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np

from undazzle.traces.clustering import Indexes, star_clusters
from undazzle.traces.pdq_groups import grouped_leaders

_DISTANCE = 31
_MOST_COMPARED = 20_000


def hashes(count: int, seed: int = 0) -> np.ndarray[Any, Any]:
    """Return distinct hashes as rows of four 64-bit words."""
    draw = np.random.default_rng(seed)
    words = draw.integers(0, 2**64, (count, 4), dtype=np.uint64)
    copies = draw.choice(count, count // 3, replace=False)
    words[copies] = words[draw.integers(0, count, len(copies))]
    bits = draw.integers(1, 41, len(copies))
    for step in range(40):
        changed = copies[bits > step]
        place = draw.integers(0, 256, len(changed))
        words[changed, place // 64] ^= np.uint64(1) << (place % 64).astype(np.uint64)
    return np.unique(words, axis=0)[draw.permutation(len(np.unique(words, axis=0)))]


def brute_force(words: np.ndarray[Any, Any]) -> Indexes:
    """Group by comparing every leader with every later hash."""
    numbers = np.arange(len(words), dtype=np.int64)

    def similar(leader: int, others: Indexes) -> Indexes:
        near: Indexes = others[np.bitwise_count(words[others] ^ words[leader]).sum(axis=1, dtype=np.int64) <= _DISTANCE]
        return near

    return star_clusters(len(words), similar, lambda leader: numbers[leader + 1 :])


def main(count: int) -> None:
    """Print what was measured."""
    words = hashes(count)
    grouped_leaders(words[:100], _DISTANCE)
    started = time.process_time()
    leaders = grouped_leaders(words, _DISTANCE)
    result = {
        "hashes": len(words),
        "groups": int((leaders == np.arange(len(leaders))).sum()),
        "group_cpu_seconds": time.process_time() - started,
    }
    if count <= _MOST_COMPARED:
        result["same"] = bool((brute_force(words) == leaders).all())
    print(json.dumps(result))


if __name__ == "__main__":
    main(int(sys.argv[1]))
