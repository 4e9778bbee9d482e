"""How often any others who share the same things in the same hour would have met, roughly.

The calibrated method asks this with care; the explanations need a hint also where it did not run. Members and
outsiders who touch an item within the same hour are taken as alike; then the members' pairs are within the window as
often as any pair is. A network that the classic method picked because its members met by luck looks somewhat
surprising here as well, so only a clear excess with repetition counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.store import Store

# A network of two or three that a threshold picked out of a crowd meets two or three times as often as expected by
# that choice alone, on a handful of occasions. A campaign that rides on popular things goes far beyond both.
RATIO, FEWEST_MEETINGS = 3.0, 10

_SEEN = """
WITH widths AS (
    SELECT network_id, item_key, max(seconds) AS seconds, greatest(3600, 20 * max(seconds)) AS block_seconds
    FROM explained_islands GROUP BY network_id, item_key
),
blocks AS (
    SELECT DISTINCT a.network_id, a.item_key, w.seconds, w.block_seconds,
        floor(epoch(a.acted_at) / w.block_seconds) AS block
    FROM explained_acts a JOIN widths w USING (network_id, item_key)
),
theirs AS (
    SELECT b.network_id, b.item_key, b.block, b.seconds, o.account_key, epoch(o.acted_at) AS moment, 0 AS inside
    FROM blocks b JOIN explained_others o ON o.item_key = b.item_key
        AND floor(epoch(o.acted_at) / b.block_seconds) = b.block
),
ours AS (
    SELECT b.network_id, b.item_key, b.block, b.seconds, t.account_key, min(epoch(t.acted_at)) AS moment, 1 AS inside
    FROM traces t JOIN explained_members m USING (account_key)
    JOIN blocks b ON b.network_id = m.network_id AND b.item_key = t.item_key
        AND floor(epoch(t.acted_at) / b.block_seconds) = b.block
    GROUP BY b.network_id, b.item_key, b.block, b.seconds, t.account_key,
        floor(epoch(t.acted_at) / greatest(b.seconds, 1))
),
near AS (
    SELECT network_id, item_key, block, inside, count(*) OVER close AS all_near, sum(inside) OVER close AS inside_near
    FROM (FROM theirs UNION ALL FROM ours)
    WINDOW close AS (PARTITION BY network_id, item_key, block ORDER BY moment
        RANGE BETWEEN seconds PRECEDING AND seconds FOLLOWING)
),
cells AS (
    SELECT network_id, count(*) AS acts, sum(inside) AS own, sum(all_near - 1) / 2 AS met,
        sum(inside_near - 1) FILTER (inside = 1) / 2 AS own_met
    FROM near GROUP BY network_id, item_key, block
)
SELECT network_id, sum(own_met)::DOUBLE AS observed,
    sum(met * (own * (own - 1)) / greatest(acts * (acts - 1), 1))::DOUBLE AS expected
FROM cells GROUP BY network_id
"""


@dataclass(frozen=True, slots=True)
class Excess:
    """How often members met on an item, and how often any others in the same hour would have."""

    observed: float
    expected: float

    @property
    def is_clear(self) -> bool:
        """Whether the members met clearly more often than others who share the same things."""
        return self.observed >= FEWEST_MEETINGS and self.observed >= RATIO * self.expected

    @property
    def words(self) -> str:
        """The comparison as a sentence."""
        return (
            f"Members met {self.observed:,.0f} times; {self.expected:,.1f} would be expected of any others with the "
            "same items in the same hour."
        )


def excess(store: Store) -> dict[int, Excess]:
    """Return observed and expected meetings by network, from the tables of ``context_sql``.

    Parameters
    ----------
    store
        The workspace in which they were gathered.
    """
    rows = store.rows(_SEEN)
    return {int(network): Excess(observed or 0.0, expected or 0.0) for network, observed, expected in rows}
