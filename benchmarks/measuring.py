"""Runs commands and says what they cost: CPU of the whole process tree, wall time, peak memory.

This module, and every process that calls it, imports the standard library only: a child's peak memory is
never reported below the size of the process that started it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Usage:
    """What commands cost.

    Attributes
    ----------
    cpu_seconds
        User and system time of the processes and all their children.
    wall_seconds
        Elapsed time.
    peak_mb
        Largest resident set of any single process, in megabytes of 2**20 bytes.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float

    def __add__(self, other: Usage) -> Usage:
        """Return the cost of doing one after the other."""
        return Usage(
            self.cpu_seconds + other.cpu_seconds,
            self.wall_seconds + other.wall_seconds,
            max(self.peak_mb, other.peak_mb),
        )


NOTHING = Usage(0.0, 0.0, 0.0)


# An installed package has its compiled modules; a source tree whose owner forbids writing them would compile anew at
# every start.
_COMPILED = {
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "undazzle-compiled"),
}


class CommandFailedError(RuntimeError):
    """A measured command ended with an error; its output is the message."""


def measure(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> tuple[Usage, str]:
    """Run a command to its end; return what it cost and what it printed.

    Parameters
    ----------
    command
        Program and arguments.
    environment
        Variables added to those of this process.

    Raises
    ------
    CommandFailedError
        If it ends with another code than 0.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        list(command),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **_COMPILED, **(environment or {})},
    ) as process:
        printed = process.stdout.read() if process.stdout else ""
        _, status, spent = os.wait4(process.pid, 0)  # the child's own use and that of all children it waited for
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode:
        raise CommandFailedError(f"{' '.join(command)} ended with {process.returncode}:\n{printed[-2000:]}")
    return Usage(spent.ru_utime + spent.ru_stime, wall, spent.ru_maxrss / 1024), printed


def measure_python(module: str, *arguments: str) -> tuple[Usage, str]:
    """Run ``python -m module`` with this interpreter and measure it."""
    return measure([sys.executable, "-m", module, *arguments])


def measure_undazzle(*commands: Sequence[str]) -> Usage:
    """Run ``undazzle`` commands one after the other, each as a process of its own, and add up their cost."""
    total = NOTHING
    for arguments in commands:
        total += measure([str(Path(sys.executable).with_name("undazzle")), *arguments])[0]
    return total
