"""One word in several meanings: what one body calls interference, another reserves for something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from undazzle.casebook.case import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.contradictions.finding import (
    Conflict,
    Contradiction,
    ContradictionKind,
    Level,
    contradiction,
    side_of,
)
from undazzle.casebook.contradictions.likeness import Likeness
from undazzle.casebook.vocabulary import Definition, Polarity

_REASON = "they use the word interference in different meanings"


def find(case: Case, likeness: Likeness) -> Iterator[Contradiction]:
    """Yield elections for which the word is used in several meanings, once for yes and once for no."""
    del likeness  # the word is compared, whoever is spoken of
    by_event: dict[str, dict[tuple[Definition, bool], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in case.claims.values():
        said = claim.proposition
        if said.definition is not None and said.polarity is not Polarity.ASSURANCE:
            by_event[said.event or ""][said.definition, said.polarity is Polarity.ASSERTS].append(claim)
    for event, meanings in sorted(by_event.items()):
        yield from _compare(case, event, meanings)


def _compare(case: Case, event: str, meanings: dict[tuple[Definition, bool], list[Claim]]) -> Iterator[Contradiction]:
    keys = list(meanings)
    conflicts = [
        Conflict(left, right, Level.TENSION, ("definition",), (_REASON,))
        for left, one in enumerate(keys)
        for right, other in enumerate(keys)
        if left < right and one[0] is not other[0] and one[1] is not other[1]
    ]
    if conflicts:
        sides = [side_of(case, _label(*key), meanings[key]) for key in keys]
        yield contradiction(ContradictionKind.DEFINITION, ("interference", event), sides, conflicts)


def _label(definition: Definition, is_asserted: bool) -> str:
    answer = "interference" if is_asserted else "no interference"
    meaning = "meaning not stated" if definition is Definition.UNSTATED else definition.replace("-", " ")
    return f"{answer} ({meaning})"
