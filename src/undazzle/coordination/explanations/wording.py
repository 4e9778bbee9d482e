"""Numbers in words, the same way in every explanation."""

from __future__ import annotations


def percent(share: float) -> str:
    """Return a share as a percentage without false precision.

    Examples
    --------
    >>> percent(0.304), percent(0.004), percent(0.0), percent(1.0), percent(0.9991)
    ('30%', '0.4%', '0%', '100%', '99.9%')
    """
    shown = 100 * share
    digits = 0 if share in (0, 1) or 1 <= shown <= 99 else 1
    return f"{shown:.{digits}f}%"


def counted(number: int, noun: str, several: str = "") -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "burst"), counted(1200, "burst"), counted(2, "branch", "branches")
    ('1 burst', '1,200 bursts', '2 branches')
    """
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


def beside(control: float | None) -> str:
    """Return what other accounts show, in brackets, or nothing.

    Examples
    --------
    >>> beside(0.02), beside(None)
    (' (other accounts as active: 2%)', '')
    """
    return "" if control is None else f" (other accounts as active: {percent(control)})"
