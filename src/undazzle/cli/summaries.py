"""What commands print about sources, runs and evidence, as lines of plain text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undazzle.model import format_duration
from undazzle.results.surprise import CLOSED_CONTENT

if TYPE_CHECKING:
    from undazzle.ingest.inspection import Inspection
    from undazzle.ingest.load import SourceSummary
    from undazzle.results import Evidence, Network, Run
    from undazzle.workspace import Workspace

_TOP = 10
_TEXT = 280


def plain(text: object) -> str:
    """Return text without control characters (a post could otherwise rewrite the terminal)."""
    return "".join(one if one.isprintable() or one == " " else " " for one in str(text))


def source_lines(summary: SourceSummary, *, dry_run: bool = False) -> Iterator[str]:
    """Yield what became of a file."""
    name = Path(summary.path).name
    if summary.was_known:
        yield f"{name}: already in the workspace (same content); nothing added."
        return
    would = "would add" if dry_run else "added"
    yield (
        f"{name} ({summary.format}): {summary.rows_in:,} rows, {would} {summary.posts_added:,} posts by "
        f"{summary.accounts_added:,} new accounts; {summary.duplicates:,} duplicates; "
        f"{f'{summary.merged:,} rows with a further item of a post; ' if summary.merged else ''}"
        f"{sum(summary.rejected.values()):,} set aside."
    )
    for reason, count in sorted(summary.rejected.items(), key=lambda one: -one[1])[:_TOP]:
        yield f"  set aside {count:,}: {reason}"
    if summary.first_at and summary.last_at:
        yield f"  {summary.first_at:%Y-%m-%d %H:%M} to {summary.last_at:%Y-%m-%d %H:%M} UTC"
    if summary.unread:
        yield f"  columns not read: {plain(', '.join(summary.unread))}"
    for warning in summary.warnings:
        yield f"  note: {plain(warning)}"


def run_lines(run: Run, workspace: Path, written: Sequence[Path]) -> Iterator[str]:
    """Yield what a run found, what it did not compute, and the next commands."""
    summary = run.record.summary
    traces = ", ".join(f"{count:,} {kind}" for kind, count in summary.get("traces", {}).items())
    yield f"run:{run.run_id} ({run.record.method}) looked at {traces or 'no'} traces."
    for window in summary.get("windows", []):
        yield (
            f"  within {format_duration(window['time_window'])}: {window['co_actions']:,} co-actions of "
            f"{window['pairs']:,} pairs of {window['accounts']:,} accounts; {window['pairs_above']:,} pairs above "
            f"weight {window['threshold']:g}; {window['networks']:,} networks."
        )
    networks = list(run.networks)
    groups = _grouped(networks)
    for heading, some in groups:
        if heading and some:
            yield f"{heading} ({len(some):,} of {len(networks):,} networks):"
        yield from _network_lines(some, workspace)
    if run.record.method == "calibrated" and not networks:
        yield "  No network. That is not a finding of innocence: see what could not be tested."
    yield from run.trust.lines
    for warning in run.warnings:
        yield f"  note: {plain(warning)}"
    yield _caveat(run.record.method, networks)
    if written:
        yield f"Report: {written[0]}"
    if networks:
        first = next(some for _, some in groups if some)[0].network_id
        yield f"Next: undazzle evidence {workspace} network:{first}"


def _grouped(networks: Sequence[Network]) -> list[tuple[str, list[Network]]]:
    """Return networks in the order of a report: open questions, what timing cannot test, what is explained."""
    explained = [one for one in networks if one.explained_by is not None]
    rest = [one for one in networks if one.explained_by is None]
    closed = [one for one in rest if one.is_closed]
    return [
        ("", [one for one in rest if not one.is_closed]),
        ("Not testable by timing, because nobody else shares what they share; not cleared", closed),
        ("Explained by something ordinary, and so no finding", explained),
    ]


def _caveat(method: str, networks: Sequence[Network]) -> str:
    """Return what the figures of a run mean, and no more than is true of what was found."""
    if method != "calibrated":
        return "How often chance would do this was not computed. A threshold network is no evidence of coordination."
    if not networks:
        return "A network is shown only if it does more than chance on things that took no part in finding it."
    timed = any(not one.is_closed for one in networks)
    expected = "Expected: what chance gives among all who share the same things, with all times as they were. "
    return (
        f"{expected if timed else ''}The group behind each network was confirmed on things that took no "
        "part in finding it. More than chance is synchrony; it is not yet coordination."
    )


def _network_lines(networks: Sequence[Network], workspace: Path) -> Iterator[str]:
    for one in networks[:_TOP]:
        yield f"  {network_line(one)}"
    if len(networks) > _TOP:
        yield f"  … and {len(networks) - _TOP:,} more: undazzle networks {workspace}"


def surprise_lines(network: Network) -> Iterator[str]:
    """Yield how surprising a network is, what was confirmed, and in which repetitions it was found again."""
    from undazzle.results.trust_words import variant_words

    facts = network.facts
    windows = [format_duration(one) for one in facts["other_windows"] or ()]
    if windows:
        yield f"Also confirmed within {', '.join(windows)}."
    if facts["held_out_items"]:
        days = "1 day" if facts["held_out_days"] == 1 else f"{facts['held_out_days']} days"
        group = "the group they were found in" if facts["own_accounts"] else "they"
        yield f"Kept back for the test: {_items(facts['held_out_items'])} on which {group} met, on {days}."
    matches = [row for row in network.run.trust.matches if row["network_id"] == network.network_id]
    if matches:
        words = {"found": "found again", "found_in_part": "found in part", "not_found": "not found"}
        yield "; ".join(f"{variant_words(row['variant'])}: {words[row['verdict']]}" for row in matches) + "."


def explanation_lines(network: Network) -> Iterator[str]:
    """Yield the innocent explanations of a network, those that fit first, with the deciding numbers."""
    from undazzle.coordination.explanations import VERDICT_WORDS

    rows = list(network.explanations)
    if not rows:
        yield "Innocent explanations were not tested for this network."
        return
    yield "Innocent explanations:"
    for row in rows:
        yield f"  {VERDICT_WORDS[row['verdict']]:<13} {row['explanation']}: {plain(row['figure'])}"


def network_line(network: Network) -> str:
    """Return a network in one short line: counts and days, nothing judged."""
    from undazzle.results.summaries import explained_words

    facts = network.facts
    first, last = facts["first_at"], facts["last_at"]
    when = f"{first:%Y-%m-%d}" if first.date() == last.date() else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
    days = "1 day" if facts["days"] == 1 else f"{facts['days']} days"
    name = network.explained_by
    return (
        f"network:{network.network_id:<3} {network.name:<18} {facts['members']:>4} accounts "
        f"{facts['co_actions']:>7,} co-actions{_expected(facts)} on {_items(facts['items'])} "
        f"({', '.join(network.kinds)}), {days}, {when}"
        f"{f'; explained by: {explained_words(name)}' if name else ''}"
    )


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count:,} items"


def rounded(number: float) -> str:
    """Return a computed number with as many digits as it deserves."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def _expected(facts: Mapping[str, Any]) -> str:
    if facts["status"] == CLOSED_CONTENT:
        return " (timing not testable)"
    if facts["expected"] is None:
        return ""
    met, chance = facts["open_co_actions"], facts["open_expected"]
    if met is None or met == facts["co_actions"]:
        return f" ({rounded(facts['expected'])} expected by chance)"
    return f" ({met:,} where others share too, {rounded(chance)} expected by chance)"


