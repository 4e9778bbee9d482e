"""What was read, as lines a person can check: segments, repeats, cuts, citations, dates, drafts, what was withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from undazzle.reading.citations import restarts
from undazzle.reading.claims import DraftClaim
from undazzle.reading.dates import DateFound
from undazzle.reading.reading import Reading
from undazzle.reading.segments import Segment
from undazzle.reading.spans import Span
from undazzle.reading.speakers import Speaker

_MANY = 8  # lines of one kind before the rest is counted


def summary_lines(reading: Reading) -> Iterator[str]:
    """Yield what was found in a document, without any judgement on whether it is true."""
    document = reading.document
    size = f"{len(document.text):,} characters, {len(reading.sentences):,} sentences"
    yield f"{document.path.name}: {document.media}, {size}"
    for note in document.notes:
        yield f"  note: {note.words}"
    yield from _segments(reading)
    yield from _repeats(reading)
    yield from _gaps(reading)
    yield from _dates(reading)
    yield from _claims(reading)


def _segments(reading: Reading) -> Iterator[str]:
    if not reading.is_spliced:
        yield "Segments: one text, by one hand as far as its style shows."
        return
    yield f"Segments: {len(reading.segments)}, told apart by how they are written and laid out."
    for segment in reading.segments:
        kind = (
            "frame of the page" if segment.is_frame else "repeats what stands before" if segment.is_repeat else "text"
        )
        why = ", ".join(cue.name for cue in segment.cues if cue.bits > 0) or "a change of style"
        yield f"  {segment.number:>2}  {kind:<26} {_excerpt(reading, segment.span, 52)}"
        if segment.number > 1:
            yield f"      set apart by: {why}"


def _repeats(reading: Reading) -> Iterator[str]:
    if not reading.repeats:
        return
    count = len(reading.repeats)
    yield f"Repeats: {count} runs of words stand twice. A repeat is not corroboration and gives no claim of its own."
    for repeat in reading.repeats[:_MANY]:
        where = f"{repeat.words} words at {repeat.span.begin} as at {repeat.first.begin}"
        yield f"  {where}: {_excerpt(reading, repeat.span, 60)}"
    yield from _rest(count)


def _gaps(reading: Reading) -> Iterator[str]:
    if reading.cuts:
        kinds = Counter(str(cut.kind) for cut in reading.cuts)
        listed = ", ".join(f"{number} at the {name}" if name != "inside" else f"{number} inside" for name, number in
                           sorted(kinds.items()))  # fmt: skip
        yield f"Cuts: the text breaks off {len(reading.cuts)} times ({listed}). Nothing was filled in."
    for fragment in reading.fragments[:_MANY]:
        yield f"  fragment without its beginning: {_excerpt(reading, fragment, 70)}"
    yield from _rest(len(reading.fragments))
    orphans = [one for one in reading.citations if one.is_orphan]
    if orphans:
        anew = restarts(reading.citations)
        again = f"; the numbers begin anew {anew} times, so they are not one list" if anew else ""
        share = f"{len(orphans)} of {len(reading.citations)}"
        yield f"Citations: {share} bracket numbers lead to nothing on the page{again}."
    for one in reading.announced:
        yield f"Announced: “{_excerpt(reading, one.span, 60)}” promises {one.number}; count how many the page shows."


def _dates(reading: Reading) -> Iterator[str]:
    relative = [one for one in reading.dates if one.anchor is not None]
    lost = [one for one in reading.dates if one.first is None]
    if not relative and not lost:
        return
    yield f"Dates: {len(reading.dates)}; {len(relative)} were counted from an anchor, {len(lost)} cannot be told."
    for one in [*relative, *lost][:_MANY]:
        yield f"  “{_excerpt(reading, one.span, 40)}”: {_meaning(one)}"
    yield from _rest(len(relative) + len(lost))


def _meaning(one: DateFound) -> str:
    if one.first is None or one.last is None:
        return "no day of writing is known"
    days = one.first.isoformat() if one.first == one.last else f"{one.first.isoformat()} to {one.last.isoformat()}"
    return f"{days}, counted from {one.anchor.known_from}" if one.anchor else days


def _claims(reading: Reading) -> Iterator[str]:
    yield f"Claims: {len(reading.claims)} drafts. Recorded, not verified, and in no case until you accept them."
    for number, one in enumerate(reading.claims, 1):
        yield f"  {number:>3}  {claim_line(one)}"
        yield f"       {_excerpt(reading, one.span, 90)}"
    if reading.withheld:
        yield f"Withheld: {len(reading.withheld)} sentences whose decisive words are missing."
        for held in reading.withheld[:_MANY]:
            yield f"  {_excerpt(reading, held.span, 70)}"
            yield f"      {held.why}"


def claim_line(draft: DraftClaim) -> str:
    """Return who says a draft, by which verb, on what, how sure, and whether it is cut."""
    via = f" via {draft.via.label}" if draft.via else ""
    level = f", {draft.confidence} confidence" if draft.confidence else ""
    likely = f", {str(draft.likelihood).replace('-', ' ')}" if draft.likelihood else ""
    cut = ", cut off" if draft.is_truncated else ""
    who = draft.speaker.label if draft.speaker.id else "the text itself"
    verb = f" ({draft.verb})" if draft.verb else ""
    return (
        f"[text {draft.segment}] {who}{via}{verb}: {draft.coding.aspect}, {draft.coding.polarity}{level}{likely}{cut}"
    )


def _excerpt(reading: Reading, span: Span, length: int) -> str:
    words = " ".join(span.of(reading.document.text).split())
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def _rest(count: int) -> Iterator[str]:
    if count > _MANY:
        yield f"  … and {count - _MANY} more (--json lists all)"


def as_plain(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain values with the place of everything, for ``--json``."""
    return {
        "file": reading.document.path.name,
        "sha256": reading.document.sha256,
        "media": reading.document.media,
        "title": reading.document.title,
        "characters": len(reading.document.text),
        "notes": [{"code": one.code, "words": one.words} for one in reading.document.notes],
        "segments": [_segment(one) for one in reading.segments],
        "repeats": [
            {"span": _pair(one.span), "first": _pair(one.first), "words": one.words} for one in reading.repeats
        ],
        "cuts": [{"span": _pair(one.span), "kind": str(one.kind)} for one in reading.cuts],
        "fragments": [_pair(one) for one in reading.fragments],
        "citations": [
            {"span": _pair(one.span), "number": one.number, "segment": one.segment, "is_orphan": one.is_orphan}
            for one in reading.citations
        ],
        "announced": [{"span": _pair(one.span), "number": one.number} for one in reading.announced],
        "dates": [_date(one) for one in reading.dates],
        "claims": [_claim(one) for one in reading.claims],
        "withheld": [{"span": _pair(one.span), "why": one.why} for one in reading.withheld],
    }


