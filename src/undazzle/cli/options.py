"""Options and arguments that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from undazzle.errors import ParameterError

Function = TypeVar("Function", bound=Callable[..., Any])

workspace_argument = click.argument("workspace", type=click.Path(path_type=Path))
files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace what is there.")
quiet_option = click.option("--quiet", is_flag=True, help="No progress on stderr.")
memory_option = click.option(
    "--memory", metavar="SIZE", help="How much memory to use, e.g. 2GB; beyond that the database spills to disk."
)
run_option = click.option("--run", "run_id", default=None, metavar="RUN", help="Which run, e.g. run:2 (the latest).")
unmask_option = click.option(
    "--unmask", is_flag=True, help="Show account names in the report. By default they are replaced by numbers."
)


def output_options(function: Function) -> Function:
    """Add ``-t/--csv/--json/--nl/--parquet`` and ``-o`` to a command that prints a table."""
    for option in (
        click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file instead."),
        click.option("--parquet", "as_what", flag_value="parquet", help="Parquet (needs -o)."),
        click.option("--nl", "as_what", flag_value="nl", help="JSON, one row a line."),
        click.option("--json", "as_what", flag_value="json", help="JSON."),
        click.option("--csv", "as_what", flag_value="csv", help="CSV, harmless in a spreadsheet."),
        click.option("-t", "--table", "as_what", flag_value="table", default=True, help="A table (default)."),
    ):
        function = option(function)
    return function


def ingest_options(function: Function) -> Function:
    """Add the options that say how files are read."""
    for option in (
        click.option("--max-rejected", default="5%", metavar="SHARE", help="Most rows that may be set aside (5%)."),
        click.option("--citation", help="How the source wants to be cited; goes into every report."),
        click.option("--encoding", help="Text encoding, if it is not UTF-8."),
        click.option("--date-format", help="How ambiguous dates are written, e.g. %d/%m/%Y."),
        click.option("--timezone", help="Zone of times that name none, e.g. Europe/Kyiv (UTC)."),
        click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="Read a field from this column."),
        click.option("--format", "format_id", default="auto", help="File format (auto); see undazzle methods."),
    ):
        function = option(function)
    return function


_CHECKS = (
    click.option("--no-explain", is_flag=True, help="Do not test the innocent explanations of networks."),
    click.option("--no-trust", is_flag=True, help="Do not search shuffled copies, other windows, half the data."),
)


def detect_options(function: Function) -> Function:
    """Add the options that say what is looked for."""
    for option in (
        click.option("--seed", default=0, help="Seed of everything random (0)."),
        *_CHECKS,
        click.option("--shuffles", default=5, help="How many copies with shuffled accounts are searched (5)."),
        click.option("--q", "max_q", default=0.05, help="Share of false findings calibrated stays below (0.05)."),
        click.option("--max-co-actions", default=20_000_000, help="Most co-actions to keep (20 million)."),
        click.option("--min-members", default=2, help="Least accounts in a network (window: 2, calibrated: 3)."),
        click.option("--min-items", default=1, help="Least items (of a pair: 1; calibrated, of a network: 3)."),
        click.option(
            "--weight",
            default="posts",
            type=click.Choice(["posts", "co_actions"]),
            help="window: what a pair weighs, distinct posts that met, or all pairs of posts, as CooRTweet does.",
        ),
        click.option("--edge-weight", default=0.5, help="window: quantile of weights a pair must exceed (0.5)."),
        click.option("--min-participation", default=2, help="window: least traces of an account (2)."),
        click.option(
            "--time-window",
            "windows",
            multiple=True,
            metavar="DURATION",
            help="Longest gap between two posts, inclusive; several times for several windows. "
            "(calibrated: 10s, 60s, 10min and 1h together; window: 60s)",
        ),
        click.option(
            "--trace-setting",
            "trace_settings",
            multiple=True,
            metavar="KIND.NAME=VALUE",
            help="Setting of a trace kind, e.g. link.canonical=false.",
        ),
        click.option(
            "--trace",
            "traces",
            multiple=True,
            metavar="KIND[,KIND]",
            help="What accounts may share, e.g. link,repost. By default all strict kinds the data allows.",
        ),
        click.option(
            "--method",
            default="calibrated",
            type=click.Choice(["calibrated", "window"]),
            help="calibrated (default): compared with chance, each member certified. window: the classic thresholded "
            "network, to which --edge-weight, --min-participation and --weight belong.",
        ),
    ):
        function = option(function)
    return function


def parse_maps(maps: Iterable[str]) -> dict[str, str]:
    """Return ``field=column`` pairs as a dictionary.

    Raises
    ------
    ParameterError
        If one has no ``=``.
    """
    found = {}
    for one in maps:
        field, equals, column = one.partition("=")
        if not equals:
            raise ParameterError("--map", one, "Write field=column, e.g. --map posted_at=date.")
        found[field.strip()] = column.strip()
    return found


def parse_share(text: str) -> float:
    """Return ``5%`` or ``0.05`` as a number from 0 to 1.

    Raises
    ------
    ParameterError
        If it is neither.
    """
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ParameterError("--max-rejected", text, "Write a share such as 5% or 0.05.")
    return share


def parse_names(values: Iterable[str]) -> tuple[str, ...]:
    """Return names given one by one or separated by commas."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def parse_trace_settings(values: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return ``kind.name=value`` settings by kind; values are read as JSON where they are JSON.

    Raises
    ------
    ParameterError
        If one is not of that form.
    """
    import json

    found: dict[str, dict[str, Any]] = {}
    for one in values:
        key, equals, text = one.partition("=")
        kind, dot, name = key.partition(".")
        if not equals or not dot:
            raise ParameterError("--trace-setting", one, "Write kind.name=value, e.g. link.canonical=false.")
        try:
            value: Any = json.loads(text)
        except json.JSONDecodeError:
            value = text.split(",") if "," in text else text
        found.setdefault(kind, {})[name] = value
    return found


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], as_what: str | None, output: Path | None) -> None:
    """Print or write a table in the form asked for."""
    from undazzle.results.output import write_rows

    if output is None:
        write_rows(columns, rows, as_what or "table", sys.stdout)
        return
    mode: dict[str, Any] = {"mode": "wb"} if as_what == "parquet" else {"mode": "w", "encoding": "utf-8", "newline": ""}
    with output.open(**mode) as file:
        write_rows(columns, rows, as_what or "table", file)


def command_line() -> str:
    """Return the command as typed, to be stored with a run."""
    import shlex

    return "undazzle " + shlex.join(sys.argv[1:])
