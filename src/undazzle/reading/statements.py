"""A sentence of ours for what a draft was coded as. It holds no words of the source: a person writes the real one."""

from __future__ import annotations

from undazzle.casebook.vocabulary import Aspect, Polarity
from undazzle.reading.claims import DraftClaim
from undazzle.reading.gazetteer import NameKind

_ASPECTS = {
    Aspect.CONDUCT: "on what was done",
    Aspect.TARGETING: "on whom it was aimed at",
    Aspect.PREFERENCE: "on whom the actor would like to win",
    Aspect.APPROVAL: "on who ordered or allowed it",
    Aspect.ATTRIBUTION: "on who is behind it",
    Aspect.NATURE: "on what kind of act it is",
    Aspect.EFFECT: "on whether it mattered",
    Aspect.SCALE: "on how much of it there is",
    Aspect.MEANS: "on the means",
    Aspect.EXTENT: "on how far it reaches",
    Aspect.COOPERATION: "on whether actors work together",
    Aspect.RANKING: "on who does most",
    Aspect.CONTINUITY: "on whether it is new",
    Aspect.RATIONALE: "on why it is done",
    Aspect.FORECAST: "on what will come",
    Aspect.CONTEXT: "on what surrounds it",
}
_POLARITIES = {
    Polarity.ASSERTS: "makes a statement",
    Polarity.DENIES: "denies something",
    Polarity.NEGATIVE_FINDING: "reports that something was not so or not seen",
    Polarity.ASSURANCE: "gives an assurance",
}


def statement_of(draft: DraftClaim) -> str:
    """Return what a draft says in our words: who, of which kind, on what and whom.

    The wording is plain on purpose: it is to be rewritten at review, and until then it must not read like a finding.
    """
    who = _short(draft.speaker.label) if draft.speaker.id else "The text"
    parts = [f"{who} {_POLARITIES[draft.coding.polarity]} {_ASPECTS[draft.coding.aspect]}"]
    actors = _listed(draft, NameKind.ACTOR)
    targets = _listed(draft, NameKind.TARGET)
    if actors:
        parts.append(f"concerning {actors}")
    if targets:
        parts.append(f"and {targets}" if actors else f"concerning {targets}")
    sentence = " ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}." + (" The text breaks off." if draft.is_truncated else "")


def _listed(draft: DraftClaim, kind: NameKind) -> str:
    labels = list(dict.fromkeys(_short(one.name.label) for one in draft.mentions if one.name.kind is kind))
    return ", ".join(labels[:4]) + (" and others" if len(labels) > 4 else "")


def _short(label: str) -> str:
    """Return a name without what the list says to explain it."""
    return label.partition(",")[0].removeprefix("Unnamed: ")
