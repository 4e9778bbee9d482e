"""Every claim has somebody who made it; what repeats others says whom; nothing cites itself in a ring."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.checks.finding import Check, problem
from undazzle.casebook.claim import Claim
from undazzle.casebook.origins import relay_rings
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.vocabulary import Review, Speech


def find(case: Case) -> Iterator[Problem]:
    """Yield claims without a claimant or origin, and rings of claims that cite each other."""
    for claim in case.claims.values():
        if claim.claimant is None:
            severity = Severity.HINT if claim.review is Review.DRAFT else Severity.ERROR
            yield problem(
                case, claim, ("id",), "missing-claimant", severity,
                f"{claim.id} does not say who makes the claim.", "Give claimant.",
            )  # fmt: skip
        if _misses_origin(case, claim):
            yield problem(
                case, claim, ("source",), "missing-origin", Severity.WARNING,
                f"{claim.id} is read in a document of somebody else and does not say where it comes from.",
                "Give relays (the claim it repeats) or stated_origin.",
            )  # fmt: skip
    for ring in relay_rings(case):
        first = case.claims[ring[0]]
        yield problem(
            case, first, ("relays",), "relay-ring", Severity.ERROR,
            f"Claims cite each other in a ring: {' -> '.join((*ring, ring[0]))}.", "Find out who said it first.",
        )  # fmt: skip


def _misses_origin(case: Case, claim: Claim) -> bool:
    """Return whether a claim is read in a relaying document of another publisher, without saying its origin.

    A claimant that the document quotes is the origin; what it leaves open is the claim in the document's own voice
    about facts, which opinion and own reporting are not.
    """
    source = case.sources.get(claim.source)
    if source is None or not source.source_kind.is_relay or claim.relays or claim.stated_origin:
        return False
    if claim.rests_on or claim.speech in {Speech.OPINION, Speech.THEORY}:
        return False
    publisher = case.claimants.get(source.publisher)
    repeats_only = publisher is not None and publisher.category in {"reference-work", "aggregator"}
    return claim.claimant == source.publisher and repeats_only


CHECK = Check(
    "origins",
    "Claims without claimant or origin, and claims that cite themselves through others",
    ("missing-claimant", "missing-origin", "relay-ring"),
    find,
)
