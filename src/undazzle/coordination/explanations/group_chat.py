"""Explanation ``group_chat``: people who copy what a private group sends round. Never testable with posts alone."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import Explanation, Finding, untested


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return for every network that posts alone cannot tell."""
    missing = untested("What is said outside the platform is not in this data.", "needs the chat")
    return dict.fromkeys(context.network_ids, missing)


GROUP_CHAT = Explanation(
    "group_chat",
    "Copied from a group chat",
    "The same messages in a chat, before they are posted",
    explain,
    limits="Listed so that nobody forgets it: volunteers who are told in a chat look like a network.",
)
