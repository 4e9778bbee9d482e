"""Indicators in running text: a report, a blog post, an advisory, with its addresses made unusable or not."""

from __future__ import annotations

import re
from pathlib import Path

from undazzle.intrusions.adding import Entry, add_entry
from undazzle.intrusions.indicator import IndicatorList, ListDraft
from undazzle.intrusions.kinds import IndicatorKind, read_value
from undazzle.intrusions.refang import refang

MAX_BYTES = 20_000_000
_TOKEN = re.compile(r"[^\s<>\"“”‘’|,;]+")
_EDGES = " \t'`*_.,;:!?()[]{}…"


def read_text(path: Path) -> IndicatorList:
    """Return the indicators of a text.

    A list of one value a line is read whole: every line is an entry, and what is no indicator is set aside. In
    running text only what is written as an indicator counts: defanged or with a scheme, or a hash or an address.
    """
    draft = ListDraft(path.name)
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        draft.problems.append(f"only the first {MAX_BYTES:,} bytes were read")
    lines = raw[:MAX_BYTES].decode("utf-8-sig", "replace").splitlines()
    if _is_list(lines):
        for number, line in enumerate(lines, 1):
            text = line.partition(" #")[0].strip()
            if text and text[0] not in "#;":
                add_entry(draft, Entry(text, number))
        return draft.done()
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        whole = refang(line)
        for token in _TOKEN.findall(whole):
            text = token.strip(_EDGES)
            if text not in seen and _is_meant(text, line):
                seen.add(text)
                add_entry(draft, Entry(text, number))
    return draft.done()


def _is_list(lines: list[str]) -> bool:
    values = [line.strip() for line in lines[:200] if line.strip() and line.strip()[0] not in "#;"]
    single = sum(read_value(one.partition(" #")[0]) is not None for one in values)
    return bool(values) and single >= 0.6 * len(values)


def _is_meant(text: str, line: str) -> bool:
    """Whether a token of a text is written as an indicator (a bare name in a sentence can be a file or a source)."""
    reading = read_value(text)
    if reading is None:
        return False
    if reading.kind in (IndicatorKind.HASH, IndicatorKind.ADDRESS, IndicatorKind.NETWORK):
        return "." in text or ":" in text or reading.kind is IndicatorKind.HASH
    # Whole links in a text are mostly its sources; what an author made unusable is what they warn of.
    return text not in line
