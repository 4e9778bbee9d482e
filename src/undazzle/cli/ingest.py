"""``undazzle ingest``: files of posts into a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undazzle.cli.options import files_argument, ingest_options, memory_option, quiet_option, workspace_argument

if TYPE_CHECKING:
    from undazzle.store import Store

_SHOWN = 5


@click.command("ingest", epilog="Example: undazzle ingest election.duckdb posts.csv --map posted_at=date")
@workspace_argument
@files_argument
@click.option("--dry-run", is_flag=True, help="Say what would happen, write nothing.")
@click.option(
    "--pictures",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the pictures and videos that posts and profiles name: hashed, for the trace image.",
)
@memory_option
@quiet_option
@ingest_options
def command(
    workspace: Path,
    files: tuple[Path, ...],
    dry_run: bool,
    pictures: Path | None,
    memory: str | None,
    quiet: bool,
    **settings: Any,
) -> None:
    """Read FILES of posts into WORKSPACE; it is made if it does not exist. The same file twice adds nothing."""
    from undazzle.cli.progress import Progress
    from undazzle.cli.settings import ingest_settings
    from undazzle.cli.summaries import source_lines
    from undazzle.workspace import Workspace

    reading = ingest_settings(settings)
    place: Path | str = ":memory:" if dry_run and not workspace.exists() else workspace
    with Progress(quiet=quiet) as progress, Workspace(place, memory=memory) as opened:
        summaries = opened.ingest(*files, dry_run=dry_run, progress=progress.step, **reading)
        seen = [] if pictures is None or dry_run else _hash_pictures(opened.store, pictures)
    for summary in summaries:
        for line in source_lines(summary, dry_run=dry_run):
            click.echo(line)
    for line in seen:
        click.echo(line)
    if not dry_run:
        click.echo(f"Next: undazzle detect {workspace}")


def _hash_pictures(store: Store, folder: Path) -> list[str]:
    from undazzle.signals.pictures import can_find_eyes, hash_videos
    from undazzle.traces.image_hashing import hash_media

    pictures = hash_media(store, folder)
    videos = hash_videos(store, folder) if can_find_eyes() else None
    failed = [*pictures.failed, *(videos.failed if videos else ())]
    lines = [
        f"{folder}: {pictures.hashed:,} pictures hashed"
        + (f", {videos.hashed:,} videos by one frame" if videos else ", videos not read (undazzle[vision])")
        + f", {len(failed):,} files set aside"
    ]
    return (
        lines
        + [f"  {one}" for one in failed[:_SHOWN]]
        + ([f"  and {len(failed) - _SHOWN:,} more"] if len(failed) > _SHOWN else [])
    )
