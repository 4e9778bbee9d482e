"""Every rule of the ladder by its name, and the function that says which of them a judgement breaks."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.assessment import Assessment
from undazzle.casebook.case import Case
from undazzle.casebook.ladder.breach import Breach
from undazzle.casebook.ladder.caps import over_caps
from undazzle.casebook.ladder.climbing import misclimbed
from undazzle.casebook.ladder.needs import missing_parts
from undazzle.casebook.ladder.said import misworded
from undazzle.casebook.ladder.standing import undermined

RULES = {
    "no-author": "Somebody signs a judgement by name.",
    "no-date": "A signature has a day.",
    "no-evidence": "A judgement rests on at least one claim, finding or document.",
    "no-alternatives": "At least one other explanation was weighed and is written down.",
    "no-confidence": "A judgement carries a confidence word: low, moderate or high.",
    "no-basis": "What the confidence rests on is said in a sentence of its own.",
    "nothing-would-change-it": "A judgement says what would change it.",
    "stronger-rung": "A rung rests on weaker rungs only.",
    "skipped-rung": "The ladder is climbed one rung at a time: each rung builds on the one below it.",
    "no-own-evidence": "A rung brings evidence of its own; what carries the rung below does not carry this one.",
    "actor-below-operator": "A cluster or a campaign has no operator yet: naming one is a rung of its own.",
    "no-actor": "A judgement on operator or sponsor names the actor, as a record of the case.",
    "behaviour-alone": "Behaviour alone says at most “consistent with”: playbooks are public and can be imitated.",
    "sponsor-from-behaviour": "No sponsor is named from behaviour alone.",
    "no-technical-link": "“Likely” or more for who is behind it needs evidence that is technical or of closed access.",
    "one-kind-of-evidence": "High confidence needs at least two kinds of evidence from two origins.",
    "no-matrix": "Who operates or sponsors something is weighed in a matrix with its rivals.",
    "no-proportionality": "Whoever names an actor says whether naming it is lawful and in measure.",
    "likelihood-differs": "The likelihood word of the statement and that of the field are the same.",
    "mixed-scales": "Likelihood words come from one row of the table.",
    "certain-probability": "No likelihood is 0 or 100 percent.",
    "likelihood-with-confidence": "Likelihood and confidence never stand in one sentence.",
    "no-reason-for-change": "A judgement that replaces another says what changed, and why.",
    "rests-on-retracted": "Nothing rests on what was taken back.",
    "changed-after-signing": "What is signed is not changed; it is replaced or taken back.",
    "cited-changed": "What a judgement rests on still says what it said when it was signed.",
    "forked-history": "A judgement is replaced by one other.",
}  # fmt: skip


def breaches(case: Case, assessment: Assessment) -> Iterator[Breach]:
    """Yield every rule of the ladder that a judgement breaks.

    Parameters
    ----------
    case
        The case, in which the judgement itself may stand or not.
    assessment
        The judgement.
    """
    for find in (missing_parts, misclimbed, over_caps, misworded, undermined):
        yield from find(case, assessment)
