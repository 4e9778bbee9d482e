"""The words before a reporting verb become who speaks: a known body, an unnamed official, or the one spoken of last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from undazzle.casebook.importers.drafts import slug
from undazzle.casebook.vocabulary import ClaimantCategory
from undazzle.reading.gazetteer import Mention, NameKind
from undazzle.reading.spans import Span

_STATES = {
    "actor:prc": "claimant:chinese-government",
    "actor:russia": "claimant:russian-government",
    "actor:iran": "claimant:iranian-government",
    "actor:cuba": "claimant:cuban-government",
    "actor:venezuela": "claimant:venezuelan-government",
    "actor:belarus": "claimant:belarusian-government",
    "actor:north-korea": "claimant:north-korean-government",
}
_ROLE = (
    r"spokes(?:man|woman|person|people)|officials?|directors?|heads?|chiefs?|ministers?|president|premier|chancellor|"
    r"secretary|commissioner|ambassador|adviser|advisor|author|executive|officer|minister|governor|mayor|senator|"
    r"counsel|colonel|general|leader|chair|chairman|chairwoman"
)
_UNNAMED = (
    r"officials?|researchers?|experts?|analysts?|commentators?|observers?|investigators?|sources?|critics?|scholars?|"
    r"people|person|insiders?|diplomats?|lawmakers?|senators?|politicians?|prosecutors?|authors?|journalists?|"
    r"specialists?|academics?|campaigners|activists|historians?|economists?|witnesses"
)
_BODY = (
    r"ministry|agency|agencies|company|companies|lab|laboratory|group|campaign|police|force|court|government|"
    r"commission|committee|council|office|service|embassy|mission|party|authority|authorities|platform|newspaper|"
    r"paper|union|institute|centre|center|university|firm|department|bureau|task force|organi[sz]ation|network|"
    r"outlet|regulator|coalition|administration|board|observatory|foundation|society|league|watchdog"
)
_PAPER = (
    r"reports?|assessments?|statements?|study|studies|memo|memorandum|documents?|indictment|advisory|letter|paper|"
    r"article|briefing|analysis|analyses|findings?|judgments?|investigation|poll|post|filing|complaint"
)
ROLE, UNNAMED, BODY, PAPER = (re.compile(rf"\b(?:{one})\b", re.I) for one in (_ROLE, _UNNAMED, _BODY, _PAPER))
_PRONOUN = re.compile(r"^(?:it|they|she|he|we|one)\b$", re.I)
_POSSESSIVE = re.compile(r"^(?:its|their|his|her|our)\b", re.I)
_DEFINITE = re.compile(r"^(?:the|this|that|these|those|such)\b", re.I)
_RELATIVE = re.compile(r"\b(?:who|whom|which|that|whose|where)\b|,|\binside\b|\bworking for\b|\bclose to\b")
_SPEAKS_FOR = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|officials?|directors?|heads?|chiefs?|executives?|officers?)\b", re.I
)
_OFFICE = re.compile(
    r"\b(?:(?:prime|first|foreign|interior|defen[cs]e|justice) )?(?:minister|president|premier)\b", re.I
)
_BARE = re.compile(r"^\w+(?: \w+)? [\w-]+$|^\w+ [\w-]+$|^the head of the \w+$", re.I)
_LONGEST_NAME = 80  # characters
_ISSUES = re.compile(r"\s(?:has |had )?(?:released|published|issued|presented|wrote)\b")
_AUTHOR = re.compile(r"\b(?:by|from|of)\s+(?P<who>.+)$")
_OF = re.compile(r"\b(?:of|for|at|with|from|in)\b")
_LEAD = re.compile(
    r"^(?:(?:a|an|the|one|two|three|several|some|many|both|most|other|another|senior|junior|anonymous|unnamed|"
    r"unidentified|independent|leading|top|current|preeminent|prominent|likewise|also|even)\b\s*)+", re.I,
)  # fmt: skip
_PROPER = re.compile(r"[A-Z][\w&.'’-]*(?:\s+(?:(?:of|for|and|the|on|de|la|du|der)\s+)*[A-Z][\w&.'’-]*)*")
_NOT_PROPER = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday The A An In On At By For As It They He She This That These Those But And However "
    "While When After Before Since Although Though One Two Three Several Some Many Both Most Such According If What "
    "Whether Its Their His Her Our We I Now There Here Each Every No Not Yet Still Election Day Under With From To "
    "Last Next Early Late".split()
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something.

    Attributes
    ----------
    id
        Id of a claimant, or empty for the voice of the text itself.
    label
        What it is called.
    category
        Who speaks.
    words
        The words by which the text names it.
    role
        Public role of the person who spoke for it, if one is given.
    is_unnamed
        Whether nobody can know who it is.
    """

    id: str
    label: str
    category: ClaimantCategory = ClaimantCategory.UNKNOWN
    words: str = ""
    role: str | None = None
    is_unnamed: bool = False


