"""How narratives went on, in words: stages of laundering by links, and influence between the sides of a story."""

from __future__ import annotations

from collections.abc import Sequence

from undazzle.narratives import shipped_outlets
from undazzle.narratives.influence import Influence
from undazzle.narratives.stages import Stage, laundering_sentence
from undazzle.publish.report.text import clean, number, plural


def laundering_words(stages: Sequence[Sequence[Stage]]) -> tuple[str, ...]:
    """Return what links show of laundering, row by row, and what the list of outlets cannot show.

    Parameters
    ----------
    stages
        The stages of each narrative shown, in the order of the table.
    """
    seen = [
        f"Row {place}: {clean(laundering_sentence(some))}"
        for place, some in enumerate(stages, start=1)
        if any(one.at is not None for one in some)
    ]
    listed = shipped_outlets()
    if not seen:
        seen = [
            f"No post of the {plural(len(stages), 'narrative')} shown links to one of the {number(len(listed))} listed "
            "outlets that a state controls or is linked to. No stage of laundering is seen; outlets that are not on "
            "the list are not looked for."
        ]
    classes = {one.outlet_class for one in listed}
    if "mainstream" not in classes:
        seen.append(
            "The shipped list holds state-controlled and state-linked outlets only: integration cannot be tested with "
            "it, and layering only by outlets that a source links to a state."
        )
    return tuple(seen)


def influence_words(found: Influence | None) -> tuple[str, ...]:
    """Return the influence between the sides in both directions, or why it was refused; nothing if not computed."""
    if found is None:
        return ()
    first, second = found.sides
    if found.refused:
        return (clean(found.sentence(first, second)),)
    return (
        clean(found.sentence(first, second)),
        clean(found.sentence(second, first)),
        f"Hawkes process on {number(found.events)} posts of {number(found.items)} narratives that both sides told, all "
        f"networks of the run together, also those that an innocent explanation fits; half-life "
        f"{found.half_life_seconds:,.0f} s{found.edge}; intervals of 95 %, narratives drawn anew.",
    )
