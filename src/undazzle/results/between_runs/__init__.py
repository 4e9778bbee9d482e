"""Two runs side by side: which networks are found again, what became of them, and what was asked differently.

Reads ``runs``, ``networks``, ``members``, ``accounts``, ``explanations`` and ``indicators``; writes no table.
"""

from undazzle.results.between_runs.comparison import RunComparison, compare_runs

__all__ = ["RunComparison", "compare_runs"]
