"""Traces become networks that mean what they say: compared with chance, confirmed on held-out items, member by member.

Reads ``items`` and the events of a detection. Writes ``co_actions``, ``pairs``, ``networks``, ``members`` and
``tested_accounts``. It must not know of platforms, states, narratives or innocent explanations.
"""

from undazzle.coordination.calibrated.run import find_calibrated_groups, plant_in, run_calibrated_method

__all__ = ["find_calibrated_groups", "plant_in", "run_calibrated_method"]
