"""``undazzle narratives``: what is said, who said it first in these data, and whom it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undazzle.cli.options import output_options, print_rows, workspace_argument

if TYPE_CHECKING:
    from undazzle.narratives import Path as NarrativePath
    from undazzle.narratives import TargetCount
    from undazzle.narratives.influence import Influence
    from undazzle.narratives.stance import Stance

_COLUMNS = ("narrative_id", "accounts", "posts", "platforms", "languages", "first_at", "last_at", "text", "joined_by")
_SHOWN_TEXT = 100
_STANCE_COLUMNS = (
    "target", "posts", "negative", "negative_share", "low", "high", "neutral", "positive", "disputed", "coders",
    "doubly_coded", "alpha", "agreement",
)  # fmt: skip
_SAID_TARGETS = 20


@click.command("narratives", epilog="Example: undazzle narratives election.duckdb    …  narrative:1 --networks run:1")
@workspace_argument
@click.argument("narrative", required=False)
@click.option("--again", is_flag=True, help="Search again, even if a search with these settings is there.")
@click.option("--similarity", default=0.45, help="How near two texts must be to say the same, 0.2 to 0.95 (0.45).")
@click.option("--min-posts", default=5, help="Least posts of a narrative (5).")
@click.option("--min-accounts", default=3, help="Least accounts of a narrative (3).")
@click.option("--most-texts", default=20_000, help="Distinct texts compared with each other (20000).")
@click.option("--networks", "networks", help="A run, such as run:1, whose networks are told from other accounts.")
@click.option("--outlets", type=click.Path(path_type=Path), help="CSV of outlets, instead of the list that is shipped.")
@click.option("--targets", is_flag=True, help="Count the targets of the casebook that posts name.")
@click.option("--case", "case_folder", type=click.Path(path_type=Path), help="The case that holds the targets.")
@click.option("--aliases", type=click.Path(path_type=Path), help="YAML with further names of targets.")
@click.option(
    "--gazetteer", type=click.Path(path_type=Path), help="CSV of roles and names, instead of the one shipped."
)
@click.option(
    "--stance", type=click.Path(path_type=Path), help="CSV of how people read posts: post_id, target, coder, label."
)
@click.option(
    "--embeddings", type=click.Path(path_type=Path), help="Your own vectors of posts (post_id, vector): join languages."
)
@click.option("--embedding-similarity", default=0.8, help="Cosine from which vectors say the same (0.8).")
@click.option("--influence", "with_influence", is_flag=True, help="With --networks: which side's posts follow which's.")
@click.option("--seed", default=0, help="Seed of everything random (0).")
@click.option("--limit", default=20, help="Most rows to print (20); 0 for all.")
@output_options
def command(
    workspace: Path,
    narrative: str | None,
    again: bool,
    similarity: float,
    min_posts: int,
    min_accounts: int,
    most_texts: int,
    networks: str | None,
    outlets: Path | None,
    targets: bool,
    case_folder: Path | None,
    aliases: Path | None,
    gazetteer: Path | None,
    stance: Path | None,
    embeddings: Path | None,
    embedding_similarity: float,
    with_influence: bool,
    seed: int,
    limit: int,
    as_what: str,
    output: Path | None,
) -> None:
    """Group posts of WORKSPACE that say the same, or follow one NARRATIVE.

    Saying the same is no sign of acting together. Who said it first is who said it first in these data.
    """
    from undazzle.narratives import EmbeddingSettings, NarrativeSettings
    from undazzle.workspace import Workspace

    vectors = EmbeddingSettings(embeddings, embedding_similarity) if embeddings else None
    settings = NarrativeSettings(
        similarity=similarity, min_posts=min_posts, min_accounts=min_accounts, most_texts=most_texts, seed=seed
    )
    with Workspace(workspace) as opened:
        if stance:
            _print_stance(opened.stance(stance), limit, as_what, output)
            return
        if targets:
            names = {"aliases": aliases, "gazetteer": gazetteer}
            is_kept = networks is not None and narrative is None
            counts = opened.targets(case_folder, networks=networks, narrative=narrative, keep=is_kept, **names)
            rows = _target_rows(counts)
            _print(rows[0], rows[1], limit, as_what, output)
            click.echo("Being named is not being attacked: no stance is computed.", err=True)
            return
        run = opened.narratives(settings, embeddings=vectors, again=again, say=lambda line: click.echo(line, err=True))
        if narrative:
            from undazzle.results.cells import shown_value

            path = opened.narrative_path(narrative, run=run.run_id, networks=networks, outlets=outlets)
            # Ids come from posts: without control characters none of them can rewrite the terminal.
            click.echo("\n".join(shown_value(line) for line in path_lines(path)))
            return
        table = opened.narrative_table(run.run_id)
        found = [tuple(one[name] for name in _COLUMNS) for one in table]
        _print(_COLUMNS, [_short(row) for row in found] if as_what == "table" else found, limit, as_what, output)
        if as_what == "table":
            for line in run_lines(run.summary, run.warnings):
                click.echo(line, err=True)
            if networks:
                click.echo(opened.narrative_lead(networks, run=run.run_id).sentence)
            if networks and with_influence:
                for line in influence_lines(opened.narrative_influence(networks, run=run.run_id, seed=seed)):
                    click.echo(line)


def _print(
    columns: tuple[str, ...], rows: list[tuple[object, ...]], limit: int, as_what: str, output: Path | None
) -> None:
    shown = rows[:limit] if limit and output is None else rows
    print_rows(columns, shown, as_what, output)
    if len(shown) < len(rows):
        click.echo(f"Showing {len(shown)} of {len(rows)}. All: --limit 0", err=True)


def _print_stance(found: Stance, limit: int, as_what: str, output: Path | None) -> None:
    _print(_STANCE_COLUMNS, stance_rows(found), limit, as_what, output)
    for line in stance_lines(found) if as_what == "table" else ():
        click.echo(line, err=True)


def _short(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(f"{one[:_SHOWN_TEXT]}…" if isinstance(one, str) and len(one) > _SHOWN_TEXT else one for one in row)


def _target_rows(counts: Sequence[TargetCount]) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    columns = (
        "target_id", "name", "race", "level", "party", "on_ballot", "posts", "accounts", "by_networks", "doubtful",
    )  # fmt: skip
    return columns, [tuple(getattr(one, name) for name in columns) for one in counts]


def stance_rows(found: Stance) -> list[tuple[object, ...]]:
    """Return one row per target, in the order of the columns printed."""
    return [
        (
            one.target, one.posts, one.negative, round(one.negative_share, 3), *(round(end, 3) for end in one.interval),
            one.neutral, one.positive, one.disputed, one.coders, one.doubly_coded,
            None if one.alpha is None else round(one.alpha, 3), one.agreement,
        )
        for one in found.targets
    ]  # fmt: skip


def stance_lines(found: Stance) -> Iterator[str]:
    """Yield what labels of people say about targets and what they cannot say, as lines of plain text."""
    from undazzle.results.cells import shown_value

    yield from (shown_value(one.sentence) for one in found.targets[:_SAID_TARGETS])
    if not found.targets:
        yield "No labelled post is in this workspace: nothing is said about any target."
    elif len(found.targets) > _SAID_TARGETS:
        yield f"The table has {len(found.targets) - _SAID_TARGETS:,} more targets."
    if found.unknown_posts:
        yield f"{found.unknown_posts:,} labelled posts are not in this workspace; their labels are not counted."
    yield from (f"Rows set aside: {rows:,} ({reason})." for reason, rows in found.set_aside.items())
    yield "The share is of the posts that were read. It holds for other posts only if those were drawn at random."


def run_lines(summary: dict[str, object], warnings: tuple[str, ...] | list[str]) -> Iterator[str]:
    """Yield what a search for narratives did, as lines of plain text."""
    yield f"{summary['narratives']:,} narratives among {summary['texts']:,} distinct texts."
    stability = summary.get("stability")
    if isinstance(stability, list | tuple):
        yield (
            f"Stability: adjusted Rand index {stability[0]:.2f} on average, {stability[1]:.2f} at worst, when four in "
            f"five texts are searched again (1 is the same groups, 0 is chance)."
        )
    yield from (f"note: {one}" for one in warnings)


def influence_lines(found: Influence) -> Iterator[str]:
    """Yield the influence between two sides, in both directions, as lines of plain text."""
    first, second = found.sides
    yield found.sentence(first, second)
    if not found.refused:
        yield found.sentence(second, first)
        yield (
            f"  (Hawkes process on {found.events:,} posts of {found.items:,} narratives, half-life "
            f"{found.half_life_seconds:,.0f} s{found.edge}; intervals of 95 %, narratives drawn anew)"
        )


def path_lines(path: NarrativePath) -> Iterator[str]:
    """Yield how one narrative went, as lines of plain text."""
    from undazzle.narratives.stages import laundering_sentence

    yield path.sentence
    names = {"first": "first seen", "platform": "first on", "outside": "first", "outlet": "first link to"}
    for one in path.steps:
        yield f"  {one.at:%Y-%m-%d %H:%M}  {names[one.what]} {one.detail}: {one.account_id} ({one.post_id})"
    for stage in path.stages:
        found = f"{stage.at:%Y-%m-%d %H:%M}  {stage.outlet}: {stage.account_id} ({stage.post_id})" if stage.at else ""
        yield f"  {stage.stage:<11}  {found or f'not seen: {stage.why_not}'}"
    if path.stages:
        yield laundering_sentence(path.stages)
    yield f"Most posts of it (the first {len(path.amplifiers)} of {path.accounts:,} accounts):"
    for account, posts, inside in path.amplifiers:
        yield f"  {posts:>7,}  {account}{'  (in a network)' if inside else ''}"
    if path.network_share is not None:
        yield f"{path.network_share:.0%} of its posts are by members of networks."
