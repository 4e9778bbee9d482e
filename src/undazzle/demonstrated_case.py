"""The case of the demo: from the network that was planted to a judgement that an invented author signs.

It shows how far such a judgement goes. The accounts act together; who runs them stays open, because nothing in the
posts says so, and the case says that first.
"""

from __future__ import annotations

from pathlib import Path

from undazzle.attribution.drafting import draft_matrix
from undazzle.attribution.pinned import pin_network
from undazzle.casebook import Case, load_case
from undazzle.casebook.finding import Finding
from undazzle.casebook.matrix import Evidence, Matrix, Rating
from undazzle.casebook.new_case import begin_case
from undazzle.casebook.signing import write_assessment
from undazzle.casebook.yaml_writing import write_record
from undazzle.results.network import Network

AUTHOR = "A. N. Example, who does not exist"
_FIRST_DAY, _SECOND_DAY = "2026-04-01", "2026-04-02"
# Ordinary reasons that have strangers act together; where its test says that one does not fit, it speaks against them.
_CROWDS = ("Fans or a community", "One viral item", "Readers of one site", "Friends copying", "call to action")
_LIMITS = (
    "It does not say who runs these accounts, or for whom. Nothing in the posts says so.",
    "It does not say that anybody deceives: friends, shops and programs act together as well.",
    "It rests on one collection of posts and on one kind of trace, and that collection is invented.",
)


def build_judgement(folder: Path, network: Network) -> Case:
    """Write a case in which a network is pinned, weighed and judged, twice, and return it.

    Parameters
    ----------
    folder
        Where the case goes; it must not hold one.
    network
        A network of the demo that nothing ordinary explains.
    """
    begin_case(folder, "Demonstration: a planted network, from posts to a signed judgement")
    _, finding = pin_network(folder, network, pinned_by=AUTHOR, pinned=_FIRST_DAY, is_demonstration=True)
    matrix = rated(draft_matrix(
        load_case(folder), [finding], matrix_id=f"matrix:{finding.name}", rated_by=AUTHOR, rated=_SECOND_DAY,
    ))  # fmt: skip
    write_record(folder, matrix)
    first = f"assessment:{finding.name}-first-look"
    write_assessment(folder, first, _judgement(finding, "likely") | {
        "confidence": "low", "signed": _FIRST_DAY,
        "confidence_statement": "It rests on the count alone; no ordinary reason had been weighed on the first day.",
    })  # fmt: skip
    write_assessment(folder, f"assessment:{finding.name}-cluster", _judgement(finding, "very-likely") | {
        "confidence": "moderate", "signed": _SECOND_DAY, "replaces": first, "matrix": matrix.id,
        "confidence_statement": "The count repeated itself on links that took no part in finding the accounts, and the "
        "ordinary reasons that could be tested were weighed; it is one kind of trace in one collection.",
        "changed_because": "The ordinary reasons were tested and weighed against each other since; a crowd of "
        "strangers now has most against it.",
    })  # fmt: skip
    return load_case(folder)


def _judgement(finding: Finding, likelihood: str) -> dict[str, object]:
    expected = finding.expected or 0.0
    says = f"{finding.co_actions:,} times the same link within {finding.window}, where chance gives {expected:,.0f}"
    return {
        "rung": "cluster",
        "statement": f"It is {likelihood.replace('-', ' ')} that these {finding.accounts} accounts are steered as one.",
        "likelihood": likelihood,
        "evidence": [
            {"finding": finding.id, "evidence_kind": "behavioural", "access": "open", "says": says},
        ],
        "alternatives": (
            "A program that several owners use posts on a timetable: tested, fits in part.",
            "Volunteers or a campaign at home who agreed on hours: not separated by these data.",
            "A seller of reach: not separated by these data.",
            "Somebody who imitates a published operation so that it is blamed: not separated by these data.",
            "Strangers who share an interest: most speaks against it.",
        ),
        "would_change": (
            "A public call to post these links at these minutes, which nobody has found.",
            "A posting program, named by the platform, that serves many unrelated customers.",
            "The same accounts apart from each other in a second collection.",
        ),
        "limits": _LIMITS,
        "signed_by": AUTHOR,
        "is_demonstration": True,
    }


def rated(matrix: Matrix) -> Matrix:
    """Return the matrix as the invented author rates it; what says nothing to that author stays unrated."""
    return matrix.model_copy(update={"evidence": tuple(map(_rate, matrix.evidence))})


def _rate(one: Evidence) -> Evidence:
    if not one.is_unrated:
        return one
    if any(word in one.statement for word in _CROWDS) and one.statement.endswith("does not fit"):
        given = {"authentic": Rating.INCONSISTENT}
    elif "timetable: fits" in one.statement:
        given = dict.fromkeys(("commercial", "domestic", "operation"), Rating.CONSISTENT)
    elif "signals are as elsewhere" in one.statement:
        given = {"authentic": Rating.CONSISTENT, "domestic": Rating.CONSISTENT}
    else:
        return one
    return one.model_copy(update={"ratings": {**one.ratings, **given}, "is_unrated": False})
