"""How much a statement about a message is worth: a record, a check, or only what the message says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """Whose word a statement rests on. There is no grade for who sent the message: no header can show it."""

    RECORDED = "recorded"  # a server that the user trusts saw it
    ASSUMED = "assumed"  # a record, if the topmost line was written by the user's own server
    VERIFIED = "verified"  # a signature or policy was checked with keys or records the user gave
    CLAIMED = "claimed"  # the message says so; the sender could have written anything
    UNKNOWN = "unknown"  # not recorded, or not checked


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that can be said about a message, with what it does not mean.

    ``about`` is the kind of thing: ``handed over``, ``sender policy``, ``signature``, ``alignment``, ``address``,
    ``time zone``, ``script``, ``program`` or ``chain``. ``text`` says it, ``limit`` what does not follow from it.
    """

    grade: Grade
    about: str
    text: str
    limit: str
