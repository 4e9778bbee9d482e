"""What ``undazzle demo`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from undazzle.cli.summaries import run_lines, source_overview

if TYPE_CHECKING:
    from undazzle.demonstration import DemoCase
    from undazzle.results import Network
    from undazzle.workspace import Workspace


def demo_lines(workspace: Workspace, folder: Path, seed: int) -> Iterator[str]:
    """Yield what the demo found, and what in truth was planted."""
    from undazzle.samples import build_corpus

    run = workspace.run()
    path = folder / "workspace.duckdb"
    yield from source_overview(workspace)
    yield from run_lines(run, path, [folder / "report.html"])
    yield ""
    yield "What was in the corpus, and how many of its accounts stand in a network:"
    networks = list(run.networks)
    found = _accounts(networks)
    unexplained = _accounts(one for one in networks if one.explained_by is None)
    for group in build_corpus(seed).groups:
        if group.kind == "background":
            continue
        members = {str(one).split(":", 1)[-1] for one in group.members}
        word = "planted" if group.kind == "planted" else "innocent"
        explained = len((members & found) - unexplained)
        note = f" ({explained} explained by something ordinary)" if explained else ""
        yield f"  {len(members & found):>4} of {len(members):<4} {word:<9} {group.title}{note}"
    yield ""
    yield "Innocent groups act together as well: what something ordinary explains is no finding."
    yield "Next:"
    yield f"  undazzle networks {path}"
    first = next((one for one in networks if one.explained_by is None), networks[0]).network_id
    yield f"  undazzle evidence {path} network:{first}"
    yield f"  undazzle export {path} network:{first} --to gexf -o network.gexf"


def _accounts(networks: Iterable[Network]) -> set[str]:
    """Return the ids of the members, without the platform."""
    return {row["account_id"].split(":", 1)[-1] for one in networks for row in one.members}


def case_lines(made: DemoCase, folder: Path) -> Iterator[str]:
    """Yield what was read, and where the tracker site is."""
    reading, site = made.reading, made.site
    yield ""
    yield f"And the other half, claims: read {reading.document.path.name}, an invented page of pasted articles."
    yield (
        f"  {len(reading.segments)} segments, {len(reading.repeats)} repeats (no corroboration), {made.drafts} drafts"
        f" of claims wait in {made.drafts_folder} for a person to accept, edit or drop:"
    )
    yield f"  undazzle read -o {folder / 'case'}"
    yield (
        f"Tracker of the 2024 edition: {site.front} ({site.claims} claims, {site.incidents} incidents,"
        f" {site.contradictions} contradictions shown with both sides). Claims are recorded, not verified."
    )
    yield from _judgement_lines(made, folder)


def _judgement_lines(made: DemoCase, folder: Path) -> Iterator[str]:
    """Yield how far the case of the planted network climbs, its limits first and its rivals beside it."""
    if made.judgement is None or made.judgement_site is None:
        return
    from undazzle.attribution import weigh
    from undazzle.casebook.ladder import ladder_of

    (judged,) = ladder_of(made.judgement)
    (matrix,) = made.judgement.matrices.values()
    yield ""
    yield "From the network to a judgement, signed by an author who does not exist. Its limits first:"
    yield from (f"  - {limit}" for limit in judged.limits)
    yield f"  {judged.rung}: {judged.statement}"
    yield f"  confidence {judged.confidence}; signed by {judged.signed_by}, {judged.signed}"
    yield f"  Against its rivals: {weigh(matrix).sentence}"
    yield "  campaign, operator, sponsor: nobody has climbed them. We do not attribute."
    yield f"Ladder, hypotheses and history: {made.judgement_site.front.with_name('ladder.html')}"
    yield f"  undazzle case ladder {folder / 'judgement'}"
