"""Traces become co-actions, pairs and networks, with the posts behind each pair.

Reads ``traces``, ``items``, ``posts`` and ``accounts``. Writes ``co_actions``, ``pairs``, ``networks`` and
``members`` of one run. It must not know of platforms, states or narratives.
"""

from undazzle.coordination.detection import detect
from undazzle.coordination.settings import DetectionSettings

__all__ = ["DetectionSettings", "detect"]
