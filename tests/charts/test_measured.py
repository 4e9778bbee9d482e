from __future__ import annotations

import pytest

from undazzle.charts.measured import chart_svg, curves_chart, dots_chart

pytest.importorskip("altair")

_DOTS = [
    {"method": method, "series": series, "panel": panel, "value": 0.25}
    for method in ("count", "cosine")
    for series in ("dose 15", "dose 40")
    for panel in ("one", "two")
]


def test_dots_have_one_row_for_each_method_and_a_text_that_stands_for_them() -> None:
    chart = dots_chart(
        _DOTS, title="T", subtitle="S", value="Recall", order=["cosine", "count"], series=["dose 15", "dose 40"]
    )
    drawn = chart.to_dict()
    assert drawn["encoding"]["y"]["sort"] == ["cosine", "count"]
    assert drawn["description"] == "Dots: Recall of 2 methods. Highest on average: count 0.25, cosine 0.25."


def test_shares_are_drawn_from_zero_to_one_whatever_the_values() -> None:
    dots = dots_chart(_DOTS, title="T", subtitle="S", value="Recall", order=["count"], series=["dose 15"])
    assert dots.to_dict()["encoding"]["x"]["scale"]["domain"] == [0, 1]
    rows = [{"series": "a", "x": 1, "y": 0.5}, {"series": "a", "x": 2, "y": 0.4}]
    curves = curves_chart(rows, title="T", subtitle="S", x="Jitter", y="Found").to_dict()
    assert curves["layer"][0]["encoding"]["y"]["scale"]["domain"] == [0, 1]


def test_the_line_of_equal_rates_is_drawn_where_both_axes_are_shares() -> None:
    rows = [{"series": "a", "x": 0.05, "y": 0.01}, {"series": "a", "x": 0.2, "y": 0.3}]
    drawn = curves_chart(rows, title="T", subtitle="S", x="asked", y="came", diagonal=True).to_dict()
    assert drawn["layer"][0]["encoding"]["y"]["field"] == "x"


def test_a_chart_becomes_svg_without_a_browser() -> None:
    pytest.importorskip("vl_convert")
    chart = dots_chart(
        _DOTS, title="T", subtitle="S", value="Named", order=["count"], series=["dose 15"], panels="panel", log=True
    )
    assert chart_svg(chart).startswith("<svg")
