"""``undazzle impact``: whether anyone outside a network listened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.options import run_option, workspace_argument

if TYPE_CHECKING:
    from undazzle.impact import Breakout, Impact, Seen


@click.command("impact", epilog="Example: undazzle impact election.duckdb network:1")
@workspace_argument
@click.argument("network")
@run_option
@click.option("--case", "case_folder", type=click.Path(path_type=Path), help="A case with logged observations.")
@click.option("--incident", help="The incident of the case whose observations belong to this network.")
@click.option("--seed", default=0, help="Seed of resampling and communities (0).")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(
    workspace: Path,
    network: str,
    run_id: str | None,
    case_folder: Path | None,
    incident: str | None,
    seed: int,
    as_json: bool,
) -> None:
    """Measure who engaged with NETWORK, what its posts got, how far they travelled, and its Breakout category.

    Reach is no persuasion: nothing here says that anybody changed a mind. Posts alone can show categories 1 to 3;
    higher ones need observations that a person logged in a case (--incident).
    """
    from undazzle.workspace import Workspace

    observed = _observed(case_folder, incident) if incident else []
    with Workspace(workspace) as opened:
        result = opened.impact(network, run=run_id, observed=observed, seed=seed)
    if as_json:
        click.echo(json.dumps(asdict(result), default=str, indent=2))
        return
    for line in impact_lines(result):
        click.echo(line)


def _observed(case_folder: Path | None, incident: str) -> list[Seen]:
    from undazzle.cli.case_words import open_case
    from undazzle.errors import UnknownNameError
    from undazzle.impact import seen_from_observation

    case = open_case(case_folder)
    if incident not in case.incidents:
        raise UnknownNameError("incident", incident, list(case.incidents))
    return [seen_from_observation(one) for one in case.observations.values() if one.incident == incident]


def impact_lines(result: Impact) -> Iterator[str]:
    """Yield the measurement as lines of plain text."""
    from undazzle.impact.measure import explained_words

    reach = result.reach
    yield f"run:{result.run_id} measured network:{result.network_id} of run:{result.of_run}."
    if result.explained_by:
        yield explained_words(result.explained_by)
    yield f"Reach: {reach.sentence}"
    for one in reach.engagements:
        if one.testable:
            yield (
                f"  {one.kind:<8}{one.by_members:>9,} by members {one.by_networks:>9,} by other networks"
                f" {one.by_others:>9,} by {one.other_accounts:,} other accounts"
            )
    yield f"  (in these data: {reach.posts:,} posts by {reach.members:,} members; {reach.accounts_in_data:,} others)"
    yield "Counters:"
    yield from (f"  {one.sentence}" for one in result.counters if one.posts)
    if not any(one.posts for one in result.counters):
        yield "  Not testable: these data give no likes, reposts, replies, quotes or views."
    yield f"Spread: {result.spread.sentence}"
    yield from breakout_lines(result.breakout)
    yield from (f"  note: {one}" for one in result.warnings)
    yield "Reach is no persuasion. Nothing here says who is behind the network."


def breakout_lines(breakout: Breakout) -> Iterator[str]:
    """Yield the Breakout category over time as lines of plain text."""
    yield f"Breakout: {breakout.sentence}"
    for step in breakout.steps:
        yield f"  {step.day:<12}category {step.category}: {step.because} ({', '.join(step.basis) or 'no id'})"
