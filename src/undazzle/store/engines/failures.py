"""The one line of a Spark failure that says why."""

from __future__ import annotations

import re

_LONGEST = 300
# The last line of a traceback of a worker, and the first of an error of the JVM.
_PYTHON = re.compile(r"^\s*((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Error|Exception|Interrupt|Exit)(?::.*)?)$", re.MULTILINE)
_LOST = re.compile(r"(ExecutorLostFailure[^\n]*|Lost executor[^\n]*|SparkContext was shut down[^\n]*)")
_UNREADABLE = re.compile(
    r"(?:while reading file|Could not read footer for file:?|is not a Parquet file[^\n]*?)\s*"
    r"(?:FileStatus\{path=)?([a-z0-9]+:/[^;\s]+?\.?(?:parquet)?)[.;,\s]",
    re.IGNORECASE,
)


def unreadable_file(error: BaseException | None) -> str | None:
    r"""Return the file that Spark could not read, if that is what failed.

    Examples
    --------
    >>> unreadable_file(RuntimeError("Encountered error while reading file file:/data/a.parquet. Details:"))
    'file:/data/a.parquet'
    """
    found = _UNREADABLE.search(_text(error)) if error is not None else None
    return found[1] if found else None


def _text(error: BaseException) -> str:
    return str(getattr(error, "java_exception", "") or "") + "\n" + str(error)


def last_words(error: BaseException) -> str:
    r"""Return why Spark failed, as one bounded line: what a worker raised, else what was lost, else what Spark says.

    Examples
    --------
    >>> last_words(RuntimeError("Job aborted\nTraceback (most recent call last):\nValueError: a bad file\n at x"))
    'ValueError: a bad file'
    """
    text = _text(error)
    raised = _PYTHON.findall(text)
    lost = _LOST.findall(text)
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    words = raised[-1:] or lost[:1] or lines[:1] or [type(error).__name__]
    return words[0].strip().rstrip(".")[:_LONGEST]
