"""Influence between the networks of a run and everybody else, over the narratives that both told."""

from __future__ import annotations

from undazzle.narratives.influence import Influence, influence
from undazzle.narratives.paths import find_narratives_run
from undazzle.store import Store

SIDES = ("members of networks", "everybody else")
_MOST_EVENTS = 20_000


def networks_influence(store: Store, networks_run: int, *, run: int | str | None = None, seed: int = 0) -> Influence:
    """Fit the influence between members of networks and all others. Reads ``narrative_posts``, ``posts``, ``members``.

    Only narratives that both sides told take part, those with most posts first, up to 20,000 posts in all.

    Innocent explanations: an event that both sides react to, a timetable that both keep, or members who follow the
    same sources faster. All of them look like influence here.
    """
    scope = {"run": find_narratives_run(store, run), "networks": networks_run, "most": _MOST_EVENTS}
    found = store.arrays(_EVENTS, scope)
    times, side, item = found["seconds"].astype("float64"), found["side"].astype("int64"), found["item"].astype("int64")
    if not len(times):
        return Influence(SIDES, refused="No narrative was told by members of networks and by others.")
    return influence(times, side, item, SIDES, seed=seed)


_EVENTS = """
WITH said AS (
    SELECT n.narrative_id, epoch(p.posted_at) AS seconds,
        (p.account_key NOT IN (SELECT account_key FROM members WHERE run_id = $networks))::INTEGER AS side
    FROM narrative_posts n JOIN posts p USING (post_key) WHERE n.run_id = $run
), told AS (
    SELECT narrative_id, count(*) AS posts FROM said
    GROUP BY narrative_id HAVING count(DISTINCT side) = 2 AND count(*) >= 10
), chosen AS (
    SELECT narrative_id, sum(posts) OVER (ORDER BY posts DESC, narrative_id) AS so_far FROM told
)
SELECT narrative_id AS item, seconds, side FROM said JOIN chosen USING (narrative_id)
WHERE so_far <= $most ORDER BY narrative_id, seconds, side
"""
