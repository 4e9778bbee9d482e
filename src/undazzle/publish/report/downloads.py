"""What a reader takes along: the data block, CSV files and citations."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from undazzle.publish.report.facts import NetworkFacts, Packed, Provenance, RunFacts
from undazzle.publish.report.text import day, platform_name
from undazzle.publish.report.wording import deeds, window_words


@dataclass(frozen=True, slots=True)
class SavedFile:
    """One file that the page can save; without ``href`` the page's script makes it."""

    name: str
    what: str
    rows: int
    size: str
    href: str = ""
    command: str = ""


def safe_cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("ferry"), safe_cell(-3)
    ("'=1+1", 'ferry', -3)
    """
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180) with harmless cells."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def saved_files(facts: NetworkFacts, packed: Packed, link_bytes: int) -> list[SavedFile]:
    """Return the files the page offers.

    Parameters
    ----------
    facts
        The network.
    packed
        The evidence block, from which the page's script makes files that no link carries.
    link_bytes
        Largest file to carry in a link.
    """
    name, export = facts.overview.name, f"undazzle export WS network:{facts.overview.network_id} --to csv"
    what = "every co-action with both posts" if packed.is_complete else "the closest co-actions with both posts"
    masked = ", masked" if facts.masked else ""
    return [
        SavedFile(f"{name}-co_actions.csv", what, packed.co_actions, "", command=export),
        _pairs_file(facts, f"{name}-pairs.csv", export, link_bytes),
        _file(f"{name}-accounts.csv", f"members{masked}", len(facts.members), _accounts_csv(facts), export, link_bytes),
    ]


_ACCOUNT_HEADER = "no account platform co_actions partners items posts_in_co_actions posts days weight group".split()
_PAIR_HEADER = (
    "pair co_actions items closest_gap_seconds mean_gap_seconds weight expected account_a account_b kinds".split()
)


def _accounts_csv(facts: NetworkFacts) -> str:
    columns = attrgetter(
        "row", "label", "platform", "co_actions", "partners", "items", "posts_in", "posts", "days", "weight"
    )
    return csv_text(_ACCOUNT_HEADER, ([*columns(member), member.group + 1] for member in facts.members))


def _pairs_file(facts: NetworkFacts, name: str, export: str, link_bytes: int) -> SavedFile:
    """Return the file of pairs; a list too long for a link is left to the command."""
    what = "every pair with its counts"
    if len(facts.pairs) * 40 >= link_bytes:
        return SavedFile(name, what, len(facts.pairs), "", command=export)
    labels = {member.row: member.label for member in facts.members}
    names = ((labels[p.a], labels[p.b], "+".join(kind for kind, _ in p.kinds)) for p in facts.pairs)
    columns = attrgetter("number", "co_actions", "items", "closest_gap", "mean_gap", "weight", "expected")
    rows = ([*columns(pair), *three] for pair, three in zip(facts.pairs, names, strict=True))
    return _file(name, what, len(facts.pairs), csv_text(_PAIR_HEADER, rows), export, link_bytes)


def _file(name: str, what: str, rows: int, content: str, command: str, link_bytes: int) -> SavedFile:
    data = content.encode()
    size = f"{len(data) / 1000:,.0f} kB" if len(data) >= 1000 else f"{len(data)} B"
    if len(data) > link_bytes:
        return SavedFile(name, what, rows, size, command=command)
    href = "data:text/csv;charset=utf-8;base64," + base64.b64encode(data).decode()
    return SavedFile(name, what, rows, size, href)


def data_block(facts: NetworkFacts, run: RunFacts, provenance: Provenance) -> str:
    """Return the readable data of the report as JSON that is safe inside HTML.

    Parameters
    ----------
    facts, run, provenance
        What the report tells.
    """
    one = facts.overview
    data: dict[str, Any] = {
        "format": "undazzle-report/1",
        "network": {
            "id": one.network_id,
            "name": one.name,
            "kinds": one.kinds,
            "time_window_seconds": one.time_window,
            "accounts": len(facts.members),
            "pairs": len(facts.pairs),
            "co_actions": facts.co_actions,
            "items": facts.item_count,
            "days": one.days,
            "first_at": one.first_at,
            "last_at": one.last_at,
            "expected": one.expected,
            "p_value": one.p_value,
            "q_value": one.q_value,
            "is_masked": facts.masked,
        },
        "run": {
            "id": run.run_id,
            "method": run.method,
            "parameters": run.parameters,
            "seed": run.seed,
            "input_fingerprint": run.fingerprint,
            "versions": run.versions,
            "finished_at": run.finished_at,
        },
        "clock_seconds": provenance.resolution,
        "platforms": {one: platform_name(one) for one in provenance.platforms},
        "sources": {str(source.number): [source.file_name, source.sha256] for source in provenance.sources},
        "accounts": [
            {
                "row": m.row,
                "account": m.label,
                "group": m.group,
                "co_actions": m.co_actions,
                "posts": m.posts,
                "at": facts.positions.get(m.row),
            }
            for m in facts.members
        ],
        "per_" + facts.activity.bucket: [[at, count] for at, count in facts.activity.buckets if count],
    }
    return inline_json(data)


def inline_json(data: object) -> str:
    """Return JSON that cannot end a script element."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso)
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _iso(value: Any) -> str:
    return f"{value.isoformat()}Z" if hasattr(value, "isoformat") else str(value)


def sha256_of(text: str) -> str:
    """Return the hash of a text as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite the report."""

    plain: str
    bibtex: str
    csl: str


def citation(facts: NetworkFacts, run: RunFacts, data_hash: str) -> Citation:
    """Return the citation in three forms; the author is for whoever publishes to add."""
    one, at = facts.overview, run.finished_at
    title = f"{one.name}: {one.members} accounts {deeds(one.kinds)} {window_words(one.time_window)}"
    version = run.versions.get("undazzle", "")
    when = day(at) if at else "no date"
    note = f"Finding report of run {run.run_id}, made with Undazzle {version}, data sha256 {data_hash[:16]}"
    year = str(at.year) if at else "n.d."
    bibtex = f"@misc{{{one.name}-{year},\n  title = {{{title}}},\n  year  = {{{year}}},\n  note  = {{{note}}}\n}}"
    csl: dict[str, Any] = {"type": "report", "id": f"{one.name}-{year}", "title": title, "note": note}
    if at:
        csl["issued"] = {"date-parts": [[at.year, at.month, at.day]]}
    return Citation(f"{title}. {note[0].upper()}{note[1:]}. {when}.", bibtex, json.dumps(csl, indent=2))
