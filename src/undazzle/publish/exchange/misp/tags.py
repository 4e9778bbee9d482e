"""Words of a case as machine tags of MISP's taxonomies, and back.

References
----------
MISP taxonomies estimative-language, admiralty-scale and DFRLab-dichotomies-of-disinformation (CC0).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from undazzle.casebook import Case, Claim
from undazzle.casebook.actor import ActorKind
from undazzle.casebook.gradings import Credibility, LikelihoodWord, Reliability
from undazzle.casebook.target import TargetKind
from undazzle.casebook.vocabulary import AttributionType
from undazzle.publish.exchange.techniques import Framework, tags_of

Tag = dict[str, str]
DICHOTOMIES = "DFRLab-dichotomies-of-disinformation"
OURS = "undazzle"
_MACHINE_TAG = re.compile(r'([^:="]{1,80}):([^:="]{1,80})="([^"]{1,255})"')
_NATIONS = {
    "belarus": "BY", "china": "CN", "cuba": "CU", "iran": "IR", "israel": "IL", "north korea": "KP", "russia": "RU",
    "russian federation": "RU", "saudi arabia": "SA", "turkey": "TR", "united arab emirates": "AE",
    "united kingdom": "GB", "united states": "US", "venezuela": "VE",
}  # fmt: skip
_TARGETS = {
    TargetKind.ELECTORATE: "electorate",
    TargetKind.CANDIDATE: "political-party",
    TargetKind.PARTY: "political-party",
    TargetKind.CAMPAIGN: "political-party",
    TargetKind.OFFICEHOLDER: "government-civilian",
    TargetKind.OFFICIAL: "government-civilian",
    TargetKind.INSTITUTION: "government-civilian",
    TargetKind.COMPANY: "business",
}
_PLATFORMS = {
    "facebook": "facebook", "instagram": "instagram", "x": "twitter", "twitter": "twitter", "youtube": "youtube",
    "linkedin": "linkedin", "reddit": "reddit", "vk": "vk",
}  # fmt: skip
_MESSENGERS = {"whatsapp": "whatsapp", "telegram": "telegram", "signal": "signal", "wechat": "wechat", "sms": "sms"}
_TACTICS = {
    "brigading": "brigading", "sockpuppets": "sockpuppets", "third-party-automation": "botnets", "ddos": "ddos",
    "domain-spoofing": "search-engine-manipulation", "data-exfiltration": "data-exfiltration",
    "generative-ai": "deep-learning-processes",
}  # fmt: skip
_STATE = {ActorKind.STATE, ActorKind.ORGAN, ActorKind.OFFICIAL}


def machine_tag(namespace: str, predicate: str, value: str) -> Tag:
    """Return a tag; quotes in a value become apostrophes.

    Examples
    --------
    >>> machine_tag("admiralty-scale", "source-reliability", "b")
    {'name': 'admiralty-scale:source-reliability="b"'}
    """
    return {"name": f'{namespace}:{predicate}="{value.replace(chr(34), chr(39))}"'}


def parts_of(name: str) -> tuple[str, str, str] | None:
    """Return namespace, predicate and value of a machine tag, nothing if it is none."""
    found = _MACHINE_TAG.fullmatch(name)
    return (found[1], found[2], found[3]) if found else None


def unique(tags: Iterable[Tag]) -> list[Tag]:
    """Return tags, each once, in their order."""
    return list({tag["name"]: tag for tag in tags}.values())


def tags_of_claim(case: Case, claim: Claim) -> list[Tag]:
    """Return the tags of one claim: likelihood, Admiralty letters and numbers, polarity, techniques."""
    return unique(_of_claim(case, claim))


def _of_claim(case: Case, claim: Claim) -> Iterator[Tag]:
    if claim.likelihood and claim.likelihood.word:
        yield machine_tag("estimative-language", "likelihood-probability", claim.likelihood.word)
    claimant = case.claimants.get(claim.claimant or "")
    if claimant is not None:
        yield machine_tag("admiralty-scale", "source-reliability", claimant.reliability.letter.lower())
    yield machine_tag("admiralty-scale", "information-credibility", str(claim.credibility.number))
    yield machine_tag(OURS, "polarity", claim.proposition.polarity)
    yield machine_tag(OURS, "act-class", claim.proposition.act_class)
    if claim.confidence and claim.confidence.word:
        yield machine_tag(OURS, "confidence", claim.confidence.word)
    for tag in tags_of(claim.methods):
        if tag.framework is not Framework.OTHER:
            yield machine_tag(OURS, tag.framework, tag.tag_id)


def tags_of_claims(case: Case, claims: Iterable[Claim]) -> list[Tag]:
    """Return the tags of an event in the words of the Dichotomies: targets, platforms, tactics, attribution."""
    return unique(tag for claim in claims for tag in _dichotomies(case, claim))


def _dichotomies(case: Case, claim: Claim) -> Iterator[Tag]:
    said = claim.proposition
    for target in (case.targets[one] for one in said.targets if one in case.targets):
        if target.target_kind in _TARGETS:
            yield machine_tag(DICHOTOMIES, "target-category", _TARGETS[target.target_kind])
    for platform in (one.casefold() for one in claim.platforms):
        if platform in _PLATFORMS:
            yield machine_tag(DICHOTOMIES, "platforms-social-media", _PLATFORMS[platform])
        if platform in _MESSENGERS:
            yield machine_tag(DICHOTOMIES, "platforms-messaging", _MESSENGERS[platform])
    for method in (one.removeprefix("fiat:") for one in claim.methods):
        if method in _TACTICS:
            yield machine_tag(DICHOTOMIES, "methods-tactics", _TACTICS[method])
    yield from _attribution(case, claim)


def _attribution(case: Case, claim: Claim) -> Iterator[Tag]:
    """Yield who a claim says it is; nothing for a claim that denies it or saw none."""
    if claim.proposition.polarity != "asserts" or claim.attribution is AttributionType.NONE:
        return
    for actor in (case.actors[one] for one in claim.proposition.actors if one in case.actors):
        code = _NATIONS.get((actor.nation or actor.name).casefold())
        if code:
            yield machine_tag(DICHOTOMIES, "primary-disinformant", code)
        if claim.attribution is AttributionType.COMMERCIAL or actor.actor_kind is ActorKind.COMPANY:
            yield machine_tag(DICHOTOMIES, "disinformant-category", "business")
        elif actor.actor_kind in _STATE:
            kind = "direct" if claim.attribution is AttributionType.DIRECT else "inferred"
            yield machine_tag(DICHOTOMIES, "disinformant-category", f"government-{kind}-attribution")


def likelihood_in(names: Iterable[str]) -> LikelihoodWord | None:
    """Return the likelihood word among tags."""
    value = value_in(names, "estimative-language", "likelihood-probability")
    return LikelihoodWord(value) if value in list(LikelihoodWord) else None


def credibility_in(names: Iterable[str]) -> Credibility | None:
    """Return the Admiralty credibility among tags."""
    value = value_in(names, "admiralty-scale", "information-credibility")
    return next((one for one in Credibility if str(one.number) == value), None)


def reliability_in(names: Iterable[str]) -> Reliability | None:
    """Return the Admiralty reliability among tags."""
    value = value_in(names, "admiralty-scale", "source-reliability")
    return next((one for one in Reliability if one.letter.lower() == value), None)


def value_in(names: Iterable[str], namespace: str, predicate: str) -> str | None:
    """Return the value of the first tag of a namespace and predicate."""
    found = (parts_of(name) for name in names)
    return next((one[2] for one in found if one and one[:2] == (namespace, predicate)), None)
