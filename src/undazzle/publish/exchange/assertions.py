"""Which claims say plainly that somebody did something. Only these become an accusation in another format."""

from __future__ import annotations

from undazzle.casebook import Case, Claim
from undazzle.casebook.vocabulary import Aspect, Deployment, Force, Polarity, Speech

_DOING = {Aspect.CONDUCT, Aspect.TARGETING, Aspect.ATTRIBUTION, Aspect.APPROVAL, Aspect.MEANS}
_SAID = {Speech.OBSERVATION, Speech.JUDGMENT, Speech.ALLEGATION}
_ONLY_WEIGHED = {Deployment.CONSIDERED, Deployment.PREPARED}


def says_that_it_acted(claim: Claim) -> bool:
    """Return whether a claim says plainly that its actors did something, not only weighed it or may do it."""
    said = claim.proposition
    return (
        said.polarity is Polarity.ASSERTS
        and said.aspect in _DOING
        and said.deployment not in _ONLY_WEIGHED
        and claim.speech in _SAID
        and claim.force is Force.STATES
    )


def actors_said_to_act(case: Case) -> frozenset[str]:
    """Return the actors that at least one claim says did something."""
    acting = (one for one in case.claims.values() if says_that_it_acted(one))
    return frozenset(actor for claim in acting for actor in claim.proposition.actors)
