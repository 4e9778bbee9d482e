"""What the signals of a network said, if they were computed: rows of a table, and one sentence on all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from undazzle.publish.report.text import clean
from undazzle.store import Store

# Their figures may quote a part of a handle or a name, which a masked report must not show.
_QUOTES_NAMES = ("handle_templates", "profile_images", "persona_drift")
_WORDS = {
    "stands_out": ("fits", "Stands out"),
    "ordinary": ("excluded", "As elsewhere"),
    "not_testable": ("untest", "Not testable"),
}
_HIDDEN = "Not shown: it may quote handles, which this report masks."


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One signal: its title, family, figure, what else it could be, and the outcome as glyph and word."""

    title: str
    family: str
    figure: str
    innocent: str
    outcome: str
    glyph: str
    result: str
    is_selection: bool


def read_indicators(store: Store, run_id: int, network_id: int, *, mask: bool) -> tuple[IndicatorRow, ...]:
    """Return the stored signals of a network, what stands out first. Reads ``indicators``."""
    rows = store.records(
        "SELECT signal_id, title, family, outcome, figure, reason, innocent, is_selection FROM indicators"
        " WHERE run_id = ? AND network_id = ?"
        " ORDER BY list_position(['stands_out', 'ordinary', 'not_testable'], outcome), family, title",
        [run_id, network_id],
    )
    return tuple(
        IndicatorRow(
            title=clean(row["title"]),
            family=clean(row["family"]),
            figure=_figure(row, mask=mask),
            innocent=clean(row["innocent"] or ""),
            outcome=row["outcome"],
            glyph=_WORDS.get(row["outcome"], _WORDS["not_testable"])[0],
            result=_WORDS.get(row["outcome"], _WORDS["not_testable"])[1],
            is_selection=bool(row["is_selection"]),
        )
        for row in rows
    )


def _figure(row: dict[str, str | None], *, mask: bool) -> str:
    if row["outcome"] == "not_testable":
        return clean(row["reason"] or "")
    if mask and row["signal_id"] in _QUOTES_NAMES and row["outcome"] == "stands_out":
        return _HIDDEN
    return clean(row["figure"] or "")


def indicators_sentence(rows: Sequence[IndicatorRow]) -> str:
    """Say it in one sentence: families count, not signals, and what the group was chosen by does not."""
    tested = {one.family for one in rows if one.outcome != "not_testable"}
    out = {one.family for one in rows if one.outcome == "stands_out" and not one.is_selection}
    untested = sum(one.outcome == "not_testable" for one in rows)
    marked = sum(one.outcome == "stands_out" and one.is_selection for one in rows)
    chosen = f" {marked} more would, but the network was found through the same thing: not counted." if marked else ""
    return (
        f"{len(out)} of {len(tested)} families of signals stand out from the other accounts of this data; "
        f"{untested} of {len(rows)} signals cannot be tested with it.{chosen} None of them says who is behind an "
        "account."
    )
