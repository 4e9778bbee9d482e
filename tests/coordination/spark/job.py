"""Runs detections on one cluster and again without it, in a process of its own that may open sockets.

``python -m tests.coordination.spark.job WORKSPACE CASES.json``: for each case, the settings of two runs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from undazzle.coordination.spark import engine
from undazzle.store.engines import SparkOptions, open_cluster
from undazzle.workspace import Workspace

MASTER = "local-cluster[2,1,1024]"
# Short jobs: what Java would gain by compiling for long ones is more than all the rest costs.
QUICK = dict.fromkeys(
    ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions"), "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
)


def main(workspace: str, cases: str) -> None:
    options = SparkOptions(master=MASTER, wait=300, settings=QUICK)
    engine.WORTH_A_JOB = 0  # so that the cluster counts also what is small
    with Workspace(workspace) as opened, open_cluster(options, Path(workspace)) as cluster:
        context = cluster.session.sparkContext
        for settings in json.loads(cases):
            alone = opened.detect(**settings)
            before = len(context.statusTracker().getJobIdsForGroup())
            together = opened.detect(**settings, spark=options)
            jobs = len(context.statusTracker().getJobIdsForGroup()) - before
            print(json.dumps([alone.run_id, together.run_id, jobs]))
        hosts = context._jsc.sc().statusTracker().getExecutorInfos()
        print(json.dumps({"executors": len(hosts) - 1}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
