"""Explanation ``shared_interest``: fans and communities, who act when something happens that they all follow."""

from __future__ import annotations

from undazzle.coordination.explanations.chance import Excess
from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding, untested
from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import Parameter, Reference

# Where a third of the bursts drown in a crowd, the crowd is worth telling.
PART = 1 / 3
# A calibrated network was tested against how closely others share the same items: that answers the question.
SURPRISING = 0.05

_SEEN = """
WITH places AS (
    SELECT network_id, count(*) AS bursts, count(*) FILTER (others >= accounts) AS crowded,
        sum(others) AS others, sum(accounts) AS accounts
    FROM explained_bursts GROUP BY network_id
),
hours AS (
    SELECT network_id, max(acts)::DOUBLE / sum(acts) AS busiest
    FROM (SELECT network_id, date_trunc('day', acted_at) AS day, count(DISTINCT post_key) AS acts
        FROM explained_acts GROUP BY ALL) GROUP BY network_id
)
SELECT p.*, h.busiest, n.q_value
FROM places p JOIN hours h USING (network_id) JOIN explained_networks n USING (network_id)
"""


def judge(
    crowded: int,
    bursts: int,
    others_per_member: float,
    busiest_day: float,
    excess_of: Excess | None = None,
    q_value: float | None = None,
) -> Finding:
    """Return whether the network is part of a crowd.

    Parameters
    ----------
    crowded, bursts
        Bursts around which at least as many other accounts did the same, and all bursts.
    others_per_member
        Other accounts per member in these moments.
    busiest_day
        Share of the members' posts in co-actions on the busiest day.
    excess_of
        How often members met, and how often others with the same items in the same hour would have.
    q_value
        Of the network, where a calibrated method computed it.
    """
    share = crowded / bursts if bursts else 0.0
    figure = f"{crowded:,} of {counted(bursts, 'burst')} amid at least as many others"
    seen = (
        f"Around the times when members met, {others_per_member:.1f} other accounts per member did the same; "
        f"the busiest day holds {percent(busiest_day)} of the posts."
    )
    is_surprising = q_value is not None and q_value <= SURPRISING
    if excess_of is not None and share >= PART:  # without a crowd there is nothing to compare with
        seen += f" {excess_of.words}"
        is_surprising |= excess_of.is_clear
    if share >= MOST and not is_surprising:
        return Finding("fits", figure, seen, share, bursts)
    return Finding("fits_in_part" if share >= PART else "does_not_fit", figure, seen, share, bursts)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    if context.missing_public:
        return {network: untested(context.missing_public, "needs a public") for network in context.network_ids}
    return {
        network: judge(
            row["crowded"],
            row["bursts"],
            row["others"] / row["accounts"],
            row["busiest"],
            context.chance.get(network),
            row["q_value"],
        )
        for network, row in context.by_network(_SEEN).items()
    }


SHARED_INTEREST = Explanation(
    "shared_interest",
    "Fans or a community sharing what they like",
    "Many others doing the same in the same moment, when something happens",
    explain,
    limits="Accounts that hide in a crowd, flooding a popular hashtag, look the same to the classic method.",
    parameters=(
        Parameter("most", MOST, "share", "Bursts amid at least as many others from which the explanation fits"),
        Parameter("part", PART, "share", "Such bursts from which it fits in part"),
    ),
    references=(
        Reference(
            "Vargas, Emami and Traynor 2020, On the Detection of Disinformation Campaign Activity",
            "https://arxiv.org/abs/2005.13466",
        ),
    ),
)
