"""Exact chances of counts, without tables and without approximation."""

from __future__ import annotations

from math import exp, lgamma, log

_TINY = 1e-300


def binomial_tail(hits: int, trials: int, share: float) -> float:
    """Return the chance of at least ``hits`` successes.

    Parameters
    ----------
    hits, trials
        Counted successes and trials.
    share
        Chance of one success, 0 to 1.

    Examples
    --------
    >>> binomial_tail(2, 2, 0.5), binomial_tail(0, 5, 0.1)
    (0.25, 1.0)
    """
    if hits <= 0:
        return 1.0
    if share <= 0 or hits > trials:
        return 0.0
    if share >= 1:
        return 1.0
    odds, first = share / (1 - share), _log_binomial(hits, trials) + hits * log(share)
    term = total = exp(max(first + (trials - hits) * log(1 - share), -745.0))
    for one in range(hits, trials):
        term *= (trials - one) / (one + 1) * odds
        total += term
        if term < total * 1e-16:
            break
    return min(1.0, max(total, _TINY))


def share_tail(hits: int, trials: int, all_hits: int, everything: int) -> float:
    """Return the chance that a random sample holds at least ``hits`` of the marked things (Fisher, one-sided).

    Parameters
    ----------
    hits, trials
        Marked things in the sample, and its size.
    all_hits, everything
        Marked things in the sample and outside, and the size of both together.

    Examples
    --------
    >>> round(share_tail(2, 2, 2, 4), 4)
    0.1667
    """
    least, most = max(0, trials + all_hits - everything), min(trials, all_hits)
    if hits <= least:
        return 1.0
    if hits > most:
        return 0.0
    first = (
        _log_binomial(hits, all_hits)
        + _log_binomial(trials - hits, everything - all_hits)
        - _log_binomial(trials, everything)
    )
    term = total = exp(max(first, -745.0))
    for one in range(hits, most):
        term *= (all_hits - one) * (trials - one) / ((one + 1) * (everything - all_hits - trials + one + 1))
        total += term
        if term < total * 1e-16:
            break
    return min(1.0, max(total, _TINY))


def _log_binomial(chosen: int, among: int) -> float:
    return lgamma(among + 1) - lgamma(chosen + 1) - lgamma(among - chosen + 1)
