"""The words of a judgement: its likelihood word is that of its field, of one row of the table, never 0 or 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator

from undazzle.casebook.assessment import Assessment
from undazzle.casebook.case import Case
from undazzle.casebook.checks.wording import mixed_sentence
from undazzle.casebook.gradings import LIKELIHOOD_PHRASES, LikelihoodWord
from undazzle.casebook.ladder.breach import Breach

_OTHER_ROW = {
    "remote": LikelihoodWord.ALMOST_NO_CHANCE, "highly improbable": LikelihoodWord.VERY_UNLIKELY,
    "improbable": LikelihoodWord.UNLIKELY, "improbably": LikelihoodWord.UNLIKELY,
    "roughly even odds": LikelihoodWord.ROUGHLY_EVEN, "probable": LikelihoodWord.LIKELY,
    "probably": LikelihoodWord.LIKELY, "highly probable": LikelihoodWord.VERY_LIKELY,
    "nearly certain": LikelihoodWord.ALMOST_CERTAIN,
}  # fmt: skip
_FIRST_ROW = {one.value.replace("-", " "): one for one in LikelihoodWord}
_FIRST_ROW["almost certainly"] = LikelihoodWord.ALMOST_CERTAIN
_PHRASE = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, LIKELIHOOD_PHRASES), key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_CERTAIN = re.compile(r"(?<![\d.,])(0|100)\s?(%|percent\b|per cent\b)", re.IGNORECASE)


def misworded(case: Case, assessment: Assessment) -> Iterator[Breach]:
    """Yield words of a judgement that break the rules for likelihood and confidence.

    Parameters
    ----------
    case
        Not looked at; every finder takes it.
    assessment
        The judgement.
    """
    del case
    texts = {"statement": assessment.statement, "confidence_statement": assessment.confidence_statement or ""}
    for field, text in texts.items():
        if pair := mixed_sentence(text):
            yield Breach(
                "likelihood-with-confidence",
                f"One sentence holds a likelihood ({pair[0]}) and a confidence ({pair[1]}).",
                "Say them in two sentences: likelihood is about the event, confidence about the basis.", field,
            )  # fmt: skip
    said = {one.casefold() for one in _PHRASE.findall(assessment.statement)}
    if said & set(_OTHER_ROW):
        other = sorted(said & set(_OTHER_ROW))[0]
        yield Breach("mixed-scales", f"{other!r} is of the other row of the table.",
                     f"Write {str(_OTHER_ROW[other]).replace('-', ' ')!r}.")  # fmt: skip
    yield from _certain(assessment)
    words = {(_FIRST_ROW | _OTHER_ROW)[one] for one in said if one in _FIRST_ROW or one in _OTHER_ROW}
    given = {assessment.likelihood} if assessment.likelihood else set()
    if words != given:
        yield Breach(
            "likelihood-differs",
            f"The statement says {_listed(words)}, the field says {_listed(given)}.",
            "Use one likelihood word, in the statement and with --likelihood.", "likelihood",
        )  # fmt: skip


def _certain(assessment: Assessment) -> Iterator[Breach]:
    given = assessment.probability
    if given is not None and not 0 < given < 100:
        yield Breach("certain-probability", f"{assessment.id} gives {given:g} %.", "Use a word.", "probability")
    elif found := _CERTAIN.search(assessment.statement):
        yield Breach("certain-probability", f"{found[0]!r} reads as certainty.", "Use a word of the table.")


def _listed(words: set[LikelihoodWord]) -> str:
    return " and ".join(sorted(str(one) for one in words)) or "nothing"
