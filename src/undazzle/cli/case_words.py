"""What ``undazzle case`` prints about claims, incidents and contradictions, as lines of plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from undazzle.cli.summaries import plain

if TYPE_CHECKING:
    from undazzle.casebook import Case, Claim, Contradiction
    from undazzle.casebook.incident import Incident

_WIDTH = 100
RECORDED = "Claims are recorded, not verified. No side of a contradiction is marked as right."


def read_words(words: Sequence[str]) -> tuple[Path | None, list[str]]:
    """Return the folder of a case, if one is given, and the ids among the words of a command."""
    from undazzle.casebook.kinds import KINDS
    from undazzle.errors import ParameterError

    ids = [word for word in words if word.partition(":")[0] in KINDS and ":" in word]
    others = [word for word in words if word not in ids]
    if len(others) > 1:
        raise ParameterError("FOLDER", " ".join(others), "Give one folder, and ids such as claim:name.")
    return (Path(others[0]) if others else None), ids


def open_case(folder: Path | None) -> Case:
    """Return the case in a folder, or the edition that comes with the software, by default or by its name."""
    from undazzle.casebook import SHIPPED_EDITION, load_case, shipped_edition

    is_edition = folder is None or (str(folder) == SHIPPED_EDITION and not folder.exists())
    return load_case(shipped_edition() if folder is None or is_edition else folder)


def claim_lines(case: Case, claim: Claim, found: Sequence[Contradiction]) -> Iterator[str]:
    """Yield a claim with its words, origin, standing and contradictions."""
    from undazzle.casebook import provenance
    from undazzle.casebook.origins import origin_of, relay_chain

    standing = provenance(case, found)[claim.id]
    yield f"{claim.id} ({claim.proposition.polarity}, {claim.speech}, {claim.verification} text read)"
    yield _filled(claim.statement)
    for words in claim.quoted:
        yield f'  quoted: "{plain(words)}"'
    yield f"  said by {name_of(case, claim.claimant)} on {claim.claimed or 'an unknown day'}"
    yield f"  origin  {name_of(case, origin_of(case, claim))}"
    chain = relay_chain(case, claim)
    if len(chain) > 1:
        yield f"  relays  {' <- '.join(one.id for one in chain)}"
    source = case.sources.get(claim.source)
    if source is not None:
        yield f"  read in {plain(source.title)}: {plain(source.url or next(iter(source.read_at), 'no address'))}"
    for label, grade in (("confidence", claim.confidence), ("likelihood", claim.likelihood)):
        if grade is not None:
            yield f'  {label} {grade.word or "no level"} ("{plain(grade.quoted or "")}")'
    yield (
        f"  {standing.corroboration_count} independent origins, {standing.assertions_count} claims say so"
        f"{'; single-sourced' if standing.single_sourced else ''}"
    )
    if claim.caveat:
        yield _filled(f"note: {claim.caveat}", "  ")
    for one in found:
        if claim.id in one.claims:
            yield f"  {one.level}: {one.code}"


def incident_lines(case: Case, incident: Incident, found: Sequence[Contradiction]) -> Iterator[str]:
    """Yield an incident with its claims and what contradicts what among them."""
    yield f"{incident.id}  {plain(incident.title)}"
    yield _filled(incident.summary)
    if incident.breakout is not None:
        category = f"Breakout {incident.breakout.category}" if incident.breakout.category else "No Breakout category"
        yield _filled(f"{category}: {incident.breakout.basis}", "  ")
    for claim in case.claims_of(incident):
        yield f"  {claim.id}"
        yield _filled(f"{name_of(case, claim.claimant)}, {claim.claimed or 'undated'}: {claim.statement}", "    ")
    held = set(incident.claims)
    for one in found:
        if len(held & set(one.claims)) > 1:
            yield f"  {one.level}: {one.code}"


def contradiction_lines(case: Case, one: Contradiction) -> Iterator[str]:
    """Yield a contradiction with its sides, their origins, and what conflicts with what."""
    yield f"{one.level}: {one.code}"
    for place, side in enumerate(one.sides, 1):
        origins = ", ".join(name_of(case, origin) for origin in side.origins)
        yield _filled(f"{place}. {side.position} ({side.independent} independent: {origins})", "  ", "     ")
        for claim_id in side.claims:
            yield _filled(f"{claim_id}: {case.claims[claim_id].statement}", "     ", "       ")
    for pair in one.conflicts:
        why = f" ({'; '.join(pair.reasons)})" if pair.reasons else ""
        yield _filled(f"{pair.left + 1} against {pair.right + 1}: {pair.level} on {', '.join(pair.fields)}{why}", "  ")


def name_of(case: Case, claimant_id: str | None) -> str:
    """Return the name of a claimant, or its id where the case does not know it."""
    claimant = case.claimants.get(claimant_id or "")
    return plain(claimant.name) if claimant else (claimant_id or "nobody named")


def _filled(text: str, first: str = "", rest: str | None = None) -> str:
    after = first if rest is None else rest
    return textwrap.fill(plain(text), _WIDTH, initial_indent=first, subsequent_indent=after)
