"""Reads posts on one cluster, well-formed and broken, in a process of its own that may open sockets; prints JSON.

``python -m tests.coordination.spark.posts_job FOLDER CASES.json``: for each case the posts' address, the workspace and
the settings. Printed are the run, or the error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.coordination.spark.job import MASTER, QUICK
from undazzle.coordination.spark import parts, searching
from undazzle.errors import UndazzleError
from undazzle.store.engines import SparkOptions, open_cluster
from undazzle.workspace import Workspace


def main(folder: str, cases: str) -> None:
    options = SparkOptions(master=sys.argv[3] if len(sys.argv) > 3 else MASTER, wait=300, settings=QUICK)
    parts._MOST_PARTS = 3
    searching.WORTH_SENDING = 0
    with open_cluster(options, Path(folder) / "none.duckdb"):
        for posts, workspace, settings in json.loads(cases):
            failing = settings.pop("failing_part", None)
            parts.PAIRS_IN_PART = settings.pop("pairs_in_part", 10**9)
            with Workspace(workspace) as opened, interrupted_at(failing):
                lines: list[str] = []
                try:
                    run = opened.detect(**settings, spark=options, posts=posts, progress=lines.append)
                    print(json.dumps({"run": run.run_id, "warnings": run.warnings, "lines": lines}))
                except (UndazzleError, KeyboardInterrupt) as error:
                    print(json.dumps({"error": type(error).__name__, "said": str(error), "lines": lines}))


@contextmanager
def interrupted_at(part: int | None) -> Iterator[None]:
    """Have somebody press Ctrl-C when a part is about to be written."""
    begun: list[int] = []
    original = parts.write_part

    def stops(*given: Any) -> tuple[int, int]:
        begun.append(1)
        if len(begun) == part:
            raise KeyboardInterrupt
        return original(*given)

    with patch.object(parts, "write_part", stops):
        yield


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
