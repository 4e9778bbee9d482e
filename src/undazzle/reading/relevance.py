"""Whether a sentence is a claim at all: about foreign influence on a vote, and with its object in the text."""

from __future__ import annotations

import re

from undazzle.reading.coding import speaks_of_an_act
from undazzle.reading.quotations import masked, quotations
from undazzle.reading.truncation import Piece
from undazzle.reading.verbs import REPORTING

_FRAME = re.compile(
    r"^(?:below|above|here) (?:are|is)\b|^(?:each|every) (?:week|\w+day),? I\b|\b(?:photo|image) by\b", re.I
)
_FUNCTION = frozenset(
    "a an the of to in on at by for with from as into about against between than that which who whom whose and or but "
    "nor not no is are was were be been being has have had do does did will would can could may might shall should "
    "must it they he she we i this these those there its their his her so such more most very just only yet still "
    "also too both either neither because while when where if then necessarily specifically truly really fully".split()
)
_LIGHT = frozenset(
    "attempting attempt attempted seeking seek sought trying try tried aiming aim aims aimed planning plan planned "
    "intending intend intends wanting want wants able aware unaware likely unlikely going willing unwilling about "
    "expected expecting believed thought considering considered genuine".split()
)
_AUXILIARY = frozenset("is are was were be been has have had do does did will would can could may might not to".split())
_SHORTEST = 4  # words that are a subject and no sentence
_NESTED = 110  # characters within which a second report of speech can begin
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NAME = re.compile(r"^[A-Z]")


def is_about_influence(words: str) -> bool:
    """Return whether words speak of an act that a case is about."""
    return speaks_of_an_act(words) and not _FRAME.search(words)


def lacks_its_object(content: str, piece: Piece) -> bool:
    """Return whether a text breaks off before it says what is claimed.

    "China is not attempting …" is no claim: names, small words and verbs that only announce another one say nothing.
    """
    if not piece.is_cut:
        return False
    told = _WORD.findall(_innermost(content))
    dropped = set()
    while told and told[-1].casefold() in _FUNCTION | _LIGHT:
        dropped.add(told.pop().casefold())
    if _AUXILIARY & dropped and len(told) <= _SHORTEST and not _AUXILIARY & {word.casefold() for word in told}:
        return True  # only a subject is left: its predicate is missing
    return not any(word.casefold() not in _FUNCTION | _LIGHT and not _NAME.match(word) for word in told)


def _innermost(content: str) -> str:
    """Return what is reported in the end: "an official said X is not …" says no more than "X is not …"."""
    plain = masked(content, quotations(content))
    inner = REPORTING.search(plain, 0, _NESTED)
    return content[inner.end() :] if inner else content


def ends_before_its_predicate(words: str) -> bool:
    """Return whether the last thing a cut text gives is a bare form of "to be" or "to have" with its particles.

    Examples
    --------
    >>> ends_before_its_predicate("these trends are not necessarily")
    True
    """
    told = [word.casefold() for word in _WORD.findall(words)]
    small = 0
    while told and told[-1] in _FUNCTION | _LIGHT:
        small += 1
        if told.pop() in {"is", "are", "was", "were", "be", "been", "not"}:
            return True
    return False
