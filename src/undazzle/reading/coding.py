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
    return re.compile(r"\b(?:" + "|".join(forms) + r")", re.I)


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
    (Deployment.PREPARED, _any(r"plan(?:ning|s)? to", r"planned to", r"plotting")),
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
    aspect = Aspect(_first("aspects", words) or Aspect.CONTEXT)
    return Coding(
        aspect=aspect,
        polarity=_polarity(words, kind),
        act_class=ActClass(_first("acts", words) or ActClass.UNSPECIFIED),
        deployment=next((one for one, form in _DEPLOYMENT if form.search(words)), None),
        approval=next((one for one, form in _APPROVAL if form.search(words)), None)
        if aspect is Aspect.APPROVAL
        else None,
        force=Force.SUGGESTS if _SUGGESTS.search(words) else Force.STATES,
        speech=_speech(words, kind, is_voice),
        methods=methods_in(words),
    )


def _first(name: str, words: str) -> str | None:
    return next((one for one, form in _lists()[name] if form.search(words)), None)


def speaks_of_an_act(words: str) -> bool:
    """Return whether words speak of an act that a case is about, such as meddling, a hack or a fake account."""
    return _first("relevance", words) is not None


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
def _lists() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    text = resources.files("undazzle.reading.words").joinpath("coding.yaml").read_text(encoding="utf-8")
    read = yaml.safe_load(text)
    return {name: tuple((one["code"], _any(*one["words"])) for one in entries) for name, entries in read.items()}


@lru_cache(maxsize=1)
def _methods() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files("undazzle.reading.words").joinpath("methods.yaml").read_text(encoding="utf-8")
    return tuple((one["code"], re.compile(rf"\b(?:{one['words']})", re.I)) for one in yaml.safe_load(text))


def methods_in(words: str) -> tuple[str, ...]:
    """Return the codes of the methods whose words stand in a text."""
    return tuple(code for code, form in _methods() if form.search(words))
