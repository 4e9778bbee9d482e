"""Judgements, pinned networks and matrices as plain values that the report and the site draw alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from undazzle.attribution.pinned import findings_of, hash_of_members
from undazzle.casebook import Case
from undazzle.casebook.assessment import Access, Assessment, EvidenceKind, Rung
from undazzle.casebook.gradings import ConfidenceWord
from undazzle.casebook.ladder import grid_of, judgement_history, ladder_of, standing_of
from undazzle.casebook.ladder.standing import everything_below
from undazzle.publish.report.text import clean

Linker = Callable[[str], Any]  # an id becomes its name, linked where there is a page
_RUNGS = {
    Rung.CLUSTER: "these accounts act together",
    Rung.CAMPAIGN: "they share an aim",
    Rung.OPERATOR: "this is who runs them",
    Rung.SPONSOR: "this is for whom",
}
_LEFT_OPEN = {
    Rung.CAMPAIGN: "whether they share an aim",
    Rung.OPERATOR: "who runs them",
    Rung.SPONSOR: "for whom they act",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder: its name, what it says, and whether it is reached."""

    name: str
    says: str
    state: str  # reached, here or open


@dataclass(frozen=True, slots=True)
class GridRow:
    """A kind of evidence, with what there is of it by who can look at it."""

    kind: str
    cells: Sequence[Sequence[tuple[Any, str]]]


@dataclass(frozen=True, slots=True)
class Past:
    """One judgement of the history, or its retraction."""

    day: str
    who: str
    link: Any
    says: str
    word: str
    why: str


@dataclass(frozen=True)
class JudgementView:
    """A judgement, ready to be drawn."""

    one: Assessment
    link: Any
    statement: str
    basis: str
    likelihood_note: str
    confidence: Sequence[tuple[str, bool]]
    steps: Sequence[Step]
    grid: Sequence[GridRow]
    grid_sentence: str
    unstated: Sequence[Any]
    builds_on: Sequence[Any]
    actor: Any
    matrix: Any
    set_aside: Sequence[tuple[Any, str]]
    undermined: Sequence[tuple[Any, str, str, str]]
    history: Sequence[Past]
    word: str
    is_held: bool

    @property
    def has_history(self) -> bool:
        """Whether there is more than the judgement itself."""
        return len(self.history) > 1


def judgement_view(case: Case, one: Assessment, link: Linker) -> JudgementView:
    """Return a judgement with its evidence, rivals, limits and history.

    Parameters
    ----------
    case
        The case.
    one
        The judgement.
    link
        Turns the id of a record into its name, linked where it has a page.
    """
    standing, grid = standing_of(case, one), grid_of(case, one)
    return JudgementView(
        one=one,
        link=link(one.id),
        statement=clean(one.statement),
        basis=clean(one.confidence_statement or ""),
        likelihood_note=_likelihood_note(one),
        confidence=[(str(word), word is one.confidence) for word in ConfidenceWord],
        steps=steps_to(one.rung),
        grid=[
            GridRow(
                str(kind),
                [[(link(line.rests_on), clean(line.says)) for line in grid.cells[kind, access]] for access in Access],
            )
            for kind in EvidenceKind
        ],
        grid_sentence=grid.sentence,
        unstated=[link(claim) for claim in grid.unstated],
        builds_on=[link(below) for below in one.builds_on],
        actor=link(one.actor) if one.actor else "",
        matrix=link(one.matrix) if one.matrix else "",
        set_aside=[(link(each.claim), clean(each.reason)) for each in one.set_aside],
        undermined=[
            (link(record), clean(back.reason), clean(back.signed_by), back.signed)
            for record, back in standing.undermined_by
        ],
        history=_history(case, one, link),
        word=standing.word,
        is_held=standing.is_held,
    )


def read_judgements(case: Case | None, input_sha256: str, account_ids: Iterable[str]) -> tuple[JudgementView, ...]:
    """Return the judgements of a case on one network, the weakest rung first.

    Parameters
    ----------
    case
        The case, if there is one.
    input_sha256
        Fingerprint of the posts in the workspace.
    account_ids
        Members of the network.
    """
    if case is None:
        return ()
    pinned = {one.id for one in findings_of(case, input_sha256, hash_of_members(account_ids))}
    found = [one for one in ladder_of(case) if pinned & set(everything_below(case, one))]
    return tuple(judgement_view(case, one, lambda record_id: _name_of(case, record_id)) for one in found)


def _name_of(case: Case, record_id: str) -> str:
    """Return what a record is called, with its id, by which it is found in the case."""
    record = case.records.get(record_id)
    words = (getattr(record, field, None) for field in ("title", "name", "question", "statement"))
    name = next((clean(one) for one in words if one), "")
    return f"{name.removesuffix('.')}, {record_id}" if name else record_id


def open_rungs(views: Sequence[JudgementView]) -> str:
    """Say where the ladder ends; who runs accounts stays open unless somebody has signed a name."""
    reached = max((view.one.rung.place for view in views if view.one.rung and view.is_held), default=-1)
    if reached < 0:
        return ""
    if reached == len(Rung) - 1:
        return "The ladder is climbed to its last rung."
    left = [f"{_LEFT_OPEN[one]} ({one})" for one in Rung if one.place > reached]
    return f"The ladder stops at {list(Rung)[reached]}. Nobody has judged {', or '.join(left)}."


def steps_to(rung: Rung | None) -> list[Step]:
    """Return the four rungs, those below a rung reached, it marked, those above open."""
    place = -1 if rung is None else rung.place
    state = {True: "reached", False: "open"}
    return [Step(str(one), _RUNGS[one], "here" if one.place == place else state[one.place < place]) for one in Rung]


def _likelihood_note(one: Assessment) -> str:
    if one.likelihood is None:
        return ""
    low, high = one.likelihood.range
    word = str(one.likelihood).replace("-", " ")
    return f"“{word[0].upper()}{word[1:]}” is a word of a fixed table (ICD 203): {low} to {high} in 100."


def _history(case: Case, one: Assessment, link: Linker) -> list[Past]:
    """Return the judgement, those before and after it, and retractions, the latest first."""
    chain = list(judgement_history(case, one))
    later = [each for each in case.assessments.values() if each.replaces == one.id]
    found = []
    for each in (*chain, *later):
        standing = standing_of(case, each)
        found.append(Past(each.signed or "", clean(each.signed_by or "nobody"), link(each.id), clean(each.statement),
                          standing.word, clean(each.changed_because or "")))  # fmt: skip
        if standing.retracted:
            back = standing.retracted
            found.append(Past(back.signed, clean(back.signed_by), link(each.id), "Taken back.", "taken back",
                              clean(back.reason)))  # fmt: skip
    return sorted(found, key=lambda past: past.day, reverse=True)
