"""Opens what computes beside the workspace: a Spark cluster, and the folder that it shares with this machine.

Reads and writes no table of the workspace. It must not know what is computed; rooms above send functions and frames.
"""

from undazzle.store.engines.cluster import Cluster, open_cluster
from undazzle.store.engines.options import SparkOptions
from undazzle.store.engines.shared_folder import SharedFolder, share_folder

__all__ = ["Cluster", "SharedFolder", "SparkOptions", "open_cluster", "share_folder"]
