"""From rows to the figures that a reader asks for: pooled, with intervals, and held against what was to be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from undazzle.evaluation.measures import bootstrap_interval
from undazzle.evaluation.methods import CALIBRATED, CALIBRATED_RANK, LABEL_FREE
from undazzle.evaluation.shares import FloatArray

Row = Mapping[str, Any]
TRIVIAL = ("activity", "rarity")
EASY_SHARE = 0.8  # a setting is easy if a trivial ranking reaches this share of the best average precision in it


def is_easy(row: Row) -> bool:
    """Return whether rarity or activity alone all but solves a setting."""
    precision = {name: figures["ap"] for name, figures in row["methods"].items()}
    return bool(max(precision[name] for name in TRIVIAL) >= EASY_SHARE * max(precision.values()))


def named_figures(rows: Sequence[Row], method: str = CALIBRATED) -> dict[str, Any]:
    """Return false discovery and recall of the reachable, pooled over rows.

    Parameters
    ----------
    rows
        Settings of the graft track.
    method
        Whose named accounts.
    """
    figures = [row["methods"][method] for row in rows]
    named, true = (sum(one[key] for one in figures) for key in ("named", "true"))
    reachable, reached = sum(row["reachable"] for row in rows), sum(one["reached"] for one in figures)
    per_setting = [
        one["reached"] / row["reachable"] for one, row in zip(figures, rows, strict=True) if row["reachable"]
    ]
    return {
        "settings": len(rows),
        "named": named,
        "false": named - true,
        "false_share": (named - true) / named if named else 0.0,
        "mean_false_share": float(np.mean([(f["named"] - f["true"]) / max(1, f["named"]) for f in figures])),
        "reachable": reachable,
        "reached": reached,
        "recall": reached / reachable if reachable else float("nan"),
        "mean_recall": float(np.mean(per_setting)) if per_setting else float("nan"),
    }


def recall_interval(rows: Sequence[Row]) -> tuple[float, float]:
    """Return the 95 % interval of the recall of the reachable when cells are drawn anew."""
    cells: dict[str, list[float]] = {}
    for row in rows:
        for cell in row["cells"]:
            entry = cells.setdefault(cell["name"], [0.0, 0.0])
            entry[0] += cell["named_reachable"]
            entry[1] += cell["reachable"]
    return bootstrap_interval(cells, _ratio) if cells else (float("nan"), float("nan"))


def _ratio(sums: FloatArray) -> float:
    return float(sums[0] / sums[1]) if sums[1] else float("nan")


def mean_precision(rows: Sequence[Row], method: str, figure: str = "ap") -> float:
    """Return the mean of a figure of a method over settings."""
    return float(np.mean([row["methods"][method][figure] for row in rows]))


def precision_interval(rows: Sequence[Row], method: str) -> tuple[float, float]:
    """Return the 95 % interval of the mean average precision when operations (seeds) are drawn anew."""
    seeds: dict[str, list[float]] = {}
    for row in rows:
        entry = seeds.setdefault(str(row["seed"]), [0.0, 0.0])
        entry[0] += row["methods"][method]["ap"]
        entry[1] += 1
    return bootstrap_interval(seeds, _ratio)


def against_baselines(rows: Sequence[Row], method: str) -> dict[str, Any]:
    """Return in how many settings a method is not below the best label-free baseline, and halves its shortfall.

    The best baseline is chosen anew in each setting, which no user could do.
    """
    not_below = halved = 0
    shortfalls = []
    for row in rows:
        mine = row["methods"][method]["ap"]
        best = max(row["methods"][name]["ap"] for name in LABEL_FREE)
        ceiling = max(row["ceiling_ap"], mine, best)
        not_below += mine >= best - 0.005
        halved += ceiling - mine <= 0.5 * (ceiling - best) + 1e-9
        shortfalls.append((ceiling - mine, ceiling - best))
    return {
        "settings": len(rows),
        "not_below": not_below,
        "halved": halved,
        "halved_share": halved / len(rows) if rows else float("nan"),
        "shortfall": float(np.mean([one for one, _ in shortfalls])) if shortfalls else float("nan"),
        "best_baseline_shortfall": float(np.mean([one for _, one in shortfalls])) if shortfalls else float("nan"),
    }


def realised(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return nominal and realised shares of false findings, pooled over the settings that were run at several."""
    levels: dict[float, list[int]] = {}
    for row in rows:
        for one in row.get("levels", ()):
            entry = levels.setdefault(one["level"], [0, 0])
            entry[0] += one["named"] - one["true"]
            entry[1] += one["named"]
    return [
        {"level": level, "false": false, "named": named, "realised": false / named if named else 0.0}
        for level, (false, named) in sorted(levels.items())
    ]


