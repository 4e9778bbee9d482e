"""The one line of a Spark failure that says why."""

from __future__ import annotations

import re

_LONGEST = 300
# The last line of a traceback of a worker, and the first of an error of the JVM.
_PYTHON = re.compile(r"^\s*((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Error|Exception|Interrupt|Exit)(?::.*)?)$", re.MULTILINE)
_LOST = re.compile(r"(ExecutorLostFailure[^\n]*|Lost executor[^\n]*|SparkContext was shut down[^\n]*)")


def last_words(error: BaseException) -> str:
    r"""Return why Spark failed, as one bounded line: what a worker raised, else what was lost, else what Spark says.

    Examples
    --------
    >>> last_words(RuntimeError("Job aborted\nTraceback (most recent call last):\nValueError: a bad file\n at x"))
    'ValueError: a bad file'
    """
    text = str(getattr(error, "java_exception", "") or "") + "\n" + str(error)
    raised = _PYTHON.findall(text)
    lost = _LOST.findall(text)
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    words = raised[-1:] or lost[:1] or lines[:1] or [type(error).__name__]
    return words[0].strip().rstrip(".")[:_LONGEST]
