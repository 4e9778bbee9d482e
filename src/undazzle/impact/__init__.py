"""Networks and logged observations → whether anyone outside listened, and the Breakout category over time.

Reads ``networks``, ``members``, ``posts`` and ``accounts``, and observations of a casebook. Writes ``runs`` only.
Must not know who is behind a network, or whether reading a post changed anybody's mind: reach is no persuasion.
"""

from __future__ import annotations

from undazzle.impact.breakout import Breakout, BreakoutStep, Seen, breakout_over_time, seen_from_observation
from undazzle.impact.measure import Impact, measure_impact
from undazzle.impact.reach import Engagement, Reach
from undazzle.impact.spread import Spread, structural_virality

__all__ = [
    "Breakout",
    "BreakoutStep",
    "Engagement",
    "Impact",
    "Reach",
    "Seen",
    "Spread",
    "breakout_over_time",
    "measure_impact",
    "seen_from_observation",
    "structural_virality",
]
