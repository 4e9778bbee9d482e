"""``undazzle case pin`` and ``assess``: what a claim rests on, and a judgement somebody signs."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("pin", epilog="Example: undazzle case pin my-case source:report --copy report.pdf")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("record_id", metavar="ID")
@click.option("--copy", type=click.Path(path_type=Path), help="Local copy of the document; only its hash is kept.")
@click.option("--archive", help="Address of an archived copy; it is not fetched.")
@click.option("--evidence", type=click.Path(path_type=Path), help="File of evidence for a claim, e.g. of a run.")
@click.option("--title", help="What the evidence is, e.g. 'Co-actions of network:1, run:2'.")
@click.option("--by", "publisher", help="Claimant who made the evidence.")
def pin(
    folder: Path, record_id: str, copy: Path | None, archive: str | None, evidence: Path | None, title: str | None,
    publisher: str | None,
) -> None:  # fmt: skip
    """Pin the hash or archive of a local copy to a source, or evidence to a claim."""
    from undazzle.casebook.pinning import pin_copy, pin_evidence
    from undazzle.errors import ParameterError

    if evidence is None:
        click.echo(f"{pin_copy(folder, record_id, copy=copy, archive=archive)}: pinned.")
        return
    if not title or not publisher:
        raise ParameterError(
            "--title", title or "nothing", "Say what the evidence is (--title) and who made it (--by)."
        )
    path, source = pin_evidence(folder, record_id, evidence, title=title, publisher=publisher)
    click.echo(f"{path}: rests on {source}.")


@click.command("assess", epilog="Example: undazzle case assess my-case assessment:pier --by 'A. Reader' …")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("assessment_id", metavar="ASSESSMENT")
@click.option("--statement", required=True, help="What is judged, with the likelihood word if any.")
@click.option("--by", "signed_by", required=True, help="Who signs.")
@click.option("--confidence", required=True, type=click.Choice(["low", "moderate", "high"]), help="About the basis.")
@click.option("--basis", required=True, help="What the confidence rests on, in a sentence of its own.")
@click.option("--alternative", "alternatives", multiple=True, required=True, help="Another explanation weighed.")
@click.option("--claim", "claims", multiple=True, required=True, help="A claim it rests on.")
@click.option("--incident", "incidents", multiple=True, help="What it is about.")
@click.option("--likelihood", help="A word of ICD 203, e.g. likely.")
@click.option("--rung", type=click.Choice(["cluster", "campaign", "operator", "sponsor"]), help="Rung of the ladder.")
@click.option("--on", "signed", help="Day of the signature.")
@click.option("--replaces", help="The earlier judgement.")
def assess(folder: Path, assessment_id: str, basis: str, **fields: object) -> None:
    """Write a judgement as a draft: signed, with its confidence, its basis and the alternatives."""
    from undazzle.casebook.signing import write_assessment

    path = write_assessment(folder, assessment_id, {**fields, "confidence_statement": basis})
    click.echo(f"{path}: a draft, signed. Next: undazzle case check {folder}")
