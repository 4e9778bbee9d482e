"""Signal ``text_endings``: a meaningless tail that makes equal posts different, a habit against spam filters."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from undazzle.model import InnocentExplanation, Parameter
from undazzle.signals.account_flags import text_strata
from undazzle.signals.descriptor import Reading, Signal
from undazzle.signals.group import Group
from undazzle.signals.reading import habit_reading

LEAST_SHARE, LEAST_RATIO = 0.05, 5.0
# Tails that come back are words ("USA"), not chance: of all uses, so many must differ.
LEAST_DISTINCT = 0.8
FEWEST_USES = 3
_TAIL = r"([A-Z]{3,8}|[a-z]{3,8}|[0-9]{3,8}|[A-Za-z0-9]{4,10}|[^\sA-Za-z0-9#@]{2,8}|@\S+)\s*$"
_TAILS = rf"""
SELECT account_key, is_member, tail FROM (
    SELECT account_key, is_member, regexp_extract(
        regexp_replace(right(text, 400), '\s+https?://\S+\s*$', ''), '(?:https?://\S+|[.!?…])\s+{_TAIL}', 1
    ) AS tail
    FROM posts JOIN (SELECT account_key, is_member FROM signal_accounts) USING (account_key)
    WHERE text IS NOT NULL AND NOT coalesce(is_repost, false)
) WHERE tail <> '' ORDER BY account_key, tail
"""
_WORDS = {"A": "capitals", "a": "small letters", "9": "digits", "x": "mixed signs", "?": "symbols", "@": "mentions"}


def tail_shape(tail: str) -> str:
    """Return the shape of a tail: kind of signs and their number; empty for ornaments such as emoji.

    Examples
    --------
    >>> tail_shape("VUBQ"), tail_shape("8841"), tail_shape("@quay"), tail_shape("￥（—"), tail_shape("❤❤")
    ('A{4}', '9{4}', '@', '?', '')
    """
    if tail.startswith("@"):
        return "@"
    for sign, pattern in (("A", "[A-Z]+"), ("a", "[a-z]+"), ("9", "[0-9]+"), ("x", "[A-Za-z0-9]+")):
        if re.fullmatch(pattern, tail):
            return f"{sign}{{{len(tail)}}}" if sign != "x" or _is_random(tail) else ""
    is_symbols = len(set(tail)) > 1 and all(one in _SYMBOLS for one in tail)
    return "?" if is_symbols else ""


_SYMBOLS = frozenset("￥¥$%&*+=<>|\\/^~_`（）()【】[]{}—–-，。、；：,;:'\"“”‘’「」·×÷§")


def _is_random(tail: str) -> bool:
    """Return whether letters and digits are mixed as nobody writes: 'aB3kQ', not 'Friday' and not 'COVID19'."""
    changes = sum(_kind(one) != _kind(other) for one, other in pairwise(tail))
    return changes >= 3


def _kind(sign: str) -> str:
    return "9" if sign.isdigit() else "A" if sign.isupper() else "a"


def read(group: Group) -> Reading:
    """Return what the ends of the group's posts say."""
    uses: defaultdict[str, list[str]] = defaultdict(list)
    has: defaultdict[int, set[str]] = defaultdict(set)
    for key, is_member, tail in group.store.rows(_TAILS):
        shape = tail_shape(tail)
        if shape:
            has[key].add(shape)
            if is_member:
                uses[shape].append(tail)
    real = {shape for shape, tails in uses.items() if _differ(tails)}
    strata = text_strata(group)
    return habit_reading(
        [(stratum, has[key] & real) for key, (is_member, stratum) in strata.items() if is_member],
        [(stratum, has[key] & real) for key, (is_member, stratum) in strata.items() if not is_member],
        _words,
        least_share=LEAST_SHARE,
        least_ratio=LEAST_RATIO,
        nothing="no tail that differs from post to post",
    )


def _differ(tails: list[str]) -> bool:
    return len(tails) >= FEWEST_USES and len(set(tails)) >= LEAST_DISTINCT * len(tails)


def _words(shape: str) -> str:
    length = re.search(r"\d+", shape[1:])
    number = f"{length.group()} " if length else ""
    return f"end a post in {number}{_WORDS[shape[0]]} that differ from post to post"


TEXT_ENDINGS = Signal(
    signal_id="text_endings",
    version="1",
    title="Tails against spam filters",
    summary="Finds posts that end, after the link, in signs that mean nothing and differ each time.",
    family="text habits",
    method=(
        "What stands after the last link or the last full stop is looked at (a picture's own link is taken off): three "
        "to eight capitals, small letters or digits, mixed signs, two to eight symbols, or a mention. Four in five of "
        "all uses in the group must differ. The share of accounts with such a tail is compared with others that post "
        "as much, all shapes counted; it must be five times as common, and one in twenty accounts must have it."
    ),
    needs=("text",),
    needs_words="texts",
    innocent_explanations=(
        InnocentExplanation("Tickers and codes", "Share tickers, airport codes and match codes are capitals too."),
        InnocentExplanation("Signatures", "Initials of who wrote a post end those of many customer services."),
        InnocentExplanation("A program's mark", "Some programs add a random word so that a post may be repeated."),
    ),
    error_rates=(
        "9 of 21 posts of the published PRC sample (CNHU) end in four capitals that differ; 11 of 18,833 ordinary "
        "users ever do. Other shapes of tails were not met in "
        "real data."
    ),
    read=read,
    parameters=(
        Parameter("least_share", LEAST_SHARE, "share", "Part of the group that must show it"),
        Parameter("least_ratio", LEAST_RATIO, "times", "How much more common than elsewhere it must be"),
        Parameter("least_distinct", LEAST_DISTINCT, "share", "Part of the uses that must differ from each other"),
    ),
    same_as_traces=("text", "near_text"),
)
