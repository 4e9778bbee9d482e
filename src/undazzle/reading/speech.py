"""Who says what in a sentence: each report of speech with its speaker, its verb and the words it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from undazzle.reading.gazetteer import Mention, NameKind
from undazzle.reading.quotations import masked, quotations
from undazzle.reading.spans import Span, trimmed
from undazzle.reading.speakers import UNNAMED, VOICE, Memory, Speaker, speakers_in
from undazzle.reading.verbs import PASSIVE, REPORTING, TO_BEFORE, VerbKind, kind_of

_STRONG = re.compile(
    r"[;:—–·]|\s-\s|\bthat\b|,?\s\b(?:but|while|whereas|although|though|because|where|which|unless|if)\b|,\s+and\b"
)
_SEPARATES = re.compile(r"[;—–]|\blikewise\b|,?\s(?:while|whereas|which|but|although)\b|,\s+a\s\w+\s(?:first|later)\b")
_ACCORDING = re.compile(r"\b(?:according to|in the (?:words|view) of)\s+", re.I)
_AS_SAYING = re.compile(r"\bquot(?:ed|es|ing)\s+(?P<who>[^,.;]{3,80}?)\s+as (?:saying|telling|stating)\b")
_BY = re.compile(r"\b(?:reported|confirmed|disclosed|revealed|said|published|announced|given)\b[\w ]{0,12}?\bby\s+")
_ASSURANCE = re.compile(
    r"\b(?:assurance|promise|pledge)s?\b[^.]{0,40}?\bby\s+(?P<who>[^.,;]{3,120}?)(?=\sto\s|\son\s|[,.;]|$)"
)
_JUDGED = re.compile(r"\b(?:judgment|assessment|conclusion|finding|view|warning) [\"“]?·*(?:that\b)?")
_ISSUED = re.compile(
    r"\b(?:issued|released|published|presented)\b[^.;]{0,60}?\b(?:stating|saying|finding|concluding)\b"
)
_IN_A_PAPER = re.compile(
    r"\b(?:released|published|issued|presented|wrote) (?:a|an|its|their|the) (?:[\w-]+ ){0,3}?"
    r"(?:report|assessment|statement|study|memo|advisory|analysis|letter) (?:that|which)\s*$"
)
_STARTS_WITH = re.compile(
    r"^(?:in|on|at|as|for|after|during|before|since|under|by|from|with|among|despite|early|late|last|this|a day|"
    r"yesterday|today|earlier|meanwhile|however|given|according to)\b", re.I,
)  # fmt: skip
_ADVERBIAL = re.compile(
    r"(?:[Oo]n the (?:night|day|eve|morning|evening) of (?:the )?\w+|"
    r"(?:[Ii]n|[Oo]n|[Ss]ince|[Bb]y)\s+(?:(?:early|mid|late)[ -]?\s*)?[A-Z]\w+(?:\s\d{1,2})?(?:,?\s\d{4})?|"
    r"[Tt]his \w+|[Ll]ast \w+|[Aa] (?:day|week|month|year) later|[Aa]nd|[Aa]lso|[Tt]hen|[Mm]eanwhile)\s+"
)
_FILLER = re.compile(
    r"(?:\s|\b(?:has|have|had|also|repeatedly|later|then|now|again|already|likewise|still|further|recently|thus|"
    r"previously|initially|once|in (?:\d{4}|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?: \d{4})?|on \w+day|last \w+|this \w+|would|will|did|only)\b)*$"
)
_PRONOUN_END = re.compile(r"(?:^|\s)(it|they|she|he|we)$", re.I)


@dataclass(frozen=True, slots=True)
class Speech:
    """A report of what somebody says.

    Attributes
    ----------
    speaker
        Who says it; :data:`VOICE` where the text speaks itself.
    via
        Who passes it on, if the text says so.
    verb, kind
        The reporting verb, and what it does.
    span
        The words of the report with what is reported.
    content
        What is reported.
    """

    speaker: Speaker
    via: Speaker | None
    verb: str | None
    kind: VerbKind
    span: Span
    content: Span


@dataclass(frozen=True, slots=True)
class _Found:
    """A reporting verb with its speakers, by offsets inside the sentence."""

    speakers: tuple[Speaker, ...]
    verb: str
    kind: VerbKind
    subject: int
    begin: int
    end: int
    content: tuple[int, int]
    via: Speaker | None = None


def speeches_in(text: str, head: Span, mentions: Sequence[Mention], memory: Memory) -> list[Speech]:
    """Return the reports of speech in a sentence, and who has spoken is entered into the memory."""
    words = head.of(text)
    local = [Mention(Span(one.span.begin - head.begin, one.span.end - head.begin), one.name) for one in mentions]
    found = _outermost(_all_found(words, local, memory), words)
    speeches = []
    for number, one in enumerate(found):
        begin = 0 if number == 0 else _edge(words, found[number - 1], one)
        end = len(words) if number + 1 == len(found) else _edge(words, one, found[number + 1])
        span = trimmed(text, head.begin + begin, head.begin + end)
        content = trimmed(text, head.begin + one.content[0], head.begin + max(one.content[0], min(one.content[1], end)))
        speeches += [Speech(who, one.via, one.verb, one.kind, span, content) for who in one.speakers]
        memory.keep(one.speakers)
    return speeches


def _edge(words: str, one: _Found, other: _Found) -> int:
    """Return where the second of two reports begins: at the mark that parts them."""
    low, high = min(one.end, other.subject), max(one.end, other.subject)
    marks = list(_SEPARATES.finditer(words, low, high))
    return marks[-1].start() if marks else high


def _all_found(words: str, mentions: list[Mention], memory: Memory) -> list[_Found]:
    plain = masked(words, quotations(words))
    found = [*_special(plain, words, mentions, memory)]
    taken = [(one.begin, one.end) for one in found]
    for verb in REPORTING.finditer(plain):
        if any(begin <= verb.start() < end for begin, end in taken):
            continue
        if one := _by_verb(plain, words, verb, mentions, memory):
            found.append(one)
            memory = Memory([*memory.speakers, *one.speakers])
    return sorted(found, key=lambda one: one.subject)


def _special(plain: str, words: str, mentions: list[Mention], memory: Memory) -> list[_Found]:
    found = []
    if one := _ACCORDING.search(plain):
        end = _phrase_end(plain, one.end())
        who = speakers_in(plain[one.end() : end], one.end(), mentions, memory, words)
        before = plain[: one.start()].strip(" ,")
        content = (0, one.start()) if len(before) > 20 else (end, len(words))
        if who:
            found.append(_Found(who, "according to", VerbKind.SAYS, one.start(), one.start(), end, content))
    if one := _AS_SAYING.search(plain):
        who = speakers_in(one.group("who"), one.start("who"), mentions, memory, words)
        via = _before(plain, words, one.start(), mentions, memory)
        if who:
            relay = via[1][0] if via and via[1] else None
            found.append(_Found(who, "quoted as saying", VerbKind.SAYS, 0, 0, one.end(), (0, len(words)), relay))
    if one := _ASSURANCE.search(plain):
        who = speakers_in(one.group("who"), one.start("who"), mentions, memory, words)[-1:]
        if who:
            found.append(_Found(who, "assurance", VerbKind.PLEDGES, 0, 0, one.end(), (0, len(words))))
    return found or _judgment(plain, words, memory)


def _judgment(plain: str, words: str, memory: Memory) -> list[_Found]:
    """Read "the assessment that …" where no verb of saying stands: it is that of the one who spoke last."""
    last = memory.last()
    one = re.search(r"\bwas the (?:judgment|assessment|conclusion|finding|view)\b", plain)
    if one is None or last is None:
        return []
    return [_Found((last,), "assessment", VerbKind.FINDS, 0, 0, one.end(), (one.end(), len(words)))]


def _phrase_end(plain: str, start: int) -> int:
    found = re.compile(r"[,;:.]|$").search(plain, start)
    end = found.start() if found else len(plain)
    verbs = (one.start() for one in REPORTING.finditer(plain, start) if not TO_BEFORE.search(plain[: one.start()]))
    return min(end, next(verbs, end))


def _by_verb(plain: str, words: str, verb: re.Match[str], mentions: list[Mention], memory: Memory) -> _Found | None:
    kind = kind_of(verb.group())
    before = plain[: verb.start()]
    if PASSIVE.search(before) or TO_BEFORE.search(before) or re.search(r"\b(?:not|n['’]t)\s+$", before):
        return _passive(plain, words, verb, mentions, memory)
    after = (verb.end(), len(words))
    if place := _before(plain, words, verb.start(), mentions, memory):
        begin, who = place
        content = (0, begin) if _is_afterthought(plain, begin, verb.end()) else after
        if who and _may_speak(who[0], kind):
            return _Found(who, verb.group(), kind, begin, verb.start(), verb.end(), content)
    if re.search(r"[,·\"”]\s*$", before):
        return _inverted(plain, words, verb, mentions, memory, kind)
    return None


def _passive(plain: str, words: str, verb: re.Match[str], mentions: list[Mention], memory: Memory) -> _Found | None:
    by = re.compile(r"\s*(?:\w+\s+){0,2}?by\s+").match(plain, verb.end())
    if by is None:
        return None
    who = speakers_in(plain[by.end() : _phrase_end(plain, by.end())], by.end(), mentions, memory, words)
    if not who:
        return None
    return _Found(who, verb.group(), kind_of(verb.group()), verb.start(), verb.start(), by.end(), (0, verb.start()))


def _before(
    plain: str, words: str, verb: int, mentions: list[Mention], memory: Memory
) -> tuple[int, tuple[Speaker, ...]] | None:
    """Return where the subject of a verb begins and who it is."""
    strong = max((one.end() for one in _STRONG.finditer(plain, 0, verb)), default=0)
    if _IN_A_PAPER.search(plain[:verb]):
        strong = 0
    commas = [place + 1 for place in range(strong, verb) if plain[place] == ","]
    starts = [*reversed(commas), strong]
    if strong and UNNAMED.search(plain[strong:verb]) is None:
        starts.append(0 if re.search(r"\bwho\b", plain[:verb]) else _before_relative(plain, strong))
    for start in starts:
        begin = start + len(plain[start:verb]) - len(plain[start:verb].lstrip(" \"“”’'·"))
        phrase = _FILLER.sub("", plain[begin:verb])
        if start == strong and commas and _STARTS_WITH.match(phrase):
            continue
        if start != starts[0] and phrase.endswith(",") and re.match(r"(?:an?|the|one)\s", phrase):
            continue  # "the Lab, a research group, said": what is put in between is not who speaks
        begin, phrase = _after_adverbial(begin, phrase)
        if pronoun := _PRONOUN_END.search(phrase):
            begin, phrase = begin + pronoun.start(1), pronoun.group(1)
        begin = _whole_list(plain, begin, mentions)
        phrase = phrase if plain.startswith(phrase, begin) else _FILLER.sub("", plain[begin:verb])
        who = speakers_in(phrase, begin, mentions, memory, words)
        if who:
            return begin, who
    return None


def _before_relative(plain: str, strong: int) -> int:
    """Return where the words before "that watches the vote" begin: a subject may go around such a clause."""
    relative = re.search(r"\b(?:that|which|where)\s*$", plain[:strong])
    if relative is None:
        return strong
    return max((one.end() for one in _STRONG.finditer(plain, 0, relative.start())), default=0)


def _whole_list(plain: str, begin: int, mentions: list[Mention]) -> int:
    """Return where a list of bodies begins, of which the words after its last comma are the end."""
    claimants = [one for one in mentions if one.name.kind is NameKind.CLAIMANT]
    while before := next((one for one in claimants if plain[one.span.end : begin].strip() == ","), None):
        if not re.match(r"(?:and )?[A-Z][^,]*(?:,| and )", plain[begin:]):
            break
        begin = before.span.begin
    return begin


def _after_adverbial(begin: int, phrase: str) -> tuple[int, str]:
    """Drop "In January" or "This week" before a subject."""
    found = _ADVERBIAL.match(phrase)
    return (begin + found.end(), phrase[found.end() :]) if found and found.end() < len(phrase) else (begin, phrase)


def _is_afterthought(plain: str, begin: int, end: int) -> bool:
    """Return whether "…, the company said." follows what it reports."""
    ahead = plain[:begin].rstrip()
    rest = plain[end:].strip(" .\"”'")
    return (
        len(ahead) > 15
        and ahead[-1] in ',·"”'
        and " that " not in rest
        and (len(rest) < 60 or rest.startswith(("on ", "in ", "as ")))
    )


def _inverted(
    plain: str, words: str, verb: re.Match[str], mentions: list[Mention], memory: Memory, kind: VerbKind
) -> _Found | None:
    """Read "…", said A. B., who … ."""
    end = _phrase_end(plain, verb.end() + 1)
    phrase = plain[verb.end() : end]
    begin = verb.end() + len(phrase) - len(phrase.lstrip())
    who = speakers_in(phrase, begin, mentions, memory, words)[:1]
    return _Found(who, verb.group(), kind, verb.start(), verb.start(), end, (0, verb.start())) if who else None


def _may_speak(speaker: Speaker, kind: VerbKind) -> bool:
    return speaker is not VOICE and bool(speaker.id) and kind is not None


def _outermost(found: list[_Found], words: str) -> list[_Found]:
    """Keep reports that stand side by side; of nested ones the outer, unless it only passes on the inner."""
    kept: list[_Found] = []
    for one in found:
        if not kept:
            kept.append(one)
            continue
        last = kept[-1]
        if _SEPARATES.search(words, min(last.end, one.subject), one.subject) and not _covers(last, one):
            kept.append(one)
        elif _passes_on(last, one):
            kept[-1] = _Found(
                one.speakers, one.verb, one.kind, last.subject, last.begin, one.end, one.content, last.speakers[0]
            )
    return kept


def _covers(outer: _Found, inner: _Found) -> bool:
    return outer.begin <= inner.begin < outer.end


def _passes_on(outer: _Found, inner: _Found) -> bool:
    from undazzle.casebook.vocabulary import ClaimantCategory

    relays = outer.speakers[0].category in {ClaimantCategory.MEDIA, ClaimantCategory.REFERENCE_WORK}
    same = outer.speakers[0].id == inner.speakers[0].id
    return relays and not same and inner.kind is not VerbKind.ACTS
