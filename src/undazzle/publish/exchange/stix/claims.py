"""Claims as notes: who says what, and what it repeats; denials and empty searches as opinions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from undazzle.casebook import Claim, Contradiction
from undazzle.casebook.contradictions import Level
from undazzle.casebook.origins import origin_of
from undazzle.casebook.vocabulary import Polarity
from undazzle.publish.exchange.dates import day_of_claim, timestamp
from undazzle.publish.exchange.stix.collecting import PRODUCER, Collection
from undazzle.publish.exchange.stix.scales import confidence_number
from undazzle.publish.exchange.stix.sources import references_of
from undazzle.publish.exchange.texts import name_of

_OPINIONS = {Polarity.DENIES: "strongly-disagree", Polarity.NEGATIVE_FINDING: "disagree"}
_SAYS = {
    Polarity.ASSERTS: "says so",
    Polarity.DENIES: "denies it",
    Polarity.NEGATIVE_FINDING: "looked and saw none",
    Polarity.ASSURANCE: "gives its word",
}


def add_claims(made: Collection) -> dict[str, list[str]]:
    """Add the note of each claim and return the notes by the id of the document they stand in."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for claim in made.case.claims.values():
        by_source[claim.source].append(_add_note(made, claim))
    for claim in made.case.claims.values():
        _add_derivation(made, claim)
    return dict(by_source)


def _add_note(made: Collection, claim: Claim) -> str:
    case, said = made.case, claim.proposition
    who = name_of(case, claim.claimant)
    parties = (*said.actors, *said.targets, *said.favoured, claim.claimant)
    incidents = (one.id for one in case.incidents_by_claim.get(claim.id, ()))
    refs = made.refs_of((*incidents, *parties)) or [PRODUCER]
    source = case.sources.get(claim.source)
    return made.add(
        "note", (claim.id,), record=claim, creator=made.refs.get(claim.claimant or ""),
        created=timestamp(day_of_claim(case, claim)), extra=standing_of(made, claim),
        abstract=f"{who}, {claim.claimed or 'day not known'}: {_SAYS[said.polarity]}", authors=[who],
        content="\n".join(_lines(made, claim)), labels=labels_of(claim), object_refs=refs,
        confidence=confidence_number(claim.confidence.word if claim.confidence else None),
        external_references=references_of(made, source) if source else None,
    )  # fmt: skip


def _lines(made: Collection, claim: Claim) -> Iterator[str]:
    """Yield the text of a note; confidence and likelihood never in one sentence."""
    yield claim.statement
    for words in claim.quoted:
        yield f'Quoted: "{words}"'
    if claim.confidence and (claim.confidence.word or claim.confidence.quoted):
        yield f"Confidence given by the claimant: {claim.confidence.quoted or claim.confidence.word}."
    if claim.likelihood and (claim.likelihood.word or claim.likelihood.quoted):
        yield f"Likelihood given by the claimant: {claim.likelihood.quoted or claim.likelihood.word}."
    yield from (f"Number given: {one}." for one in claim.quantities)
    origin = origin_of(made.case, claim)
    if origin != claim.claimant:
        yield f"Origin: {name_of(made.case, origin if origin != 'unknown' else None)}."
    if claim.is_truncated:
        yield "The text breaks off here; nothing was filled in."
    if claim.caveat:
        yield f"Note: {claim.caveat}"
    yield f"A claim as recorded, not verified (reference: {claim.id})."


def labels_of(claim: Claim) -> list[str]:
    """Return our coding of a claim as labels."""
    said = claim.proposition
    found = [f"aspect:{said.aspect}", f"polarity:{said.polarity}", f"act-class:{said.act_class}"]
    found += [f"deployment:{said.deployment}"] if said.deployment else []
    found += [f"attribution:{claim.attribution}", f"speech:{claim.speech}", f"read:{claim.verification}"]
    found += ["minority-view"] if claim.is_minority else []
    return found


def standing_of(made: Collection, claim: Claim) -> dict[str, object]:
    """Return what the other claims say of a claim, under the field names of OpenCTI's provenance extension."""
    known = made.known[claim.id]
    return {
        "corroboration_count": known.corroboration_count,
        "assertions_count": known.assertions_count,
        "first_asserted": timestamp(known.first_asserted) if known.first_asserted else None,
        "last_asserted": timestamp(known.last_asserted) if known.last_asserted else None,
        "single_sourced": known.single_sourced,
        "has_conflicts": known.has_conflicts,
        "conflicting_fields": list(known.conflicting_fields) or None,
    }


def _add_derivation(made: Collection, claim: Claim) -> None:
    here = made.refs.get(claim.id)
    for kind, others in (("relays", (claim.relays,)), ("rests-on", claim.rests_on)):
        for other in others:
            there = made.refs.get(other or "")
            if here and there and here != there:
                made.add(
                    "relationship", (claim.id, kind, other or ""), relationship_type="derived-from",
                    source_ref=here, target_ref=there, labels=[kind],
                    description="Repeats it; adds no origin." if kind == "relays" else "Builds on it.",
                )  # fmt: skip


def add_opinions(made: Collection, asserted: dict[str, list[str]]) -> None:
    """Add what denies or did not find something, as opinions on what asserts it.

    Parameters
    ----------
    made
        The bundle.
    asserted
        Ids of the relationships that each claim asserts.
    """
    opposed = _opposed(made.found)
    for claim in made.case.claims.values():
        opinion = _OPINIONS.get(claim.proposition.polarity)
        against = list(dict.fromkeys((*claim.responds_to, *opposed.get(claim.id, ()))))
        refs = made.refs_of(against) + [one for other in against for one in asserted.get(other, ())]
        if opinion and refs:
            who = name_of(made.case, claim.claimant)
            made.add(
                "opinion", (claim.id,), opinion=opinion, explanation=claim.statement, authors=[who],
                created=timestamp(day_of_claim(made.case, claim)), creator=made.refs.get(claim.claimant or ""),
                object_refs=list(dict.fromkeys(refs)), labels=[f"claim:{claim.id.partition(':')[2]}"],
            )  # fmt: skip


def _opposed(found: tuple[Contradiction, ...]) -> dict[str, list[str]]:
    """Return the claims that each claim contradicts."""
    against: dict[str, list[str]] = defaultdict(list)
    for one in found:
        for conflict in one.conflicts:
            if conflict.level is Level.CONTRADICTION:
                left, right = one.sides[conflict.left].claims, one.sides[conflict.right].claims
                for claim in left:
                    against[claim] += right
                for claim in right:
                    against[claim] += left
    return against


def add_contradictions(made: Collection) -> None:
    """Add a note for each contradiction and tension, with all its sides; none is marked as right."""
    for one in made.found:
        refs = made.refs_of(one.claims)
        if len(refs) < 2:
            continue
        lines = [f"{one.level.capitalize()} on {one.kind}. No side is marked as right."]
        for place, side in enumerate(one.sides, 1):
            lines.append(f"Side {place}: {side.position}. Independent origins: {side.independent}.")
            lines += [f"- {name_of(made.case, made.case.claims[each].claimant)} ({each})" for each in side.claims]
        made.add(
            "note", ("contradiction", one.code), abstract=f"{one.level.capitalize()}: {one.code}",
            content="\n".join(lines), object_refs=refs, labels=[f"casebook:{one.level}", f"kind:{one.kind}"],
        )  # fmt: skip
