"""The ladder of attribution: what a judgement on each rung must have, what it may say, and what undermines it.

Reads assessments, what they rest on, and retractions; writes nothing. It never climbs by itself, and it must not know
who is behind anything: it refuses judgements that lack what their rung needs, and names the rule.
"""

from __future__ import annotations

from undazzle.casebook.ladder.breach import Breach
from undazzle.casebook.ladder.grid import Grid, grid_of
from undazzle.casebook.ladder.rules import RULES, breaches
from undazzle.casebook.ladder.standing import Standing, judgement_history, ladder_of, standing_of

__all__ = [
    "RULES",
    "Breach",
    "Grid",
    "Standing",
    "breaches",
    "grid_of",
    "judgement_history",
    "ladder_of",
    "standing_of",
]
