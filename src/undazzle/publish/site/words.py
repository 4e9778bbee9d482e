"""The words readers see for the words of the schema, and dates as people write them."""

from __future__ import annotations

import re

from undazzle.casebook.claim import Claim
from undazzle.publish.report.text import clean, cut, one_line

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
POLARITY = {
    "asserts": "asserts",
    "denies": "denies",
    "negative-finding": "finds none",
    "assurance": "gives an assurance",
}
CATEGORY = {
    "government": "Government",
    "foreign-government": "Foreign government",
    "technology-company": "Technology company",
    "civil-society": "Civil society",
    "media": "Media",
    "consultancy": "Consultancy",
    "individual": "Individual",
    "reference-work": "Reference work",
    "aggregator": "Aggregator",
    "unknown": "Not known",
}
ACT = {
    "influence-overt": "influence, overt",
    "influence-covert": "influence, covert",
    "interference-technical": "technical interference",
    "espionage": "espionage",
    "coercive-disruption": "coercive disruption",
    "commercial": "commercial",
    "unspecified": "not specified",
}
QUESTION = {
    "conduct": "What was done",
    "targeting": "Who was singled out",
    "preference": "Who was preferred",
    "approval": "Who approved it",
    "attribution": "Who is behind it",
    "nature": "What kind of act it is",
    "effect": "Whether it mattered",
    "scale": "How much of it there was",
    "means": "By which means",
    "extent": "Which places it reached",
    "cooperation": "Whether actors worked together",
    "ranking": "Who did most",
    "continuity": "Whether it is new",
    "rationale": "Why it was done, or not",
    "forecast": "What will come",
    "context": "A fact around it",
    "aim": "Who was aimed at, and who preferred",
}
DIFFERS = {
    "polarity": "one says so, another not",
    "degree": "answers differ",
    "number": "numbers differ",
    "confidence": "confidence differs",
    "origin": "origin differs",
    "definition": "definition differs",
    "denial": "denied by the accused side",
}
FIELDS = {
    "polarity": "whether it is so",
    "rung": "how far it names an actor",
    "quantities": "numbers",
    "deployment": "how far it went",
    "stated_origin": "who found it out",
    "targets": "whom it names as target",
}
VERIFICATION = {
    "primary": "the issuing body's own text was read",
    "secondary": "a reputable report quoting it was read",
    "copy": "only a copy of low grade was read",
    "unread": "not opened: nothing may rest on it",
}
ATTRIBUTION = {
    "direct": "names the actor",
    "inferred": "lets the actor be inferred",
    "commercial": "names a commercial actor",
    "none": "attributes it to nobody",
}
RELATION = {
    "part-of": "part of",
    "leads": "leads",
    "directed-by": "directed by",
    "linked-to": "linked to",
    "proxy-of": "proxy of",
    "contracted-by": "contracted by",
    "overlaps": "overlaps with",
    "unknown": "tied in a way not stated to",
}
RELIABILITY = {
    "completely-reliable": "completely reliable",
    "usually-reliable": "usually reliable",
    "fairly-reliable": "fairly reliable",
    "not-usually-reliable": "not usually reliable",
    "unreliable": "unreliable",
    "cannot-be-judged": "cannot be judged, which is unknown and not worst",
}
_LONGEST_TITLE = 180
# Controls but tab and line feed, what turns the direction of text, and lone surrogates.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def shown(text: str) -> str:
    r"""Return text without characters that hide or turn what stands there.

    Examples
    --------
    >>> shown("now \u202elive")
    'now live'
    """
    return text if text.isprintable() else _CONTROLS.sub("", text)


def plain_word(word: object) -> str:
    """Return a word of the schema as running text.

    Examples
    --------
    >>> plain_word("disrupted-before-effect")
    'disrupted before effect'
    """
    return str(word).replace("-", " ").replace("_", " ")


def day_words(day: str | None) -> str:
    """Return a partial date as people write it.

    Examples
    --------
    >>> day_words("2022-12-23"), day_words("2024-10"), day_words("2024"), day_words(None)
    ('23 December 2022', 'October 2024', '2024', 'undated')
    """
    if not day:
        return "undated"
    year, *rest = day.split("-")
    if not rest:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month


def title_of(claim: Claim) -> str:
    """Return what is claimed in one line, cut between words where it is long."""
    text = one_line(clean(claim.statement))
    head, left_out = cut(text, _LONGEST_TITLE)
    return f"{head} …" if left_out else head.removesuffix(".")


def heading_of(speaker: str, claim: Claim) -> str:
    """Return who says what in one line; the speaker is not named twice."""
    title = title_of(claim)
    return title if title.lower().startswith(speaker.lower()) else f"{speaker}: {title}"


def counted(count: int, noun: str, nouns: str = "") -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> counted(1, "claim"), counted(2, "country", "countries")
    ('1 claim', '2 countries')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def joined(words: list[str]) -> str:
    """Return words as a list in a sentence.

    Examples
    --------
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
