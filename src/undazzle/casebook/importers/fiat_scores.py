"""The 18 answers of the tracker, and totals that do not add up."""

from __future__ import annotations

from collections.abc import Mapping

from undazzle.casebook.importers.drafts import Drafts
from undazzle.casebook.scorecard import Answer, Coding
from undazzle.casebook.scoring.items import Item, Section
from undazzle.casebook.scoring.totals import profile, tally

_ANSWERS = {
    "1": Answer.TRUE, "1.0": Answer.TRUE, "true": Answer.TRUE, "0": Answer.FALSE, "0.0": Answer.FALSE,
    "false": Answer.FALSE, "": Answer.UNKNOWN, "na": Answer.NA, "n/a": Answer.NA,
}  # fmt: skip
_SECTION_COLUMNS = {section: f"attribution_{section}_score" for section in Section}
_TOTALS = ("attribution_total_score", "attribution_score")


def scorecard_of(drafts: Drafts, line: int, row: Mapping[str, str], name: str, incident: str) -> None:
    """Add the scorecard of a row, and report stored totals that are not the sum of its answers.

    A row without a single answer gets no scorecard.
    """
    answers = {}
    for item in Item:
        given = row.get(item, "").casefold()
        if given not in _ANSWERS:
            drafts.note(line, "unknown-value", f"{item} is {given[:40]!r}.", "Answer true, false, na or unknown.")
        answers[item] = _ANSWERS.get(given, Answer.UNKNOWN)
    if not any(answer in {Answer.TRUE, Answer.FALSE} for answer in answers.values()):
        return
    for item, answer in answers.items():
        if answer is Answer.UNKNOWN:
            drafts.note(line, "missing-value", f"{item} is empty.", "It counts as unknown.")
    coding = Coding(coder="DFRLab, as published", answers=answers)
    drafts.add("scorecard", name, incident=incident, reconciled=coding)
    _compare_totals(drafts, line, row, coding)


def _compare_totals(drafts: Drafts, line: int, row: Mapping[str, str], coding: Coding) -> None:
    remedy = "The sum of the answers is used; stored totals are never read."
    stored = next((row[column] for column in _TOTALS if row.get(column)), "")
    if stored and _number(stored) != tally(coding).points:
        what = f"The stored total is {stored}; the 18 answers add up to {tally(coding).points}."
        drafts.note(line, "wrong-total", what, remedy)
    for section, held in profile(coding).items():
        given = row.get(_SECTION_COLUMNS[section], "")
        if given and _number(given) != held.points:
            what = f"The stored score for {section} is {given}; its answers add up to {held.points}."
            drafts.note(line, "wrong-section-total", what, remedy)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
