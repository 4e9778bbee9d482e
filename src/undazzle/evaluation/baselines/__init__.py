"""Shares become rankings and flagged accounts, by published methods with the parameters of their papers.

Reads and writes nothing. Every baseline is written from its paper or its authors' code, as generously as that allows:
where a paper gives no ranking of accounts, an account counts as much as its strongest kept pair.
"""

from undazzle.evaluation.baselines.descriptor import Baseline, Pairing, Verdict
from undazzle.evaluation.baselines.registry import BASELINES

__all__ = ["BASELINES", "Baseline", "Pairing", "Verdict"]
