"""Signal ``follow_rings``: accounts of the group follow each other. Needs a list of who follows whom."""

from __future__ import annotations

from undazzle.model import InnocentExplanation
from undazzle.signals.descriptor import Reading, Signal, untestable
from undazzle.signals.group import Group


def read(group: Group) -> Reading:
    """Return that this cannot be tested: workspaces hold no list of who follows whom."""
    return untestable("Workspaces hold no list of who follows whom, only numbers of followers.", group.sizes[0])


FOLLOW_RINGS = Signal(
    signal_id="follow_rings",
    version="1",
    title="Follow rings",
    summary="Would find accounts that follow each other more than chance allows.",
    family="audience",
    method=(
        "Not computed: no reader brings in who follows whom yet. It is listed so that its absence is seen. Numbers of "
        "followers alone cannot show a ring."
    ),
    needs=(),
    needs_words="",
    innocent_explanations=(
        InnocentExplanation("Friends", "Partisans, fans and colleagues follow each other, and run follow trains."),
    ),
    error_rates="None: never computed.",
    read=read,
)
