"""Runs detections on one cluster and again without it, in a process of its own that may open sockets.

``python -m tests.coordination.spark.job WORKSPACE CASES.json``: for each case, the settings of two runs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from undazzle.store.engines import SparkOptions, open_cluster
from undazzle.workspace import Workspace

MASTER = "local-cluster[2,1,1024]"


def main(workspace: str, cases: str) -> None:
    options = SparkOptions(master=MASTER, wait=300)
    with Workspace(workspace) as opened, open_cluster(options, Path(workspace)) as cluster:
        for settings in json.loads(cases):
            alone = opened.detect(**settings)
            together = opened.detect(**settings, spark=options)
            print(json.dumps([alone.run_id, together.run_id]))
        hosts = cluster.session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
        print(json.dumps({"executors": len(hosts) - 1}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
