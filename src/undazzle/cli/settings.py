"""Options as the keyword arguments of the façade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from undazzle.cli.options import parse_maps, parse_names, parse_share, parse_trace_settings
from undazzle.errors import WorkspaceError


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