def by(rows: Sequence[Row], *keys: str) -> dict[tuple[Any, ...], list[Row]]:
    """Return rows by the values of some columns, in the order in which these first occur."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def targets(results: Row) -> list[dict[str, Any]]:
    """Return what was to be reached beside what was measured.

    Each record has ``what``, ``to_reach``, ``measured`` (words) and ``reached`` (``None`` where nothing was measured).
    """
    found: list[dict[str, Any]] = []
    for add in (_graft_targets, _silence_targets, _control_targets, _look_alike_targets, _alone_targets):
        add(results, found)
    return found


def _add(found: list[dict[str, Any]], what: str, to_reach: str, measured: str, reached: bool) -> None:
    found.append({"what": what, "to_reach": to_reach, "measured": measured, "reached": bool(reached)})


def _graft_targets(results: Row, found: list[dict[str, Any]]) -> None:
    rows = [row for row in results.get("grafts", ()) if row["labels"] == "shuffled"]
    for (carrier, dose), some in by(rows, "carrier", "dose").items():
        named = named_figures(some)
        low, high = recall_interval(some)
        _add(
            found, f"False discovery of named accounts, {carrier}, dose {dose}", "at most 5 %",
            f"{named['false_share']:.1%} ({named['false']} of {named['named']} named)", named["false_share"] <= 0.05,
        )  # fmt: skip
        if dose >= 40:
            _add(
                found, f"Recall of the reachable, {carrier}, dose {dose}", "at least 60 %",
                f"{named['recall']:.0%} (95 % {low:.0%} to {high:.0%})", named["recall"] >= 0.6,
            )  # fmt: skip
    hard = [row for row in rows if not is_easy(row)]
    for method, what in ((CALIBRATED, "named only"), (CALIBRATED_RANK, "named, then attention")):
        if not hard:
            return
        beside = against_baselines(hard, method)
        _add(
            found, f"Average precision not below the best baseline of each setting ({what})", "all but easy settings",
            f"{beside['not_below']} of {beside['settings']}", beside["not_below"] == beside["settings"],
        )  # fmt: skip
        _add(
            found, f"Shortfall from the ceiling at most half of the best baseline's ({what})", "80 % of settings",
            f"{beside['halved_share']:.0%}", beside["halved_share"] >= 0.8,
        )  # fmt: skip


def _silence_targets(results: Row, found: list[dict[str, Any]]) -> None:
    for row in results.get("silence", ()):
        _add(
            found, f"Shuffled labels, {row['data']}, q {row['level']}", f"at most {row['level']:.0%}, of 200 shuffles",
            f"{row['with_networks']} of {row['shuffles']} (bound {row['bound']:.1%})", row["rate"] <= row["level"],
        )  # fmt: skip


def _control_targets(results: Row, found: list[dict[str, Any]]) -> None:
    for (control,), rows in by(results.get("controls", ()), "control").items():
        most = max(row["unexplained"] for row in rows)
        widest = max(rows, key=lambda row: int(row["testable"]))
        bound = widest["bound_testable"]
        said = "no bound" if bound is None else f"at most {bound:.0f} in 10,000 of these"
        _add(
            found, f"Unexplained accounts in {control}, every trace, 60 s and 1 h", "none",
            f"{most}; testable are at most {widest['testable']:,} of {widest['accounts']:,} ({said})", most == 0,
        )  # fmt: skip


def _look_alike_targets(results: Row, found: list[dict[str, Any]]) -> None:
    rows = results.get("hard_negatives", ())
    headlined = sum(row["headlined"] for row in rows)
    accounts = sum(row["accounts"] for row in rows)
    if rows:
        _add(
            found, "Look-alikes headlined as coordinated", "none",
            f"{headlined} of {accounts:,} accounts", headlined == 0,
        )  # fmt: skip


def _alone_targets(results: Row, found: list[dict[str, Any]]) -> None:
    rows = {row["method"]: row for row in results.get("alone", ())}
    if rows:
        mine = rows.pop(CALIBRATED)
        best: Callable[[str], float] = lambda name: float(rows[name]["ami"])  # noqa: E731  # names the key of two calls
        name = max(rows, key=best)
        _add(
            found, "The operation alone: agreement with published categories", "above every baseline",
            f"{mine['ami']:.2f}, best baseline {best(name):.2f} ({name}), {mine['placed']} accounts placed",
            mine["ami"] > best(name),
        )  # fmt: skip
