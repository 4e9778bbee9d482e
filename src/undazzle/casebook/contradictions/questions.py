"""Which claims answer the same question, so that their answers can be compared at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.contradictions.likeness import ANYONE, Likeness, act_group
from undazzle.casebook.vocabulary import Aspect, Polarity

# What two claims must share before their answers to a question are compared.
_SHARED: dict[Aspect, tuple[str, ...]] = {
    Aspect.CONDUCT: ("family", "event", "act"),
    Aspect.TARGETING: ("family", "event"),
    Aspect.PREFERENCE: ("family", "event"),
    Aspect.APPROVAL: ("family", "event"),
    Aspect.CONTINUITY: ("family",),
    Aspect.EFFECT: ("event",),
    Aspect.RANKING: ("event",),
    Aspect.COOPERATION: ("event",),
    Aspect.ATTRIBUTION: ("incident",),
    Aspect.NATURE: ("incident",),
    Aspect.MEANS: ("incident",),
    Aspect.EXTENT: ("incident",),
}
AIM = "aim"  # no preference for anybody, against aiming at somebody
NEGATIVE = {Polarity.DENIES, Polarity.NEGATIVE_FINDING}
Subject = tuple[str, ...]


def questions(case: Case, likeness: Likeness) -> Mapping[Subject, list[Claim]]:
    """Return the claims by the question they answer: aspect, actor's family, election, kind of act, or incident."""
    found: dict[Subject, list[Claim]] = defaultdict(list)
    for claim in case.claims.values():
        said = claim.proposition
        if said.aspect not in _SHARED or said.polarity is Polarity.ASSURANCE:
            continue
        if said.polarity is Polarity.DENIES and likeness.speaks_for_accused(claim):
            continue  # a denial by the accused side is a kind of its own
        for subject in _subjects(case, likeness, claim, said.aspect):
            found[subject].append(claim)
        for subject in _implied(case, likeness, claim):
            found[subject].append(claim)
    return _with_anyone(found)


def _subjects(case: Case, likeness: Likeness, claim: Claim, aspect: Aspect) -> Iterator[Subject]:
    shared = _SHARED[aspect]
    event = claim.proposition.event or ""
    if "incident" in shared:
        for incident in case.incidents_by_claim.get(claim.id, ()):
            yield (aspect, incident.id)
    elif "family" not in shared:
        yield (aspect, event)
    else:
        for family in likeness.families(claim):
            act = act_group(claim.proposition.act_class) if "act" in shared else ""
            yield (aspect, family, event if "event" in shared else "", act)


def _implied(case: Case, likeness: Likeness, claim: Claim) -> Iterator[Subject]:
    """Yield the questions a claim answers by the way: who is aimed at, was acted against, and is not preferred."""
    said = claim.proposition
    aims = said.aspect is Aspect.TARGETING and said.polarity is Polarity.ASSERTS
    if aims:
        yield from _subjects(case, likeness, claim, Aspect.CONDUCT)
    if aims or (said.aspect is Aspect.PREFERENCE and said.polarity in NEGATIVE):
        for family in likeness.families(claim):
            yield (AIM, family, said.event or "", "")


def _with_anyone(found: dict[Subject, list[Claim]]) -> dict[Subject, list[Claim]]:
    """Let claims that name no actor speak of every actor on the same question."""
    for subject in [one for one in found if len(one) > 2 and one[1] == ANYONE]:
        general = found.pop(subject)
        for other in [one for one in found if len(one) > 2 and (one[0], *one[2:]) == (subject[0], *subject[2:])]:
            found[other] += general
    return found
