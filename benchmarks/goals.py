"""One last table: every number that was to be reached for scale, and what this very run measured.

Figures come only from the sections that ran just now. A section that did not run is "not run"; a figure that its
section did not give (real posts are not on this machine, a peer is not installed) is "not measured", with the reason.
Nothing is filled in from kept results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.tables import print_table

Result = Mapping[str, Any]
TITLE = "Goals for scale, and what this run measured"


class NotMeasuredError(LookupError):
    """A section ran and has no figure for a goal; the message says why."""


@dataclass(frozen=True)
class Goal:
    """A number to reach.

    Attributes
    ----------
    what
        The job, in words.
    section
        The benchmark that measures it.
    limit
        The number to reach.
    figure
        Takes the section's result and returns the measured number, or raises ``NotMeasuredError``.
    unit
        Of both; in ``CPU s`` the figure is also shown in multiples of the yardstick.
    at_least
        Whether larger is better.
    """

    what: str
    section: str
    limit: float
    figure: Callable[[Result], float]
    unit: str = "CPU s"
    at_least: bool = False


def _toolkit(*path: str) -> Callable[[Result], float]:
    """Figures of the toolkit's section, which are judged on a million real posts only."""

    def figure(result: Result) -> float:
        if result["posts"] != "1,000,000 real posts":
            raise NotMeasuredError(f"only {result['posts']}")
        return _same(result, path)

    return figure


def _coortweet(key: str) -> Callable[[Result], float]:
    def figure(result: Result) -> float:
        if "skipped" not in result and not result["figures"]:
            raise NotMeasuredError("no real posts on this machine, or CooRTweet did not end")
        return _same(result, ("figures", key))

    return figure


def _same(result: Result, path: tuple[str, ...]) -> float:
    """Follow the keys, if both tools gave the same answer."""
    if "skipped" in result:
        raise NotMeasuredError(result["skipped"])
    if not result["same"]:
        raise NotMeasuredError("the answers differ")
    found: Any = result
    for key in path:
        if key not in found:
            raise NotMeasuredError(f"no {key}")
        found = found[key]
    return float(found)


def _kernel(name: str, window: int, least_items: int) -> Callable[[Result], float]:
    def figure(result: Result) -> float:
        for one in result["cases"]:
            if (one["set"], one["window_seconds"], one["least_items"]) == (name, window, least_items):
                return float(one["kernel_cpu_seconds"])
        raise NotMeasuredError("small sets only")

    return figure


def _viral(window: int) -> Callable[[Result], float]:
    with_it, without = _kernel("v1", window, 2), _kernel("e1m_nv", window, 2)
    return lambda result: with_it(result) - without(result)


def _hundred_million(result: Result) -> Mapping[str, Any]:
    found = [one for one in result["growth"] if one["events"] == 100_000_000]
    if not found:
        raise NotMeasuredError("small sets only")
    return found[0]  # type: ignore[no-any-return]


def _growth_ratio(result: Result) -> float:
    large = _hundred_million(result)
    small = next(one for one in result["growth"] if one["events"] == 10_000_000)
    each = [one["kernel_cpu_seconds"] / one["pair_actions"] for one in (large, small)]
    return float(each[0] / each[1])


def _hour_of_hundred_million(result: Result) -> float:
    raise NotMeasuredError(f"{_hundred_million(result)['pair_actions_1h']:,} pair-actions counted, not run")


def _ten_million(key: str) -> Callable[[Result], float]:
    def figure(result: Result) -> float:
        found = [one for one in result["sizes"] if one["posts"] >= 10_000_000]
        if not found:
            most = max(one["posts"] for one in result["sizes"])
            raise NotMeasuredError(f"at most {most:,} posts")
        return float(found[0][key])

    return figure


def _near_text(figure: Callable[[Mapping[str, Any]], float], worst: Callable[..., float]) -> Callable[[Result], float]:
    """The worse of the two sets of a million real posts: without reposts and with them."""

    def of_million(result: Result) -> float:
        sets = [one for one in result["sets"] if one["posts"] == 1_000_000]
        if not sets:
            raise NotMeasuredError("no million of real posts on this machine")
        if min(one["pairs"] for one in sets) < 2_000:
            raise NotMeasuredError("fewer than 2,000 true pairs")
        return worst(figure(one) for one in sets)

    return of_million


def _spark(window: int) -> Callable[[Result], float]:
    def figure(result: Result) -> float:
        cases = [one for one in result["cases"] if (one["set"], one["window_seconds"]) == ("e1m_nv", window)]
        if not cases:
            raise NotMeasuredError("small sets only")
        return float(all(one["same"] for one in cases))

    return figure