VOICE = Speaker("", "the text itself")


@dataclass(slots=True)
class Memory:
    """Who has spoken in this segment, the last one last."""

    speakers: list[Speaker] = field(default_factory=list)

    def last(self) -> Speaker | None:
        """Return who spoke last."""
        return self.speakers[-1] if self.speakers else None

    def recall(self, noun: str) -> Speaker | None:
        """Return the last speaker that "the agency", "the company" or "the lab" can mean."""
        noun = _singular(noun.casefold())
        for speaker in reversed(self.speakers):
            name = f"{speaker.label} {speaker.words} {speaker.id}".casefold()
            if noun in name or speaker.category in _CATEGORIES.get(noun, ()):
                return speaker
        return None

    def keep(self, speakers: Iterable[Speaker]) -> None:
        """Enter who has spoken."""
        self.speakers += [one for one in speakers if one.id]


_SOUNDS_LIKE = (
    (re.compile(r"\b(?:News|Times|Post|Herald|Courier|Journal|Radio|Tribune|Gazette|Daily|Observer|Press|TV)\b"),
     ClaimantCategory.MEDIA),
    (re.compile(r"\b(?:Lab|Laborator\w+|Institute|University|Observatory|Foundation|Research\w*)\b", re.I),
     ClaimantCategory.CIVIL_SOCIETY),
    (re.compile(r"\b(?:ministry|police|agency|council|commission|board|embassy|office|court|department|government|"
                r"service|bureau|committee|minister|president|premier|secretary|mission)\b", re.I),
     ClaimantCategory.GOVERNMENT),
    (re.compile(r"\b(?:Inc|Corp|company|platform)\b", re.I), ClaimantCategory.TECHNOLOGY_COMPANY),
    (re.compile(r"^[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+$"), ClaimantCategory.INDIVIDUAL),
)  # fmt: skip
_GOVERNMENT = (ClaimantCategory.GOVERNMENT, ClaimantCategory.FOREIGN_GOVERNMENT)
_CATEGORIES: dict[str, tuple[ClaimantCategory, ...]] = {
    "agency": _GOVERNMENT, "ministry": _GOVERNMENT, "department": _GOVERNMENT, "bureau": _GOVERNMENT,
    "office": _GOVERNMENT, "government": _GOVERNMENT, "authorities": _GOVERNMENT,
    "company": (ClaimantCategory.TECHNOLOGY_COMPANY, ClaimantCategory.CONSULTANCY),
    "platform": (ClaimantCategory.TECHNOLOGY_COMPANY,), "firm": (ClaimantCategory.CONSULTANCY,
    ClaimantCategory.TECHNOLOGY_COMPANY), "newspaper": (ClaimantCategory.MEDIA,), "paper": (ClaimantCategory.MEDIA,),
    "lab": (ClaimantCategory.CIVIL_SOCIETY,), "group": (ClaimantCategory.CIVIL_SOCIETY,),
    "institute": (ClaimantCategory.CIVIL_SOCIETY,),
}  # fmt: skip


def speakers_in(words: str, begin: int, mentions: Sequence[Mention], memory: Memory, whole: str) -> tuple[Speaker, ...]:
    """Return who speaks in a phrase: usually one, two for "both A and B", none if nobody can be made out.

    Parameters
    ----------
    words, begin
        The phrase, and where it begins in the text the mentions were found in.
    mentions
        Known names of the text.
    memory
        Who has spoken before.
    whole
        The sentence, which may say that several speak jointly.
    """
    words = words.strip()
    if not words:
        return ()
    span = Span(begin, begin + len(words))
    known = [one for one in mentions if span.holds(one.span) and one.name.kind is NameKind.CLAIMANT]
    core = _ISSUES.split(_RELATIVE.split(words, maxsplit=1)[0], maxsplit=1)[0].strip()
    if _PRONOUN.match(words):
        return _again(memory, words)
    if _POSSESSIVE.match(words):
        return _owned(words, memory)
    in_core = [one for one in known if one.span.begin < begin + len(core)]
    if len(known) > 1 and _is_list(words, begin, known):
        in_core = known
    if in_core and _speaks_first(words, begin, in_core[0]):
        return _bodies(in_core, words, whole)
    for reading in (_unnamed, _anaphor, _state, _proper, _some_body):
        if found := reading(core, span, mentions, memory):
            return found
    return _bodies(known[:1], words, whole) if known and not UNNAMED.search(core) else ()


def _speaks_first(words: str, begin: int, mention: Mention) -> bool:
    """Return whether a known name is the one who speaks, and not only whom an unnamed person studies or quotes."""
    before = words[: max(0, mention.span.begin - begin)]
    unnamed = UNNAMED.search(before)
    if unnamed is None:
        return True
    return bool(ROLE.search(before) and _OF.search(before[unnamed.end() :]))


