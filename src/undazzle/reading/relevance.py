"""Whether a sentence is a claim at all: about foreign influence on a vote, and with its object in the text."""

from __future__ import annotations

import re

from undazzle.reading.truncation import Piece

_ACT = re.compile(
    r"\b(?:interfer\w+|meddl\w+|influenc(?:e|ing) (?:efforts?|operations?|campaigns?|activit\w+|posture)|influence "
    r"(?:voters|Americans|the)|tried to influence|attempts? to influence|propaganda|disinformation|misinformation|"
    r"fake (?:\w+ )?accounts?|covert\w*|bomb threats?|hoax|hack\w*|phishing|"
    r"cyber-?espionage|wire-?tap\w*|sway(?:ed|s)?|"
    r"denigrat\w+|smear\w*|launder\w*|inauthentic|cloned (?:websites?|pages|sites)|influence over|"
    r"(?:delays|efforts) (?:they )?(?:caused|swayed)|preferred (?:candidate|alternative)|lesser (?:of two )?evils?|"
    r"(?:second|another) \w+ presidency|election interference|state-linked (?:accounts|actors|assets)|"
    r"that effort affected|destabili[sz]ation|erosion of trust|anonymous sender|stolen|leaked|vote-buying)\b", re.I,
)  # fmt: skip
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
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NAME = re.compile(r"^[A-Z]")


def is_about_influence(words: str) -> bool:
    """Return whether words speak of an act that a case is about."""
    return bool(_ACT.search(words)) and not _FRAME.search(words)


def lacks_its_object(content: str, piece: Piece) -> bool:
    """Return whether a text breaks off before it says what is claimed.

    "China is not attempting …" is no claim: names, small words and verbs that only announce another one say nothing.
    """
    if not piece.is_cut:
        return False
    told = _WORD.findall(content)
    while told and told[-1].casefold() in _FUNCTION | _LIGHT:
        told.pop()
    return not any(word.casefold() not in _FUNCTION | _LIGHT and not _NAME.match(word) for word in told)


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
