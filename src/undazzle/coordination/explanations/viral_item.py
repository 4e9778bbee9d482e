"""Explanation ``viral_item``: one thing that everybody passes on."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding, untested
from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import Parameter

# An item is popular if at least this many accounts outside all networks touched it, and no fewer than the members.
FEWEST_OTHERS = 10
# Half of all co-actions on one thing is no repetition to speak of, but not the whole story either.
PART = 0.5

_SEEN = """
WITH whole AS (
    SELECT network_id, count(DISTINCT (post_a, post_b)) AS post_pairs FROM explained_meetings GROUP BY network_id
),
spread AS (
    SELECT network_id, count(DISTINCT acted_at::DATE) AS days FROM explained_acts GROUP BY network_id
)
SELECT i.network_id, i.post_pairs AS largest, w.post_pairs, i.other_accounts, s.days
FROM explained_items i JOIN whole w USING (network_id) JOIN spread s USING (network_id)
QUALIFY row_number() OVER (PARTITION BY i.network_id ORDER BY i.post_pairs DESC, i.item_key) = 1
"""


def judge(largest: int, post_pairs: int, others: int, members: int, days: int, no_public: str = "") -> Finding:
    """Return whether one popular item makes the network.

    Parameters
    ----------
    largest, post_pairs
        Pairs of posts that met on the largest item, and on all items.
    others
        Accounts outside all networks that touched the largest item.
    members
        Accounts in the network.
    days
        Days with a co-action.
    no_public
        Why outsiders cannot be counted; empty if they can.
    """
    share = largest / post_pairs if post_pairs else 0.0
    figure = f"{largest:,} of {post_pairs:,} co-actions on the largest item"
    seen = (
        f"The largest item holds {percent(share)} of the co-actions; {counted(others, 'other account')} touched it. "
        f"They fall on {counted(days, 'day')}."
    )
    if no_public and share >= PART:
        return untested(no_public, figure)
    if share >= MOST and others >= max(FEWEST_OTHERS, members):
        return Finding("fits", figure, seen, share, post_pairs)
    is_shared = others >= FEWEST_OTHERS
    return Finding("fits_in_part" if share >= PART and is_shared else "does_not_fit", figure, seen, share, post_pairs)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    return {
        network: judge(
            row["largest"],
            row["post_pairs"],
            row["other_accounts"],
            context.sizes[network],
            row["days"],
            context.missing_public,
        )
        for network, row in context.by_network(_SEEN).items()
    }


VIRAL_ITEM = Explanation(
    "viral_item",
    "One viral item",
    "Nearly all co-actions on one thing, which many others share as well",
    explain,
    limits="A campaign for one page alone looks the same; nobody can tell them apart by this page.",
    parameters=(
        Parameter("most", MOST, "share", "Co-actions on the largest item from which the explanation fits"),
        Parameter("fewest_others", FEWEST_OTHERS, "accounts", "Outside accounts that make an item popular"),
    ),
)
