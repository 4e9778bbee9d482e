"""Networks → ordinary reasons for them, each with its own test.

Reads networks, members, pairs, co_actions, traces, posts and accounts. Writes explanations. Must not know platforms.
"""

from __future__ import annotations

from undazzle.coordination.explanations.descriptor import VERDICT_WORDS, Explanation, Finding, Verdict
from undazzle.coordination.explanations.registry import EXPLANATIONS
from undazzle.coordination.explanations.runner import Explained, explain_network, explain_run

__all__ = [
    "EXPLANATIONS",
    "VERDICT_WORDS",
    "Explained",
    "Explanation",
    "Finding",
    "Verdict",
    "explain_network",
    "explain_run",
]
