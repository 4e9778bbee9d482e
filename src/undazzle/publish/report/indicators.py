"""What the signals of a network said, if they were computed: rows of a table, and one sentence on all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from undazzle.publish.report import looked_svg
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
    """One signal: its title, family, figure, what else it could be, and the outcome as glyph and word.

    ``measure`` has the interval, the counts and p in words; ``share`` is the value, its interval and that of the other
    accounts where all are shares, so that they can be drawn on one scale.
    """

    title: str
    family: str
    figure: str
    innocent: str
    outcome: str
    glyph: str
    result: str
    is_selection: bool
    measure: str = ""
    share: tuple[float, float | None, float | None, float] | None = None


def read_indicators(store: Store, run_id: int, network_id: int, *, mask: bool) -> tuple[IndicatorRow, ...]:
    """Return the stored signals of a network, what stands out first. Reads ``indicators``."""
    rows = store.records(
        "SELECT signal_id, title, family, outcome, figure, reason, innocent, is_selection, value, low, high, unit,"
        " n, control_value, control_n, p_value FROM indicators"
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
            measure=_measure(row),
            share=_share(row),
        )
        for row in rows
    )


def _measure(row: dict[str, Any]) -> str:
    parts = []
    if None not in (row["value"], row["low"], row["high"]):
        parts.append(f"{row['value']:.3g} ({row['low']:.3g} to {row['high']:.3g}) {clean(row['unit'])}, n {row['n']:,}")
    if row["control_value"] is not None and row["control_n"] is not None:
        parts.append(f"others {row['control_value']:.3g}, n {row['control_n']:,}")
    if row["p_value"] is not None:
        parts.append(f"p {row['p_value']:.2g}")
    return "; ".join(parts)


def _share(row: dict[str, Any]) -> tuple[float, float | None, float | None, float] | None:
    is_share = "share" in (row["unit"] or "") and row["outcome"] != "not_testable"
    if not is_share or row["value"] is None or row["control_value"] is None:
        return None
    return row["value"], row["low"], row["high"], row["control_value"]


def indicators_chart(rows: Sequence[IndicatorRow]) -> Markup | None:
    """Return the signals that are shares, drawn beside the other accounts; none if there is no such signal."""
    bars = [
        looked_svg.BarRow(
            one.title, one.share[0], one.share[3], f"{one.share[0]:.0%}; others {one.share[3]:.0%}", *one.share[1:3]
        )
        for one in rows
        if one.share
    ]
    if not bars:
        return None
    said = "; ".join(f"{one.label}: {one.words}" for one in bars)
    return looked_svg.bar_rows(bars, f"Signals as shares, the network beside the other accounts. {said}.", top=1.0)


def _figure(row: dict[str, Any], *, mask: bool) -> str:
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
