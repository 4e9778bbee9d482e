"""How a reading is laid beside a key made by hand: boundaries within three characters, claims by place and claimant."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from undazzle.reading.claims import DraftClaim
from undazzle.reading.reading import Reading

KEYS = Path(__file__).parent / "keys"
TEXTS = Path(__file__).parent / "texts"
_NEAR = 3  # characters
_SMALL = {"of", "the", "for", "and", "unnamed", "in"}
# Codes of the keys that stand for the same body under the name a list gives it.
_SAME = {
    "brookie": {"dfrlab-brookie", "dfrlab"},
    "special-counsel": {"special-counsel-2019"},
    "russia": {"russian-government"},
    "westmark": {"westmark-government"},
    "opposition": {"unnamed-opposition-politicians"},
    "task-force": {"house-china-task-force"},
    "mearsheimer": {"john-mearsheimer"},
    "facebook": {"facebook", "meta"},
}
# Held-out keys name some bodies otherwise than their text does; counted apart, see ``by_body``.
_SAME_BODY = {
    "eu": {"european-commission"},
    "moldovan-foreign-ministry": {"foreign-ministry-in-chisinau"},
    "canadian-security-intelligence-service": {"csis"},
    "chinese-embassy": {"prc-embassy"},
    "inquiry": {"commissioner"},
}
_UNNAMED = {
    "officials", "officials-researchers", "researchers", "experts", "analyst", "commentator", "us-officials",
    "dissenting-analyst",
}  # fmt: skip


def key(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((KEYS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True)
class Score:
    found: int
    given: int
    wanted: int
    missed: tuple[Any, ...]
    extra: tuple[Any, ...]

    @property
    def precision(self) -> float:
        return self.found / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return (self.wanted - len(self.missed)) / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def boundary_score(reading: Reading, wanted: list[int]) -> Score:
    given = [one.span.begin for one in reading.segments[1:]]
    missed = tuple(one for one in wanted if not any(abs(one - other) <= _NEAR for other in given))
    extra = tuple(one for one in given if not any(abs(one - other) <= _NEAR for other in wanted))
    return Score(len(given) - len(extra), len(given), len(wanted), missed, extra)


def claim_score(reading: Reading, claims: list[dict[str, Any]], *, by_body: bool = False) -> Score:
    """Return how many claims were drafted with the right claimant and confidence.

    A draft counts as right if it lies on a claim of the key and agrees with it; a claim counts as found once.
    """
    right = {id(draft) for draft in reading.claims for one in claims if agrees(draft, one, by_body)}
    required = [one for one in claims if one["required"]]
    missed = tuple(one for one in required if not any(agrees(draft, one, by_body) for draft in reading.claims))
    extra = tuple(draft for draft in reading.claims if id(draft) not in right)
    return Score(len(right), len(reading.claims), len(required), missed, extra)


def agrees(draft: DraftClaim, one: dict[str, Any], by_body: bool = False) -> bool:
    begin, end = one["begin"], one["end"]
    overlap = min(draft.span.end, end) - max(draft.span.begin, begin)
    if overlap < 0.5 * min(len(draft.span), end - begin):
        return False
    level = str(draft.confidence) if draft.confidence else None
    return level == one["confidence"] and any(same_claimant(draft.speaker.id, who, by_body) for who in one["claimant"])


def same_claimant(claimant_id: str, who: str, by_body: bool = False) -> bool:
    name = claimant_id.partition(":")[2] or "voice"
    if name == who or name in _SAME.get(who, ()):
        return True
    if who in _UNNAMED:
        noun = who.rsplit("-", maxsplit=1)[-1].rstrip("s")
        return name.startswith("unnamed") and noun in name
    if by_body and (name in _SAME_BODY.get(who, ()) or _short(who) <= _short(name)):
        return True
    return _words(name) == _words(who)


def _short(name: str) -> set[str]:
    """Return the beginnings of the words of a name, so that Moldova and Moldovan are one."""
    return {one[:5] for one in _words(name)}


def _words(name: str) -> set[str]:
    return {one.removesuffix("s") for one in name.replace("'", "").split("-")} - _SMALL - {""}
