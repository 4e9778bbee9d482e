"""One claim as a row of the tracker: plain values by our own names, before a dialect gives them its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from undazzle.casebook import Case, Claim, Incident
from undazzle.casebook.scorecard import Answer, Coding, Scorecard
from undazzle.casebook.vocabulary import Polarity
from undazzle.publish.exchange.assertions import says_that_it_acted
from undazzle.publish.exchange.texts import name_of, web_address


@dataclass(frozen=True, slots=True)
class Allegation:
    """A claim that names an actor, the incident it is counted for, and the answers about how it is made."""

    claim: Claim
    incident: Incident | None
    answers: Coding | None


def allegations(case: Case) -> Iterator[Allegation]:
    """Yield the claims that the tracker would take as cases, in the order of the case.

    A scorecard of the claim counts before one of its incident; that of an incident counts for its first allegation.
    """
    by_claim = {card.claim: card for card in case.scorecards.values() if card.claim}
    by_incident = {card.incident: card for card in case.scorecards.values() if card.incident and not card.claim}
    for claim in case.claims.values():
        if is_allegation(claim):
            incident = next(iter(case.incidents_by_claim.get(claim.id, ())), None)
            card = by_claim.get(claim.id) or (by_incident.pop(incident.id, None) if incident else None)
            yield Allegation(claim, incident, card.final if isinstance(card, Scorecard) else None)


def is_allegation(claim: Claim) -> bool:
    """Return whether somebody names an actor on work of its own: a relay is no case of the tracker."""
    return says_that_it_acted(claim) and bool(claim.proposition.actors) and claim.relays is None


def left_out(case: Case) -> list[str]:
    """Return a sentence for each reason why claims have no row."""
    counts = {"deny it, saw none or give an assurance": 0, "repeat another claim": 0, "name nobody who acted": 0}
    for claim in case.claims.values():
        if is_allegation(claim):
            continue
        if claim.proposition.polarity is not Polarity.ASSERTS:
            counts["deny it, saw none or give an assurance"] += 1
        elif claim.relays is not None:
            counts["repeat another claim"] += 1
        else:
            counts["name nobody who acted"] += 1
    return [f"{count:,} claims {why}; the tracker has no row for them." for why, count in counts.items() if count]


def address_of(case: Case, claim: Claim) -> tuple[str, str]:
    """Return address and archived address of the document of a claim, empty where there is none."""
    source = case.sources.get(claim.source)
    if source is None:
        return "", ""
    url = web_address(source.url) or web_address(next(iter(source.read_at), None))
    return url or "", web_address(source.archive_url) or ""


def actors_of(case: Case, claim: Claim) -> tuple[list[str], list[str]]:
    """Return names and nations of the actors of a claim."""
    actors = [case.actors[one] for one in claim.proposition.actors if one in case.actors]
    return [one.name for one in actors], list(dict.fromkeys(one.nation for one in actors if one.nation))


def answer_cells(answers: Coding | None) -> Mapping[str, str]:
    """Return the 18 answers as the tracker writes them: 1, 0, 0 where a statement does not apply, empty if unknown."""
    from undazzle.casebook.scoring.items import Item

    words = {Answer.TRUE: "1", Answer.FALSE: "0", Answer.NA: "0", Answer.UNKNOWN: ""}
    return {item.value: words[answers.answer(item)] if answers else "" for item in Item}


def total_cells(answers: Coding | None) -> Mapping[str, str]:
    """Return the totals by section and over all, derived from the answers; empty where nobody answered."""
    from undazzle.casebook.scoring.items import Section
    from undazzle.casebook.scoring.totals import profile, tally

    if answers is None:
        return {**{f"attribution_{section}_score": "" for section in Section}, "attribution_total_score": ""}
    held = {f"attribution_{section}_score": str(one.points) for section, one in profile(answers).items()}
    return {**held, "attribution_total_score": str(tally(answers).points)}


def source_of(case: Case, claim: Claim) -> tuple[str, str, str]:
    """Return name, nation and category of who makes a claim."""
    from undazzle.publish.exchange.fiat.words import CATEGORIES

    claimant = case.claimants.get(claim.claimant or "")
    if claimant is None:
        return "", "", ""
    return name_of(case, claimant.id), claimant.nation or "", CATEGORIES.get(claimant.category, "")
