"""Posts before they have ids: what an account writes, when, and in answer to what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAY = 86_400
HOUR = 3_600

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(slots=True, eq=False)
class Draft:
    """One post to be: ``seconds`` since the start of the corpus, ``account`` as a number of the population."""

    seconds: int
    account: int
    text: str
    language: str
    links: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    client: str = ""
    reply_to: Draft | None = None
    repost_of: Draft | None = None


def repost(original: Draft, account: int, seconds: int) -> Draft:
    """Return a draft by which ``account`` passes ``original`` on."""
    return Draft(seconds, account, original.text, original.language, repost_of=original)


def within(seconds: Floats, earliest: Floats, end: int, random: np.random.Generator) -> Integers:
    """Return whole ``seconds``, with those outside ``earliest`` to ``end`` drawn anew, evenly, from that range.

    A pile of posts at the very end of a corpus would be an artefact that detectors see.
    """
    first = np.clip(earliest, 0.0, end - 1.0)
    anew = first + random.random(len(seconds)) * (end - 1 - first)
    outside = (seconds < first) | (seconds >= end)
    return np.where(outside, anew, seconds).astype(np.int64)
