"""One entry of a list becomes an indicator, or is set aside with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from undazzle.intrusions.indicator import Indicator, ListDraft
from undazzle.intrusions.kinds import IndicatorKind, read_phrase, read_value

NOT_AN_INDICATOR = "words, not an indicator"
NOT_SEARCHED = "a kind of indicator that posts, mails and logs do not show"
NOT_WANTED = "marked as not for detection"
MAX_INDICATORS = 2_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a list has it."""

    text: str
    line: int
    type_word: str = ""
    actor: str = ""
    note: str = ""
    first_known: date | None = None
    last_known: date | None = None
    is_phrase: bool = False


# What lists call kinds that nothing here could show.
_UNSEEN = (
    "android", "package", "ios", "app", "mutex", "registry", "filename", "file-name", "filepath", "yara", "sigma",
    "snort", "port", "user-agent", "useragent", "ja3", "x509", "certificate", "btc", "wallet", "phone", "size-in-bytes",
    "vulnerability", "cve", "asn", "process", "service", "mime", "ssdeep", "imphash", "tlsh", "pdb",
)  # fmt: skip
_PHRASE_WORDS = ("phrase", "headline", "slogan", "text-string", "hashtag")


def add_entry(draft: ListDraft, entry: Entry) -> None:
    """Add an entry to a list that is being read, or set it aside."""
    draft.entries += 1
    word = entry.type_word.strip().lower().replace("_", "-")
    if len(draft.indicators) >= MAX_INDICATORS:
        draft.refuse(entry.line, f"more than {MAX_INDICATORS:,} indicators", entry.text)
        return
    if not entry.text.strip():
        draft.refuse(entry.line, "empty", "")
        return
    if any(one in word.split("-") or (("-" in one) and one in word) for one in _UNSEEN):
        draft.refuse(entry.line, NOT_SEARCHED, entry.text)
        return
    reading = None
    if entry.is_phrase or word in _PHRASE_WORDS or entry.text.strip().startswith("#"):
        reading = read_phrase(entry.text)
    else:
        # Lists put remarks behind a value: "ferry[.]example (a copy of a newspaper)".
        reading = read_value(entry.text) or read_value(entry.text.strip().partition(" (")[0])
    if reading is None or reading.kind is IndicatorKind.OTHER:
        draft.refuse(entry.line, NOT_AN_INDICATOR, entry.text)
        return
    draft.indicators.append(
        Indicator(
            reading.kind,
            reading.value,
            entry.text.strip()[:500],
            draft.source,
            entry.line,
            entry.actor[:200],
            note=entry.note[:500],
            first_known=entry.first_known,
            last_known=entry.last_known,
        )
    )
