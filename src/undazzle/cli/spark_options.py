"""Options that say where the heavy parts of a detection are computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from undazzle.errors import ParameterError

Function = TypeVar("Function", bound=Callable[..., Any])


def spark_options(function: Function) -> Function:
    """Add ``--engine`` and what belongs to a cluster."""
    for option in (
        click.option("--wait", metavar="DURATION", help="spark: longest wait for master and workers (50s)."),
        click.option(
            "--spark-setting",
            "spark_settings",
            multiple=True,
            metavar="NAME=VALUE",
            help="spark: a setting of Spark, e.g. spark.executor.memory=8g; may be repeated.",
        ),
        click.option(
            "--shared-folder",
            metavar="FOLDER",
            help="spark: where this machine and all workers read and write, e.g. on NFS, or hdfs://HOST/PATH.",
        ),
        click.option(
            "--master",
            metavar="ADDRESS",
            help="spark: the cluster, e.g. spark://HOST:7077, yarn or local[4]. Not needed under spark-submit.",
        ),
        click.option(
            "--engine",
            default="embedded",
            type=click.Choice(["embedded", "spark"]),
            help="Who does the heavy parts: this machine (embedded, default) or a Spark cluster. Results are the same.",
        ),
    ):
        function = option(function)
    return function


posts_option = click.option(
    "--posts",
    metavar="FILES",
    help="spark: Parquet files of posts that the cluster reads itself, e.g. s3a://BUCKET/posts/*.parquet; "
    "WORKSPACE is made, and takes results and the posts behind them, with the calibrated method also who posted what "
    "when.",
)


def parse_settings(values: Iterable[str], option: str) -> dict[str, str]:
    """Return ``name=value`` settings as a dictionary.

    Raises
    ------
    ParameterError
        If one has no ``=``.
    """
    found = {}
    for one in values:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise ParameterError(option, one, "Write name=value, e.g. spark.executor.memory=8g.")
        found[name.strip()] = value.strip()
    return found
