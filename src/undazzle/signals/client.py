"""Signal ``client``: the group posts with a program that others seldom use."""

from __future__ import annotations

from undazzle.model import InnocentExplanation, Parameter
from undazzle.signals.descriptor import Reading, Signal
from undazzle.signals.group import Group
from undazzle.signals.reading import habit_reading

LEAST_SHARE, LEAST_RATIO = 0.2, 3.0
_CLIENTS = """
SELECT is_member, mode(client ORDER BY client) FROM posts
JOIN (SELECT account_key, is_member FROM signal_accounts) USING (account_key)
WHERE client IS NOT NULL AND client <> '' GROUP BY account_key, is_member ORDER BY account_key
"""


def read(group: Group) -> Reading:
    """Return what the programs of the group say."""
    rows = group.store.rows(_CLIENTS)
    return habit_reading(
        [(None, {client[:100]}) for is_member, client in rows if is_member],
        [(None, {client[:100]}) for is_member, client in rows if not is_member],
        lambda habit: f"post mostly with {habit}",
        least_share=LEAST_SHARE,
        least_ratio=LEAST_RATIO,
        nothing="no program is three times as common as elsewhere",
    )


CLIENT = Signal(
    signal_id="client",
    version="1",
    title="The same program",
    summary="Finds a program for posting that is more common in the group than elsewhere.",
    family="program",
    method=(
        "For each account the program it posts with most. The share of every program is compared with its share among "
        "the others, all programs counted; it must be three times as common and used by a fifth of the group."
    ),
    needs=("client",),
    needs_words="names of programs",
    innocent_explanations=(
        InnocentExplanation("A popular scheduler", "Shops, newsrooms and campaigns use the same few programs."),
        InnocentExplanation("A cheap telephone", "In one country most people have the same kind of telephone."),
        InnocentExplanation("Another year", "Programs come and go: compare accounts of the same time."),
    ),
    error_rates=("Accounts of another year always stand out: programs change."),
    read=read,
    parameters=(
        Parameter("least_share", LEAST_SHARE, "share", "Part of the group that must use it"),
        Parameter("least_ratio", LEAST_RATIO, "times", "How much more common than elsewhere it must be"),
    ),
)
