"""``undazzle signals``: facts about the accounts of a group, each beside its rate elsewhere."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.groups import choose_group
from undazzle.cli.options import output_options, parse_maps, parse_names, print_rows, quiet_option
from undazzle.errors import ParameterError
from undazzle.store.files import is_workspace_file

if TYPE_CHECKING:
    from undazzle.signals import Choice, Follows, Indicator
    from undazzle.store import Store

_COLUMNS = (
    "group_name", "signal_id", "outcome", "value", "low", "high", "unit", "n", "control_value", "control_n",
    "p_value", "is_selection", "figure", "seen", "reason", "innocent", "version",
)  # fmt: skip
_WIDTH = 100


@click.command(
    "signals",
    epilog="Examples: undazzle signals election.duckdb network:1    "
    "undazzle signals accounts.csv --controls others.csv --by campaign",
)
@click.argument("where", type=click.Path(path_type=Path))
@click.argument("group", required=False)
@click.option("--controls", multiple=True, type=click.Path(path_type=Path), help="Ordinary accounts, for a file.")
@click.option("--by", metavar="COLUMN", help="Column of the file that divides it into groups.")
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="Read a field of the file from this column.")
@click.option("--signal", "signals", multiple=True, metavar="ID[,ID]", help="Only these signals.")
@click.option(
    "--selected-by",
    multiple=True,
    metavar="ID[,ID]",
    help="Signals or traces by which you chose the group: shown, not counted.",
)
@click.option(
    "--follows",
    type=click.Path(path_type=Path),
    help="Who follows whom: a table with the columns follower and followed.",
)
@click.option(
    "--detector",
    type=click.Path(path_type=Path),
    help="Results of a detector you ran on the pictures: a table with the columns file and value.",
)
@click.option(
    "--detector-rates",
    metavar="P,F,A",
    help="For --detector: share of pictures that are what it looks for, of these it finds, of others it mistakes.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing into the workspace.")
@quiet_option
@output_options
def command(
    where: Path,
    group: str | None,
    controls: tuple[Path, ...],
    by: str | None,
    maps: tuple[str, ...],
    signals: tuple[str, ...],
    selected_by: tuple[str, ...],
    follows: Path | None,
    detector: Path | None,
    detector_rates: str | None,
    dry_run: bool,
    quiet: bool,
    as_what: str,
    output: Path | None,
) -> None:
    """Compare a GROUP of accounts with all others of the same data, signal by signal.

    WHERE is a workspace, and GROUP one of network:1, amber-otter, run:2/network:1, source:1, category:WORD or
    @FILE with one account a line. Or WHERE is a file of accounts or posts, with other files as controls.
    Or WHERE is a folder of pictures: what each file says of its origin, and which look alike.
    """
    if where.is_dir():
        from undazzle.cli.pictures import print_pictures

        print_pictures(where, as_what, output, detector=detector, rates=detector_rates)
        return
    if detector is not None:
        raise ParameterError("--detector", str(detector), "It is for a folder of pictures.")
    from undazzle.signals import read_signals, write_indicators

    def say(signal_id: str) -> None:
        if not quiet and sys.stderr.isatty():
            click.echo(f"reading {signal_id} …", err=True)

    names = parse_names(signals), parse_names(selected_by)
    rows: list[tuple[object, ...]] = []
    with ExitStack() as stack:
        store, choices, is_workspace = _open(stack, where, group, (controls, by, maps, dry_run))
        who = _read_follows(store, follows)
        for choice in choices:
            found = read_signals(store, choice, signals=names[0], selected_by=names[1], follows=who, progress=say)
            if is_workspace and not dry_run:
                write_indicators(store, choice, found)
            if as_what == "table" and output is None:
                click.echo("\n".join(_lines(choice, found)))
            rows += _rows(choice, found)
    if as_what != "table" or output is not None:
        print_rows(_COLUMNS, rows, as_what, output)


def _read_follows(store: Store, path: Path | None) -> Follows | None:
    if path is None:
        return None
    from undazzle.signals import read_follows

    found = read_follows(store, path)
    more = f", {found.repeated:,} rows repeat another" if found.repeated else ""
    more += f", {found.rejected:,} rows set aside" if found.rejected else ""
    click.echo(f"{path.name}: {found.number:,} follows{more}", err=True)
    return found


_Given = tuple[tuple[Path, ...], str | None, tuple[str, ...], bool]


def _open(stack: ExitStack, where: Path, group: str | None, given: _Given) -> tuple[Store, list[Choice], bool]:
    """Open a workspace, or read files into memory; return the store, the groups, and whether it is a workspace."""
    controls, by, maps, dry_run = given
    if not is_workspace_file(where):
        return *_open_files(where, (controls, by, maps), group), False
    from undazzle.workspace import Workspace

    if controls or by or maps:
        raise ParameterError("--controls, --by, --map", str(where), "They are for a file; this is a workspace.")
    if group is None:
        raise ParameterError("GROUP", "", "Name one, e.g. network:1; undazzle networks lists them.")
    opened = stack.enter_context(Workspace(where, read_only=dry_run))
    return opened.store, [choose_group(opened, group)], True


def _open_files(
    where: Path, given: tuple[tuple[Path, ...], str | None, tuple[str, ...]], group: str | None
) -> tuple[Store, list[Choice]]:
    from undazzle.signals import choose_source, read_accounts
    from undazzle.signals.choosing import choose_groups

    controls, by, maps = given
    if group is not None:
        raise ParameterError("GROUP", group, "A file has no groups of that kind; use --by COLUMN, or a workspace.")
    read = read_accounts(where, controls, by=by, mapping=parse_maps(maps))
    for one in read.summaries:
        click.echo(f"{Path(one.path).name}: {one.rows_in:,} rows, {one.accounts_added:,} accounts"
                   f"{f', {one.duplicates:,} rows repeat another' if one.duplicates else ''}"
                   f"{f', {one.rejected.total():,} set aside' if one.rejected else ''}", err=True)  # fmt: skip
    return read.store, [choose_source(read.store, 1), *(choose_groups(read.store, 1) if by else [])]


def _rows(choice: Choice, found: Sequence[Indicator]) -> list[tuple[object, ...]]:
    from undazzle.signals import indicator_rows

    return [tuple(row[name] for name in _COLUMNS) for row in indicator_rows(choice, found)]


def _lines(choice: Choice, found: Sequence[Indicator]) -> Iterator[str]:
    from undazzle.signals import OUTCOME_WORDS, summary_sentence

    yield f"{choice.name}: {summary_sentence(found)}"
    if choice.caveat:
        yield _filled(choice.caveat, "")
    for outcome, words in OUTCOME_WORDS.items():
        chosen = [one for one in found if one.reading.outcome == outcome]
        if chosen:
            yield f"\n{words}:"
        for one in chosen:
            yield from _indicator_lines(one)
    yield ""


def _indicator_lines(one: Indicator) -> Iterator[str]:
    from undazzle.signals.control_rates import control_rate_words

    reading = one.reading
    if reading.outcome == "not_testable":
        yield _filled(f"{one.signal.title}: {reading.reason}")
        return
    mark = f" [the group was chosen through {' and '.join(one.selection)}: not counted]" if one.is_selection else ""
    yield _filled(f"{one.signal.title}{mark}: {reading.figure}.")
    more = f"{reading.seen}{_measure(one)}".strip()
    if more:
        yield _filled(more, "    ")
    if reading.outcome == "stands_out":
        innocent = ", ".join(each.title.lower() for each in one.signal.innocent_explanations)
        yield _filled(
            f"Could also be: {innocent}. Ordinary groups: {control_rate_words(one.signal.signal_id)}.", "    "
        )


def _measure(one: Indicator) -> str:
    reading = one.reading
    parts = []
    if reading.value is not None and reading.low is not None and reading.high is not None:
        parts.append(f"{reading.value:.3g} ({reading.low:.3g} to {reading.high:.3g}) {reading.unit}, n = {reading.n:,}")
    if reading.control_value is not None:
        parts.append(f"others {reading.control_value:.3g}, n = {reading.control_n:,}")
    if reading.p_value is not None:
        parts.append(f"p = {reading.p_value:.2g}")
    return f" [{'; '.join(parts)}]" if parts else ""


def _filled(text: str, indent: str = "  ") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