def _pair(span: Span | None) -> list[int] | None:
    return [span.begin, span.end] if span else None


def _segment(one: Segment) -> dict[str, Any]:
    return {
        "number": one.number, "span": _pair(one.span), "is_frame": one.is_frame, "is_repeat": one.is_repeat,
        "cues": [{"name": cue.name, "bits": round(cue.bits, 1)} for cue in one.cues],
    }  # fmt: skip


def _date(one: DateFound) -> dict[str, Any]:
    return {
        "span": _pair(one.span),
        "first": one.first.isoformat() if one.first else None,
        "last": one.last.isoformat() if one.last else None,
        "anchor": {"day": one.anchor.day.isoformat(), "known_from": one.anchor.known_from} if one.anchor else None,
    }


def _claim(one: DraftClaim) -> dict[str, Any]:
    return {
        "segment": one.segment, "span": _pair(one.span), "content": _pair(one.content),
        "speaker": _speaker(one.speaker), "via": _speaker(one.via), "verb": one.verb,
        "aspect": str(one.coding.aspect), "polarity": str(one.coding.polarity), "act_class": str(one.coding.act_class),
        "force": str(one.coding.force), "speech": str(one.coding.speech), "methods": list(one.coding.methods),
        "confidence": str(one.confidence) if one.confidence else None, "confidence_span": _pair(one.confidence_span),
        "likelihood": str(one.likelihood) if one.likelihood else None, "likelihood_span": _pair(one.likelihood_span),
        "is_truncated": one.is_truncated,
        "names": [{"span": _pair(name.span), "kind": str(name.name.kind), "id": name.name.id} for name in one.mentions],
    }  # fmt: skip


def _speaker(one: Speaker | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"id": one.id or None, "label": one.label, "role": one.role, "is_unnamed": one.is_unnamed}
