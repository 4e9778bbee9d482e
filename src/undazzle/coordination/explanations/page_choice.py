"""Whether accounts that share one site choose the same pages of it more often than its other readers do.

Readers choose on their own: the more pages of a site two of them share, and the more widely a page is read, the more
often both share it. How often that gives a page in common is computed from the site's other sharers. A group that is
told what to share has far more pages in common, however slowly it shares them.
"""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.coordination.explanations.sites import HOSTS
from undazzle.store import Store

# Readers who are online in the same weeks find the same pages live, which the expectation does not know.
RATIO, FEWEST = 3.0, 10

_CHOICE = f"""
WITH sites AS (
    SELECT m.network_id, s.site, count(DISTINCT (m.post_a, m.post_b)) AS meetings
    FROM explained_meetings m JOIN explained_act_sites s ON s.post_key = m.post_a
    JOIN explained_act_sites t ON t.post_key = m.post_b AND t.site = s.site
    GROUP BY m.network_id, s.site
),
top AS (
    SELECT network_id, site FROM sites
    QUALIFY row_number() OVER (PARTITION BY network_id ORDER BY meetings DESC, site) = 1
),
acts AS (
    SELECT DISTINCT k.site, t.account_key, t.item_key
    FROM ({HOSTS}) h JOIN explained_known_sites k USING (host) SEMI JOIN top USING (site)
    JOIN traces t ON t.post_key = h.post_key
    JOIN (SELECT trace_set FROM trace_sets WHERE kind = 'link') USING (trace_set)
    WHERE t.trace_set IN (SELECT trace_set FROM traces SEMI JOIN explained_meetings USING (item_key))
),
sides AS (
    SELECT top.network_id, a.account_key, a.item_key, m.account_key IS NOT NULL AS inside
    FROM acts a JOIN top USING (site)
    LEFT JOIN explained_members m ON m.network_id = top.network_id AND m.account_key = a.account_key
),
pages AS (
    SELECT network_id, item_key, count(*) FILTER (NOT inside) + 1.0 AS readers, count(*) FILTER (inside) AS members
    FROM sides GROUP BY network_id, item_key
),
weighed AS (
    SELECT network_id, item_key, readers / sum(readers) OVER (PARTITION BY network_id) AS weight FROM pages
),
active AS (SELECT network_id, account_key, count(*) AS shared FROM sides WHERE inside GROUP BY ALL),
likely AS (
    SELECT w.network_id, w.item_key, sum(1 - pow(1 - w.weight, a.shared)) AS once,
        sum(pow(1 - pow(1 - w.weight, a.shared), 2)) AS twice
    FROM weighed w JOIN active a USING (network_id) GROUP BY ALL
),
expected AS (SELECT network_id, sum(once * once - twice) / 2 AS expected FROM likely GROUP BY network_id)
SELECT network_id, sum(members * (members - 1) / 2)::DOUBLE AS observed, any_value(e.expected)::DOUBLE AS expected
FROM pages JOIN expected e USING (network_id) GROUP BY network_id
"""


@dataclass(frozen=True, slots=True)
class PageChoice:
    """Pages that pairs of members have in common on one site, and the number that readers would."""

    observed: float
    expected: float

    @property
    def is_alike(self) -> bool:
        """Whether members have far more pages in common than readers of the site."""
        return self.observed >= FEWEST and self.observed >= RATIO * self.expected

    @property
    def words(self) -> str:
        """The comparison as a sentence."""
        return (
            f"Pairs of members have {self.observed:,.0f} of its pages in common; {self.expected:,.1f} would be "
            "expected of its other readers."
        )


def page_choices(store: Store) -> dict[int, PageChoice]:
    """Return the comparison by network, from the tables of ``context_sql`` and ``sites``.

    Parameters
    ----------
    store
        The workspace in which they were gathered.
    """
    return {
        int(network): PageChoice(observed or 0.0, expected or 0.0)
        for network, observed, expected in store.rows(_CHOICE)
    }
