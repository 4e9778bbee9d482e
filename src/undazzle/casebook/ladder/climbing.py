"""One rung at a time, on weaker rungs only, and each with evidence of its own."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.assessment import Assessment, Rung
from undazzle.casebook.case import Case
from undazzle.casebook.ladder.breach import Breach


def misclimbed(case: Case, assessment: Assessment) -> Iterator[Breach]:
    """Yield rungs that rest on stronger or equal ones, skip one, or bring nothing of their own.

    Parameters
    ----------
    case
        Where the judgements below stand.
    assessment
        The judgement.
    """
    if assessment.rung is None:
        return
    below = [case.assessments[one] for one in assessment.builds_on if one in case.assessments]
    for one in below:
        if one.rung is None or one.rung.place >= assessment.rung.place:
            yield Breach(
                "stronger-rung",
                f"{assessment.id} is about the {assessment.rung} and rests on {one.id}, which is "
                f"{f'about the {one.rung}' if one.rung else 'on no rung'}.",
                "Rest it on weaker rungs only.", "builds_on",
            )  # fmt: skip
    if assessment.rung is not Rung.CLUSTER:
        needed = list(Rung)[assessment.rung.place - 1]
        if not any(one.rung is needed for one in below):
            yield Breach(
                "skipped-rung", f"{assessment.id} is about the {assessment.rung} and builds on no {needed}.",
                f"Sign a judgement about the {needed} first, and name it with --builds-on.", "builds_on",
            )  # fmt: skip
    carried = {item for one in _all_below(case, below) for item in one.rests_on}
    own = set(assessment.rests_on) - carried
    if assessment.rests_on and carried and not own:
        yield Breach(
            "no-own-evidence", f"{assessment.id} rests on nothing that does not carry a weaker rung already.",
            "Bring evidence for this rung.", "evidence",
        )  # fmt: skip


def _all_below(case: Case, below: list[Assessment]) -> Iterator[Assessment]:
    """Yield judgements and all that they build on, each once, also if they go round in a ring."""
    waiting, seen = list(below), set()
    while waiting:
        one = waiting.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        yield one
        waiting += [case.assessments[name] for name in one.builds_on if name in case.assessments]
