"""What ``undazzle case show`` and ``case ladder`` print about judgements, as lines of plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from undazzle.cli.summaries import plain

if TYPE_CHECKING:
    from undazzle.casebook import Case
    from undazzle.casebook.assessment import Assessment

_WIDTH = 100


def judgement_lines(case: Case, one: Assessment) -> Iterator[str]:
    """Yield a judgement with its limits, evidence by kind and access, rivals, history, and whether it still stands."""
    from undazzle.casebook.ladder import grid_of, standing_of

    standing = standing_of(case, one)
    demo = " DEMONSTRATION: invented." if one.is_demonstration else ""
    yield f"{one.id} ({one.rung or 'on no rung'}; {standing.word}).{demo}"
    for limit in one.limits:
        yield _filled(f"limit: {limit}", "  ")
    yield _filled(one.statement)
    yield f"  confidence {one.confidence or 'none given'}"
    if one.confidence_statement:
        yield _filled(one.confidence_statement, "    ")
    yield f"  signed by {plain(one.signed_by or 'nobody')} on {one.signed or 'no day'}; {one.review}"
    yield _filled(grid_of(case, one).sentence, "  ")
    for line in one.evidence:
        yield _filled(f"{line.evidence_kind}/{line.access} {line.rests_on}: {line.says}", "    ", "      ")
    for claim_id in one.claims:
        yield f"    kind not stated: {claim_id}"
    for below in one.builds_on:
        yield f"  builds on {below}"
    for text in one.alternatives:
        yield _filled(f"alternative: {text}", "  ", "    ")
    for text in one.would_change:
        yield _filled(f"would change it: {text}", "  ", "    ")
    yield from _standing_lines(case, one)


def _standing_lines(case: Case, one: Assessment) -> Iterator[str]:
    from undazzle.casebook.ladder import judgement_history, standing_of

    standing = standing_of(case, one)
    for record_id, retraction in standing.undermined_by:
        yield _filled(f"UNDERMINED: rests on {record_id}, taken back on {retraction.signed}: {retraction.reason}", "  ")
    if standing.retracted:
        yield _filled(f"TAKEN BACK by {standing.retracted.signed_by} on {standing.retracted.signed}: "
                      f"{standing.retracted.reason}", "  ")  # fmt: skip
    history = judgement_history(case, one)
    if len(history) > 1 or standing.replaced_by:
        yield f"  history {' <- '.join([*(each.id for each in reversed(history))])}"
        yield from (f"  replaced by {later}" for later in standing.replaced_by)


def ladder_lines(case: Case) -> Iterator[str]:
    """Yield the ladder of a case, one rung a paragraph, and what stands on none of them."""
    from undazzle.casebook.assessment import Rung
    from undazzle.casebook.ladder import ladder_of, standing_of

    held = ladder_of(case)
    for rung in Rung:
        found = [one for one in held if one.rung is rung]
        yield f"{rung}: {'' if found else _UNCLIMBED[rung]}".rstrip()
        for one in found:
            yield _filled(one.statement, "  ")
            mark = standing_of(case, one).word
            yield f"    {one.id}, {plain(one.signed_by or 'unsigned')}, {one.signed or 'no day'}, {mark}"
    gone = [one for one in case.assessments.values() if one not in held]
    yield f"{len(gone)} earlier judgements were replaced or taken back; they stay in the history."


_UNCLIMBED = {
    "cluster": "nobody has judged whether accounts act together.",
    "campaign": "nobody has judged whether they share an aim.",
    "operator": "we do not attribute: nobody has judged who runs them.",
    "sponsor": "we do not attribute: nobody has judged for whom.",
}


def _filled(text: str, first: str = "", rest: str | None = None) -> str:
    return textwrap.fill(plain(text), _WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest)
