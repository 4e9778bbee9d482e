"""Scorecards as pages show them: 18 squares in four groups, every answer in a row, sums derived and never alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from undazzle.casebook.scorecard import Answer, Coding, Scorecard
from undazzle.casebook.scoring.agreement import agreement, pairs_of
from undazzle.casebook.scoring.items import EXTRA_ITEMS, ITEMS, ExtraItem, Item, Section, items_of
from undazzle.casebook.scoring.totals import profile, tally
from undazzle.publish.report.text import as_markup, clean
from undazzle.publish.site.index import SiteIndex

_MOST_CARDS = 6
OURS = "Ours, not counted"


@dataclass(frozen=True, slots=True)
class Line:
    """A statement that coders answer."""

    key: str
    statement: str


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the scorecard."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """One set of answers: its squares, its answers by statement, and what is derived from them."""

    title: str
    short: str
    strip: Markup
    answers: Mapping[str, str]
    sections: Mapping[str, str]
    is_final: bool
    yes: int
    no: int
    na: int
    unknown: int
    agreement: str


QUESTIONS: tuple[Group, ...] = (
    *(
        Group(section.capitalize(), tuple(Line(str(item), ITEMS[item].statement) for item in items_of(section)))
        for section in Section
    ),
    Group(OURS, tuple(Line(str(item), words.statement) for item, words in EXTRA_ITEMS.items())),
)


def card_views(index: SiteIndex, cards: Iterable[Scorecard]) -> list[CardView]:
    """Return the sets of answers to show: the reconciled ones, else each coder's."""
    found = []
    for card in cards:
        about = index.name(card.claim or card.incident)
        agreed = _agreement(card)
        if card.final is not None:
            found.append(_view(about, "Agreed" if card.reconciled else "One coder", card.final, agreed, is_final=True))
        else:
            for one in card.codings:
                coder = f"Coder {clean(one.coder)[:40]}"
                found.append(_view(f"{about}, {coder}", coder, one, agreed, is_final=False))
    return found[:_MOST_CARDS]


def _agreement(card: Scorecard) -> str:
    if len(card.codings) < 2:
        return "One coder."
    held = agreement(pairs_of(card.codings[0], card.codings[1]))
    kappa = "" if held.kappa is None else f", Cohen's kappa {held.kappa:.2f}"
    return f"Coders agreed on {held.agreed} of {held.answers}{kappa}."


def _view(title: str, short: str, coding: Coding, agreed: str, *, is_final: bool) -> CardView:
    whole = tally(coding)
    sections = {section.capitalize(): f"{held.true} of {held.possible}" if is_final else ""
                for section, held in profile(coding).items()}  # fmt: skip
    answers = {str(item): str(coding.answer(item)) for item in (*Item, *ExtraItem)}
    return CardView(
        title=title,
        short=short,
        strip=_strip(title, coding),
        answers=answers,
        sections=sections | {OURS: ""},
        is_final=is_final,
        yes=whole.true,
        no=whole.false,
        na=whole.na,
        unknown=whole.unknown,
        agreement=agreed,
    )


def _strip(title: str, coding: Coding) -> Markup:
    """Return the 18 answers as squares: filled yes, a line no, a stroke does not apply, dashed unknown."""
    parts, x = [], 0
    for section in Section:
        parts.append(f'<text x="{x}" y="12">{section.capitalize()}</text>')
        for item in items_of(section):
            parts.append(_square(x, coding.answer(item)))
            x += 20
        x += 36 if section is Section.OBJECTIVITY else 16
    words = f"{title}: {tally(coding).true} of 18 answered yes. The table has each answer."
    return as_markup(
        f'<svg class="strip18" viewBox="0 0 444 44" role="img" aria-label="{escape(words)}">{"".join(parts)}</svg>'
    )


def _square(x: int, answer: Answer) -> str:
    if answer is Answer.TRUE:
        return f'<rect class="m-solid" x="{x}" y="20" width="17" height="17"/>'
    look = "faint open dashed" if answer is Answer.UNKNOWN else "faint open"
    line = {
        Answer.FALSE: f'<line class="faint" x1="{x + 5}" x2="{x + 12}" y1="28.5" y2="28.5"/>',
        Answer.NA: f'<line class="faint" x1="{x + 5}" x2="{x + 12}" y1="32" y2="25"/>',
    }.get(answer, "")
    return f'<rect class="{look}" x="{x + 1}" y="21" width="15" height="15"/>{line}'
