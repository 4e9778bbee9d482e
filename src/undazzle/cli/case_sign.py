"""``undazzle case pin``, ``assess`` and ``retract``: what a case rests on, and judgements somebody signs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command(
    "pin", epilog="Example: undazzle case pin my-case network:1 --workspace election.duckdb --by 'A. Reader'"
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("record_id", metavar="ID")
@click.option("--workspace", type=click.Path(path_type=Path), help="Where the network ID was found.")
@click.option("--copy", type=click.Path(path_type=Path), help="Local copy of the document; only its hash is kept.")
@click.option("--archive", help="Address of an archived copy; it is not fetched.")
@click.option("--evidence", type=click.Path(path_type=Path), help="File of evidence for a claim, e.g. of a run.")
@click.option("--title", help="What the evidence is, e.g. 'Co-actions of network:1, run:2'.")
@click.option("--by", "publisher", help="Who pins the network; for evidence, the claimant who made it.")
@click.option("--on", "day", help="Day of pinning a network (today).")
def pin(
    folder: Path, record_id: str, workspace: Path | None, copy: Path | None, archive: str | None,
    evidence: Path | None, title: str | None, publisher: str | None, day: str | None,
) -> None:  # fmt: skip
    """Pin a network with its run to the case, the hash or archive of a local copy to a source, or evidence to a claim.

    A pinned network holds what was measured, what chance gives, which ordinary reasons, signals and playbooks were
    tested and which could not be; no account is named in it.
    """
    from undazzle.casebook.pinning import pin_copy, pin_evidence
    from undazzle.errors import ParameterError

    if workspace is not None:
        if not publisher:
            raise ParameterError("--by", "nothing", "Say who pins it.")
        _pin_network(folder, workspace, record_id, publisher, day or _today())
        return
    if evidence is None:
        click.echo(f"{pin_copy(folder, record_id, copy=copy, archive=archive)}: pinned.")
        return
    if not title or not publisher:
        raise ParameterError(
            "--title", title or "nothing", "Say what the evidence is (--title) and who made it (--by)."
        )
    path, source = pin_evidence(folder, record_id, evidence, title=title, publisher=publisher)
    click.echo(f"{path}: rests on {source}.")


def _pin_network(folder: Path, workspace: Path, network: str, by: str, day: str) -> None:
    from undazzle.attribution.pinned import pin_network
    from undazzle.cli.progress import Progress
    from undazzle.workspace import Workspace

    with Progress() as progress, Workspace(workspace, read_only=True) as opened:
        path, made = pin_network(folder, opened.network(network), pinned_by=by, pinned=day, progress=progress.say)
    click.echo(f"{path}: {made.id}, {made.title}. {made.playbook_sentence}")


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


@click.command(
    "assess",
    epilog="Example: undazzle case assess my-case assessment:pier --rung cluster --evidence "
    "'behavioural/open finding:amber-otter-1a2b3c4d-run1: they act within a minute' …",
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("assessment_id", metavar="ASSESSMENT")
@click.option("--statement", default="", help="What is judged, with the likelihood word if any.")
@click.option("--by", "signed_by", help="Who signs.")
@click.option("--on", "signed", help="Day of the signature (today).")
@click.option("--rung", type=click.Choice(["cluster", "campaign", "operator", "sponsor"]), help="Rung of the ladder.")
@click.option("--actor", help="Who is judged to operate or sponsor it; on these two rungs only.")
@click.option("--likelihood", help="A word of ICD 203, e.g. likely.")
@click.option("--confidence", type=click.Choice(["low", "moderate", "high"]), help="About the basis.")
@click.option("--basis", help="What the confidence rests on, in a sentence of its own.")
@click.option("--evidence", "evidence", multiple=True, metavar="'KIND/ACCESS ID: WORDS'",
              help="What it rests on: technical, behavioural, contextual; open, proprietary, classified.")  # fmt: skip
@click.option("--claim", "claims", multiple=True, help="A claim it rests on whose kind nobody states; lifts no cap.")
@click.option("--alternative", "alternatives", multiple=True, help="Another explanation weighed.")
@click.option("--matrix", help="The matrix in which they were weighed.")
@click.option("--would-change", multiple=True, help="What would change the judgement.")
@click.option("--limit", "limits", multiple=True, help="What it does not say, or what is missing.")
@click.option("--proportionality", help="Whether naming the actor is lawful and in measure.")
@click.option("--builds-on", multiple=True, metavar="ASSESSMENT", help="A judgement on the rung below.")
@click.option("--incident", "incidents", multiple=True, help="What it is about.")
@click.option("--replaces", metavar="ASSESSMENT", help="The earlier judgement; it stays in the history.")
@click.option("--changed-because", help="What changed against the earlier judgement, and why.")
def assess(
    folder: Path, assessment_id: str, basis: str | None, signed: str | None, evidence: tuple[str, ...],
    **fields: object,
) -> None:  # fmt: skip
    """Write a judgement: signed, with evidence, confidence, its basis, alternatives, and what would change it.

    It is refused, with the name of each rule it breaks, if something is missing, if it climbs past what its evidence
    carries, or if likelihood and confidence stand in one sentence. A written judgement is never changed: sign another
    that replaces it, or take it back.
    """
    from undazzle.casebook.signing import write_assessment

    given = {
        **fields,
        "confidence_statement": basis,
        "signed": signed or _today(),
        "evidence": [_evidence(one) for one in evidence],
    }
    path = write_assessment(folder, assessment_id, given)
    click.echo(f"{path}: signed and sealed, a draft until somebody else has read it.")
    click.echo(f"Next: undazzle case check {folder}    undazzle case show {folder} {assessment_id}")


def _evidence(text: str) -> dict[str, str]:
    """Return ``behavioural/open finding:x: what it shows`` as the fields of a line of evidence."""
    from undazzle.errors import ParameterError

    place, _, rest = text.strip().partition(" ")
    kind, slash, access = place.partition("/")
    record_id, _, says = rest.strip().partition(": ")
    folder = record_id.partition(":")[0]
    if not slash or folder not in ("claim", "finding", "source") or not says.strip():
        raise ParameterError(
            "--evidence", text[:80], "Write it as: behavioural/open finding:amber-otter-1a2b3c4d-run1: what it shows"
        )
    return {"evidence_kind": kind, "access": access, folder: record_id, "says": says.strip()}


@click.command("retract", epilog="Example: undazzle case retract my-case assessment:pier --by 'A. Reader' --reason …")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("record_id", metavar="ID")
@click.option("--by", "signed_by", required=True, help="Who takes it back.")
@click.option("--reason", required=True, help="Why.")
@click.option("--on", "signed", help="Day (today).")
def retract(folder: Path, record_id: str, signed_by: str, reason: str, signed: str | None) -> None:
    """Take back a judgement, a claim or a finding; it stays in its file, and whatever rests on it is flagged."""
    from undazzle.casebook.signing import retract as take_back

    path, flagged = take_back(folder, record_id, reason=reason, signed_by=signed_by, signed=signed or _today())
    click.echo(f"{path}: {record_id} is taken back.")
    for one in flagged:
        click.echo(f"  flagged: {one.id} rests on it (signed by {one.signed_by}, {one.signed})")
    if not flagged:
        click.echo("  No judgement rests on it.")
