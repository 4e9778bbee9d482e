"""``undazzle case``: the casebook, a folder of YAML that says who claimed what."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import output_options, print_rows

FOLDERS = (
    "incidents", "claims", "claimants", "sources", "actors", "targets", "events", "observations", "countermeasures",
    "findings", "matrices", "assessments", "retractions", "scorecards",
)  # fmt: skip
_KINDS = ("fiat", "meta", "dichotomies", "stix", "misp", "jsonl")
_CHECK_COLUMNS = ("severity", "code", "file", "line", "what", "remedy")


@click.group("case", epilog="Example: undazzle case list    undazzle case show incident:bomb-threats-2024-11-05")
def command() -> None:
    """Read, check and edit a casebook: who claimed what, with which confidence, and what speaks against it.

    Without a FOLDER the edition that comes with the software is read.
    """


@command.command("new", epilog="Example: undazzle case new harbour --title 'Harbour vote'")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="Title of the case.")
def new(folder: Path, title: str) -> None:
    """Begin a case in FOLDER."""
    from undazzle.casebook.new_case import begin_case

    begin_case(folder, title)
    click.echo(f"{folder}: a new case. Next: undazzle case claim {folder} claim:first --statement …")


@command.command("list", epilog="Example: undazzle case list --kind claims --csv -o claims.csv")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--kind", default="incidents", type=click.Choice(FOLDERS), help="What to list (incidents).")
@click.option("--limit", default=0, help="Most rows to print; 0 for all (0).")
@output_options
def list_(folder: Path | None, kind: str, limit: int, as_what: str, output: Path | None) -> None:
    """List the incidents, claims or other records of a case."""
    from undazzle.casebook.listing import list_records
    from undazzle.cli.case_words import RECORDED, open_case

    columns, rows = list_records(open_case(folder), kind)
    shown = rows[:limit] if limit else rows
    print_rows(columns, shown, as_what, output)
    if as_what == "table":
        click.echo(f"{len(shown)} of {len(rows)} {kind}. {RECORDED}", err=True)


@command.command("show", epilog="Example: undazzle case show claim:nic-2020-prc-not-deployed")
@click.argument("words", nargs=-1, required=True, metavar="[FOLDER] ID...")
@click.option("--yaml", "as_yaml", is_flag=True, help="Print the record as it stands in its file.")
def show(words: tuple[str, ...], as_yaml: bool) -> None:
    """Show records by their ids: claim:…, incident:…, assessment:…, actor:…, source:… and so on."""
    from undazzle.casebook import Claim, Incident, find_contradictions
    from undazzle.casebook.assessment import Assessment
    from undazzle.casebook.yaml_writing import yaml_text
    from undazzle.cli.case_words import claim_lines, incident_lines, open_case, read_words
    from undazzle.cli.judgement_words import judgement_lines
    from undazzle.errors import ParameterError

    folder, ids = read_words(words)
    if not ids:
        raise ParameterError(
            "ID", "nothing", "Give an id, e.g. incident:bomb-threats-2024-11-05; see undazzle case list."
        )
    case = open_case(folder)
    found = () if as_yaml else find_contradictions(case)
    for record_id in ids:
        record = case[record_id]
        if isinstance(record, Claim) and not as_yaml:
            lines = claim_lines(case, record, found)
        elif isinstance(record, Incident) and not as_yaml:
            lines = incident_lines(case, record, found)
        elif isinstance(record, Assessment) and not as_yaml:
            lines = judgement_lines(case, record)
        else:
            lines = iter([yaml_text(record).rstrip()])
        for line in lines:
            click.echo(line)


@command.command("ladder", epilog="Example: undazzle case ladder my-case")
@click.argument("folder", type=click.Path(path_type=Path))
def ladder(folder: Path) -> None:
    """Show the ladder of a case: cluster, campaign, operator, sponsor, and who signed each rung."""
    from undazzle.cli.case_words import open_case
    from undazzle.cli.judgement_words import ladder_lines

    for line in ladder_lines(open_case(folder)):
        click.echo(line)


@command.command("check", epilog="Example: undazzle case check my-case --csv")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@output_options
def check(folder: Path | None, strict: bool, as_what: str, output: Path | None) -> int:
    """Check a case; every problem is named with file, line, and what to do.

    The exit code is 1 if there is an error.
    """
    from undazzle.casebook import Severity, check_case, read_case, shipped_edition

    case, problems = read_case(folder if folder is not None else shipped_edition())
    problems += check_case(case) if case is not None else []
    rows = [(str(one.severity), one.code, one.file, one.line, one.what, one.remedy) for one in problems]
    if rows or as_what != "table" or output:
        print_rows(_CHECK_COLUMNS, rows, as_what, output)
    counts = {level: sum(one.severity is level for one in problems) for level in Severity}
    records = f"{len(case):,} records" if case is not None else "no usable case.yaml"
    click.echo(f"{records}: {', '.join(f'{count} {level}s' for level, count in counts.items())}.", err=True)
    return 1 if counts[Severity.ERROR] or (strict and counts[Severity.WARNING]) else 0


@command.command("import", epilog="Example: undazzle case import my-case DFRLab_interference2020.csv --from fiat")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "tracker", required=True, type=click.Choice(_KINDS), help="Its kind.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
def import_(folder: Path, file: Path, tracker: str, dry_run: bool) -> None:
    """Bring a tracker's table, a STIX bundle, MISP events or JSON Lines into the case in FOLDER as drafts.

    What has no place in a casebook, such as indicators, is kept in FOLDER/kept and goes out with the next export.
    """
    from undazzle.casebook import load_case
    from undazzle.cli.summaries import plain
    from undazzle.publish.exchange.importing import IMPORTERS

    load_case(folder)
    found = IMPORTERS[tracker](file)
    for problem in found.problems:
        click.echo(plain(str(problem)), err=True)
    written, known = (0, 0) if dry_run else found.write(folder)
    click.echo(
        f"{found.used:,} of {found.rows:,} rows became {len(found.records):,} drafts; {written:,} written, "
        f"{known:,} were there already; {len(found.problems):,} problems in the file."
    )


def _register() -> None:
    from undazzle.cli.case_claim import claim
    from undazzle.cli.case_compare import compare
    from undazzle.cli.case_score import reconcile_command, score
    from undazzle.cli.case_sign import assess, pin, retract

    for one in (claim, compare, score, reconcile_command, pin, assess, retract):
        command.add_command(one)


_register()
