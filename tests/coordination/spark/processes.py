"""Processes that a process of ours started."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def descendants(leader: int) -> Iterator[tuple[int, str]]:
    """Yield number and command line of every process that a process of ours started, directly or not."""
    parents, lines = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                lines[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
    family, grown = {leader}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        family, grown = family | more, bool(more)
    yield from ((pid, lines[pid]) for pid in family - {leader} if pid in lines)
