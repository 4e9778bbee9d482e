"""Synthetic posts as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

Array = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass
class Posts:
    """Posts as columns; -1 where a post has no such thing. ``original`` and ``reply`` are positions of other posts."""

    account: Array
    at: Array
    link: Array
    original: Array
    reply: Array
    text: Array
    variant: Array

    def take(self, order: Array) -> Posts:
        """Return some of the posts."""
        return Posts(*(getattr(self, one.name)[order] for one in fields(self)))
