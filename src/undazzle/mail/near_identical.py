"""Messages that say nearly the same, so that one text sent to many places is seen as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from undazzle.errors import ParameterError

LENGTH = 5  # letters in a piece of text
MAX_LETTERS = 4_000  # of a text; longer ones are compared by their beginning
DENSE_LENGTH = 2  # letters in a piece of a text in Chinese, Japanese, Korean or Thai
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SIGNATURE, _ROWS, _SEED = 128, 3, 20_241_105
LOWEST_LIKENESS = 0.4  # below it, too many alike pairs would be missed
_STRIPPED = re.compile(r"https?://\S+|\S+@\S+|\d+|[^\w\s]|_")


def normal_text(text: str, names: Sequence[str] = ()) -> str:
    """Return a text without what differs from copy to copy: numbers, addresses, signs, and the places it names.

    Examples
    --------
    >>> normal_text("The Harbour Library closes at 10!", ["harbour library"])
    'the closes at'
    """
    # Cut before anything else, so that a long text costs no more than a short one.
    shown = _STRIPPED.sub(" ", text[: MAX_LETTERS * 3].lower())
    words = " ".join(shown.split())
    for name in names:
        words = words.replace(" ".join(_STRIPPED.sub(" ", name.lower()).split()), " ")
    return " ".join(words.split())[:MAX_LETTERS]


def pieces(text: str) -> frozenset[str]:
    """Return the overlapping pieces of a normalised text."""
    length = DENSE_LENGTH if len(_DENSE.findall(text)) > 0.3 * len(text) else LENGTH
    return frozenset(text[start : start + length] for start in range(max(1, len(text) - length + 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of pieces two texts have in common (Jaccard, 0 to 1)."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def near_identical(texts: Sequence[str], threshold: float = 0.7, least_letters: int = 20) -> list[int | None]:
    """Return for each text the number of the text that leads its cluster, or ``None`` where it has no like.

    The leader is the earliest text of a cluster, and members are compared with it alone, so that clusters do not
    chain. Candidates come from MinHash and are compared exactly.

    Parameters
    ----------
    texts
        Normalised texts.
    threshold
        Share of pieces a member has in common with its leader, 0.4 to 1.
    least_letters
        Shorter texts say too little to be called alike.

    Raises
    ------
    ParameterError
        If the threshold is out of range.
    """
    if not LOWEST_LIKENESS <= threshold <= 1:
        raise ParameterError("threshold", threshold, f"Choose a number from {LOWEST_LIKENESS} to 1.")
    first: dict[str, int] = {}
    for place, text in enumerate(texts):
        if len(text) >= least_letters:
            first.setdefault(text, place)
    leaders = _leaders(first, threshold)
    led = [leaders[first[text]] if text in first else None for text in texts]
    alike = _shared(led)
    return [leader if leader in alike else None for leader in led]


def _shared(led: Sequence[int | None]) -> set[int]:
    from collections import Counter

    return {leader for leader, count in Counter(led).items() if leader is not None and count > 1}


def _leaders(first: dict[str, int], threshold: float) -> dict[int, int]:
    """Give each distinct text the earliest leader that it is like, or make it one."""
    leaders: dict[int, int] = {}
    buckets: dict[tuple[int, bytes], list[int]] = {}
    kept: dict[int, frozenset[str]] = {}
    for text, place in first.items():
        own = pieces(text)
        keys = list(_bands(own))
        candidates = sorted({one for key in keys for one in buckets.get(key, ())})
        leader = next((one for one in candidates if likeness(kept[one], own) >= threshold), place)
        leaders[place] = leader
        if leader == place:
            kept[place] = own
            for key in keys:
                buckets.setdefault(key, []).append(place)
    return leaders


def _bands(own: frozenset[str]) -> Iterator[tuple[int, bytes]]:
    import struct

    from rensa import RMinHash

    minhash = RMinHash(num_perm=_SIGNATURE, seed=_SEED)
    minhash.update(sorted(own))
    digest = minhash.digest()
    for start in range(0, _SIGNATURE - _ROWS + 1, _ROWS):
        yield start, struct.pack(f"<{_ROWS}Q", *digest[start : start + _ROWS])
