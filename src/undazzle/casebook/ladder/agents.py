"""Whether a sentence makes somebody the doer: "run by …", "… is behind", "…-backed", "on behalf of …".

It looks for actors of the case and for states and the capitals that stand for them. A state named as a target or as
a place is none. It is a guard against a slip of the pen; a determined writer can word around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from undazzle.casebook.actor import ActorKind
from undazzle.casebook.case import Case

_STATES = (
    "China", "the PRC", "PRC", "Russia", "Iran", "North Korea", "Cuba", "Venezuela", "Belarus", "Turkey", "Türkiye",
    "India", "Pakistan", "Israel", "Saudi Arabia", "the United Arab Emirates", "Qatar", "Egypt", "Syria", "Vietnam",
    "Myanmar", "Ukraine", "Georgia", "Azerbaijan", "Armenia", "Serbia", "Hungary", "the United States", "the US",
    "America", "the United Kingdom", "Britain", "France", "Germany", "Italy", "Spain", "Poland", "Canada", "Mexico",
    "Brazil", "Argentina", "Nigeria", "Ethiopia", "Sudan", "Rwanda", "South Africa", "Morocco", "Algeria", "Japan",
    "South Korea", "Taiwan", "the Philippines", "Indonesia", "Malaysia", "Thailand", "Bangladesh", "Kazakhstan",
    "Beijing", "Moscow", "the Kremlin", "Kremlin", "Tehran", "Pyongyang", "Havana", "Caracas", "Minsk", "Ankara",
    "Washington", "London", "Paris", "Berlin", "Kyiv", "Jerusalem", "Riyadh", "New Delhi", "Islamabad", "Hanoi",
)  # fmt: skip
_PEOPLES = "Chinese|Russian|Iranian|North Korean|Cuban|Venezuelan|Belarusian|Turkish|Indian|Israeli|Saudi|American"
_OFFICES = "government|state|authorities|military|army|intelligence|ministry|security services?|operatives?|officials"
_DONE_BY = (
    "run|operated|directed|controlled|sponsored|paid|ordered|organi[sz]ed|financed|funded|backed|staffed|steered|led|"
    "commissioned|created|made"
)
_DOES = (
    "is behind|are behind|was behind|were behind|stands? behind|runs?|ran|operates?|operated|directs?|directed|"
    "sponsors?|sponsored|pays?|paid|controls?|controlled|ordered|steers?|orchestrates?|orchestrated"
)
_LINKS = "on behalf of|attributed to|attributable to|work of|hand of"
_ENDINGS = "backed|sponsored|run|linked|controlled|directed|funded|operated|aligned"
_KINDS = {ActorKind.STATE, ActorKind.ORGAN, ActorKind.OFFICIAL, ActorKind.COMPANY, ActorKind.GROUP}


def named_agent(case: Case, sentence: str) -> str:
    """Return the state or actor that a sentence makes the doer, as written, or an empty text.

    Parameters
    ----------
    case
        Its actors are looked for by name and other names.
    sentence
        In our own words.
    """
    names = {
        name
        for actor in case.actors.values()
        if actor.actor_kind in _KINDS
        for name in (actor.name, *(one.name for one in actor.aliases))
        if len(name) > 2
    }
    for pattern in (_pattern(_STATES), _pattern(tuple(sorted(names)))) if names else (_pattern(_STATES),):
        if found := pattern.search(sentence):
            return next(one for one in found.groups() if one)
    return ""


@cache
def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    name = rf"({listed}|(?:the )?(?:{_PEOPLES}) (?:{_OFFICES}))"
    by = rf"\b(?:(?:{_DONE_BY}) (?:by|for|from)|{_LINKS}) (?:the )?{name}\b"
    does = rf"\b{name}(?:[’']s? \w+)? (?:{_DOES})\b"
    joined = rf"\b{name}[-‑](?:{_ENDINGS})\b"
    return re.compile(f"{by}|{does}|{joined}")
