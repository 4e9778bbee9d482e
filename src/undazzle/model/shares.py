"""How far a share that was counted can be trusted."""

from __future__ import annotations

from math import sqrt


def share_interval(hits: float, trials: float, width: float = 1.96) -> tuple[float, float]:
    """Return Wilson's interval of a share (Wilson 1927, 10.1080/01621459.1927.10502953).

    Parameters
    ----------
    hits, trials
        Successes and trials; sums of weights need not be whole numbers.
    width
        Half width in standard deviations; 1.96 gives 95 %.

    Examples
    --------
    >>> [round(one, 3) for one in share_interval(0, 10)]
    [0.0, 0.278]
    """
    if trials <= 0:
        return 0.0, 1.0
    share, square = hits / trials, width * width
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = width * sqrt(share * (1 - share) / trials + square / (4 * trials * trials)) / (1 + square / trials)
    # At the ends the exact values are known; rounding would leave 7e-18 there.
    return 0.0 if hits <= 0 else max(0.0, middle - half), 1.0 if hits >= trials else min(1.0, middle + half)
