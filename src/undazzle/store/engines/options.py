"""What a user says about a cluster, checked before anything starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from undazzle.errors import ParameterError

_LOCAL = re.compile(r"local(\[[^\]]*\]|-cluster\[\d+,\d+,\d+\])?")
_REMOTE = re.compile(r"(spark://.+|k8s://.+|yarn.*)")


@dataclass(frozen=True)
class SparkOptions:
    """Where a cluster is and how it is to be used.

    Attributes
    ----------
    master
        The address as Spark writes it, e.g. ``spark://head:7077``, ``yarn``, ``k8s://https://head:6443``,
        ``local[4]``. Empty under ``spark-submit``, which knows it.
    folder
        A folder that this machine and all workers can read and write: a path, or an address such as ``hdfs://…``.
        Not needed for ``local``.
    settings
        Settings of Spark by name.
    wait
        Seconds to wait for the master and the first worker.
    """

    master: str = ""
    folder: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    wait: float = 50.0

    @property
    def is_local(self) -> bool:
        """Whether all processes run on this machine."""
        return bool(_LOCAL.fullmatch(self.master))

    def checked(self) -> SparkOptions:
        """Return the options.

        Raises
        ------
        ParameterError
            For a value that cannot work.
        """
        if self.master and not (self.is_local or _REMOTE.fullmatch(self.master)):
            raise ParameterError(
                "--master", self.master, "Write it as Spark does: local[4], spark://HOST:7077, yarn or k8s://HOST:PORT."
            )
        if self.master and not self.is_local and not self.folder:
            raise ParameterError(
                "--shared-folder",
                "",
                "Name a folder that this machine and all workers can read and write, e.g. on NFS, or hdfs://HOST/PATH.",
            )
        if self.wait <= 0:
            raise ParameterError("--wait", self.wait, "Give a duration above 0, e.g. 50s.")
        return self
