"""Explanation ``slight``: the accounts meet more than chance gives, but by so little that chance gives most of it."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import Explanation, Finding, untested
from undazzle.model import Parameter

# With enough things to count, an excess of a twentieth is beyond doubt and means nothing to anybody. At five times in
# four, one in five of the meetings that a reader opens is beyond what chance gives; below, fewer are, and whoever acts
# upon what they see acts upon chance. Chosen by this reasoning, not by trying values. It is held against the best
# estimate, not against its lower end: few things make an effect uncertain, not small.
LEAST_RATIO = 1.25

_OWN = """
SELECT network_id, own_observed, own_expected, own_items, own_least_ratio FROM networks
WHERE run_id = $run AND own_expected > 0
"""


def judge(observed: int, expected: float, items: int, least_ratio: float) -> Finding:
    """Return whether chance gives most of what the accounts did by themselves.

    Parameters
    ----------
    observed, expected, items
        Co-actions of the named accounts on things kept back, their mean by chance (above 0), and the items they met on.
    least_ratio
        How many times chance that is at least, for the words only.
    """
    ratio = observed / expected
    figure = f"met {observed:,} times on things kept back, where chance gives {expected:,.1f}"
    seen = (
        f"By themselves the named accounts that were found on other things {figure}: {ratio:.2f} times as often, and "
        f"at least {least_ratio:.2f} (95 %)."
    )
    if ratio >= LEAST_RATIO:
        return Finding("does_not_fit", figure, seen, ratio, items)
    excess = "more than chance, but by little" if ratio > 1 else "no more than chance"
    seen += f" That is {excess}: most of the posts behind it would look the same without concert."
    return Finding("fits", figure, seen, ratio, items)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    missing = "What the accounts do by themselves on things kept back was not counted for this network."
    rows = context.by_network(_OWN, {"run": context.run_id})
    return {
        network: judge(row["own_observed"], row["own_expected"], row["own_items"], row["own_least_ratio"])
        if (row := rows.get(network))
        else untested(missing, "needs a comparison with chance")
        for network in context.network_ids
    }


SLIGHT = Explanation(
    "slight",
    "Stands out from chance, but by little",
    "Accounts that meet beyond doubt more often than chance gives, but hardly more often",
    explain,
    limits="Where a network makes up most of the sharers of its things, it is its own measure of chance, and seems to "
    "do little more than that; a real one may be shown here.",
    parameters=(
        Parameter(
            "least_ratio",
            LEAST_RATIO,
            "times",
            "Observed over expected below which fewer than one in five meetings are beyond chance",
        ),
    ),
)
