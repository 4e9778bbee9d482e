"""What a claim says, as far as its words show: question, polarity, kind of act, how far, and methods.

A first coding for a person to correct. Every rule reads words that stand in the text; none knows of the world.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from undazzle.casebook.gradings import ConfidenceWord, LikelihoodWord
from undazzle.casebook.vocabulary import ActClass, Approval, Aspect, Deployment, Force, Polarity, Speech
from undazzle.reading.spans import Span
from undazzle.reading.verbs import VerbKind


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(forms) + ")", re.I)


# The first that fits decides; the order runs from the narrow to the wide.
_ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    (Aspect.PREFERENCE, _any(r"prefer\w*", r"favou?r(?:s|ed|ing)?\b(?! of)", r"lesser (?:of two )?evils?", "easily cope",
                             r"two bowls", r"preferred", "anti-China", "easier for")),
    (Aspect.COOPERATION, _any(r"collaborat\w+ (?:with|between)", r"work\w* together", r"coordinat\w+ with")),
    (Aspect.RANKING, _any(r"most (?:active|persistent|aggressive)", r"pre-?eminent", r"leading threat")),
    (Aspect.APPROVAL, _any(r"tacitly approved", r"approved", r"ordered", r"directives?", r"authori[sz]ed",
                           r"had directed")),
    (Aspect.EFFECT, _any(r"sway\w*", r"affected the", r"outcome", r"measurable effect", r"impact", r"influenced the result",
                         r"engagement", r"meaningful audience", r"changed a single", r"decided the", r"counting of votes",
                         r"threaten the fabric", r"meddling works", r"people shared", r"saw the posts",
                         r"disrupted? voting")),
    (Aspect.RATIONALE, _any(r"calculation", r"less scrutiny", r"costs? of being", r"damaged \w+['’]s position",
                            r"aims?\b", r"aimed", r"goals?", r"objectives?", r"meant to", r"intend\w*", r"sow\b",
                            r"undermine")),
    (Aspect.ATTRIBUTION, _any(r"behind (?:it|the)", r"link(?:s|ed)? (?:to|the|a)", r"originat\w+", r"belong to",
                              r"administers", r"came from", r"were connected with", r"attribut\w+", r"email domains",
                              r"state-linked")),
    (Aspect.CONTINUITY, _any(r"significant shift", r"longer game", r"following suit", r"new chapter", r"broader pattern",
                             r"stepping up", r"ramp up", r"intensif\w+")),
    (Aspect.TARGETING, _any(r"target\w*", r"denigrat\w*", r"attacking", r"down-ballot", r"accused", r"sought access")),
    (Aspect.SCALE, _any(r"(?:\d[\d,.]*|thousands|hundreds|dozens|millions) (?:of )?(?:\w+ )?(?:accounts|sites|websites|"
                        r"pages|posts|articles|people|votes|ballots|Americans)")),
    (Aspect.MEANS, _any(r"using\b", r"by means of", r"images generated", r"cloned", r"fake accounts?", r"social media")),
    (Aspect.FORECAST, _any(r"could be used", r"will\b", r"expected to", r"upcoming", r"before the next")),
    (Aspect.CONDUCT, _any(r"interfer\w+", r"meddl\w+", r"influenc\w+", r"hack\w*", r"campaign", r"attempt\w*", r"tried",
                          r"operations?", r"manipulat\w+", r"narratives?", r"threats?", r"espionage", r"deploy\w*")),
)  # fmt: skip
_ACTS: tuple[tuple[ActClass, re.Pattern[str]], ...] = (
    (ActClass.COERCIVE_DISRUPTION, _any(r"bomb threats?", r"hoax", r"intimidat\w+")),
    (ActClass.ESPIONAGE, _any(r"cyber-?espionage", r"wire-?tap\w*", r"espionage")),
    (ActClass.INTERFERENCE_TECHNICAL, _any(r"hack\w*", r"phishing", r"broke into", r"breach\w*", r"intrusion",
                                           r"e-?mail accounts?", r"counting of votes")),
    (ActClass.COMMERCIAL, _any(r"commercial firm")),
    (ActClass.INFLUENCE_COVERT, _any(r"covert\w*", r"fake", r"disinformation", r"spamouflage", r"launder\w*", r"personas?",
                                     r"inauthentic", r"cloned", r"masquerad\w+", r"bots?\b", r"mimic",
                                     r"state-linked (?:accounts|actors)")),
    (ActClass.INFLUENCE_OVERT, _any(r"state media", r"propaganda", r"official accounts")),
)  # fmt: skip
_NEGATED = re.compile(
    r"\b(?:no (?:\w+ )?(?:indication|evidence|sign|link|effect|proof|bombs|intention)|none of|found no|"
    r"(?:did|does|do|has|have|had|was|were|is|are|could|can|would)(?:n['’]t| not)\b(?! only)|cannot|never|not "
    r"(?:targeting|yet|seen|favou?r)|neither|opted not|little (?:evidence|engagement)|saw little|without actually)\b",
    re.I,
)  # fmt: skip
_PLEDGE = re.compile(
    r"\b(?:will|would|do|does|shall) (?:not|never) (?:and will never )?(?:interfere|meddle)|assurance", re.I
)
_SUGGESTS = re.compile(
    r"\b(?:may|might|could|appears?|seems?|perhaps|possibly|suggest\w*|looks? to be|probably)\b", re.I
)
_LIKELIHOODS: tuple[tuple[LikelihoodWord, re.Pattern[str]], ...] = (
    (LikelihoodWord.ALMOST_CERTAIN, _any(r"almost certain(?:ly)?", r"nearly certain")),
    (LikelihoodWord.VERY_LIKELY, _any(r"very likely", r"highly (?:likely|probable)")),
    (LikelihoodWord.ROUGHLY_EVEN, _any(r"roughly even (?:chance|odds)")),
    (LikelihoodWord.VERY_UNLIKELY, _any(r"very unlikely", r"highly (?:unlikely|improbable)")),
    (LikelihoodWord.UNLIKELY, _any(r"unlikely", r"improbable")),
    (LikelihoodWord.LIKELY, _any(r"likely", r"probabl[ey]")),
)  # fmt: skip
_CONFIDENCE = re.compile(r"\b(?P<word>high|moderate|medium|low)(?:-|\s+)(?:level\s+(?:of\s+)?)?confidence\b", re.I)
_CONFIDENT = re.compile(r"\b(?:highly |fully |very )?confident\b", re.I)
_DEPLOYMENT: tuple[tuple[Deployment, re.Pattern[str]], ...] = (
    (Deployment.CONSIDERED, _any(r"considered but did not", r"opted not to")),
    (Deployment.ATTEMPTED, _any(r"attempt\w*", r"tried to", r"sought (?:to|access)", r"trying to")),
    (Deployment.PREPARED, _any(r"plan(?:s|ned|ning)? to", r"plotting")),
    (Deployment.DEPLOYED, _any(r"interfered", r"ran a", r"launched", r"created", r"were sent", r"had used", r"used")),
)  # fmt: skip
_APPROVAL: tuple[tuple[Approval, re.Pattern[str]], ...] = (
    (Approval.TACIT, _any(r"tacit\w*")),
    (Approval.ORDERED, _any(r"ordered", r"directives?", r"had directed")),
    (Approval.APPROVED, _any(r"approved", r"authori[sz]ed")),
)
_THEORY = _any(r"realis[mt]", r"theory", r"philosophy", r"predicts?")
_OPINION = _any(r"likely sees", r"can be debated", r"thinks that", r"described the choice", r"should", r"proved that",
                r"lesser of two", r"many are concerned", r"most easily", r"would probably prefer")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coding:
    """A first coding of a claim."""

    aspect: Aspect
    polarity: Polarity
    act_class: ActClass
    deployment: Deployment | None
    approval: Approval | None
    force: Force
    speech: Speech
    methods: tuple[str, ...]


def code(words: str, kind: VerbKind, is_voice: bool) -> Coding:
    """Return the coding of what is claimed.

    Parameters
    ----------
    words
        The words of the claim, with those that report it.
    kind
        What the reporting verb does.
    is_voice
        Whether the text speaks itself.
    """
    aspect = next((aspect for aspect, form in _ASPECTS if form.search(words)), Aspect.CONTEXT)
    return Coding(
        aspect=aspect,
        polarity=_polarity(words, kind),
        act_class=next((one for one, form in _ACTS if form.search(words)), ActClass.UNSPECIFIED),
        deployment=next((one for one, form in _DEPLOYMENT if form.search(words)), None),
        approval=next((one for one, form in _APPROVAL if form.search(words)), None)
        if aspect is Aspect.APPROVAL
        else None,
        force=Force.SUGGESTS if _SUGGESTS.search(words) else Force.STATES,
        speech=_speech(words, kind, is_voice),
        methods=methods_in(words),
    )


def _polarity(words: str, kind: VerbKind) -> Polarity:
    if kind is VerbKind.PLEDGES or _PLEDGE.search(words):
        return Polarity.ASSURANCE
    if kind is VerbKind.DENIES:
        return Polarity.DENIES
    return Polarity.NEGATIVE_FINDING if _NEGATED.search(words) else Polarity.ASSERTS


def _speech(words: str, kind: VerbKind, is_voice: bool) -> Speech:
    if kind is VerbKind.PLEDGES or _PLEDGE.search(words):
        return Speech.PLEDGE
    if _THEORY.search(words):
        return Speech.THEORY
    if _OPINION.search(words):
        return Speech.OPINION
    if kind is VerbKind.ACTS or re.search(r"\b(?:accused?|blamed?|alleged?|claim(?:ed|s)?)\b", words):
        return Speech.ALLEGATION
    return Speech.ALLEGATION if is_voice else Speech.JUDGMENT


def confidence_in(words: str) -> tuple[ConfidenceWord | None, Span | None]:
    """Return the level of confidence a text gives, and where its words stand.

    "Confident" is quoted without a level: it is not a word of the scale.
    """
    if found := _CONFIDENCE.search(words):
        word = found.group("word").casefold().replace("medium", "moderate")
        return ConfidenceWord(word), Span(*found.span())
    found = _CONFIDENT.search(words)
    return None, Span(*found.span()) if found else None


def likelihood_in(words: str) -> tuple[LikelihoodWord | None, Span | None]:
    """Return the likelihood word of a text, and where it stands; "not likely" is none of the scale."""
    for word, form in _LIKELIHOODS:
        found = form.search(words)
        if found and not re.search(r"\bnot\s+$", words[: found.start()]):
            return word, Span(*found.span())
    return None, None


@lru_cache(maxsize=1)
def _methods() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files("undazzle.reading.words").joinpath("methods.yaml").read_text(encoding="utf-8")
    return tuple((one["code"], re.compile(rf"\b(?:{one['words']})", re.I)) for one in yaml.safe_load(text))


def methods_in(words: str) -> tuple[str, ...]:
    """Return the codes of the methods whose words stand in a text."""
    return tuple(code for code, form in _methods() if form.search(words))
