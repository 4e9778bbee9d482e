"""The figures of the evaluation page, from its results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from undazzle.evaluation.evasion import TITLES as DIAL_TITLES
from undazzle.evaluation.methods import CALIBRATED, CALIBRATED_COUNT, CALIBRATED_RANK, LABEL_FREE
from undazzle.evaluation.methods import TITLES as METHOD_TITLES
from undazzle.evaluation.summary import by, is_easy, mean_precision, realised

Row = Mapping[str, Any]
_CEILING, _PREVALENCE = "Reachable ceiling", "Prevalence (a random order)"
_ORDER = (CALIBRATED, CALIBRATED_RANK, CALIBRATED_COUNT, *LABEL_FREE)
_NETWORK_TITLES = {
    "link_queues": "Links, in three queues",
    "paraphrasers": "Sentences in other words",
    "closed_ring": "Ring with content of its own",
}


def draw_figures(results: Row) -> dict[str, str]:
    """Return every figure that the results allow as SVG, by file name.

    Raises
    ------
    MissingExtraError
        If Altair or its converter is not installed.
    """
    figures: dict[str, str] = {}
    grafts = [row for row in results.get("grafts", ()) if row["labels"] == "shuffled" and not is_easy(row)]
    if grafts:
        figures["average_precision.svg"] = _precision(grafts)
        figures["named_false.svg"] = _named(grafts)
        if realised(grafts):
            figures["reliability.svg"] = _reliability(grafts)
    if results.get("hard_negatives"):
        figures["look_alikes.svg"] = _look_alikes(results["hard_negatives"])
    for (dial,), rows in by(results.get("power", ()), "dial").items():
        figures[f"power_{dial}.svg"] = _power(dial, rows)
    return figures


def _precision(grafts: Sequence[Row]) -> str:
    from undazzle.charts.measured import chart_svg, dots_chart

    points = []
    for (carrier, dose), rows in by(grafts, "carrier", "dose").items():
        where = {"carrier": f"Carrier: {carrier}", "series": f"dose {dose}"}
        values = {METHOD_TITLES[name]: mean_precision(rows, name) for name in _ORDER}
        values[_CEILING] = sum(row["ceiling_ap"] for row in rows) / len(rows)
        values[_PREVALENCE] = sum(row["prevalence"] for row in rows) / len(rows)
        points += [{**where, "method": name, "value": value} for name, value in values.items()]
    return chart_svg(
        dots_chart(
            points,
            title="Who ranks the planted accounts first?",
            subtitle="Cell grafts on label-shuffled carriers; mean average precision over operations",
            value="Average precision",
            order=[_CEILING, *(METHOD_TITLES[name] for name in _ORDER), _PREVALENCE],
            series=_doses(grafts),
            panels="carrier",
        )
    )


def _named(grafts: Sequence[Row]) -> str:
    from undazzle.charts.measured import chart_svg, dots_chart

    naming = [
        name
        for name in _ORDER
        if "named" in grafts[0]["methods"][name] and name not in {CALIBRATED_COUNT, CALIBRATED_RANK}
    ]
    points = []
    for (carrier,), rows in by(grafts, "carrier").items():
        for name in naming:
            figures = [row["methods"][name] for row in rows]
            false = sum(one["named"] - one["true"] for one in figures) / len(rows)
            true = sum(one["true"] for one in figures) / len(rows)
            where = {"carrier": f"Carrier: {carrier}", "method": METHOD_TITLES[name]}
            points += [
                {**where, "series": "planted", "value": true},
                {**where, "series": "nobody planted", "value": false},
            ]
    return chart_svg(
        dots_chart(
            points,
            title="Whom does each method name?",
            subtitle="Accounts named in a setting, on average; about 30 are planted; scale by powers of ten",
            value="Accounts named",
            order=[METHOD_TITLES[name] for name in naming],
            series=["planted", "nobody planted"],
            panels="carrier",
            log=True,
        )
    )


def _reliability(grafts: Sequence[Row]) -> str:
    from undazzle.charts.measured import chart_svg, curves_chart

    points = [
        {"series": f"carrier: {carrier}", "x": one["level"], "y": one["realised"]}
        for (carrier,), rows in by(grafts, "carrier").items()
        for one in realised(rows)
    ]
    return chart_svg(
        curves_chart(
            points,
            title="Does the stated rate of false findings hold?",
            subtitle="Dose 40; share of named accounts that nobody planted; on or below the dashed line it holds",
            x="Rate that was asked for (q)",
            y="Rate that came out",
            diagonal=True,
        )
    )


def _look_alikes(rows: Sequence[Row]) -> str:
    from undazzle.charts.measured import chart_svg, dots_chart

    groups = [(group, some) for (group,), some in by(rows, "group").items() if not group.endswith("bursts")]
    points = []
    for group, some in groups:
        accounts = sum(row["accounts"] for row in some)
        shares = {"Undazzle, headlined": sum(row["headlined"] for row in some)}
        for name in ("threshold_60s", "coortweet", "coornet", "bicm"):
            shares[METHOD_TITLES[name]] = sum(row["baselines"][name] for row in some)
        points += [
            {"method": group.replace("_", " "), "series": name, "value": found / accounts}
            for name, found in shares.items()
        ]
    return chart_svg(
        dots_chart(
            points,
            title="Which innocent groups does each method flag?",
            subtitle="Share of the accounts of each look-alike; synthetic",
            value="Share of accounts flagged",
            order=[group.replace("_", " ") for group, _ in groups],
            series=list(dict.fromkeys(point["series"] for point in points)),
        )
    )


def _power(dial: str, rows: Sequence[Row]) -> str:
    from undazzle.charts.measured import chart_svg, curves_chart

    points = []
    for (network, value), some in by(rows, "network", "value").items():
        members = sum(row["members"] for row in some)
        if members:
            share = sum(row["named"] for row in some) / members
            points.append({"series": _NETWORK_TITLES[network], "x": f"{value:g}", "y": share})
    return chart_svg(
        curves_chart(
            points,
            title="How much of a planted network is named?",
            subtitle="Synthetic; share of its acting accounts",
            x=DIAL_TITLES[dial],
            y="Share named",
        )
    )


def _doses(rows: Sequence[Row]) -> list[str]:
    return [f"dose {dose}" for dose in sorted({row["dose"] for row in rows})]
