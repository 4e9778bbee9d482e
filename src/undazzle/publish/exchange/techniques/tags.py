"""A method as written in a claim becomes a tag: framework, id, label, and a warning where the id needs one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from undazzle.publish.exchange.techniques import attack, disarm, local

_DISARM = re.compile(r"(?:disarm:)?(T\d{4}(?:\.\d{3})?)", re.IGNORECASE)
_DETECTION = re.compile(r"(?:disarm:)?(F\d{5})", re.IGNORECASE)


class Framework(StrEnum):
    """Where a tag belongs. Matrices of influence and of intrusion are never mixed."""

    DISARM = "disarm"
    DISARM_DETECTION = "disarm-detection"
    ATTACK = "attack"
    LOCAL = "local"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Tag:
    """A technique, tell or group.

    Attributes
    ----------
    framework
        Where the id comes from.
    tag_id
        The id, as the framework writes it today.
    label
        In own words; the id where we have none.
    given
        What stands in the claim.
    warning
        What a reader should know, e.g. that the id was retired; empty otherwise.
    """

    framework: Framework
    tag_id: str
    label: str
    given: str
    warning: str = ""

    @property
    def is_technique(self) -> bool:
        """Return whether it says how something was done."""
        return self.framework in {Framework.DISARM, Framework.LOCAL} or (
            self.framework is Framework.ATTACK and attack.TECHNIQUE.fullmatch(self.tag_id) is not None
        )


def tag_of(method: str) -> Tag:
    """Return the tag of a method.

    Examples
    --------
    >>> tag_of("T0055").tag_id, tag_of("attack:T1566").framework.value, tag_of("local:hoax-threat").tag_id
    ('T0015.001', 'attack', 'x-local-hoax-threat')
    """
    prefix, colon, rest = method.partition(":")
    if colon and prefix.casefold() == "attack":
        return _attack_tag(method, rest.strip().upper())
    if colon and prefix.casefold() == "local":
        label = local.LABELS.get(rest)
        warning = "" if label else f"{method}: no technique of the local extension."
        return Tag(Framework.LOCAL, f"{local.PREFIX}{rest}", label or rest, method, warning)
    if found := _DISARM.fullmatch(method):
        return _disarm_tag(method, found[1].upper())
    if found := _DETECTION.fullmatch(method):
        code = found[1].upper()
        return Tag(Framework.DISARM_DETECTION, code, disarm.DETECTIONS.get(code, code), method)
    return Tag(Framework.OTHER, method, method, method)


def tags_of(methods: Iterable[str]) -> tuple[Tag, ...]:
    """Return the tags of methods, each id once, in their order."""
    found: dict[tuple[str, str], Tag] = {}
    for method in methods:
        tag = tag_of(method)
        found.setdefault((tag.framework, tag.tag_id), tag)
    return tuple(found.values())


def _attack_tag(method: str, code: str) -> Tag:
    known = attack.TECHNIQUE.fullmatch(code) or attack.GROUP.fullmatch(code)
    label = attack.LABELS.get(code) or attack.LABELS.get(code.partition(".")[0]) or code
    return Tag(Framework.ATTACK, code, label, method, "" if known else f"{method}: no id of ATT&CK.")


def _disarm_tag(method: str, code: str) -> Tag:
    if code in disarm.LABELS:
        return Tag(Framework.DISARM, code, disarm.LABELS[code], method)
    retired = disarm.RETIRED.get(code) or disarm.RETIRED.get(code.partition(".")[0])
    if retired is None:
        warning = f"{code}: not among the ids of DISARM {disarm.VERSION} that come with the software; written as it is."
        return Tag(Framework.DISARM, code, code, method, warning)
    meaning, nearest = retired
    if nearest is None:
        warning = f"{code}: retired from DISARM ({meaning}); no clear successor, written as it is."
        return Tag(Framework.DISARM, code, meaning, method, warning)
    warning = f"{code}: retired from DISARM ({meaning}); written as the nearest, {nearest}."
    return Tag(Framework.DISARM, nearest, disarm.LABELS[nearest], method, warning)
