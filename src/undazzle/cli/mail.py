"""``undazzle mail``: how messages came, what was checked, and what they merely claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undazzle.cli.options import command_line, files_argument, overwrite_option, quiet_option

if TYPE_CHECKING:
    from undazzle.mail.analysis import MailCollection
    from undazzle.mail.findings import MailSettings

_SHOWN_IN_FULL = 3  # messages


@click.command("mail", epilog="Example: undazzle mail threats.mbox --trusted-host mx.county.example -o found")
@files_argument
@click.option(
    "--trusted-host",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="Receiving host, address or range of yours; several times.",
)
@click.option("--internal-handover", is_flag=True, help="A line that names no other side is a handover inside (Gmail).")
@click.option(
    "--trusted-authserv",
    "servers",
    multiple=True,
    metavar="NAME",
    help="Server whose Authentication-Results you trust.",
)
@click.option(
    "--dns", type=click.Path(path_type=Path), help="File of DNS records (keys, sender policies), as dig prints."
)
@click.option("--places", type=click.Path(path_type=Path), help="CSV of polling places: name, area, lat, lon.")
@click.option("--likeness", default=0.7, help="Share of text two messages have in common to be alike (0.7).")
@click.option("--workspace", type=click.Path(path_type=Path), help="Keep the findings in this workspace, too.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for tables and map data.")
@click.option("--full", is_flag=True, help="Print every statement on every message.")
@click.option("--limit", default=50, help="Most rows to print (50); 0 for all.")
@overwrite_option
@quiet_option
def command(
    files: tuple[Path, ...],
    likeness: float,
    workspace: Path | None,
    output: Path | None,
    full: bool,
    limit: int,
    overwrite: bool,
    quiet: bool,
    **stated: Any,
) -> None:
    """Read FILES of mail (.eml, .mbox, .msg, or a folder) and say what is recorded, checked, and merely claimed.

    Nothing is looked up, opened or fetched. No header shows who wrote a message.
    """
    from undazzle.cli.mail_words import collection_lines
    from undazzle.cli.progress import Progress
    from undazzle.mail.analysis import analyse_mails
    from undazzle.mail.places import PlaceList, read_places

    places = stated["places"]
    with Progress(quiet=quiet) as progress:
        found = analyse_mails(
            files,
            _settings(stated),
            places=read_places(places) if places else PlaceList(),
            threshold=likeness,
            progress=progress.say,
        )
    for line in collection_lines(found, limit=limit, in_full=full or len(found.mails) <= _SHOWN_IN_FULL):
        click.echo(line)
    if output:
        _write(found, output, overwrite=overwrite)
    if workspace:
        _keep(found, workspace, {"files": [str(one) for one in files], "likeness": likeness, **stated})


def _settings(stated: dict[str, Any]) -> MailSettings:
    from undazzle.mail.dns_records import DnsRecords, read_records
    from undazzle.mail.findings import MailSettings
    from undazzle.mail.trust import trusted_hosts

    return MailSettings(
        trusted_hosts(stated["hosts"], crosses_handovers=stated["internal_handover"]),
        tuple(one.lower() for one in stated["servers"]),
        read_records(stated["dns"]) if stated["dns"] else DnsRecords(),
    )


def _write(found: MailCollection, folder: Path, *, overwrite: bool) -> None:
    import json

    from undazzle.mail import tables
    from undazzle.mail.map_data import places_on_map
    from undazzle.results.new_files import new_file, refuse_existing
    from undazzle.results.output import write_rows

    written = {
        "mails.csv": (tables.MAIL_COLUMNS, tables.mail_rows),
        "received_lines.csv": (tables.HOP_COLUMNS, tables.hop_rows),
        "statements.csv": (tables.STATEMENT_COLUMNS, tables.statement_rows),
        "clusters.csv": (tables.CLUSTER_COLUMNS, tables.cluster_rows),
        "places.csv": (tables.PLACE_COLUMNS, tables.place_rows),
    }
    if not overwrite:
        refuse_existing([folder / name for name in (*written, "places.geojson")])
    for name, (columns, rows) in written.items():
        write_rows(columns, rows(found), "csv", folder / name, overwrite=overwrite)
    with new_file(folder / "places.geojson", overwrite=overwrite) as part:
        part.write_text(json.dumps(places_on_map(found), ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(f"{folder}: {', '.join(written)}, places.geojson")


def _keep(found: MailCollection, workspace: Path, parameters: dict[str, Any]) -> None:
    from undazzle.mail.storing import store_mails
    from undazzle.store import Store

    with Store(workspace) as store:
        run_id = store_mails(store, found, command=command_line(), parameters=parameters)
    click.echo(f"{workspace}: kept as run:{run_id} in mails, mail_hops, mail_statements and mail_places")
