"""When two groups of accounts count as one: by the share of all their accounts that both hold (Jaccard index)."""

from __future__ import annotations

# Two groups are the same if they share at least half of all their accounts, and alike from a tenth on.
SAME, ALIKE = 0.5, 0.1


def likeness_verdict(jaccard: float) -> str:
    """Return ``found``, ``found_in_part`` or ``not_found`` for a Jaccard index from 0 to 1.

    Examples
    --------
    >>> likeness_verdict(0.5), likeness_verdict(0.1), likeness_verdict(0.05)
    ('found', 'found_in_part', 'not_found')
    """
    return "found" if jaccard >= SAME else "found_in_part" if jaccard >= ALIKE else "not_found"