def _is_list(words: str, begin: int, known: Sequence[Mention]) -> bool:
    """Return whether a phrase names one body after another: "the FBI, ODNI and CISA"."""
    between = (words[one.span.end - begin : other.span.begin - begin] for one, other in pairwise(known))
    return all(re.fullmatch(r"[\s,]*(?:and|the|\s|,)*", one) for one in between)


def _bodies(known: Sequence[Mention], words: str, whole: str) -> tuple[Speaker, ...]:
    if not known:
        return ()
    role = ROLE.search(words)
    said_role = role.group().casefold() if role and "counsel" not in role.group().casefold() else None
    speakers = [Speaker(one.name.id, one.name.label, one.name.category, words, said_role) for one in known]
    coordinated = list({one.id: one for one in reversed(speakers)}.values())[::-1]
    if len(coordinated) > 1 and re.search(r"\bjoint(?:ly)?\b", whole):
        return (_joint(coordinated, words),)
    if len(coordinated) > 1 and not re.search(r"\band\b|,", words):
        return (coordinated[-1],) if words.endswith(known[-1].name.label) else (coordinated[0],)
    return tuple(coordinated)


def _joint(speakers: Sequence[Speaker], words: str) -> Speaker:
    names = sorted(one.id.partition(":")[2] for one in speakers)
    order = ["odni", "fbi", "cisa"]  # as the shipped edition names this one
    names.sort(key=lambda one: (order.index(one) if one in order else len(order), one))
    label = ", ".join(one.label for one in speakers) + " jointly"
    return Speaker(f"claimant:joint-{'-'.join(names)}", label, speakers[0].category, words)


def _again(memory: Memory, words: str) -> tuple[Speaker, ...]:
    last = memory.last()
    return (_worded(last, words),) if last else ()


def _owned(words: str, memory: Memory) -> tuple[Speaker, ...]:
    """Return whom "its director" or "their report" belongs to."""
    last = memory.last()
    if last is None or not (ROLE.search(words) or BODY.search(words) or PAPER.search(words)):
        return ()
    role = ROLE.search(words)
    if office := _OFFICE.search(words):  # a minister is not the government, and speaks in an office of his own
        owner = re.sub(r"['’]s? (?:government|embassy|ministry)$|^Government of ", "", last.label)
        label = f"{owner}: {office.group().casefold()}"
        return (Speaker(f"claimant:{_id_of(label)}", label, last.category, words, office.group().casefold()),)
    return (Speaker(last.id, last.label, last.category, words, role.group().casefold() if role else None),)


def _worded(speaker: Speaker, words: str) -> Speaker:
    return Speaker(speaker.id, speaker.label, speaker.category, words, None, speaker.is_unnamed)


def _unnamed(core: str, span: Span, mentions: Sequence[Mention], memory: Memory) -> tuple[Speaker, ...]:
    del span, mentions, memory
    found = UNNAMED.search(core)
    if found is None:
        return ()
    if proper := _proper_names(core[found.end() :]):  # "scholar Ada Lovelace": the name counts
        return (_named(proper[0], core),)
    label = _LEAD.sub("", core).strip() or core
    label = _OF.split(label)[0].strip() if len(label) > 60 else label
    return (
        Speaker(f"claimant:unnamed-{slug(label)[:60].strip('-')}", f"Unnamed: {label}", words=core, is_unnamed=True),
    )


def _anaphor(core: str, span: Span, mentions: Sequence[Mention], memory: Memory) -> tuple[Speaker, ...]:
    """Return whom "the agency" or "the assessment" means, if nothing of a name stands beside it."""
    del span, mentions
    if not _DEFINITE.match(core) or _proper_names(core):
        return ()
    if not PAPER.search(core) and not _BARE.match(core):
        return _described(core)
    if PAPER.search(core):
        return _again(memory, core)
    found = BODY.search(core) or ROLE.search(core)
    if found is None:
        return ()
    recalled = memory.recall(found.group())
    if recalled is None and _singular(found.group().casefold()) in {"agency", "company", "force", "head", "official"}:
        recalled = memory.last()
    if recalled is not None:
        return (_worded(recalled, core),)
    label = _LEAD.sub("", core).strip()
    return (Speaker(f"claimant:{_id_of(label)}", label, words=core),)


def _some_body(core: str, span: Span, mentions: Sequence[Mention], memory: Memory) -> tuple[Speaker, ...]:
    """Return a body that is brought in without a name, such as "a federal task force"."""
    acting = any(span.holds(one.span) and one.name.kind is NameKind.ACTOR for one in mentions)
    del memory
    return () if acting or not re.match(r"(?:an?|one|another)\s", core, re.I) else _described(core)