def source_overview(workspace: Workspace) -> Iterator[str]:
    """Yield one line per source of a workspace."""
    columns, rows = source_table(workspace)
    for row in rows:
        one = dict(zip(columns, row, strict=True))
        yield (
            f"{one['file_name']}: {one['rows_in']:,} rows, {one['posts_added']:,} posts, "
            f"{one['duplicates']:,} duplicates, {one['rejected']:,} set aside (see the table rejected_rows)"
        )


def source_table(workspace: Workspace) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return the sources of a workspace as columns and rows."""
    columns = (
        "source_id", "file_name", "format", "rows_in", "posts_added", "duplicates", "rejected",
        "time_resolution_seconds", "first_at", "last_at", "sha256",
    )  # fmt: skip
    return columns, [tuple(row[name] for name in columns) for row in workspace.sources]


def evidence_lines(found: Evidence) -> Iterator[str]:
    """Yield both posts of each co-action, the gap and the shared item."""
    for row in found:
        yield f"{row['gap_seconds']:g} s apart, same {row['kind']}: {plain(row['item'])[:_TEXT]}"
        for side in ("a", "b"):
            yield (
                f"  {row[f'posted_at_{side}']:%Y-%m-%d %H:%M:%S} UTC  {plain(row[f'account_{side}'])}  "
                f"[{plain(row[f'post_{side}'])}]"
            )
            yield f"    {_shortened(row[f'text_{side}'])}"
        yield ""


def _shortened(text: str | None) -> str:
    if not text:
        return "(no text)"
    clean = plain(text)
    return clean if len(clean) <= _TEXT else f"{clean[:_TEXT]} … ({len(clean) - _TEXT:,} more characters)"


def inspection_lines(found: Inspection, *, as_json: bool) -> Iterator[str]:
    """Yield what a file is: its format, columns with checks, and the traces it allows."""
    from undazzle.traces import kinds_from_fields

    kinds = kinds_from_fields(found.usable_fields)
    if as_json:
        yield json.dumps(
            {**found.to_json(), "trace_kinds": {kind: lack or "possible" for kind, lack in kinds.items()}},
            ensure_ascii=False,
            indent=2,
            default=str,
        )
        return
    yield from (plain(line) for line in found.lines())
    yield f"Traces it allows: {', '.join(kind for kind, lack in kinds.items() if lack is None) or 'none'}."
    for kind, lack in kinds.items():
        if lack is not None:
            yield f"  not {kind}: {lack}"
