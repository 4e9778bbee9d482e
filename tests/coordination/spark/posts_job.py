"""Reads posts on one cluster, well-formed and broken, in a process of its own that may open sockets; prints JSON.

``python -m tests.coordination.spark.posts_job FOLDER CASES.json``: for each case the posts' address, the workspace and
the settings. Printed are the run, or the error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.coordination.spark.job import MASTER, QUICK
from undazzle.errors import UndazzleError
from undazzle.store.engines import SparkOptions, open_cluster
from undazzle.workspace import Workspace


def main(folder: str, cases: str) -> None:
    options = SparkOptions(master=sys.argv[3] if len(sys.argv) > 3 else MASTER, wait=300, settings=QUICK)
    with open_cluster(options, Path(folder) / "none.duckdb"):
        for posts, workspace, settings in json.loads(cases):
            with Workspace(workspace) as opened:
                try:
                    run = opened.detect(**settings, spark=options, posts=posts)
                    print(json.dumps({"run": run.run_id, "warnings": run.warnings}))
                except UndazzleError as error:
                    print(json.dumps({"error": type(error).__name__, "said": str(error)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
