"""A network as a picture: accounts as circles, pairs as lines, the same positions every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from undazzle.charts.layout import place_nodes
from undazzle.charts.theme import COLOURS, dressed, import_altair

if TYPE_CHECKING:
    from undazzle.charts.chart_types import LayerChart

_MOST_EDGES = 4000  # notebooks grow heavy with more lines than anybody can tell apart
Row = Mapping[str, Any]


def graph_chart(
    members: Sequence[Row],
    pairs: Sequence[Row],
    *,
    max_nodes: int = 200,
    title: str = "Network",
    member_count: int | None = None,
    pair_count: int | None = None,
) -> LayerChart:
    """Return the members with most co-actions as circles, and the pairs between them as lines.

    Parameters
    ----------
    members
        Mappings with ``account_id``, ``handle`` and ``co_actions``, in the order of importance.
    pairs
        Mappings with ``account_a``, ``account_b``, ``co_actions`` and ``weight``, strongest first.
    max_nodes
        Most members to draw.
    title
        What is shown.
    member_count, pair_count
        How many there are in all, where ``members`` and ``pairs`` are not all of them.

    Raises
    ------
    MissingExtraError
        If Altair is not installed.
    """
    alt = import_altair("graph_chart()")
    shown = members[: max(max_nodes, 1)]
    drawn = _drawn_pairs(shown, pairs)
    at = place_nodes([row["account_id"] for row in shown], [_edge(row) for row in drawn])
    plain = {"axis": None, "scale": alt.Scale(domain=[-1.08, 1.08])}
    lines = (
        alt.Chart(alt.Data(values=[_line(row, at) for row in drawn]))
        .mark_rule(color="#7d878b")
        .encode(
            x=alt.X("x:Q", **plain),
            y=alt.Y("y:Q", **plain),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("co_actions:Q", scale=alt.Scale(range=[0.4, 4]), legend=None),
            strokeOpacity=alt.value(0.5),
            tooltip=[alt.Tooltip("pair:N", title="Pair"), alt.Tooltip("co_actions:Q", title="Co-actions", format=",")],
        )
    )
    circles = (
        alt.Chart(alt.Data(values=[_circle(row, at) for row in shown]))
        .mark_circle(color=COLOURS[0], stroke="white", strokeWidth=1, opacity=1)
        .encode(
            x=alt.X("x:Q", **plain),
            y=alt.Y("y:Q", **plain),
            size=alt.Size("co_actions:Q", scale=alt.Scale(rangeMin=30, rangeMax=500), title="Co-actions"),
            tooltip=[
                alt.Tooltip("account:N", title="Account"),
                alt.Tooltip("handle:N", title="Handle"),
                alt.Tooltip("co_actions:Q", title="Co-actions", format=","),
            ],
        )
    )
    chart = alt.layer(lines, circles).properties(width=560, height=560)
    whole = (member_count or len(members), pair_count or len(pairs))
    text = graph_description(shown, drawn, members=whole[0], pairs=whole[1])
    return dressed(chart, title=title, subtitle=_cut(shown, drawn, *whole), description=text)


def graph_description(shown: Sequence[Row], drawn: Sequence[Row], *, members: int, pairs: int) -> str:
    """Return in words what the picture of a network shows.

    Parameters
    ----------
    shown, drawn
        Members and pairs in the picture.
    members, pairs
        How many there are in all.
    """
    most = "; ".join(f"{_name(row)} with {row['co_actions']:,}" for row in shown[:3])
    strongest = f" The strongest pair has {drawn[0]['co_actions']:,} co-actions." if drawn else ""
    return (
        f"Network picture: {_cut(shown, drawn, members, pairs)}. Most co-actions: {most or 'nobody'}.{strongest}"
        " Nearness in the picture is a drawing aid and means nothing more. The tables of members and pairs hold"
        " the same."
    )


def _cut(shown: Sequence[Row], drawn: Sequence[Row], members: int, pairs: int) -> str:
    def of(part: int, whole: int, noun: str) -> str:
        return f"all {whole:,} {noun}" if part == whole else f"{part:,} of {whole:,} {noun}"

    return f"{of(len(shown), members, 'accounts')} and {of(len(drawn), pairs, 'pairs')}"


def _drawn_pairs(shown: Sequence[Row], pairs: Sequence[Row]) -> list[Row]:
    inside = {row["account_id"] for row in shown}
    return [row for row in pairs if row["account_a"] in inside and row["account_b"] in inside][:_MOST_EDGES]


def _edge(row: Row) -> tuple[str, str, float]:
    return row["account_a"], row["account_b"], float(row["weight"] or 1.0)


def _line(row: Row, at: Mapping[str, tuple[float, float]]) -> dict[str, object]:
    (x, y), (x2, y2) = at[row["account_a"]], at[row["account_b"]]
    pair = f"{row['account_a']} – {row['account_b']}"
    return {"x": x, "y": y, "x2": x2, "y2": y2, "pair": pair, "co_actions": row["co_actions"]}


def _circle(row: Row, at: Mapping[str, tuple[float, float]]) -> dict[str, object]:
    x, y = at[row["account_id"]]
    return {
        "x": x,
        "y": y,
        "account": row["account_id"],
        "handle": row["handle"] or "",
        "co_actions": row["co_actions"] or 0,
    }


def _name(row: Row) -> str:
    return str(row["handle"] or row["account_id"])
