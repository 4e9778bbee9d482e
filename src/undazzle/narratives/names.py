"""Names as patterns: whole words, hashtags, scripts without spaces, and names that are common words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from undazzle.traces.normal_text import UNSPACED

_UNSPACED = re.compile(f"[{UNSPACED}]")
# \b knows only ASCII; letters and figures of any script are dear to look for, so only where they are needed.
_PLAIN = (r"\b", r"\b")
_ANY_SCRIPT = (r"(?:^|[^\p{L}\p{N}_])", r"(?:[^\p{L}\p{N}_]|$)")
_AT_ONCE = 40  # names in one pattern: beyond some dozens the matcher falls back to a slow way


def is_single_word(name: str) -> bool:
    """Say whether a name is one word in a script with capitals: it may be a common word as well.

    Examples
    --------
    >>> is_single_word("Justice"), is_single_word("Jim Justice"), is_single_word("特朗普")
    (True, False, False)
    """
    return len(name.split()) == 1 and name.lower() != name.upper() and not _UNSPACED.search(name)


def pattern_of(names: Sequence[str]) -> str:
    """Return a pattern for any of these names, or one that matches nothing if there is none.

    Names of several words match in any case, with any white space, and as one word behind a ``#``. A single word
    matches as it is written, capitals included. Scripts without spaces have no word ends: any place counts.
    """
    if not names:
        return r"[^\s\S]"
    return "|".join(_one(name) for name in names)


def plain_patterns(names: Sequence[str]) -> list[str]:
    """Return a few fast patterns of which one matches wherever a name may stand, and sometimes elsewhere."""
    parts = [_written(name) for name in dict.fromkeys(names)]
    return [f"(?i){'|'.join(parts[at : at + _AT_ONCE])}" for at in range(0, len(parts), _AT_ONCE)]


def _written(name: str) -> str:
    words = [re.escape(word) for word in name.split()]
    return r"\s*".join(words)


def _ends(name: str) -> tuple[str, str]:
    return _PLAIN if name.isascii() else _ANY_SCRIPT


def _one(name: str) -> str:
    left, right = _ends(name)
    if _UNSPACED.search(name):
        return re.escape(name)
    if is_single_word(name):
        return f"{left}{re.escape(name)}{right}"
    body = r"\s+".join(re.escape(word) for word in name.split())
    joined = re.escape("".join(name.split()))  # a hashtag writes the name in one word
    return f"(?i:{left}(?:{body}|{joined}){right})"


def lower_pattern_of(names: Sequence[str]) -> str:
    """Return a pattern for single words written without a capital, as a common word would be."""
    # People leave out capitals in hashtags; that makes no common word of a name.
    lower = [rf"(?:^|[^#\w]){re.escape(one.lower())}{_ends(one)[1]}" for one in names if one.lower() != one]
    return "|".join(lower) or r"[^\s\S]"


def words_pattern(words: Sequence[str]) -> str:
    """Return a pattern for any of these words in any case; empty if there are none."""
    if not words:
        return ""
    return rf"(?i:\b(?:{'|'.join(re.escape(one) for one in words)})\b)"
