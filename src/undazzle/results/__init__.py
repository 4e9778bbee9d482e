"""The tables of a run become objects for a notebook: runs, networks, members, pairs, evidence.

Reads ``runs``, ``networks``, ``members``, ``pairs``, ``co_actions``, ``posts``, ``accounts``, ``items`` and
``sources``, and the checks of a run; writes no table, only files asked for. It must not know how results are published.
"""

from undazzle.results.comparison import Comparison, compare
from undazzle.results.evidence import Evidence
from undazzle.results.network import Network
from undazzle.results.networks import Networks, find_network
from undazzle.results.runs import Run
from undazzle.results.table import Table
from undazzle.results.trust import Trust

__all__ = [
    "Comparison",
    "Evidence",
    "Network",
    "Networks",
    "Run",
    "Table",
    "Trust",
    "compare",
    "find_network",
]
