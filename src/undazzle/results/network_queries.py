"""The SELECTs behind the tables of a network or a run: members, pairs, posts, timeline.

Reads ``members``, ``pairs``, ``co_actions``, ``posts``, ``accounts``, ``networks``, ``explanations`` and ``sources``.
"""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.results.query import Query

# Kinds of a pair are stored as one word, e.g. ``link+repost``.
KINDS_OF_PAIR = "string_split({alias}.kind, '+')"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows of the result tables are meant: those of a run, or of one network in it."""

    run_id: int
    network_id: int | None = None
    time_window: float | None = None

    @property
    def parameters(self) -> dict[str, object]:
        """Values for the queries of this scope."""
        found: dict[str, object] = {"run": self.run_id}
        if self.network_id is not None:
            found["network"] = self.network_id
            if self.time_window is not None:
                found["window"] = self.time_window
        return found

    @property
    def held_pairs(self) -> str:
        """SELECT of the rows of ``pairs`` that are meant; in a network, those that hold it together."""
        if self.network_id is None:
            return "SELECT * FROM pairs WHERE run_id = $run"
        window = " AND time_window = $window" if self.time_window is not None else ""
        inside = "(SELECT account_key FROM members WHERE run_id = $run AND network_id = $network)"
        return (
            f"SELECT * FROM pairs WHERE run_id = $run AND in_network{window}"
            f" AND account_a IN {inside} AND account_b IN {inside}"
        )

    @property
    def held_co_actions(self) -> str:
        """SELECT of the rows of ``co_actions`` behind these pairs, each once."""
        if self.network_id is None:
            return "SELECT * FROM co_actions WHERE run_id = $run"
        rows = (
            f"SELECT c.* FROM co_actions c SEMI JOIN ({self.held_pairs}) h"
            " ON h.account_a = c.account_a AND h.account_b = c.account_b AND h.time_window = c.time_window"
            f" AND list_contains({KINDS_OF_PAIR.format(alias='h')}, c.kind) WHERE c.run_id = $run"
        )
        if self.time_window is not None:
            return rows
        # A network over several windows: a co-action within 10 s is also one within 60 s; it counts once.
        return f"SELECT min(time_window) AS time_window, * EXCLUDE (run_id, time_window) FROM ({rows}) GROUP BY ALL"


def members_query(scope: Scope) -> Query:
    """Return the members of a network, most co-actions first."""
    select = """SELECT m.account_id, a.handle, a.display_name, a.platform, m.co_actions, m.partners, m.items,
    m.posts_in_co_actions, m.posts, m.days, m.weight, m.is_certified, m.leave_one_out_p, m.leave_one_out_q,
    m.held_out_items, m.held_out_expected, m.is_taken_in
FROM members m LEFT JOIN accounts a USING (account_key)
WHERE m.run_id = $run AND m.network_id = $network"""
    parameters = {name: scope.parameters[name] for name in ("run", "network")}
    return Query(select, "co_actions DESC NULLS LAST, account_id", parameters)


def pairs_query(scope: Scope) -> Query:
    """Return the pairs of a network or run, most co-actions first."""
    inside = ", p.in_network" if scope.network_id is None else ""
    select = f"""SELECT a.account_id AS account_a, a.handle AS handle_a, b.account_id AS account_b,
    b.handle AS handle_b, p.co_actions, p.items, p.posts_a, p.posts_b, p.mean_gap_seconds,
    {KINDS_OF_PAIR.format(alias="p")} AS kinds, p.time_window, p.weight, p.expected, p.p_value,
    p.q_value, p.activity_expected, p.activity_p{inside}
FROM ({scope.held_pairs}) p
LEFT JOIN accounts a ON a.account_key = p.account_a
LEFT JOIN accounts b ON b.account_key = p.account_b"""
    order = "co_actions DESC, items DESC, account_a, account_b, time_window, kinds"
    return Query(select, order, scope.parameters)


def networks_query(run_id: int) -> Query:
    """Return the networks of a run by number."""
    select = """SELECT network_id, name, time_window, members, pairs, co_actions, items, days, kinds,
    first_at, last_at, weight, expected, p_value, q_value, explained_by, status, other_windows, held_out_items,
    held_out_days, held_out_observed, held_out_expected, held_out_open_items, held_out_closed_items,
    drop_best_item_p, drop_best_day_p, own_accounts, own_items, own_days, own_observed, own_expected,
    own_least_ratio, own_p, own_q, open_co_actions, open_expected
FROM networks LEFT JOIN (
    SELECT network_id, sum(observed)::BIGINT AS open_co_actions, sum(expected) AS open_expected
    FROM expected_hours WHERE run_id = $run GROUP BY network_id
) USING (network_id) WHERE run_id = $run"""
    return Query(select, "network_id", {"run": run_id})


def explanations_query(scope: Scope) -> Query:
    """Return the innocent explanations of a network, those that fit first."""
    select = """SELECT title AS explanation, verdict, figure, would_see, coalesce(nullif(seen, ''), reason) AS seen,
    value, control_value, n, explanation_id
FROM explanations WHERE run_id = $run AND network_id = $network"""
    parameters = {name: scope.parameters[name] for name in ("run", "network")}
    verdicts = "['fits', 'fits_in_part', 'does_not_fit', 'not_testable']"
    return Query(select, f"list_position({verdicts}, verdict), explanation", parameters)


def posts_query(scope: Scope) -> Query:
    """Return the posts that are part of co-actions, in order of time, with the file and row they came from."""
    select = f"""WITH held AS ({scope.held_co_actions}),
acted AS (
    SELECT post_a AS post_key, kind FROM held UNION ALL SELECT post_b, kind FROM held
),
counted AS (
    SELECT post_key, count(*) AS co_actions, list_sort(list(DISTINCT kind)) AS kinds
    FROM acted GROUP BY post_key
)
SELECT p.posted_at, p.account_id, a.handle, p.post_id, p.text, p.language, p.is_repost, p.url,
    n.co_actions, n.kinds, s.file_name AS source_file, p.source_row
FROM counted n JOIN posts p USING (post_key)
LEFT JOIN accounts a ON a.account_key = p.account_key
LEFT JOIN sources s ON s.source_id = p.source_id"""
    return Query(select, "posted_at, account_id, post_id", scope.parameters)


def timeline_query(scope: Scope, step_seconds: int) -> Query:
    """Return how much happened in each interval of ``step_seconds``, by kind; intervals without are left out.

    A co-action is counted where its first post stands; a post may count for several kinds.
    """
    select = f"""WITH held AS ({scope.held_co_actions}),
timed AS (
    SELECT h.kind, h.account_a, h.account_b, h.post_a, h.post_b,
        time_bucket(to_seconds({int(step_seconds)}), least(a.posted_at, b.posted_at)) AS starts_at
    FROM held h JOIN posts a ON a.post_key = h.post_a JOIN posts b ON b.post_key = h.post_b
),
sides AS (
    SELECT starts_at, kind, account_a AS account, post_a AS post, 1 AS first FROM timed
    UNION ALL SELECT starts_at, kind, account_b, post_b, 0 FROM timed
)
SELECT starts_at, kind, sum(first)::BIGINT AS co_actions, count(DISTINCT account) AS accounts,
    count(DISTINCT post) AS posts
FROM sides GROUP BY starts_at, kind"""
    return Query(select, "starts_at, kind", scope.parameters)