def _described(core: str) -> tuple[Speaker, ...]:
    """Return whom "the prime minister's office" or "the leader of the opposition" is, who was not named before."""
    if not (BODY.search(core) or ROLE.search(core)) or len(core) > _LONGEST_NAME:
        return ()
    label = _LEAD.sub("", core).strip()
    return (Speaker(f"claimant:{_id_of(label)}", label, _category_of(label), core),)


def _state(core: str, span: Span, mentions: Sequence[Mention], memory: Memory) -> tuple[Speaker, ...]:
    """Return a state that speaks; accounts, groups and hackers do not speak for it."""
    del memory
    inside = [one for one in mentions if span.holds(one.span) and one.name.id in _STATES]
    if not inside or inside[0].span.begin - span.begin > 24:
        return ()
    rest = core[inside[0].span.end - span.begin :]
    if re.search(r"\w", re.sub(r"^['’]s\b|\bgovernment\b|\b(?:has|had|also|repeatedly|itself)\b", "", rest)):
        return ()
    actor = inside[0].name
    return (Speaker(_STATES[actor.id], actor.label, ClaimantCategory.FOREIGN_GOVERNMENT, core),)


def _proper(core: str, span: Span, mentions: Sequence[Mention], memory: Memory) -> tuple[Speaker, ...]:
    """Return a body or person whom no list knows, by the capital letters of its name."""
    acting = {one.name.id for one in mentions if span.holds(one.span) and one.name.kind is NameKind.ACTOR}
    if paper := PAPER.search(core):
        return _of_paper(core, paper.end())
    if found := _spoken_for(core):
        return found
    names = _proper_names(core)
    body, role = BODY.search(core), ROLE.search(core)
    if names and not (acting and not (body or role)):
        known = memory.recall(names[0])
        return (
            (_worded(known, core),) if known and slug(names[0]) in known.id else (_named(_fullest(core, names), core),)
        )
    return ()


def _spoken_for(core: str) -> tuple[Speaker, ...]:
    """Return the body behind "a spokesperson for the Office" or "the Lab's director"; a minister speaks as himself."""
    role = _SPEAKS_FOR.search(core)
    if role is None:
        return ()
    after = re.match(r"\s+(?:for|of|at|with|from)\s+(?P<who>.+)", core[role.end() :])
    owner = after.group("who") if after else core[: role.start()]
    names = _proper_names(owner)
    if not names or (not after and not _LEAD.sub("", owner).startswith(names[0])):
        return ()
    speaker = _named(_fullest(owner.strip(), names), core)
    return (replace(speaker, role=role.group().casefold()),)


def _of_paper(core: str, end: int) -> tuple[Speaker, ...]:
    """Return whose report it is: "an assessment by the Council"; one without an author has nobody who can be named."""
    author = _AUTHOR.search(core, end)
    names = _proper_names(author.group("who")) if author else []
    if author and names:
        return (_named(_fullest(author.group("who"), names), core),)
    label = _LEAD.sub("", core[:end]).strip() or core
    before = _proper_names(label)
    if before and (" " in before[0] or not label.startswith(before[0])):  # one capital may only begin the sentence
        return (_named(before[0], core),)
    return (Speaker(f"claimant:unnamed-{_id_of(label)}", f"Unnamed: {label}", words=core, is_unnamed=True),)


def _proper_names(words: str) -> list[str]:
    found = []
    for one in _PROPER.finditer(words):
        parts = one.group().split()
        while parts and parts[0] in _NOT_PROPER:
            parts.pop(0)
        if parts and parts[-1] not in _NOT_PROPER:
            found.append(" ".join(parts))
    return found


def _fullest(core: str, names: list[str]) -> str:
    """Return "Moldova's national police" whole where the noun after a name says what speaks."""
    label = _LEAD.sub("", core).strip()
    has_noun = BODY.search(label) or ROLE.search(label)
    return label if has_noun and len(label) <= 80 else names[0]


def _named(label: str, core: str) -> Speaker:
    role = ROLE.search(core)
    plain = re.sub(r"^(?:the|a|an)\s+", "", re.sub(r"['’]s$", "", label), flags=re.I)
    return Speaker(
        f"claimant:{_id_of(plain)}", plain, _category_of(plain), core, role=role.group().casefold() if role else None
    )


def _category_of(label: str) -> ClaimantCategory:
    """Return what kind of speaker a name sounds like; a first guess for a person to correct."""
    return next((one for form, one in _SOUNDS_LIKE if form.search(label)), ClaimantCategory.UNKNOWN)


def _id_of(label: str) -> str:
    return slug(re.sub(r"['’]s?(?=\s|$)", "", label))


def _singular(noun: str) -> str:
    if noun in {"agencies", "companies"}:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
