"""Ordinary reasons for what was found, as the kinds of trace themselves declare them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from undazzle.publish.report.wording import words_of


@dataclass(frozen=True, slots=True)
class Explanation:
    """One innocent explanation and the kinds of item it applies to."""

    title: str
    description: str
    kinds: tuple[str, ...]


def innocent_explanations(kinds: Sequence[str]) -> list[Explanation]:
    """Return the explanations of the used kinds of trace; what several kinds share is told once.

    Parameters
    ----------
    kinds
        Trace kinds of the network.
    """
    from undazzle.traces import TRACE_KINDS

    found: dict[str, Explanation] = {}
    for kind in kinds:
        if kind not in TRACE_KINDS:
            continue
        for one in TRACE_KINDS[kind].innocent_explanations:
            known = found.get(one.title, Explanation(one.title, one.description, ()))
            found[one.title] = Explanation(known.title, known.description, (*known.kinds, words_of(kind).items))
    return list(found.values())
