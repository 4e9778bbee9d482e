"""Indicators, claims and networks → what they are consistent with, rival hypotheses weighed, judgements a person signs.

Reads a case, files a person wrote and, for playbooks, posts and accounts; no table of the workspace is written. Must
not know file formats of others, and never names an operator by itself: it counts what speaks against each hypothesis
and says which evidence decides.
"""

from __future__ import annotations

from undazzle.attribution.hypotheses import Evidence, Hypothesis, Matrix, Rating, read_matrix
from undazzle.attribution.weighing import Standing, Weighing, weigh

__all__ = ["Evidence", "Hypothesis", "Matrix", "Rating", "Standing", "Weighing", "read_matrix", "weigh"]
