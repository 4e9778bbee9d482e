"""Claims, documents and narratives of one incident as objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from undazzle.casebook import Case, Claim
from undazzle.casebook.claimant import Claimant
from undazzle.casebook.gradings import ConfidenceWord, Credibility, Reliability
from undazzle.casebook.origins import origin_of
from undazzle.casebook.records import Record
from undazzle.casebook.source import Source
from undazzle.publish.exchange.dates import timestamp
from undazzle.publish.exchange.identifiers import stable_uuid
from undazzle.publish.exchange.misp.parts import ANNOTATION, GRADING, NARRATIVE, REPORT, misp_object
from undazzle.publish.exchange.misp.tags import tags_of_claim
from undazzle.publish.exchange.texts import name_of, web_address

_RELIABILITY = ("Completely reliable", "Usually reliable", "Fairly reliable", "Not usually reliable", "Unreliable")
_CREDIBILITY = ("Confirmed by other sources", "Probably true", "Possibly true", "Doubtfully true", "Improbable")
_CONFIDENCE = {ConfidenceWord.LOW: "low", ConfidenceWord.MODERATE: "medium", ConfidenceWord.HIGH: "high"}


def objects_of(case: Case, event: str, claims: Sequence[Claim], seconds: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of an event: its claims with their gradings, their documents and narratives.

    Parameters
    ----------
    case
        The case.
    event
        Id of the incident; part of every id, since an object belongs to one event.
    claims
        The claims of the incident.
    seconds
        Seconds since 1970 of the day of the case.
    """
    here = {claim.id for claim in claims}
    for claim in claims:
        yield _annotation(case, event, claim, here, seconds)
        yield _grading(case, event, claim, seconds)
    for source_id in dict.fromkeys(claim.source for claim in claims):
        if source_id in case.sources:
            yield _report(case, event, case.sources[source_id], seconds)
    for narrative in dict.fromkeys(one for claim in claims for one in claim.narratives):
        words = narrative.replace("-", " ")
        yield misp_object((event, "narrative", narrative), NARRATIVE, [("narrative-summary", words)], seconds)


def ids_of(event: str, records: Iterable[Record]) -> set[str]:
    """Return the ids that the attributes and objects of an event of ours have, given its records."""
    keys: list[tuple[str, ...]] = [(event, "summary")]
    for one in records:
        keys += [(event, "record", one.id), (event, one.id), (event, one.id, "grading")]
        if isinstance(one, Claim):
            keys += [(event, "narrative", each) for each in one.narratives]
    return {stable_uuid("misp", *key) for key in keys}


def _annotation(case: Case, event: str, claim: Claim, here: set[str], seconds: str) -> dict[str, Any]:
    source = case.sources.get(claim.source)
    lines = [claim.statement, *(f'Quoted: "{one}"' for one in claim.quoted)]
    lines += [f"Number given: {one}." for one in claim.quantities]
    lines += [f"Note: {claim.caveat}"] if claim.caveat else []
    lines += ["The text breaks off here; nothing was filled in."] if claim.is_truncated else []
    ties = [("derived-from", (event, one)) for one in (claim.relays, *claim.rests_on) if one in here and one]
    ties += [("references", (event, claim.source))] if source else []
    ties += [("relates", (event, one)) for one in claim.responds_to if one in here]
    day = timestamp(claim.claimed).replace(".000Z", "+00:00") if claim.claimed else None
    who, origin = name_of(case, claim.claimant), origin_of(case, claim)
    comment = f"{claim.id}, said by {who}, {claim.claimed or 'day not known'}; recorded, not verified"
    if origin != claim.claimant:
        comment += f"; origin: {name_of(case, origin if origin != 'unknown' else None)}"
    values = [
        ("text", "\n".join(lines)), ("type", "Annotation"), ("creation-date", day),
        ("ref", web_address(source.url) if source else None),
    ]  # fmt: skip
    return misp_object(
        (event, claim.id), ANNOTATION, values, seconds, comment=comment, tags=tags_of_claim(case, claim),
        references=ties,
    )  # fmt: skip


def _grading(case: Case, event: str, claim: Claim, seconds: str) -> dict[str, Any]:
    claimant = case.claimants.get(claim.claimant or "")
    level = claim.confidence.word if claim.confidence else None
    values = [
        ("source-id", claim.claimant or "unknown"),
        ("source-reliability", reliability_words(_reliability(claimant))),
        ("information-credibility", credibility_words(claim.credibility)),
        ("confidence", _CONFIDENCE[level] if level else "unknown"),
        ("source-type", "OSINT"),
        ("evaluation", claim.credibility_basis),
    ]
    return misp_object(
        (event, claim.id, "grading"), GRADING, values, seconds, references=[("annotates", (event, claim.id))],
        comment="Confidence is the claimant's own word; reliability and credibility are the casebook's.",
    )  # fmt: skip


def _reliability(claimant: Claimant | None) -> Reliability:
    return claimant.reliability if claimant else Reliability.CANNOT_BE_JUDGED


def reliability_words(reliability: Reliability) -> str:
    """Return an Admiralty letter as the template lists it.

    Examples
    --------
    >>> reliability_words(Reliability.USUALLY_RELIABLE), reliability_words(Reliability.CANNOT_BE_JUDGED)
    ('B - Usually reliable', 'F - Reliability cannot be judged')
    """
    if reliability.rank is None:
        return "F - Reliability cannot be judged"
    return f"{reliability.letter} - {_RELIABILITY[reliability.rank - 1]}"


def credibility_words(credibility: Credibility) -> str:
    """Return an Admiralty number as the template lists it.

    Examples
    --------
    >>> credibility_words(Credibility.CONFIRMED)
    '1 - Confirmed by other sources'
    """
    if credibility.rank is None:
        return "6 - Truth cannot be judged"
    return f"{credibility.number} - {_CREDIBILITY[credibility.rank - 1]}"


def _report(case: Case, event: str, source: Source, seconds: str) -> dict[str, Any]:
    addresses = [source.url, source.archive_url, *source.read_at]
    hashed = f" SHA-256 of the copy read: {source.sha256}." if source.sha256 else ""
    values: list[tuple[str, str | None]] = [("title", source.title)]
    values += [("link", web_address(one)) for one in dict.fromkeys(addresses) if one]
    summary = (
        f"{name_of(case, source.publisher)}, {source.made_public or 'day not known'}.{hashed} {source.caveat or ''}"
    )
    values.append(("summary", summary.strip()))
    return misp_object((event, source.id), REPORT, values, seconds, comment=source.id)
