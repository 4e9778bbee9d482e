"""What ``undazzle intrusion`` prints, as lines of plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from undazzle.cli.summaries import plain

if TYPE_CHECKING:
    from undazzle.intrusions import Group, IndicatorList, SightingReport

_TOP = 10


def list_lines(listed: IndicatorList) -> Iterator[str]:
    """Yield what was read of the lists, and what was not."""
    kinds = Counter(str(one.kind) for one in listed.indicators)
    named = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common()) or "none"
    count, aside = len(listed.indicators), len(listed.set_aside)
    yield f"{listed.entries:,} entries: {count:,} indicators ({named}), {aside:,} set aside."
    for reason, count in listed.reasons().items():
        yield f"  set aside {count:,}: {plain(reason)}"
    for problem in listed.problems[:_TOP]:
        yield f"  note: {plain(problem)}"


def report_lines(report: SightingReport, *, shown: int) -> Iterator[str]:
    """Yield the counts of a search, each class of act on its own, and what cannot be said."""
    if shown < len(report.sightings):
        yield f"Showing {shown:,} of {len(report.sightings):,} sightings. All: --limit 0, or -o FILE --csv"
    searched = ", ".join(f"{count:,} {where}s" for where, count in report.searched.items()) or "nothing"
    yield f"Searched {searched} for {report.indicators:,} indicators; {sum(report.counts.values()):,} matches."
    for act, counts in report.by_act().items():
        yield (
            f"{act}: {counts['indicators']:,} indicators stand, seen in {counts['records']:,} records by "
            f"{counts['accounts']:,} accounts; {counts['weak']:,} sightings weak, {counts['set_aside']:,} set aside."
        )
    for name, why in list(report.guarded.items())[:_TOP]:
        yield f"  set aside: {plain(name)} ({report.counts.get(name, 0):,} matches): {plain(why)}"
    if len(report.guarded) > _TOP:
        yield f"  … and {len(report.guarded) - _TOP:,} more indicators set aside."
    reasons = Counter(one.reason.partition(":")[0] for one in report.sightings if one.standing == "weak")
    for why, count in reasons.most_common(_TOP):
        yield f"  weak {count:,}: {plain(why)}"
    links = Counter(ref for one in report.sightings for ref in one.case_refs)
    for ref, count in links.most_common(_TOP):
        yield f"  linked to {plain(ref)}: {count:,} sightings"
    for note in report.notes:
        yield f"  note: {plain(note)}"
    yield "Seen is not done: a link can be shared to warn of it, and a list can be wrong. Nothing is attributed here."


def group_lines(group: Group) -> Iterator[str]:
    """Yield what is said about a group, what is not, and by whom."""
    sources = {one.id: one for one in group.sources}
    yield f"{group.id} {group.name}: known for {group.act_class}"
    for statement in group.said:
        source = sources[statement.source]
        yield f"  {source.publisher} ({source.dated}): {statement.text}"
    for text in group.not_said:
        yield f"  not said: {text}"
    for name in group.names:
        how = "overlaps" if name.is_partial else "the same"
        yield f"  also: {name.name} ({how}; {name.said_by})"
    for technique in group.techniques:
        yield f"  {technique.id:<10} {technique.means} Could be seen in: {technique.visible_in}."
    yield f"  tools: {', '.join(group.tools) or 'none listed'}"
    if group.case_actor:
        yield f"  in the shipped case: undazzle case show {group.case_actor}"
    for source in group.sources:
        copy = " (a copy)" if source.is_copy else ""
        yield f"  source: {source.title}, {source.publisher}, {source.dated}: {source.url}{copy}"
