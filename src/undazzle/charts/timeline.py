"""Co-actions over time, stacked by kind of trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from undazzle.charts.theme import COLOURS, dressed, import_altair
from undazzle.model import format_duration

if TYPE_CHECKING:
    from undazzle.charts.chart_types import Chart


def timeline_chart(
    rows: Sequence[Mapping[str, Any]], *, step_seconds: float, title: str = "Co-actions over time"
) -> Chart:
    """Return bars of the co-actions in each interval, from zero, one colour a kind.

    Parameters
    ----------
    rows
        Mappings with ``starts_at`` (UTC), ``kind`` and ``co_actions``.
    step_seconds
        Length of an interval, in seconds.
    title
        What is shown.

    Raises
    ------
    MissingExtraError
        If Altair is not installed.
    """
    alt = import_altair("timeline_chart()")
    kinds = sorted({str(row["kind"]) for row in rows})
    bars = alt.Chart(alt.Data(values=_bars(rows, step_seconds))).mark_rect()
    chart = bars.encode(
        x=alt.X("starts_at:T", scale=alt.Scale(type="utc"), title="Time (UTC)"),
        x2="ends_at:T",
        y=alt.Y(
            "bottom:Q",
            scale=alt.Scale(zero=True),
            axis=alt.Axis(tickMinStep=1),
            title=f"Co-actions in {format_duration(step_seconds)}",
        ),
        y2="top:Q",
        color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=list(COLOURS)), title="Kind"),
        tooltip=[
            alt.Tooltip("starts_at:T", title="From (UTC)", format="%Y-%m-%d %H:%M"),
            alt.Tooltip("kind:N", title="Kind"),
            alt.Tooltip("co_actions:Q", title="Co-actions", format=","),
        ],
    ).properties(width=640, height=220)
    text = timeline_description(rows, step_seconds=step_seconds)
    return dressed(chart, title=title, subtitle=f"by {format_duration(step_seconds)}, UTC", description=text)


def timeline_description(rows: Sequence[Mapping[str, Any]], *, step_seconds: float) -> str:
    """Return in words what a timeline shows.

    Examples
    --------
    >>> row = {"starts_at": datetime(2024, 3, 1, 9), "kind": "link", "co_actions": 4}
    >>> print(timeline_description([row], step_seconds=3600))  # doctest: +NORMALIZE_WHITESPACE
    Bar chart: 4 co-actions in 1 of the intervals of 1 h from 2024-03-01 09:00 to 2024-03-01 09:00 UTC.
    Most at 2024-03-01 09:00: 4. By kind: link 4.
    """
    if not rows:
        return "Bar chart without bars: no co-actions."
    times, kinds = Counter[datetime](), Counter[str]()
    for row in rows:
        times[row["starts_at"]] += row["co_actions"]
        kinds[str(row["kind"])] += row["co_actions"]
    peak = min(times, key=lambda at: (-times[at], at))
    by_kind = ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0])))
    return (
        f"Bar chart: {sum(times.values()):,} co-actions in {len(times):,} of the intervals of"
        f" {format_duration(step_seconds)} from {min(times):%Y-%m-%d %H:%M} to {max(times):%Y-%m-%d %H:%M} UTC."
        f" Most at {peak:%Y-%m-%d %H:%M}: {times[peak]:,}. By kind: {by_kind}."
    )


def _bars(rows: Sequence[Mapping[str, Any]], step_seconds: float) -> list[dict[str, object]]:
    """Return one rectangle a row; kinds of one interval stand on each other.

    They are stacked here because a bar as wide as its interval and stacked is more than the chart library does.
    """
    tops = Counter[datetime]()
    bars = []
    for row in sorted(rows, key=lambda one: (one["starts_at"], str(one["kind"]))):
        at = row["starts_at"]
        start = at.replace(tzinfo=UTC).timestamp()
        bottom, top = tops[at], tops[at] + row["co_actions"]
        tops[at] = top
        bars.append(
            {
                "starts_at": int(start * 1000),
                "ends_at": int((start + step_seconds) * 1000),
                "kind": str(row["kind"]),
                "co_actions": row["co_actions"],
                "bottom": bottom,
                "top": top,
            }
        )
    return bars
