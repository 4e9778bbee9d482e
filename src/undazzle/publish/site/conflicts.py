"""Contradictions as pages show them: both sides with their claims and origins, differing words marked, no winner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from undazzle.casebook import Claim, Contradiction
from undazzle.casebook.contradictions import Conflict, ContradictionKind, Level, Side
from undazzle.publish.report.text import as_markup, clean
from undazzle.publish.site.addresses import contradiction_page
from undazzle.publish.site.index import SiteIndex
from undazzle.publish.site.words import DIFFERS, FIELDS, QUESTION, plain_word

_CLAIMS_SHOWN = 3
_PAIRS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class SideView:
    """One side: its position with differing words marked, its first claims, how many more, and its origins."""

    letter: str
    position: Markup
    claims: tuple[Claim, ...]
    more: int
    origins: tuple[str, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class PairView:
    """Two sides that do not go together."""

    left: SideView
    right: SideView
    is_tension: bool
    fields: str
    reasons: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A contradiction or tension, or the part of it that concerns a page."""

    code: str
    page: str
    title: str
    differs: str
    is_tension: bool
    pairs: tuple[PairView, ...]
    sides: tuple[SideView, ...]
    left_out: int


def conflict_title(index: SiteIndex, one: Contradiction) -> str:
    """Return what a contradiction is about, in words."""
    question, about = _question(one)
    named = (index.name(part) if ":" in part else plain_word(part) for part in about if part != "anyone")
    return f"{question}: {', '.join(named)}".removesuffix(": ")


def _question(one: Contradiction) -> tuple[str, tuple[str, ...]]:
    """Return the question two sides answer, and what of the subject is still to be named."""
    first, rest = one.subject[0] if one.subject else "", one.subject[1:]
    if one.kind is ContradictionKind.NUMBER:
        return f"How many {plain_word(first)}", rest
    if one.kind is ContradictionKind.DEFINITION and first == "interference":
        return "What \u201cinterference\u201d means", rest
    if first in QUESTION:
        return QUESTION[first], rest
    asked = {"confidence": "How sure", "origin": "Who found it out", "denial": "Asserted and denied"}
    return asked.get(one.kind, plain_word(one.kind).capitalize()), one.subject


def whole(index: SiteIndex, one: Contradiction, claims_shown: int = 200) -> ConflictView:
    """Return a contradiction with all its sides and all pairs that do not go together."""
    sides = tuple(_side(index, one, place, claims_shown) for place in range(len(one.sides)))
    hard_first = sorted(one.conflicts, key=lambda conflict: conflict.level is Level.TENSION)
    pairs = tuple(_pair(sides, conflict) for conflict in hard_first)
    return _view(index, one, pairs, sides, 0)


def around(index: SiteIndex, claims: Sequence[Claim], code: str) -> ConflictView | None:
    """Return the part of a contradiction in which one of the claims stands on a side; nothing if it has no part."""
    one, ids = index.contradictions[code], {claim.id for claim in claims}
    own_shown = min(len(claims), _CLAIMS_SHOWN)
    mine = {place for place, side in enumerate(one.sides) if ids & set(side.claims)}
    held = [conflict for conflict in one.conflicts if conflict.left in mine or conflict.right in mine]
    held.sort(key=lambda conflict: conflict.level is Level.TENSION)
    if not held:
        return None
    pairs, hard = [], [conflict for conflict in held if conflict.level is Level.CONTRADICTION]
    for conflict in (hard or held)[:_PAIRS_SHOWN]:
        left, right = (conflict.left, conflict.right) if conflict.left in mine else (conflict.right, conflict.left)
        others = one.sides[right].position, one.sides[left].position
        pairs.append(
            PairView(
                _side(index, one, left, own_shown, against=others[:1], first=ids),
                _side(index, one, right, _CLAIMS_SHOWN, against=others[1:], first=ids),
                conflict.level is Level.TENSION,
                _fields(conflict),
                "; ".join(conflict.reasons),
            )
        )
    return _view(index, one, tuple(pairs), (), len(held) - len(pairs))


