"""Estimative language: likelihood and confidence apart, no proving, no certainty (ICD 203).

Only our own words are looked at; what somebody is quoted with may be as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.checks.finding import Check, problem
from undazzle.casebook.checks.texts import own_texts
from undazzle.casebook.gradings import LIKELIHOOD_PHRASES
from undazzle.casebook.problems import Problem, Severity
from undazzle.casebook.records import Record

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_QUOTATION = re.compile(r"[\"“][^\"”]{0,2000}[\"”]")
_LIKELIHOOD = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, LIKELIHOOD_PHRASES), key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_CONFIDENCE = re.compile(
    r"\b(high|moderate|medium|low)[ -]confidence\b|\bconfidence (is|was) (high|moderate|low)\b", re.I
)
_CERTAIN_VERBS = re.compile(
    r"\b(proves?|proved|proven|confirms|confirmed|establishes|established beyond|leaves? no doubt|undeniabl[ey]|"
    r"undoubtedly|unquestionably|irrefutabl[ey]|guarantees?|demonstrates? conclusively)\b",
    re.IGNORECASE,
)
_CERTAIN_NUMBERS = re.compile(r"(?<![\d.,])(0|100)\s?(%|percent\b|per cent\b)", re.IGNORECASE)
_BARE_HEDGES = re.compile(r"\b(may|might|could|possibl[ey])\b", re.IGNORECASE)


def find(case: Case) -> Iterator[Problem]:
    """Yield sentences that mix likelihood with confidence, claim certainty, or hedge without a scale."""
    for record in case:
        if record.kind in {"claim", "incident", "assessment"}:
            for path, text in own_texts(record):
                yield from _check(case, record, path, text)


def mixed_sentence(text: str) -> tuple[str, str] | None:
    """Return the likelihood and the confidence that stand in one sentence, or nothing if none does so.

    Examples
    --------
    >>> mixed_sentence("It is likely, with high confidence.")
    ('likely', 'high confidence')
    >>> mixed_sentence("It is likely. We have high confidence.")
    """
    for sentence in _SENTENCE.split(_QUOTATION.sub(" … ", text)):
        likely, sure = _LIKELIHOOD.search(sentence), _CONFIDENCE.search(sentence)
        if likely and sure:
            return likely[0], sure[0]
    return None


def _check(case: Case, record: Record, path: tuple[str | int, ...], text: str) -> Iterator[Problem]:
    for sentence in _SENTENCE.split(_QUOTATION.sub(" … ", text)):
        likely = _LIKELIHOOD.search(sentence)
        if pair := mixed_sentence(sentence):
            yield problem(
                case, record, path, "likelihood-with-confidence", Severity.ERROR,
                f"One sentence holds a likelihood ({pair[0]}) and a confidence ({pair[1]}).",
                "Say them in two sentences: likelihood is about the event, confidence about the basis.",
            )  # fmt: skip
        if verb := _CERTAIN_VERBS.search(sentence):
            yield problem(
                case, record, path, "non-estimative-verb", Severity.WARNING,
                f"{verb[0]!r} leaves no room for error.", "Say who says so, and on what basis.",
            )  # fmt: skip
        if number := _CERTAIN_NUMBERS.search(sentence):
            yield problem(
                case, record, path, "certain-probability", Severity.WARNING,
                f"{number[0]!r} reads as certainty.", "No likelihood is 0 or 100 percent; shares need their counts.",
            )  # fmt: skip
        if record.kind == "assessment" and (hedge := _BARE_HEDGES.search(sentence)) and not likely:
            yield problem(
                case, record, path, "bare-hedge", Severity.HINT,
                f"{hedge[0]!r} is no estimative word.", "Use a word of the likelihood table.",
            )  # fmt: skip


CHECK = Check(
    "wording",
    "Likelihood and confidence in one sentence, words of certainty, hedges without a scale",
    ("likelihood-with-confidence", "non-estimative-verb", "certain-probability", "bare-hedge"),
    find,
)
