"""Signal ``filler_posts``: posts that hold a proverb or a verse and nothing else, to make an account look alive."""

from __future__ import annotations

import re
from functools import cache

from undazzle.model import InnocentExplanation, Parameter
from undazzle.signals.account_flags import text_strata
from undazzle.signals.descriptor import Reading, Signal
from undazzle.signals.group import Group
from undazzle.signals.proverbs import PROVERBS
from undazzle.signals.reading import habit_reading

LEAST_LIKE = 0.75
LEAST_SHARE, LEAST_RATIO = 0.05, 3.0
_KINDS = {
    "filler": "post a proverb or a verse and nothing else",
    "proverb": "post a proverb and nothing else",
    "verse": "post lines of five or seven Chinese characters and nothing else",
}
_MOST_WORDS = 25
_WORD = re.compile(r"[a-z]+")
_VERSE = re.compile(r"[\u3400-\u9fff]{5}|[\u3400-\u9fff]{7}")
_BREAKS = re.compile(r"[，。！？；、,.!?;\s]+")
# Only short posts without hashtag and mention can be filler; the link of a picture at the end is taken off.
_SHORT = r"""
SELECT account_key, list(DISTINCT plain) FROM (
    SELECT account_key, trim(regexp_replace(text, '\s*https?://\S+\s*$', '')) AS plain
    FROM posts
    WHERE length(text) BETWEEN 8 AND 220 AND NOT coalesce(is_repost, false) AND NOT regexp_matches(text, '[@#]')
) WHERE NOT contains(plain, '://') GROUP BY ALL
"""


def filler_kind(text: str) -> str:
    """Return ``proverb`` or ``verse`` for a text that is nothing else, else an empty string.

    Examples
    --------
    >>> filler_kind("It is never too late to learn."), filler_kind("The ferry leaves at nine.")
    ('proverb', '')
    """
    lines = [one for one in _BREAKS.split(text) if one]
    if len(lines) >= 2 and len({len(one) for one in lines}) == 1 and all(_VERSE.fullmatch(one) for one in lines):
        return "verse"
    return "proverb" if _is_proverb(text) else ""


def _is_proverb(text: str) -> bool:
    words = _words(text)
    if not 3 <= len(words) <= _MOST_WORDS:
        return False
    known = frozenset(words)
    by_word, sizes = _index()
    near = {place for word in known for place in by_word.get(word, ())}
    return any(len(known & sizes[one]) >= LEAST_LIKE * len(known | sizes[one]) for one in near)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "").replace("'", ""))


@cache
def _index() -> tuple[dict[str, list[int]], list[frozenset[str]]]:
    """Return proverbs by their rarest word, and the words of each."""
    words = [frozenset(_words(one)) for one in PROVERBS]
    often: dict[str, int] = {}
    for one in words:
        for word in one:
            often[word] = often.get(word, 0) + 1
    found: dict[str, list[int]] = {}
    for place, one in enumerate(words):
        for word in sorted(one, key=lambda word: (often[word], word))[:3]:
            found.setdefault(word, []).append(place)
    return found, words


def _kinds_of_all(group: Group) -> dict[int, set[str]]:
    """Return the kinds of filler of every account that has any, whatever group it is in."""
    has: dict[int, set[str]] = {}
    for key, texts in group.store.rows(_SHORT):
        kinds = {kind for kind in map(filler_kind, texts) if kind}
        if kinds:
            has[key] = kinds | {"filler"}
    return has


def read(group: Group) -> Reading:
    """Return what the short posts of the group say."""
    has = group.once("filler", lambda: _kinds_of_all(group))
    strata = text_strata(group)
    members = [(stratum, has.get(key, set())) for key, (is_member, stratum) in strata.items() if is_member]
    return habit_reading(
        members,
        [(stratum, has.get(key, set())) for key, (is_member, stratum) in strata.items() if not is_member],
        _KINDS.__getitem__,
        least_share=LEAST_SHARE,
        least_ratio=LEAST_RATIO,
        nothing="no proverbs or verses beyond what others post",
        details={kind: sum(kind in one for _, one in members) for kind in _KINDS},
    )


FILLER_POSTS = Signal(
    signal_id="filler_posts",
    version="1",
    title="Proverbs and verses as filler",
    summary="Finds accounts that post a proverb or a verse without any other word.",
    family="text habits",
    method=(
        f"Short posts without hashtag and mention are compared with {len(PROVERBS)} English proverbs (three in four "
        "words in common), and looked at for Chinese verse: two or more lines of five or of seven characters each. The "
        "share of accounts with such a post is compared with others that post as much; it must be three times as "
        "common, and one in twenty accounts must have one. Other languages and other filler (recipes, football "
        "results) are not known to it."
    ),
    needs=("text",),
    needs_words="texts",
    innocent_explanations=(
        InnocentExplanation("Lovers of quotations", "Thought-of-the-day accounts and teachers post little else."),
        InnocentExplanation("Learners", "Who learns a language posts its proverbs."),
    ),
    error_rates=(
        "In the published PRC sample (CNHU) 6 of 8 posts without a link are found: five proverbs and one verse; a "
        "line of a poem in English and a cry of warning are not. None of 18,833 ordinary users of the controls "
        "has one. Some of the proverbs found were known when the list "
        "was written: on other data it will find fewer."
    ),
    read=read,
    parameters=(Parameter("least_like", LEAST_LIKE, "share", "Words that a text must share with a proverb"),),
    same_as_traces=("text", "near_text"),
)
