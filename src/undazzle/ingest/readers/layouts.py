"""How a table layout is recognised by its column names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence


def by_columns(
    required: Iterable[str], usual: Iterable[str] = (), absent: Iterable[str] = ()
) -> Callable[[Sequence[str]], float]:
    """Return a function that says how well column names fit a layout.

    Parameters
    ----------
    required
        Columns without which it is another layout.
    usual
        Columns that make it surer.
    absent
        Columns that this layout never has.

    Returns
    -------
    Callable
        Takes column names and yields 0 (no), or 0.7 (all required ones) to 1 (all usual ones as well).

    Examples
    --------
    >>> fits = by_columns(["a", "b"], ["c", "d"])
    >>> fits(["a", "b", "c"]), fits(["a", "c"])
    (0.85, 0.0)
    """
    needed, telling, never = frozenset(required), frozenset(usual), frozenset(absent)

    def fits(columns: Sequence[str]) -> float:
        present = {str(column).strip() for column in columns}
        if not needed <= present or never & present:
            return 0.0
        return 0.7 + 0.3 * (len(telling & present) / len(telling) if telling else 1.0)

    return fits
