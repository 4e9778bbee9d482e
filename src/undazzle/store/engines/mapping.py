"""Runs a Python function over the partitions of a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def map_partitions(frame: Any, function: Callable[[Iterator[Any]], Iterator[Any]], schema: str) -> Any:
    """Return a frame of what ``function`` makes of each partition, given and giving Arrow record batches.

    A partition comes in batches of some ten thousand rows: a function that needs rows to be together must read
    them all before it begins.
    """
    return frame.mapInArrow(function, schema)
