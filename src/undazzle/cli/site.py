"""``undazzle site``: a case as a static site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.options import overwrite_option

if TYPE_CHECKING:
    from undazzle.casebook import Case


@click.command("site", epilog="Example: undazzle site tracker    undazzle site my-case -o public --since my-case-may")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--case", "case_name", metavar="CASE", help="Folder of a case, or a shipped edition such as us2024.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder of the site, if DIR is a case.")
@click.option("--since", multiple=True, type=click.Path(path_type=Path), metavar="OLDER",
              help="Folder of an earlier edition, oldest first; fills the page and feed of changes.")  # fmt: skip
@click.option("--base-url", default="", metavar="URL", help="Address of the published site, for feed and citations.")
@click.option("--no-stix", is_flag=True, help="Leave out the STIX bundle of each incident.")
@overwrite_option
def command(
    folder: Path | None,
    case_name: str | None,
    output: Path | None,
    since: tuple[Path, ...],
    base_url: str,
    no_stix: bool,
    overwrite: bool,
) -> None:
    """Write the tracker site of a case into DIR, by default of the edition that comes with the software.

    If DIR is a case, its site goes into the folder named by -o. The pages open from disk and load nothing.
    """
    from undazzle.casebook import load_case
    from undazzle.publish.site import build_site
    from undazzle.publish.site.bundles import incident_bundle

    case, out = _what_and_where(folder, case_name, output)
    built = build_site(
        case, out, earlier=[load_case(one) for one in since], base_url=base_url,
        stix=None if no_stix else incident_bundle, overwrite=overwrite,
    )  # fmt: skip
    click.echo(
        f"Wrote {built.front} ({built.pages:,} pages, {built.files:,} files, {built.size / 1e6:.1f} MB): "
        f"{built.claims:,} claims, {built.incidents:,} incidents, {built.contradictions:,} contradictions."
    )


def _what_and_where(folder: Path | None, case_name: str | None, output: Path | None) -> tuple[Case, Path]:
    """Return the case and the folder of its site; a case is never written into."""
    from undazzle.casebook import load_case, shipped_edition
    from undazzle.casebook.kinds import CASE_FILE
    from undazzle.errors import ParameterError

    is_case = folder is not None and (folder / CASE_FILE).is_file()
    if folder is not None and is_case and (case_name or output is None):
        raise ParameterError("DIR", str(folder), "It is a case: give only it, and -o for the folder of the site.")
    if folder is not None and not is_case and output is not None:
        raise ParameterError("DIR", str(folder), "It is no case (no case.yaml); give --case CASE, or only DIR or -o.")
    out = output or folder
    if out is None:
        raise ParameterError("DIR", "nothing", "Name the folder of the site: undazzle site tracker.")
    if folder is not None and is_case:
        return load_case(folder), out
    if case_name is None:
        return load_case(shipped_edition()), out
    named = Path(case_name)
    return load_case(named if (named / CASE_FILE).is_file() else shipped_edition(case_name)), out
