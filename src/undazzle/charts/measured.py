"""Measured figures of several methods: dots on a common scale, and curves over a setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from undazzle.charts.theme import COLOURS, dressed, import_altair
from undazzle.errors import MissingExtraError

if TYPE_CHECKING:
    from undazzle.charts.chart_types import Chart

_PERCENT = ".0%"


def dots_chart(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    subtitle: str,
    value: str,
    order: Sequence[str],
    series: Sequence[str],
    panels: str | None = None,
    log: bool = False,
) -> Chart:
    """Return one row of dots for each method, on a common scale, with colour and shape by series.

    Parameters
    ----------
    rows
        Mappings with ``method``, ``series``, ``value``, and with the column ``panels`` if given.
    title, subtitle
        What it is, and what to know to read it.
    value
        What the scale shows.
    order, series
        Methods from top to bottom; series in order.
    panels
        Column that splits the chart into panels side by side.
    log
        Show the values on a scale of 1 + value by powers of ten.

    Raises
    ------
    MissingExtraError
        If Altair is not installed.
    """
    alt = import_altair("dots_chart()")
    scale = alt.Scale(type="symlog") if log else alt.Scale(domain=[0, 1])
    axis = alt.Axis(values=[0, 1, 10, 100, 1_000, 10_000], format=",") if log else alt.Axis(tickCount=5)
    encoded = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        x=alt.X("value:Q", title=value, scale=scale, axis=axis),
        y=alt.Y("method:N", sort=list(order), title=None, axis=alt.Axis(labelLimit=330, grid=True)),
        yOffset=alt.YOffset("series:N", sort=list(series)),
        color=alt.Color("series:N", title=None, scale=alt.Scale(domain=list(series), range=list(COLOURS))),
        shape=alt.Shape("series:N", title=None, scale=alt.Scale(domain=list(series))),
    )
    height = max(20, 7 * len(series)) * len(order)
    chart = encoded.mark_point(filled=True, size=42).properties(width=270 if panels else 420, height=height)
    if panels:
        chart = chart.facet(column=alt.Column(f"{panels}:N", title=None))
    return dressed(chart, title=title, subtitle=subtitle, description=dots_description(rows, value=value))


def dots_description(rows: Sequence[Mapping[str, Any]], *, value: str) -> str:
    """Return in words what the dots show: the highest mean values.

    Examples
    --------
    >>> dots_description([{"method": "a", "value": 0.5}, {"method": "b", "value": 0.25}], value="Recall")
    'Dots: Recall of 2 methods. Highest on average: a 0.50, b 0.25.'
    """
    values: dict[str, list[float]] = {}
    for row in rows:
        values.setdefault(str(row["method"]), []).append(float(row["value"]))
    means = sorted(((sum(own) / len(own), name) for name, own in values.items()), reverse=True)
    listed = ", ".join(f"{name} {mean:.2f}" for mean, name in means[:4])
    return f"Dots: {value} of {len(means)} methods. Highest on average: {listed}."


def curves_chart(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    subtitle: str,
    x: str,
    y: str,
    diagonal: bool = False,
    log: bool = False,
) -> Chart:
    """Return lines with dots over a setting, one colour a series.

    Parameters
    ----------
    rows
        Mappings with ``x``, ``y`` (a share) and ``series``, in order of the settings.
    title, subtitle
        What it is, and what to know to read it.
    x, y
        What the axes show.
    diagonal
        Settings are shares too: draw the line on which both are equal. Otherwise settings are evenly spaced.
    log
        Powers of ten, for shares over several of them.

    Raises
    ------
    MissingExtraError
        If Altair is not installed.
    """
    alt = import_altair("curves_chart()")
    series = list(dict.fromkeys(str(row["series"]) for row in rows))
    kind = alt.Scale(type="log" if log else "linear")
    across = (
        alt.X("x:Q", title=x, scale=kind, axis=alt.Axis(format="~p"))
        if diagonal
        else alt.X("x:O", title=x, sort=None, axis=alt.Axis(labelAngle=0))
    )
    encoded = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        x=across,
        y=alt.Y("y:Q", title=y, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=_PERCENT)),
        color=alt.Color("series:N", title=None, scale=alt.Scale(domain=series, range=list(COLOURS))),
    )
    dots = encoded.mark_point(size=70, strokeWidth=2).encode(
        shape=alt.Shape("series:N", title=None, scale=alt.Scale(domain=series))
    )
    lines = (encoded.mark_line(strokeWidth=1.5) + dots).properties(width=420, height=220)
    if diagonal:
        ends = [{"x": min(row["x"] for row in rows)}, {"x": max(row["x"] for row in rows)}]
        equal = alt.Chart(alt.Data(values=ends)).mark_line(color="#7d878b", strokeDash=[4, 3]).encode(x="x:Q", y="x:Q")
        lines = equal + lines
    return dressed(lines, title=title, subtitle=subtitle, description=curves_description(rows, x=x, y=y))


def curves_description(rows: Sequence[Mapping[str, Any]], *, x: str, y: str) -> str:
    """Return in words where each line begins and ends.

    Examples
    --------
    >>> rows = [{"series": "a", "x": 15, "y": 1.0}, {"series": "a", "x": 900, "y": 0.25}]
    >>> curves_description(rows, x="Jitter", y="Found")
    'Lines: Found over Jitter. a: 100% at 15, 25% at 900.'
    """
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        lines.setdefault(str(row["series"]), []).append(row)
    parts = [
        f"{name}: {own[0]['y']:.0%} at {own[0]['x']}, {own[-1]['y']:.0%} at {own[-1]['x']}"
        for name, own in lines.items()
    ]
    return f"Lines: {y} over {x}. {'; '.join(parts)}."


def chart_svg(chart: Chart) -> str:
    """Return a chart as SVG, drawn without a browser.

    Raises
    ------
    MissingExtraError
        If the converter is not installed.
    """
    from importlib import import_module

    try:
        converter = import_module("vl_convert")
    except ImportError as error:
        raise MissingExtraError("bench", "chart_svg()") from error
    drawn: str = converter.vegalite_to_svg(chart.to_json())
    return drawn
