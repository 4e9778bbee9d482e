"""What accounts call themselves, made comparable: whole names, and the words that several of them share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_MOST_WORDS = 4
# One Han, kana or hangul character carries about as much as two and a half Latin letters.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DENSITY = 2.5


@dataclass(frozen=True, slots=True)
class AccountName:
    """Handle, shown name and self-description of an account, as last seen."""

    account_key: int
    handle: str
    display_name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class SharedName:
    """A run of words that names have in common.

    ``stem`` is the words without blanks; ``share`` the part of the names that hold it; ``is_name`` whether it is
    more than one word of a name: two words in a row, or the whole name of one account.
    """

    stem: str
    share: float
    is_name: bool


def plain_name(text: str | None) -> str:
    """Return a name with letters and digits only, in lower case and without differences of letter form.

    Examples
    --------
    >>> plain_name("Harbour Notes (East)"), plain_name("ＨＡＲＢＯＵＲ_notes")
    ('harbournoteseast', 'harbournotes')
    """
    return "".join(one for one in unicodedata.normalize("NFKC", text or "").casefold() if one.isalnum())


def name_weight(stem: str) -> float:
    """Return how much a name says, in Latin letters; digits count half, Han characters 2.5.

    Examples
    --------
    >>> name_weight("harbour"), name_weight("港口"), name_weight("ab2024")
    (7.0, 5.0, 4.0)
    """
    return sum(_DENSITY if _DENSE.match(one) else 0.5 if one.isdigit() else 1.0 for one in stem)


def shared_name(names: Sequence[AccountName], least_weight: float) -> SharedName | None:
    """Return the words that most of the names share, the longest of the most common.

    Parameters
    ----------
    names
        At least two accounts.
    least_weight
        Shorter words are left out, see ``name_weight``.

    Examples
    --------
    >>> pair = [AccountName(1, "QuayNotes", "Quay Notes"), AccountName(2, "qn_east", "Quay Notes East")]
    >>> shared_name(pair, 7)
    SharedName(stem='quaynotes', share=1.0, is_name=True)
    """
    held = [(plain_name(one.display_name), plain_name(one.handle)) for one in names]
    candidates: Counter[str] = Counter()
    words_of: dict[str, int] = {}
    for one in names:
        for stem, words in word_runs((one.display_name, one.handle)).items():
            if name_weight(stem) >= least_weight:
                candidates[stem] += 1
                words_of[stem] = max(words, words_of.get(stem, 0))
    if not candidates:
        return None
    counts = {stem: sum(any(stem in name for name in pair) for pair in held) for stem in candidates}
    stem = max(counts, key=lambda one: (counts[one], name_weight(one), one))
    if counts[stem] < 2:
        return None
    is_whole = any(stem in pair for pair in held)
    return SharedName(stem, counts[stem] / len(names), words_of[stem] > 1 or is_whole)


def word_runs(texts: Iterable[str]) -> dict[str, int]:
    """Return every run of up to four words of some names, joined, with its number of words (numbers not counted).

    Examples
    --------
    >>> word_runs(["QuayNotes 7"])
    {'quay': 1, 'quaynotes': 2, 'quaynotes7': 2, 'notes': 1, 'notes7': 1, '7': 0}
    """
    found: dict[str, int] = {}
    for text in texts:
        words = [plain_name(word) for word in _WORD.findall(unicodedata.normalize("NFKC", text or ""))]
        words = [word for word in words if word][:12]
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + _MOST_WORDS) + 1):
                joined = "".join(words[first:last])
                letters = sum(not word.isdigit() for word in words[first:last])
                found[joined] = max(letters, found.get(joined, 0))
    return found
