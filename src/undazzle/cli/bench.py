"""``undazzle bench``: measurements of this software: how well it detects, and how fast."""

from __future__ import annotations

from pathlib import Path

import click

from undazzle.cli.options import quiet_option
from undazzle.errors import UndazzleError, UnknownNameError


@click.group("bench", epilog="Example: undazzle bench detection --quick -o bench")
def command() -> None:
    """Measure how well detection works, on data with known truth, and how fast.

    Results are plain numbers in a file, and a page that explains them.
    """


@command.command("detection", epilog="Example: undazzle bench detection --data data -o docs")
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of real data sets; else UNDAZZLE_DATA; else only what is synthetic is measured.",
)
@click.option("--quick", is_flag=True, help="One seed and few settings: under two minutes.")
@click.option(
    "--shuffles", type=click.IntRange(min=1), default=30, show_default=True, help="Label shuffles without plants."
)
@click.option(
    "--track",
    "tracks",
    multiple=True,
    help="Measure only this track (repeatable) and keep the others from results.json in the output folder.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("bench"),
    show_default=True,
    help="Folder for evaluation.md, its figures and results.json; replaced if there.",
)
@click.option(
    "--adjudicate",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the ordinary accounts that were named, with their names, for a person to judge.",
)
@quiet_option
def detection(
    data: Path | None,
    quick: bool,
    shuffles: int,
    tracks: tuple[str, ...],
    output: Path,
    adjudicate: Path | None,
    quiet: bool,
) -> None:
    """Plant known operations into ordinary streams and see who is named.

    Compares the calibrated method with published ones. Nothing of the data is kept but numbers.
    """
    from undazzle.evaluation.bench import TRACKS, Plan, run_benchmark
    from undazzle.evaluation.data_sets import data_folder
    from undazzle.evaluation.publishing import read_results, write_adjudication, write_results
    from undazzle.evaluation.summary import targets

    if unknown := set(tracks) - set(TRACKS):
        raise UnknownNameError("track", sorted(unknown)[0], TRACKS)
    folder = data_folder(data)
    if folder is None:
        click.echo("No folder of real data (--data or UNDAZZLE_DATA): only what is synthetic is measured.", err=True)
    say = (lambda _line: None) if quiet else (lambda line: click.echo(line, err=True))
    earlier = read_results(output) if tracks else None
    results, listed = run_benchmark(Plan(folder, quick, shuffles, tracks), earlier=earlier, say=say)
    for path in write_results(results, output):
        click.echo(f"Wrote {path}")
    if adjudicate:
        click.echo(f"Wrote {write_adjudication(listed, adjudicate)}: {len(listed)} to judge")
    for one in targets(results):
        click.echo(f"{'reached' if one['reached'] else 'MISSED ':8} {one['what']}: {one['measured']}")
    click.echo(f"{results['cpu_seconds']['all']:.0f} CPU-seconds")


@command.command("speed", epilog="Example: undazzle bench speed --only kernel --quick")
@click.option(
    "--only",
    "names",
    multiple=True,
    type=click.Choice(["toolkit", "coortweet", "kernel", "near_text", "spark", "ten_million"]),
    help="Measure only this (repeatable).",
)
@click.option("--quick", is_flag=True, help="Small synthetic data: does it run, are the edges the same.")
def speed(names: tuple[str, ...], quick: bool) -> None:
    """Measure how fast detection is, beside its peers and its goals, with the same answer checked.

    Ends with one table of every goal and what this run measured. All of it takes hours, most of them for ten million
    posts from file to report. Needs a checkout of the project with its development tools (make bench sets them up);
    run it there.
    """
    import importlib.util
    import subprocess
    import sys

    if not Path("benchmarks/__main__.py").exists() or importlib.util.find_spec("coordination_network_toolkit") is None:
        raise UndazzleError(
            "The benchmarks and the peers they measure are no part of the installed package. Run this in a checkout of "
            "the project, after: make bench"
        )
    chosen = [word for name in names or ("goals",) for word in ("--only", name)]
    command = [sys.executable, "-m", "benchmarks", *chosen, *(["--quick"] if quick else [])]
    done = subprocess.run(command, check=False)  # noqa: S603  # this interpreter and the checkout's own module
    if done.returncode:
        raise UndazzleError("A benchmark failed, or two tools gave different answers; see above.")
