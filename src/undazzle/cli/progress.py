"""Progress on stderr: a line of what is happening, with counts and rate once it takes longer than two seconds."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from undazzle.cli.stages import Stages

_PATIENCE_SECONDS = 2.0
_EVERY_SECONDS = 0.5
_EVERY_SECONDS_PLAIN = 10.0


class Progress:
    """Writes progress to stderr: one line rewritten on a terminal, plain lines elsewhere.

    Parameters
    ----------
    quiet
        Write nothing.
    stages
        Keeps what each stage cost, whether it is written or not.
    """

    def __init__(self, *, quiet: bool = False, stages: Stages | None = None) -> None:
        self.quiet, self._stages = quiet, stages
        self._terminal = sys.stderr.isatty()
        self._started = self._last = time.monotonic()
        self._stage = ""
        self._shown = False

    def say(self, line: str) -> None:
        """Say what happens now."""
        self.step(line, 0, None)

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Say how far a stage has come, in rows."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._started = stage, now
            if self._stages is not None:
                self._stages.begin(stage)
        every = _EVERY_SECONDS if self._terminal else _EVERY_SECONDS_PLAIN
        if self.quiet or now - self._started < _PATIENCE_SECONDS or now - self._last < every:
            return
        self._last = now
        self._write(_line(stage, done, total, now - self._started))

    def _write(self, line: str) -> None:
        if self._terminal:
            sys.stderr.write("\r\x1b[2K" + line)
            self._shown = True
        else:
            sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Clear the line; the last stage ends."""
        if self._stages is not None:
            self._stages.end()
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _line(stage: str, done: int, total: int | None, seconds: float) -> str:
    if not done:
        return f"{stage} …"
    rate = done / max(seconds, 0.001)
    if not total:
        return f"{stage}: {done:,} ({rate:,.0f}/s)"
    left = max(total - done, 0) / max(rate, 0.001)
    return f"{stage}: {done:,} of {total:,} ({done / total:.0%}, {rate:,.0f}/s, {left:,.0f} s left)"
