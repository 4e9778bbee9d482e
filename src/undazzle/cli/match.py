"""``undazzle match``: a group of accounts held against what is published about operations, and its look-alikes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.groups import choose_group
from undazzle.cli.options import output_options, parse_names, print_rows, quiet_option

if TYPE_CHECKING:
    from undazzle.attribution.matching import MatchReport, PlaybookMatch
    from undazzle.attribution.playbooks import Playbook

_COLUMNS = ("playbook", "kind", "agreeing", "testable", "coverage", "low", "high", "margin", "margin_over_nulls")


@click.command("match", epilog="Example: undazzle match election.duckdb network:1    undazzle match --show spamouflage")
@click.argument("workspace", required=False, type=click.Path(path_type=Path))
@click.argument("group", required=False)
@click.option("--show", metavar="NAME", help="Show a playbook that comes with the software, and its sources.")
@click.option(
    "--playbook", "files", multiple=True, type=click.Path(path_type=Path), help="Use this file, too; repeatable."
)
@click.option(
    "--selected-by", multiple=True, metavar="ID[,ID]", help="What you chose the group by: shown, not counted."
)
@quiet_option
@output_options
def command(
    workspace: Path | None,
    group: str | None,
    show: str | None,
    files: tuple[Path, ...],
    selected_by: tuple[str, ...],
    quiet: bool,
    as_what: str,
    output: Path | None,
) -> None:
    """Hold GROUP (network:1, source:2, category:NAME or @FILE of accounts) against every playbook, rivals beside it.

    Playbooks are public and can be imitated: whatever agrees, no operator is named. Without arguments, they are listed.
    """
    from undazzle.attribution.playbooks import find_playbook, read_playbook, shipped_playbooks
    from undazzle.errors import ParameterError

    if show or workspace is None:
        for line in _playbook_lines(find_playbook(show)) if show else _list_lines(shipped_playbooks()):
            click.echo(line)
        return
    if group is None:
        raise ParameterError("GROUP", "nothing", "Name a group, e.g. network:1 or @accounts.txt.")
    books = (*shipped_playbooks(), *(read_playbook(path) for path in files))
    report = _report(workspace, group, books, parse_names(selected_by), quiet=quiet)
    rows = [(one.playbook.id, str(one.playbook.kind), one.agreeing, one.testable, one.coverage, one.low, one.high,
             one.margin, one.margin_over_nulls) for one in report.matches]  # fmt: skip
    print_rows(_COLUMNS, rows, as_what, output)
    for line in _report_lines(report):
        click.echo(line, err=as_what != "table")


def _report(
    workspace: Path, group: str, books: tuple[Playbook, ...], selected_by: tuple[str, ...], *, quiet: bool
) -> MatchReport:
    from undazzle.attribution.matching import match_playbooks
    from undazzle.cli.progress import Progress
    from undazzle.workspace import Workspace

    with Progress(quiet=quiet) as progress, Workspace(workspace, read_only=True) as opened:
        return match_playbooks(
            opened.store, choose_group(opened, group), playbooks=books, selected_by=selected_by, progress=progress.say
        )


def _report_lines(report: MatchReport) -> Iterator[str]:
    yield report.sentence
    shown = [report.best] if report.best else []
    shown += [one for one in report.matches if one is not report.best][: 2 - len(shown)]
    for match in shown:
        yield from _match_lines(match)


def _match_lines(match: PlaybookMatch) -> Iterator[str]:
    yield f"{match.playbook.name}: {match.playbook.says}"
    for one in match.tested:
        if not one.counts:
            mark = "not testable" if one.seen == "not-testable" else "not counted"
        else:
            mark = "agrees" if one.agrees else "disagrees"
        yield f"  {mark:<13} {one.observable.says} ({one.figure}) Ordinary reason: {one.observable.benign[0]}"
    for text in (*match.playbook.not_testable_here, *match.playbook.not_from_behaviour):
        yield f"  {'no test':<13} {text}"


def _list_lines(books: tuple[Playbook, ...]) -> Iterator[str]:
    for one in books:
        yield f"{one.id:<20} {one.kind:<10} {len(one.observables):>2} observables  {one.says}"


def _playbook_lines(book: Playbook) -> Iterator[str]:
    from undazzle.cli.summaries import plain

    yield f"{book.name} ({book.kind}): {plain(book.says)}"
    for one in book.observables:
        sign = "has" if one.expected else "has not"
        yield f"  {sign:<8} {one.says} Test: {one.test}; weight {one.weight:g}; source {one.source}."
    for text in (*book.not_testable_here, *book.not_from_behaviour):
        yield f"  no test  {text}"
    for source in book.sources:
        where = source.url or "no address is known: unverified"
        read = f" (read: {source.verification}{f', {source.read_at}' if source.read_at else ''})"
        yield f"  source {source.id}: {source.title}, {source.dated}, {where}{read if source.verification else ''}"
