"""How a text is written, in features that house styles differ in: the trace an editor leaves on every line."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

# feature -> its rival forms. A feature says something only where one of its forms stands.
_FORMS: dict[str, tuple[re.Pattern[str], ...]] = {
    "quotes": (re.compile(r"[“”‘’]"), re.compile(r"[\"']")),
    "country": (re.compile(r"\bU\.S\."), re.compile(r"\bUS\b")),
    "citation": (re.compile(r"\S\[\d{1,3}\]"), re.compile(r"\s\[\d{1,3}\]")),
    "mail": (re.compile(r"\be-mails?\b", re.I), re.compile(r"\bemails?\b", re.I)),
    "percent": (re.compile(r"\d\s?%"), re.compile(r"\bper ?cent\b")),
    "date": (re.compile(r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|"
                        r"December)\b"),
             re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
                        r" \d{1,2}\b")),
    "spelling": (re.compile(r"\b\w+(?:isation|ised?|our|ence)\b"), re.compile(r"\b\w+(?:ization|ized?|or|ense)\b")),
    "dash": (re.compile(r"\w—\w"), re.compile(r"\s[–—]\s"), re.compile(r"\w–\w")),
    "organisation": (re.compile(r"\bPRC\b"), re.compile(r"\bChinese government\b")),
}  # fmt: skip
_WEAK = {"spelling", "organisation"}  # forms that one writer mixes; left out of the length of description
FEATURES = tuple(name for name in _FORMS if name not in _WEAK)
_CITED = re.compile(r"\[\d{1,3}\]")
Counts = dict[str, tuple[int, ...]]


def style_of(words: str) -> Counts:
    """Return how often each form of each feature stands in a piece of text, capped at three a sentence.

    A sentence with ten quotation marks is one decision of an editor, not ten.
    """
    counts = {name: tuple(min(len(form.findall(words)), 3) for form in _FORMS[name]) for name in FEATURES}
    counts["cited"] = (1, 0) if _CITED.search(words) else (0, 1)
    return counts


def bits(counts: Counts) -> float:
    """Return the length of a description of these forms in bits: short if one style holds throughout.

    Adaptive coding after Krichevsky and Trofimov. Two pieces in two styles are described more shortly apart than
    together; that difference is what speaks for a boundary.

    Examples
    --------
    >>> apart = bits({"quotes": (9, 0)}) + bits({"quotes": (0, 9)})
    >>> apart < bits({"quotes": (9, 9)})
    True
    """
    return sum(_kt_bits(forms) for forms in counts.values())


def _kt_bits(forms: tuple[int, ...]) -> float:
    total, kinds = sum(forms), len(forms)
    log = math.lgamma(total + kinds / 2) - math.lgamma(kinds / 2)
    log -= sum(math.lgamma(count + 0.5) - math.lgamma(0.5) for count in forms)
    return log / math.log(2)


class StyleCosts:
    """The lengths of description of all stretches between given places, from running sums.

    Parameters
    ----------
    styles
        Forms of each sentence.
    places
        Sentences at which a stretch may begin or end, the first and the end among them.
    """

    def __init__(self, styles: Sequence[Counts], places: Sequence[int]) -> None:
        import numpy as np

        names = list(styles[0]) if styles else []
        flat = np.array([[form for name in names for form in one[name]] for one in styles], dtype=np.int64)
        sums = np.vstack([np.zeros((1, flat.shape[1]), dtype=np.int64), np.cumsum(flat, axis=0)])
        self._sums = sums[np.asarray(places)]
        self._groups = np.repeat(np.arange(len(names)), [len(styles[0][name]) for name in names])
        sizes = [len(styles[0][name]) for name in names]
        most = int(sums[-1].max()) * max(sizes) + 1 if sizes else 1
        self._form = np.array([math.lgamma(n + 0.5) - math.lgamma(0.5) for n in range(most + 1)]) / math.log(2)
        self._totals = {
            size: np.array([math.lgamma(n + size / 2) - math.lgamma(size / 2) for n in range(most + 1)]) / math.log(2)
            for size in set(sizes)
        }
        self._sizes = sizes

    def until(self, end: int) -> Any:
        """Return the bits of the stretches from each place before ``end`` (by number of the place) to it."""
        held = self._sums[end] - self._sums[:end]
        total = -self._form[held].sum(axis=1)
        for group, size in enumerate(self._sizes):
            total += self._totals[size][held[:, self._groups == group].sum(axis=1)]
        return total
