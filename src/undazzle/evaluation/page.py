"""The page on how well detection works, written from the results alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from undazzle.evaluation.baselines import BASELINES
from undazzle.evaluation.methods import CALIBRATED, CALIBRATED_COUNT, CALIBRATED_RANK, LABEL_FREE
from undazzle.evaluation.methods import TITLES as METHOD_TITLES
from undazzle.evaluation.page_words import ABOUT, CLOSED, CONTROLS, GRAFTS, HEAD, LIMITS, LOOK_ALIKES, POWER
from undazzle.evaluation.summary import (
    against_baselines,
    by,
    is_easy,
    mean_precision,
    named_figures,
    precision_interval,
    recall_interval,
    targets,
)

Row = Mapping[str, Any]
_METHODS = (CALIBRATED, CALIBRATED_RANK, CALIBRATED_COUNT, *LABEL_FREE, "centrality_tuned")


def evaluation_page(results: Row, figures: Collection[str]) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    results
        Of ``run_benchmark``.
    figures
        File names of the figures that were drawn.
    """
    parts = [HEAD, _about(results), _targets(results)]
    grafts = results.get("grafts", ())
    if grafts:
        parts += [GRAFTS, *_grafts(grafts, figures)]
    if results.get("closed"):
        parts += [CLOSED, _closed(results["closed"])]
    if results.get("controls"):
        parts += [CONTROLS, _controls(results["controls"])]
    if results.get("hard_negatives"):
        parts += [
            LOOK_ALIKES,
            *_image("look_alikes.svg", figures, "Look-alikes"),
            _look_alikes(results["hard_negatives"]),
        ]
    if results.get("power"):
        parts += [POWER, *_power(figures)]
    if results.get("alone"):
        parts.append(_alone(results["alone"]))
    parts += [_methods(), LIMITS]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table; bars in cells are escaped.

    Examples
    --------
    >>> print(table(["a", "b"], [["x|y", 1]]))
    | a | b |
    |---|---|
    | x&#124;y | 1 |
    """
    lines = [head, ["---"] * len(head), *rows]
    cells = [[str(cell).replace("|", "&#124;") for cell in line] for line in lines]
    return "\n".join("|---" * len(head) + "|" if line[0] == "---" else f"| {' | '.join(line)} |" for line in cells)


def _image(name: str, figures: Collection[str], words: str) -> list[str]:
    return [f"![{words}](evaluation/{name})"] if name in figures else []


def _about(results: Row) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in results["versions"].items())
    seconds = results["cpu_seconds"]
    spent = ", ".join(f"{name.replace('_', ' ')} {value:.0f}" for name, value in seconds.items() if name != "all")
    states = {state: name for name, state in results["code"].items()}
    mixed = ", ".join(f"{name.replace('_', ' ')} with {state}" for name, state in results["code"].items())
    code = f"The tracks were measured with different states of the code: {mixed}. " if len(states) > 1 else ""
    kind = "A quick run: too few repetitions to rely on. " if results["quick"] else ""
    real = "" if results["real_data"] else "Without real data: only what is synthetic was measured. "
    return ABOUT.format(kind=kind, real=real, code=code, versions=versions, seconds=seconds["all"], spent=spent)


def _targets(results: Row) -> str:
    rows = [
        [one["what"], one["to_reach"], one["measured"], "yes" if one["reached"] else "**no**"]
        for one in targets(results)
    ]
    reached = sum(row[3] == "yes" for row in rows)
    words = f"{reached} of {len(rows)} were reached in this run."
    head = "## What was to be reached, and what was measured\n\n"
    return head + words + "\n\n" + table(["Figure", "To reach", "Measured", "Reached"], rows)


def _grafts(grafts: Sequence[Row], figures: Collection[str]) -> list[str]:
    shuffled = [row for row in grafts if row["labels"] == "shuffled"]
    hard = [row for row in shuffled if not is_easy(row)]
    easy = len(shuffled) - len(hard)
    words = (
        f"{len(shuffled)} settings with known truth. In {easy} of them activity or rarity alone comes within a fifth of"
        " the best method: these are easy, and left out of the figures and of the next table, though not of the list"
        " above."
    )
    parts = [words, *_image("average_precision.svg", figures, "Average precision by method")]
    parts += [_precision_table(hard), *_image("named_false.svg", figures, "Accounts named by method")]
    parts += [_named_table(shuffled), *_image("reliability.svg", figures, "Stated and realised false discovery")]
    return [*parts, _beside(hard), _as_they_are(grafts)]


def _precision_table(rows: Sequence[Row]) -> str:
    groups = by(rows, "carrier", "dose")
    head = ["Mean average precision", *(f"{carrier}, dose {dose}" for carrier, dose in groups), "95 % interval, all"]
    lines: list[list[str]] = [
        ["*Reachable ceiling*", *(f"{_mean(some, 'ceiling_ap'):.2f}" for some in groups.values()), ""],
        *(
            [
                METHOD_TITLES[name],
                *(f"{mean_precision(some, name):.2f}" for some in groups.values()),
                "{:.2f} to {:.2f}".format(*precision_interval(rows, name)),
            ]
            for name in _METHODS
        ),
        ["*Prevalence*", *(f"{_mean(some, 'prevalence'):.2f}" for some in groups.values()), ""],
    ]
    at = ["p10", "p50", "p100"]
    second = table(
        ["Share planted among the first", "10", "50", "100", "B-cubed precision", "B-cubed recall"],
        [
            [
                METHOD_TITLES[name],
                *(f"{mean_precision(rows, name, one):.2f}" for one in at),
                *(_mean_where_given(rows, name, one) for one in ("b3_precision", "b3_recall")),
            ]
            for name in _METHODS
        ],
    )
    return table(head, lines) + "\n\n" + second


def _mean(rows: Sequence[Row], key: str) -> float:
    return sum(float(row[key]) for row in rows) / len(rows)


def _mean_where_given(rows: Sequence[Row], method: str, key: str) -> str:
    given = [row["methods"][method][key] for row in rows if key in row["methods"][method]]
    return f"{sum(given) / len(given):.2f}" if given else "-"


def _named_table(rows: Sequence[Row]) -> str:
    lines = []
    for (carrier, dose), some in by(rows, "carrier", "dose").items():
        one = named_figures(some)
        low, high = recall_interval(some)
        lines.append(
            [
                carrier, dose, one["settings"], one["named"], one["false"], f"{one['false_share']:.1%}",
                f"{one['reached']} of {one['reachable']}", f"{one['recall']:.0%} ({low:.0%} to {high:.0%})",
            ]
        )  # fmt: skip
    head = ["Carrier", "Dose", "Settings", "Named", "Not planted", "False share", "Reached", "Recall of the reachable"]
    others = []
    for name in (CALIBRATED, *LABEL_FREE, "centrality_tuned"):
        if "named" in rows[0]["methods"][name]:
            one = named_figures(rows, name)
            others.append([METHOD_TITLES[name], one["named"], f"{one['false_share']:.1%}", f"{one['recall']:.0%}"])
    beside = table(["Method, all settings", "Named", "False share", "Recall of the reachable"], others)
    return table(head, lines) + "\n\n" + beside


def _beside(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    lines = []
    for name in (CALIBRATED, CALIBRATED_RANK, CALIBRATED_COUNT):
        one = against_baselines(rows, name)
        lines.append(
            [
                METHOD_TITLES[name], f"{one['not_below']} of {one['settings']}", f"{one['halved_share']:.0%}",
                f"{one['shortfall']:.2f}", f"{one['best_baseline_shortfall']:.2f}",
            ]
        )  # fmt: skip
    words = "Beside the best baseline of each setting, chosen with hindsight (settings that are not easy):\n\n"
    head = ["", "Not below it", "Shortfall at most half of its", "Mean shortfall", "Its mean shortfall"]
    return words + table(head, lines)


def _as_they_are(grafts: Sequence[Row]) -> str:
    rows = [row for row in grafts if row["labels"] == "as they are"]
    if not rows:
        return ""
    lines = []
    for (carrier, dose), some in by(rows, "carrier", "dose").items():
        one = named_figures(some)
        others = one["false"] / one["settings"]
        lines.append([carrier, dose, f"{one['recall']:.0%}", f"{others:.0f}", f"{_best(some)}"])
    words = (
        "On the carriers as they are nobody knows the truth about the others that are named: page families of one"
        " publisher, above all, which really do act together. So these figures stand apart:\n\n"
    )
    head = ["Carrier", "Dose", "Recall of the reachable", "Others named, on average", "Best mean average precision"]
    return words + table(head, lines)


def _best(rows: Sequence[Row]) -> str:
    means = {name: mean_precision(rows, name) for name in _METHODS if name != "centrality_tuned"}
    name = max(means, key=lambda one: means[one])
    return f"{means[name]:.2f} ({METHOD_TITLES[name]})"


def _closed(rows: Sequence[Row]) -> str:
    lines = []
    for (carrier, labels, dose), some in by(rows, "carrier", "labels", "dose").items():
        one = named_figures(some)
        easy = sum(is_easy(row) for row in some)
        trivial = max(mean_precision(some, name) for name in ("activity", "rarity"))
        planted = sum(row["planted"] for row in some)
        true = one["named"] - one["false"]
        lines.append(
            [
                carrier, labels, dose, f"{true} of {planted}", f"{one['recall']:.0%}",
                f"{one['false'] / one['settings']:.0f}", f"{mean_precision(some, 'count_60s'):.2f}",
                f"{trivial:.2f}", f"{easy} of {len(some)}",
            ]
        )  # fmt: skip
    head = [
        "Carrier", "Labels", "Dose", "Planted and named", "Recall of the reachable", "Others named, on average",
        "Count, 60 s: average precision", "Activity or rarity", "Easy settings",
    ]  # fmt: skip
    return table(head, lines)


def _controls(rows: Sequence[Row]) -> str:
    lines = [
        [
            row["control"], row["trace"], "1 h" if row["window"] >= 3600 else "60 s", f"{row['accounts']:,}",
            f"{row['sharing']:,}", f"{row['testable']:,}", row["named"], row["unexplained"],
            f"{row['bound_testable']:.0f}" if row["bound_testable"] is not None else "no bound",
        ]
        for row in rows
    ]  # fmt: skip
    head = [
        "Control", "Trace", "Window", "Accounts", "Share two things or more", "Testable", "Named", "Unexplained",
        "Of 10,000 testable, at most",
    ]  # fmt: skip
    return table(head, lines)


def _look_alikes(rows: Sequence[Row]) -> str:
    names = list(rows[0]["baselines"])
    lines = []
    for (group,), some in by(rows, "group").items():
        counts = [sum(row["baselines"][name] for row in some) for name in names]
        accounts, headlined, explained = (
            sum(row[key] for row in some) for key in ("accounts", "headlined", "explained")
        )
        lines.append([group.replace("_", " "), accounts, headlined, explained, *counts])
    head = ["Group", "Accounts", "Headlined", "Named and explained", *(METHOD_TITLES[name] for name in names)]
    return table(head, lines)


def _power(figures: Collection[str]) -> list[str]:
    drawn = [name for name in figures if name.startswith("power_")]
    return [f"![Power: {name[6:-4].replace('_', ' ')}](evaluation/{name})" for name in drawn]


def _alone(rows: Sequence[Row]) -> str:
    head = ["Method", "Accounts placed", "Networks", "Agreement (adjusted mutual information)"]
    lines = [
        [
            METHOD_TITLES[row["method"]].replace(": named accounts only", ""),
            f"{row['placed']} of {row['accounts']:,}", row["networks"], f"{row['ami']:.2f}",
        ]
        for row in rows
    ]  # fmt: skip
    words = (
        "## The operation alone\n\nThe Internet Research Agency's posts of ten months without a crowd around them. Of"
        f" the {rows[0]['placed']} accounts that the calibrated method places, {rows[0]['in_rings']} are in rings that"
        " share what nobody else shares, where timing cannot speak. Baselines keep their strongest pairs until they"
        " place as many accounts. Agreement is with the categories that Linvill and Warren gave the accounts by hand."
    )
    return words + "\n\n" + table(head, lines)


def _methods() -> str:
    lines = [[one.title, one.parameters, one.reference] for one in BASELINES.values()]
    words = (
        "## The methods beside it\n\nEach is written from its paper or its authors' code. Where a paper gives no"
        " ranking of accounts, an account counts as much as its strongest pair."
    )
    return words + "\n\n" + table(["Method", "Parameters", "Reference"], lines)
