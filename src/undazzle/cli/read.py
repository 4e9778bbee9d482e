"""``undazzle read``: pages and reports become drafts of claims, and a person decides on each of them."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from undazzle.casebook import Case
    from undazzle.reading.endpoint import Endpoint
    from undazzle.reading.reading import Reading
    from undazzle.reading.shelf import Shelf

_EPILOG = "Example: undazzle read page.html -o my-case    Later: undazzle read -o my-case"


@click.command("read", epilog=_EPILOG)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "case_folder",
    type=click.Path(path_type=Path),
    metavar="CASE_DIR",
    help="Put the drafts beside this case (begun if it is not there).",
)
@click.option("--dated", type=click.DateTime(["%Y-%m-%d"]), help="Day of writing, for 'on Monday' and the like.")
@click.option("--json", "as_json", is_flag=True, help="Print everything that was found, with its places.")
@click.option("--review/--no-review", default=None, help="Go through waiting drafts (where there is a terminal).")
@click.option("--model-url", metavar="URL", help="Also ask a language model at this OpenAI-compatible address (off).")
@click.option("--model", "model_name", default="default", metavar="NAME", help="Name of the model at that address.")
def command(
    files: tuple[Path, ...],
    case_folder: Path | None,
    dated: datetime | None,
    as_json: bool,
    review: bool | None,
    model_url: str | None,
    model_name: str,
) -> None:
    """Read saved pages, PDFs or texts: whose words they are, what repeats, what is cut off, and who claims what.

    FILES are local; nothing is fetched. With -o, drafts wait in CASE_DIR/drafts until you accept, edit, skip or drop
    each of them; nothing enters the case by itself. Without FILES, the waiting drafts of CASE_DIR are gone through.
    """
    from undazzle.errors import ParameterError

    if not files and case_folder is None:
        raise ParameterError(
            "FILES", "none", "Give a file to read, or -o CASE_DIR to review the drafts that wait there."
        )
    endpoint = _endpoint(model_url, model_name)
    for path in files:
        _read_one(path, case_folder, dated.date() if dated else None, as_json, endpoint)
    wanted = review if review is not None else _is_terminal() and not as_json
    if case_folder is not None and wanted:
        from undazzle.cli.read_review import review_drafts

        review_drafts(case_folder)


def _endpoint(url: str | None, model: str) -> Endpoint | None:
    if url is None:
        return None
    from undazzle.reading.endpoint import Endpoint

    return Endpoint(url, model)


def _read_one(
    path: Path, case_folder: Path | None, written: date | None, as_json: bool, endpoint: Endpoint | None
) -> None:
    from undazzle.casebook import load_case, shipped_edition
    from undazzle.cli.summaries import plain
    from undazzle.reading.reading import read_file
    from undazzle.reading.summary import as_plain, summary_lines

    case = _case_in(case_folder)
    reading = read_file(path, case=case, written=written)
    if endpoint is not None:
        reading = _asked(reading, endpoint, case)
    if as_json:
        import json

        click.echo(json.dumps(as_plain(reading), ensure_ascii=False, indent=1))
    else:
        for line in summary_lines(reading):
            click.echo(plain(line))
    if case_folder is not None:
        _shelve(reading, case_folder, *((case,) if case else ()), load_case(shipped_edition()))


def _asked(reading: Reading, endpoint: Endpoint, case: Case | None) -> Reading:
    from undazzle.casebook import load_case, shipped_edition
    from undazzle.cli.summaries import plain
    from undazzle.reading.extractor import with_model
    from undazzle.reading.gazetteer import shipped_gazetteer

    if not endpoint.is_local:
        click.echo(f"The text of {plain(reading.document.path.name)} is sent to {plain(endpoint.host)}.", err=True)
    cases = (*((case,) if case else ()), load_case(shipped_edition()))
    found, refused = with_model(reading, endpoint, shipped_gazetteer(*cases))
    added = len(found.claims) - len(reading.claims)
    click.echo(f"The model added {added:,} drafts; {len(refused):,} of its answers were refused.", err=True)
    for reason in refused[:5]:
        click.echo(f"  refused: {plain(reason)}", err=True)
    return found


def _case_in(folder: Path | None) -> Case | None:
    from undazzle.casebook import load_case
    from undazzle.casebook.kinds import CASE_FILE

    return load_case(folder) if folder is not None and (folder / CASE_FILE).is_file() else None


def _shelve(reading: Reading, folder: Path, *cases: Case) -> None:
    from undazzle.casebook.kinds import CASE_FILE
    from undazzle.casebook.new_case import begin_case
    from undazzle.reading.drafts import drafts_of, name_of
    from undazzle.reading.shelf import put_on_shelf

    if not (folder / CASE_FILE).is_file():
        begin_case(folder, f"Case begun by reading {reading.document.path.name}"[:400])
    title = reading.document.title or reading.document.path.name
    shelf = put_on_shelf(folder, name_of(reading), title, drafts_of(reading, *cases))
    _say_conflicts(shelf)
    click.echo(
        f"{len(shelf.waiting()):,} drafts wait in {shelf.folder}. Review them: undazzle read -o {folder}", err=True
    )


def _say_conflicts(shelf: Shelf) -> None:
    from undazzle.casebook import find_contradictions

    found = find_contradictions(shelf.load())
    if found:
        hard = sum(one.level == "contradiction" for one in found)
        listed = f"{hard} contradictions and {len(found) - hard} tensions among themselves"
        click.echo(f"As coded by rules, the drafts hold {listed}: undazzle case compare {shelf.folder}", err=True)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
