"""``undazzle intrusion``: published indicators, and where they were seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undazzle.cli.options import command_line, output_options, print_rows, quiet_option

if TYPE_CHECKING:
    from undazzle.casebook import Case
    from undazzle.intrusions import IndicatorList, Record, SightingReport

_ACTS = (
    "espionage",
    "influence-covert",
    "influence-overt",
    "interference-technical",
    "coercive-disruption",
    "commercial",
)
_PATH = click.Path(path_type=Path)


@click.command(
    "intrusion", epilog="Example: undazzle intrusion list.csv --act influence-covert --workspace election.duckdb"
)
@click.argument("files", nargs=-1, type=_PATH)
@click.option("--group", "group_name", metavar="NAME", help="Show a group that comes with the software, e.g. G1045.")
@click.option("--workspace", type=_PATH, help="Search the posts and mails of this workspace.")
@click.option(
    "--log", "logs", multiple=True, type=_PATH, help="Search this log (Zeek, JSON lines, CSV, text); repeatable."
)
@click.option("--mail", "mails", multiple=True, type=_PATH, help="Search this file of mail; repeatable.")
@click.option("--act", type=click.Choice(_ACTS), help="What kind of act the lists are about, where they do not say.")
@click.option("--actor", default="", help="Whom the lists are about, where they do not say.")
@click.option("--case", "case_folder", type=_PATH, help="Link sightings to this case (the shipped one).")
@click.option("--max-age", default="365d", help="How long an indicator stays good after it was last known (365d).")
@click.option("--keep", is_flag=True, help="Keep the sightings in the workspace.")
@click.option("--limit", default=50, help="Most rows to print (50); 0 for all.")
@output_options
@quiet_option
def command(files: tuple[Path, ...], group_name: str | None, as_what: str, output: Path | None, **given: Any) -> None:
    """Read FILES of indicators (STIX, MISP, CSV, text) and say where in posts, mails and logs they were seen.

    Seen is not done: a link can be shared in order to warn of it. Espionage, influence and disruption are never
    added up.
    """
    from undazzle.cli.intrusion_words import group_lines, list_lines
    from undazzle.errors import ParameterError

    if group_name:
        from undazzle.intrusions import find_group

        for line in group_lines(find_group(group_name)):
            click.echo(line)
    if not files and not group_name:
        raise ParameterError("FILES", "nothing", "Give lists of indicators, or --group G1045.")
    if files:
        listed = _listed(files, given)
        for line in list_lines(listed):
            click.echo(line, err=as_what != "table")
        if given["workspace"] or given["logs"] or given["mails"]:
            _search(listed, as_what, output, given)


def _listed(files: tuple[Path, ...], given: dict[str, Any]) -> IndicatorList:
    from undazzle.casebook.vocabulary import ActClass
    from undazzle.intrusions import read_lists

    listed = read_lists(files)
    listed = listed.of_act(ActClass(given["act"])) if given["act"] else listed
    return listed.of_actor(given["actor"]) if given["actor"] else listed


def _search(listed: IndicatorList, as_what: str, output: Path | None, given: dict[str, Any]) -> None:
    from undazzle.cli.intrusion_words import report_lines
    from undazzle.cli.progress import Progress
    from undazzle.intrusions import search_indicators
    from undazzle.intrusions.tables import SIGHTING_COLUMNS, sighting_rows
    from undazzle.model import parse_duration
    from undazzle.store import Store

    days = int(parse_duration(given["max_age"]) // 86_400)
    store = Store(given["workspace"], read_only=not given["keep"]) if given["workspace"] else None
    with Progress(quiet=given["quiet"]) as progress:
        report = search_indicators(
            listed,
            store=store,
            logs=given["logs"],
            mails=_mail_records(given["mails"]),
            case=_case(given["case_folder"]),
            max_age_days=days,
            progress=progress.say,
        )
    rows = list(sighting_rows(report.sightings))
    shown = rows if output or as_what != "table" or not given["limit"] else rows[: given["limit"]]
    if rows:
        print_rows(SIGHTING_COLUMNS, shown, as_what, output)
    for line in report_lines(report, shown=len(shown)):
        click.echo(line, err=as_what != "table")
    if store is not None:
        _keep(store, report, given)


def _keep(store: Any, report: SightingReport, given: dict[str, Any]) -> None:
    with store:
        if given["keep"]:
            from undazzle.intrusions.storing import store_sightings

            run_id = store_sightings(store, report, command=command_line(), parameters=given)
            click.echo(f"{given['workspace']}: kept as run:{run_id} in sightings", err=True)


def _case(folder: Path | None) -> Case:
    from undazzle.casebook import load_case, shipped_edition

    return load_case(folder if folder is not None else shipped_edition())


def _mail_records(paths: tuple[Path, ...]) -> Iterator[Record]:
    """Yield messages as records: what they say, and the addresses their Received lines record or claim."""
    from undazzle.intrusions import Record
    from undazzle.mail.analysis import analyse_mails
    from undazzle.mail.tables import in_utc, received_at

    for found in analyse_mails(paths).mails if paths else ():
        traces = found.traces
        fields = [
            ("subject", found.subject),
            ("from", traces.from_address),
            ("reply-to", traces.reply_to_domain),
            ("return-path", traces.return_path_domain),
            *((f"received line {at}", f"{hop.address} {hop.name}") for at, hop in enumerate(found.hops, 1)),
            ("text", found.text),
        ]
        at = received_at(found) or in_utc(traces.sent_at)
        yield Record("mail", found.mail_id, tuple(fields), at)
