"""The Coordination Network Toolkit at work, in a process of its own.

``python -m benchmarks.toolkit_job load POSTS.csv DATABASE`` and
``python -m benchmarks.toolkit_job networks DATABASE WINDOW THREADS`` do what its command line does, with one
mend: its CSV loader gives every post without a URL the URL ``""`` and so links all such posts; here these posts
get no URL. One load serves both networks.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path


def load(posts: str, database: str) -> None:
    """Load a CSV in the toolkit's layout into its database."""
    from coordination_network_toolkit.preprocess import preprocess_data

    preprocess_data(database, _rows(posts))


def _rows(posts: str) -> Iterator[tuple[object, ...]]:
    with Path(posts).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for row in reader:
            yield (*row[:-1], row[-1].split(" ") if row[-1] else [])


def networks(database: str, window: int, threads: int) -> None:
    """Compute the co-link and the co-retweet network with a least edge weight of 1."""
    from coordination_network_toolkit.compute_networks import compute_co_link_network, compute_co_retweet_parallel

    compute_co_link_network(database, window, n_threads=threads, min_edge_weight=1)
    compute_co_retweet_parallel(database, window, n_threads=threads, min_edge_weight=1)


if __name__ == "__main__":
    if sys.argv[1] == "load":
        load(sys.argv[2], sys.argv[3])
    else:
        networks(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
