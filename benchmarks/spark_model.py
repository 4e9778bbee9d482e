"""What work on a cluster costs as a straight line in its size, and how far off the line is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

_NAMES = ("at rest", "for each million traces", "for each million pair-actions")


def design(events: float, pair_actions: float) -> list[float]:
    """Return the terms of the line for one size."""
    return [1.0, events / 1e6, pair_actions / 1e6]


def fit(cases: Sequence[dict[str, Any]], figure: str) -> tuple[list[float], list[float]]:
    """Return the coefficients by least squares of relative errors over second runs, and the error for each held out.

    Parameters
    ----------
    cases
        Results of ``spark_job`` with two shared items.
    figure
        ``cpu`` or ``shuffle_mb``.

    Returns
    -------
    tuple
        Coefficients of ``design``, and the relative error when each case is predicted from the others, in their order.
    """
    terms = np.array([design(one["events"], one["pair_actions"]) for one in cases])
    measured = np.array([one["runs"][1][figure] for one in cases], dtype=np.float64)
    errors = []
    for left_out in range(len(cases)):
        others = np.arange(len(cases)) != left_out
        guess = terms[left_out] @ _solve(terms[others], measured[others])
        errors.append(float(guess / measured[left_out] - 1))
    return [float(one) for one in _solve(terms, measured)], errors


def _solve(terms: Any, measured: Any) -> Any:
    return np.linalg.lstsq(terms / measured[:, None], np.ones(len(measured)), rcond=None)[0]


def print_model(cases: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Print and return the lines of CPU seconds and shuffled megabytes, or say that there are too few sizes."""
    usable = [one for one in cases if one["least_items"] == 2 and one["set"].startswith("n")]
    if len(usable) < len(_NAMES) + 2:
        return {}
    found = {}
    for figure, unit in (("cpu", "CPU s"), ("shuffle_mb", "MB shuffled")):
        coefficients, errors = fit(usable, figure)
        parts = ", ".join(f"{one:.3g} {name}" for one, name in zip(coefficients, _NAMES, strict=True))
        print(f"{unit}, second runs, k = 2: {parts}. Each case predicted from the others:")
        for one, error in zip(usable, errors, strict=True):
            print(f"  {one['events']:,} events, {one['window_seconds']} s: {100 * error:+.0f} %")
        found[figure] = {"coefficients": coefficients, "held_out_errors": errors}
    return found
