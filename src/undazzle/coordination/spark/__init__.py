"""The classic and the calibrated method with their heavy parts on a Spark cluster: the same kernel, as tasks.

Traces of the workspace are exported once to a folder that all machines see. The cluster prunes them, cuts the accounts
into ranges of equal work, and runs the kernel on each; what survives comes back and is written by the same code as
without a cluster. It must not open Spark itself (``store`` does), nor hold a second implementation of the kernel.
"""

from undazzle.coordination.spark.engine import SparkEngine
from undazzle.coordination.spark.exporting import export_traces

__all__ = ["SparkEngine", "export_traces"]
