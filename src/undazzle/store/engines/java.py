"""Whether a Java runtime that Spark can use is there, asked before Spark is started."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from undazzle.errors import ClusterUnavailableError

OLDEST_JAVA = 17
_REMEDY = f"Install Java {OLDEST_JAVA} or later (e.g. apt install default-jre-headless), or set JAVA_HOME."
_VERSION = re.compile(r'version "(\d+)(?:\.(\d+))?')


def check_java() -> int:
    """Return the major version of the Java runtime that Spark will use.

    Raises
    ------
    ClusterUnavailableError
        If there is none, it does not answer, or it is too old.
    """
    program = _java()
    try:
        # A program that the user installed, asked for its version only.
        said = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClusterUnavailableError(f"Java does not start ({program}: {error})", _REMEDY) from error
    version = major_version(said.stderr + said.stdout)
    if version is None:
        raise ClusterUnavailableError(f"{program} does not say which Java it is", _REMEDY)
    if version < OLDEST_JAVA:
        raise ClusterUnavailableError(f"Java {version} is too old for Spark ({program})", _REMEDY)
    return version


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    if home:
        return str(Path(home) / "bin" / "java")
    found = shutil.which("java")
    if not found:
        raise ClusterUnavailableError("Spark needs Java, and there is none", _REMEDY)
    return found


def major_version(said: str) -> int | None:
    """Return the major version from what ``java -version`` prints.

    Examples
    --------
    >>> major_version('openjdk version "17.0.15" 2025-04-15'), major_version('java version "1.8.0_301"')
    (17, 8)
    """
    found = _VERSION.search(said)
    if not found:
        return None
    first, second = int(found[1]), found[2]
    return int(second) if first == 1 and second else first
