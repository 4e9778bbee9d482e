"""What every method says of itself: parameters with units, innocent explanations, references."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """A setting of a method.

    ``default`` is the value used when nobody says otherwise; ``unit`` is "" for pure choices.
    """

    name: str
    default: object
    unit: str
    description: str


@dataclass(frozen=True, slots=True)
class InnocentExplanation:
    """An ordinary reason for what a method picks up, and how a reader would notice it."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A published source of a method."""

    title: str
    url: str
