"""What a judgement may say at most, given the kinds of evidence it has.

Behaviour can be imitated, because playbooks are public. So behaviour alone carries "consistent with" and no sponsor;
"likely" needs a technical link or evidence of somebody with closed access; high confidence needs two kinds of
evidence from two origins (convergence, Pamment and Smith 2022).
"""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.assessment import Assessment, EvidenceKind, Rung
from undazzle.casebook.case import Case
from undazzle.casebook.gradings import ConfidenceWord, LikelihoodWord
from undazzle.casebook.ladder.agents import named_agent
from undazzle.casebook.ladder.breach import Breach
from undazzle.casebook.ladder.grid import Grid, grid_of

_ABOVE = (Rung.OPERATOR, Rung.SPONSOR)
_STRONG = (LikelihoodWord.LIKELY, LikelihoodWord.VERY_LIKELY, LikelihoodWord.ALMOST_CERTAIN)


def over_caps(case: Case, assessment: Assessment) -> Iterator[Breach]:
    """Yield where a judgement says more than its evidence carries.

    Parameters
    ----------
    case
        Where the evidence stands.
    assessment
        The judgement.
    """
    grid = grid_of(case, assessment)
    if assessment.confidence is ConfidenceWord.HIGH and (len(grid.kinds) < 2 or len(grid.origins) < 2):
        yield Breach(
            "one-kind-of-evidence",
            f"{assessment.id} has high confidence on {len(grid.kinds)} kinds of evidence from {len(grid.origins)} "
            "origins.", "Bring evidence of another kind and origin, or lower the confidence.", "confidence",
        )  # fmt: skip
    if assessment.rung in _ABOVE:
        yield from _on_who(assessment, grid)
    else:
        yield from _names_somebody(case, assessment)


def _names_somebody(case: Case, assessment: Assessment) -> Iterator[Breach]:
    agent = assessment.actor or named_agent(case, assessment.statement)
    if agent and assessment.rung is not None:
        only = {one.evidence_kind for one in assessment.evidence} <= {EvidenceKind.BEHAVIOURAL}
        rule = "sponsor-from-behaviour" if only else "actor-below-operator"
        yield Breach(
            rule, f"{assessment.id} is about a {assessment.rung} and makes {agent} its doer.",
            "Say what the accounts do; who does it is a rung of its own.", "actor" if assessment.actor else "statement",
        )  # fmt: skip


def _on_who(assessment: Assessment, grid: Grid) -> Iterator[Breach]:
    only_behaviour = set(grid.kinds) <= {EvidenceKind.BEHAVIOURAL}
    if only_behaviour and assessment.rung is Rung.SPONSOR:
        yield Breach(
            "sponsor-from-behaviour", f"{assessment.id} names a sponsor and has no evidence but behaviour.",
            "Bring technical or contextual evidence, or do not name a sponsor.", "evidence",
        )  # fmt: skip
    elif only_behaviour and not _is_consistent_with(assessment):
        yield Breach(
            "behaviour-alone", f"{assessment.id} says more than that behaviour is consistent with an operator.",
            "Write “consistent with”, without a likelihood above even and without high confidence.",
        )  # fmt: skip
    is_linked = EvidenceKind.TECHNICAL in grid.kinds or grid.is_closed
    if assessment.likelihood in _STRONG and not is_linked and not only_behaviour:
        yield Breach(
            "no-technical-link",
            f"{assessment.id} calls it {assessment.likelihood} and no evidence is technical or of closed access.",
            "Bring a link to an asset attributed before, or lower the likelihood.", "likelihood",
        )  # fmt: skip


def _is_consistent_with(assessment: Assessment) -> bool:
    return (
        "consistent with" in assessment.statement.casefold()
        and assessment.likelihood not in _STRONG
        and assessment.confidence is not ConfidenceWord.HIGH
    )
