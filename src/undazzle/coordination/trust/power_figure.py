"""How small a group would have been found in this data: what the run's silence is worth."""

from __future__ import annotations

from undazzle.coordination.trust.untested import Limit
from undazzle.coordination.work import Detection


def write_power_figure(work: Detection) -> None:
    """Plant groups of known truth in a shuffled copy, and write the smallest that is found. Writes ``untested``.

    Only for the calibrated method: the classic one finds whatever passes its thresholds, in any copy.

    Parameters
    ----------
    work
        The detection under way.
    """
    if work.settings.method != "calibrated":
        return
    from undazzle.coordination.calibrated import plant_in

    work.say("Planting groups in a shuffled copy, to see how small a group would have been found")
    for accounts, items, tried in plant_in(work):
        one = power_limit(accounts, items, tried)
        work.store.execute(
            "INSERT INTO untested (run_id, network_id, topic, what, reason, n) VALUES (?, ?, ?, ?, ?, ?)",
            [work.run_id, one.network, one.topic, one.what, one.reason, one.n],
        )


def power_limit(accounts: int, items: int | None, tried: tuple[int, ...]) -> Limit:
    """Return what a power figure means, in words.

    Parameters
    ----------
    accounts
        Members of each planted group.
    items
        Fewest shared things at which four of five groups were found, or ``None``.
    tried
        The numbers of things that the data could hold, ascending.

    Examples
    --------
    >>> power_limit(5, 12, (6, 12, 24)).what
    'Groups of 5 accounts that do fewer than about 12 things together'
    >>> power_limit(5, None, (6, 12)).what
    'Groups of 5 accounts that do up to 12 things together'
    """
    how = f"each thing by all {accounts} within a minute"
    if not tried:
        return Limit(
            "power",
            f"How small a group of {accounts} accounts would have been found",
            "This data holds too little for groups to be planted in it without making it another. That nothing was "
            "found means little here.",
        )
    if items is None:
        return Limit(
            "power",
            f"Groups of {accounts} accounts that do up to {tried[-1]} things together",
            f"Of such groups, planted in a shuffled copy ({how}), fewer than four of five were found, also of the "
            "busiest tried. That nothing was found means little here.",
            tried[-1],
        )
    return Limit(
        "power",
        f"Groups of {accounts} accounts that do fewer than about {items} things together",
        f"Of groups planted in a shuffled copy ({how}), at least four of five were found from {items} things on. "
        "Smaller, less punctual or rotating groups may be missed.",
        items,
    )
