"""Options as the keyword arguments of the façade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from undazzle.cli.options import parse_maps, parse_names, parse_share, parse_trace_settings
from undazzle.cli.spark_options import parse_settings
from undazzle.errors import ParameterError, WorkspaceError

if TYPE_CHECKING:
    from undazzle.store.engines import SparkOptions


def ingest_settings(options: dict[str, Any]) -> dict[str, Any]:
    """Return the keyword arguments of ``Workspace.ingest`` from the options of a command."""
    return {
        "format": options["format_id"],
        "mapping": parse_maps(options["maps"]),
        "timezone": options["timezone"],
        "date_format": options["date_format"],
        "encoding": options["encoding"],
        "citation": options["citation"],
        "max_rejected": parse_share(options["max_rejected"]),
    }


def detect_settings(options: dict[str, Any]) -> dict[str, Any]:
    """Return the keyword arguments of ``Workspace.detect`` from the options of a command."""
    same = (
        "method",
        "min_participation",
        "edge_weight",
        "weight",
        "min_items",
        "min_members",
        "max_co_actions",
        "max_q",
        "shuffles",
        "seed",
    )
    return {name: options[name] for name in same} | {
        "traces": parse_names(options["traces"]),
        "time_window": parse_names(options["windows"]) or None,
        "explain": not options["no_explain"],
        "trust": not options["no_trust"],
        "trace_settings": parse_trace_settings(options["trace_settings"]),
        "spark": spark_options(options),
        "posts": options.get("posts") or "",
    }


def spark_options(options: dict[str, Any]) -> SparkOptions | None:
    """Return where the cluster is, or ``None`` if this machine is to do everything.

    Raises
    ------
    ParameterError
        If one of the options cannot work, or is given without ``--engine spark``.
    """
    given = {name: options[name] for name in _SPARK_NAMES if options.get(name)}
    if options["engine"] != "spark":
        for name in given:
            raise ParameterError(_SPARK_NAMES[name], options[name], "Add --engine spark, or leave it out.")
        return None
    from undazzle.model import parse_duration
    from undazzle.store.engines import SparkOptions

    asked = SparkOptions(
        master=options["master"] or "",
        folder=options["shared_folder"] or "",
        settings=parse_settings(options["spark_settings"], _SPARK_NAMES["spark_settings"]),
        wait=parse_duration(options["wait"] or "50s"),
    )
    return asked.checked()


_SPARK_NAMES = {
    "master": "--master",
    "shared_folder": "--shared-folder",
    "spark_settings": "--spark-setting",
    "wait": "--wait",
    "posts": "--posts",
}


def existing_workspace(path: Path) -> Path:
    """Return the path of a workspace that exists.

    Raises
    ------
    WorkspaceError
        If it does not.
    """
    if not path.exists():
        raise WorkspaceError(path, "There is no such workspace", f"Make one with: undazzle ingest {path} FILE")
    return path
