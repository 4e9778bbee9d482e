"""Posts → narratives: groups of posts that say the same, who said it first in these data, and against whom.

Reads ``posts``, ``accounts``, ``members``. Writes ``narratives``, ``narrative_posts`` and ``runs``. Must not know
whether a network is significant, or who is behind it; saying the same is no sign of acting together.
"""

from __future__ import annotations

from undazzle.narratives.embeddings import EmbeddingSettings
from undazzle.narratives.finding import NarrativeSettings, find_narratives
from undazzle.narratives.lead import Lead, who_leads
from undazzle.narratives.outlets import Outlet, read_outlets, shipped_outlets
from undazzle.narratives.paths import Path, follow
from undazzle.narratives.targets import TargetCount, count_targets

__all__ = [
    "EmbeddingSettings",
    "Lead",
    "NarrativeSettings",
    "Outlet",
    "Path",
    "TargetCount",
    "count_targets",
    "find_narratives",
    "follow",
    "read_outlets",
    "shipped_outlets",
    "who_leads",
]
