"""Texts made comparable: lower case, one form per letter, without the parts that differ for no reason.

Every rule stands here twice, as Python (the definition) and as SQL for the great majority of texts, whose
letters behave alike in both; ``QUICK_TEXT`` says which those are and a test compares letter by letter.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection
from functools import cache

# Scripts written without spaces: Han, kana, bopomofo, Thai, Lao, Burmese, Khmer.
UNSPACED = "\u2e80-\u2fdf\u3003-\u3007\u3021-\u312f\u3190-\u319f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
UNSPACED += "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u104f\u1780-\u17dd"
# Where a web address or an @name ends although no space follows.
_BREAKS = UNSPACED + "\u3000-\u3002\u3008-\u3020\uff01-\uff65\uac00-\ud7af"
# Marks that nobody sees and that spammers scatter to make each copy unique.
_INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
_INVISIBLE += "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"

_URL_SQL = rf"(?:[hH][tT][tT][pP][sS]?://|pic\.twitter\.com/)[^\s{_BREAKS}]*"
_MENTION_SQL = rf"@[^\s{_BREAKS}]*"
_EXACT_MENTION_SQL = r"@[^\s]*"
# Not compiled here but where first used (the module re keeps them): that takes 10 ms, which few commands need.
_HIDDEN = f"[{_INVISIBLE}]"
_UNSPACED_LETTER = f"[{UNSPACED}]"
_SPACED_WORD = rf"[^\s{UNSPACED}]+"

_LONG_TEXT = 1_000  # characters

# Letters for which DuckDB and Python agree on lower case, and that NFKC leaves alone whatever stands beside them.
_QUICK = (
    r"\t\n\f\r -~¡-§©«¬®°±¶·»¿À-ÖØ-öø-ÿĀ-įıĴ-ľŁ-ňŊ-žА-яЁёЂ-Џђ-џҐґא-תء-غف-ي٠-٩۰-۹پچژکگی،؛؟"
    "\u4e00-\u9fffぁ-ゖァ-ヺー、。「」『』【】《》가-힣"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2030\u2039\u203a€…\ufffd"
    "\u2190-\u21ff\u2500-\u2767\u2794-\u27bf\u2b05-\u2b07\u2b50\U0001f1e6-\U0001f1ff"
    "\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff"
)
QUICK_TEXT = f"[{_QUICK}]*"


def one_form(text: str) -> str:
    """Return a text with one form per letter (NFKC), in time that grows with its length even if it is hostile.

    A letter under a pile of accents takes time that grows with the square of the pile, so in long texts piles are
    cut to 30 marks, the limit of Unicode's stream-safe format.
    """
    if len(text) > _LONG_TEXT:
        text = _pile_of_marks().sub(r"\1", text)
    return unicodedata.normalize("NFKC", text)


@cache
def _pile_of_marks() -> re.Pattern[str]:
    marks = "".join(letter for letter in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(letter))
    return re.compile(f"([{marks}]{{30}})[{marks}]+")


def normalise_text(text: str, ignore: Collection[str] = ("mentions", "urls"), *, exact: bool = False) -> str:
    """Return a text in the form in which two copies of it are equal.

    Parameters
    ----------
    text
        The text of a post.
    ignore
        What is cut out first: ``mentions`` (from ``@`` to the next space), ``urls``.
    exact
        Only lower case and single spaces, as the Coordination Network Toolkit does; otherwise look-alike
        forms of a letter (NFKC) are unified too and invisible marks removed.

    Examples
    --------
    >>> normalise_text("Ferry  delayed AGAIN @harbour https://example.org/1")
    'ferry delayed again'
    """
    if "urls" in ignore:
        text = re.sub(_URL_SQL, "", text)
    if not exact:
        text = re.sub(_HIDDEN, "", one_form(text))
    text = text.lower()
    if "mentions" in ignore:
        text = re.sub(_EXACT_MENTION_SQL if exact else _MENTION_SQL, "", text)
    return " ".join(text.split())


def count_half_words(text: str) -> int:
    """Return the length of a normalised text in half words: a word is 2, a letter of a script without spaces 1.

    Examples
    --------
    >>> count_half_words("the ferry is late"), count_half_words("渡轮晚点了")
    (8, 5)
    """
    unspaced = len(re.findall(_UNSPACED_LETTER, text))
    return 2 * len(re.findall(_SPACED_WORD, text)) + unspaced


def normal_text_sql(column: str, ignore: Collection[str], *, exact: bool) -> str:
    """Return SQL that does what ``normalise_text`` does, for texts that match ``QUICK_TEXT``."""
    sql = column
    if "urls" in ignore:
        sql = f"regexp_replace({sql}, '{_URL_SQL}', '', 'g')"
    if not exact:
        sql = f"replace({sql}, '…', '...')"
    sql = f"lower({sql})"
    if "mentions" in ignore:
        pattern = _EXACT_MENTION_SQL if exact else _MENTION_SQL
        sql = f"CASE WHEN contains({column}, '@') THEN regexp_replace({sql}, '{pattern}', '', 'g') ELSE {sql} END"
    return rf"trim(regexp_replace({sql}, '\s\s+|[\t\n\r\f]', ' ', 'g'))"


def half_words_sql(column: str) -> str:
    """Return SQL that does what ``count_half_words`` does."""
    return (
        f"CASE WHEN strlen({column}) = length({column}) OR NOT regexp_matches({column}, '[{UNSPACED}]')"
        f" THEN 2 * (strlen({column}) - strlen(replace({column}, ' ', '')) + ({column} <> '')::INT)"
        rf" ELSE 2 * len(regexp_extract_all({column}, '[^\s{UNSPACED}]+'))"
        f" + len(regexp_extract_all({column}, '[{UNSPACED}]')) END"
    )