def between(index: SiteIndex, claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return the codes of contradictions and tensions that have two opposing sides among the claims."""
    ids = {claim.id for claim in claims}
    codes = dict.fromkeys(code for claim in claims for code in index.standing[claim.id].contradictions)
    found = []
    for code in codes:
        sides = index.contradictions[code].sides
        inside = {place for place, side in enumerate(sides) if ids & set(side.claims)}
        if any(pair.left in inside and pair.right in inside for pair in index.contradictions[code].conflicts):
            found.append(code)
    return tuple(sorted(found, key=lambda code: (index.contradictions[code].level is Level.TENSION, code)))


def _view(
    index: SiteIndex, one: Contradiction, pairs: tuple[PairView, ...], sides: tuple[SideView, ...], left_out: int
) -> ConflictView:
    return ConflictView(
        code=one.code,
        page=contradiction_page(one.code),
        title=conflict_title(index, one),
        differs=DIFFERS[one.kind],
        is_tension=all(pair.is_tension for pair in pairs),
        pairs=pairs,
        sides=sides,
        left_out=left_out,
    )


def _pair(sides: Sequence[SideView], conflict: Conflict) -> PairView:
    return PairView(
        sides[conflict.left],
        sides[conflict.right],
        conflict.level is Level.TENSION,
        _fields(conflict),
        "; ".join(conflict.reasons),
    )


def _fields(conflict: Conflict) -> str:
    return ", ".join(FIELDS.get(one, plain_word(one)) for one in conflict.fields)


def _side(
    index: SiteIndex,
    one: Contradiction,
    place: int,
    shown: int,
    against: Sequence[str] = (),
    first: Iterable[str] = (),
) -> SideView:
    side: Side = one.sides[place]
    if not against:
        opposed = {pair.right if pair.left == place else pair.left for pair in one.conflicts
                   if place in (pair.left, pair.right)}  # fmt: skip
        against = [one.sides[other].position for other in sorted(opposed)][:1] if len(opposed) == 1 else ()
    mine = set(first)
    ordered = sorted(side.claims, key=lambda claim: claim not in mine)
    claims = [index.case.claims[claim] for claim in ordered]
    return SideView(
        letter=chr(ord("A") + place) if place < 26 else str(place + 1),
        position=marked(side.position, against),
        claims=tuple(claims[:shown]),
        more=max(0, len(claims) - shown),
        origins=side.origins,
        independent=side.independent,
    )


def position_words(position: str) -> str:
    """Return a position as a reader says it.

    Examples
    --------
    >>> position_words("so: open"), position_words("so, only weighed"), position_words("not so")
    ('Answer: open', 'It is so, only weighed', 'It is not so')
    """
    found = re.match(r"(not so|so)(: )?(?=[,;]|$|(?<=: ))", position)
    if found is None:
        return position
    words = {"so: ": "Answer: ", "not so: ": "Not so: ", "so": "It is so", "not so": "It is not so"}[found.group()]
    return words + position[found.end() :]


def marked(position: str, others: Iterable[str]) -> Markup:
    """Return a position with the words marked that no other side has; nothing is marked without another side.

    Examples
    --------
    >>> print(marked("so: pennsylvania open", ["so: pennsylvania included"]))
    Answer: pennsylvania <mark>open</mark>
    """
    against = [set(position_words(clean(one)).lower().replace(";", "").replace(",", "").split()) for one in others]
    text = position_words(clean(position))
    if not against:
        return as_markup(str(escape(text)))
    parts: list[str] = []
    for word in text.split():
        bare = word.lower().strip(";,")
        if any(bare not in other for other in against):
            if parts and parts[-1].endswith("</mark>"):
                parts[-1] = f"{parts[-1].removesuffix('</mark>')} {escape(word)}</mark>"
            else:
                parts.append(f"<mark>{escape(word)}</mark>")
        else:
            parts.append(str(escape(word)))
    return as_markup(" ".join(parts))
