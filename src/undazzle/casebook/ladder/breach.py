"""What a rule of the ladder says when a judgement breaks it."""

from __future__ import annotations

from typing import NamedTuple


class Breach(NamedTuple):
    """A rule that a judgement breaks: its name, what is wrong, what to do, and the field."""

    rule: str
    what: str
    remedy: str
    field: str = "statement"
