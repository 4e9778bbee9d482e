"""Confidence words as STIX numbers. The number is derived from the word and never read as more than the word.

Only confidence becomes ``confidence``: a likelihood is about the event, and the standard's bins for likelihood words
are not those of ICD 203, so that a word would move on its way there and back.

References
----------
STIX 2.1, appendix A: confidence scales (none, low, medium, high; Admiralty credibility).
"""

from __future__ import annotations

from undazzle.casebook.gradings import ConfidenceWord, Credibility

OF_WORD: dict[ConfidenceWord, int] = {ConfidenceWord.LOW: 15, ConfidenceWord.MODERATE: 50, ConfidenceWord.HIGH: 85}


def confidence_number(word: ConfidenceWord | None) -> int | None:
    """Return the number for a word, nothing where no word was given.

    Examples
    --------
    >>> confidence_number(ConfidenceWord.MODERATE), confidence_number(None)
    (50, None)
    """
    return None if word is None else OF_WORD[word]


def word_of_number(number: object) -> ConfidenceWord | None:
    """Return the word whose bin holds a number from 0 to 100; none for 0, which says that nothing is known.

    Examples
    --------
    >>> [str(word_of_number(one)) for one in (0, 29, 30, 69, 70)]
    ['None', 'low', 'moderate', 'moderate', 'high']
    """
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 100:
        return None
    if number < 30:
        return ConfidenceWord.LOW
    return ConfidenceWord.MODERATE if number < 70 else ConfidenceWord.HIGH


def credibility_number(credibility: Credibility) -> int | None:
    """Return the number for an Admiralty credibility; nothing where it cannot be judged, which is not the worst.

    Examples
    --------
    >>> credibility_number(Credibility.CONFIRMED), credibility_number(Credibility.CANNOT_BE_JUDGED)
    (90, None)
    """
    return None if credibility.rank is None else 110 - 20 * credibility.rank