_AGAIN = "1M real posts, networks alone, against the toolkit"
GOALS = (
    Goal(f"{_AGAIN}: 60 s, start-up counted", "toolkit", 30, _toolkit("ratios", "b"), "times", True),
    Goal(
        f"{_AGAIN}: 60 s and 1 day, start-up counted",
        "toolkit", 30, _toolkit("ratios", "b, 60 s and a day"), "times", True,
    ),
    Goal(f"{_AGAIN}: 60 s, in running processes", "toolkit", 30, _toolkit("ratios", "warm"), "times", True),
    Goal(
        f"{_AGAIN}: 60 s and 1 day, in running processes",
        "toolkit", 30, _toolkit("ratios", "warm, 60 s and a day"), "times", True,
    ),
    Goal("1M real posts, whole job, against the toolkit", "toolkit", 8, _toolkit("ratios", "a"), "times", True),
    Goal("the same: peak memory above the file's size", "toolkit", 500, _toolkit("above_file_mb"), "MB"),
    Goal("100k real posts, whole job, against CooRTweet", "coortweet", 20, _coortweet("ratio"), "times", True),
    Goal(
        "1M real posts: CooRTweet needs over 10 CPU minutes or 8 GB, Undazzle ends (1 = so)",
        "coortweet", 1, _coortweet("only_undazzle_ends"), "", True,
    ),
    Goal("kernel: 10M events, 60 s, k = 2", "kernel", 1.5, _kernel("e10m_nv", 60, 2)),
    Goal("kernel: one viral item, 60 s, k = 2", "kernel", 0.8, _kernel("v1", 60, 2)),
    Goal("kernel: five viral items, 1 h, k = 3 (v5)", "kernel", 2, _kernel("v5", 3600, 3)),
    Goal("kernel: the same, sharers who do nothing else (v5f)", "kernel", 2, _kernel("v5f", 3600, 3)),
    Goal("10M posts from file to report: wall", "ten_million", 600, _ten_million("wall_seconds"), "s"),
    Goal("10M posts from file to report: peak memory", "ten_million", 6_000, _ten_million("peak_mb"), "MB"),
    Goal(
        "kernel: 100M events, 60 s, k = 2, data limited to 6 GB",
        "kernel", 150, lambda result: float(_hundred_million(result)["kernel_cpu_seconds"]),
    ),
    Goal("its cost per pair-action over that at 10M", "kernel", 1.2, _growth_ratio, "times"),
    Goal("100M events, 1 h: ends, or is refused with its exact cost", "kernel", 1, _hour_of_hundred_million, "", True),
    Goal(
        "near-identical texts, 1M posts, 1 day: cost (worse of two sets)",
        "near_text", 90, _near_text(lambda one: one["cpu_seconds"], max),
    ),
    Goal("the same: peak memory", "near_text", 3_000, _near_text(lambda one: one["peak_mb"], max), "MB"),
    Goal(
        "the same: true pairs that are found",
        "near_text", 0.98, _near_text(lambda one: one["found"] / one["pairs"], min), "", True,
    ),
    Goal(
        "the same: true pairs that end in one item",
        "near_text", 0.98, _near_text(lambda one: one["in_one_item"] / one["pairs"], min), "", True,
    ),
    Goal("kernel: what one item shared 200,000 times adds, 60 s", "kernel", 2, _viral(60)),
    Goal("kernel: what one item shared 200,000 times adds, 1 h", "kernel", 15, _viral(3600)),
    Goal("Spark: 1M events, 60 s: identical rows (1 = all)", "spark", 1, _spark(60), "", True),
    Goal("Spark: 1M events, 1 h: identical rows (1 = all)", "spark", 1, _spark(3600), "", True),
)  # fmt: skip


def print_goals(results: Mapping[str, Result], failures: Mapping[str, str], yardstick_seconds: float) -> list[str]:
    """Print the table; return its verdicts, in the order of ``GOALS``.

    Parameters
    ----------
    results
        By section, what the sections that ran in this run returned.
    failures
        By section, why those that broke off did.
    yardstick_seconds
        CPU seconds of the yardstick, measured in this run.
    """
    rows = [_row(goal, results, failures, yardstick_seconds) for goal in GOALS]
    print(f"## {TITLE}\n")
    print_table(["job", "section", "goal", "measured", "of yardstick", "verdict"], rows)
    print("\n'Not run': its section was not part of this run. Nothing here is from an earlier run.")
    return [row[-1] for row in rows]


def _row(goal: Goal, results: Mapping[str, Result], failures: Mapping[str, str], yardstick: float) -> list[str]:
    asked = f"{'at least' if goal.at_least else 'under'} {goal.limit:,g} {goal.unit}".rstrip()
    named = [goal.what, goal.section, asked]
    if goal.section in failures:
        return [*named, "", "", f"not measured: {failures[goal.section]}"]
    if goal.section not in results:
        return [*named, "", "", "not run"]
    try:
        figure = goal.figure(results[goal.section])
    except NotMeasuredError as error:
        return [*named, "", "", f"not measured: {error}"]
    met = figure >= goal.limit if goal.at_least else figure < goal.limit
    scaled = f"{figure / yardstick:.2f}" if goal.unit == "CPU s" else ""
    return [*named, _shown(figure), scaled, "met" if met else "MISSED"]


def _shown(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.4g}"
