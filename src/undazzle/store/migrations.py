"""Brings a workspace written by an older Undazzle up to the present schema, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from undazzle._version import __version__
from undazzle.store.schema import SCHEMA_VERSION


class Writable(Protocol):
    """What a migration needs of an open workspace."""

    def transaction(self) -> AbstractContextManager[None]:
        """Open a transaction that is undone by an error."""

    def script(self, sql: str) -> None:
        """Run several statements."""

    def execute(self, sql: str, parameters: Sequence[object] | None = None) -> object:
        """Run one statement."""


# Frozen: what a step does never changes, whatever the present schema is.
_CHECKS_AND_NARRATIVES = """
CREATE TABLE IF NOT EXISTS shuffle_checks (
    run_id INTEGER, strata VARCHAR, shuffle INTEGER, networks BIGINT, accounts BIGINT
);
CREATE TABLE IF NOT EXISTS sensitivity_checks (
    run_id INTEGER, variant VARCHAR, time_windows DOUBLE[], seed BIGINT, traces BIGINT, networks BIGINT,
    accounts BIGINT, reason VARCHAR
);
CREATE TABLE IF NOT EXISTS sensitivity_matches (
    run_id INTEGER, variant VARCHAR, network_id INTEGER, shared_members BIGINT, members_there BIGINT,
    jaccard DOUBLE, verdict VARCHAR
);
CREATE TABLE IF NOT EXISTS expected_hours (
    run_id INTEGER, network_id INTEGER, starts_at TIMESTAMP, expected DOUBLE, observed BIGINT, closed BIGINT
);
CREATE TABLE IF NOT EXISTS untested (
    run_id INTEGER, network_id INTEGER, topic VARCHAR, what VARCHAR, reason VARCHAR, n BIGINT
);
CREATE TABLE IF NOT EXISTS indicators (
    run_id INTEGER, network_id INTEGER, group_name VARCHAR, signal_id VARCHAR, version VARCHAR, title VARCHAR,
    family VARCHAR, outcome VARCHAR, value DOUBLE, low DOUBLE, high DOUBLE, unit VARCHAR, n BIGINT,
    control_value DOUBLE, control_n BIGINT, p_value DOUBLE, figure VARCHAR, seen VARCHAR, reason VARCHAR,
    innocent VARCHAR, is_selection BOOLEAN, details JSON, made_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS narratives (
    run_id INTEGER, narrative_id INTEGER, posts BIGINT, accounts BIGINT, platforms VARCHAR[], languages VARCHAR[],
    first_at TIMESTAMP, last_at TIMESTAMP, first_account VARCHAR, first_accounts BIGINT, text VARCHAR,
    joined_by VARCHAR
);
CREATE TABLE IF NOT EXISTS narrative_posts (run_id INTEGER, narrative_id INTEGER, post_key BIGINT, is_exemplar BOOLEAN);
CREATE OR REPLACE VIEW co_action_view AS
    SELECT c.run_id, c.time_window, c.kind,
        (SELECT arg_max(i.item, i.trace_set) FROM items i JOIN trace_sets s USING (trace_set)
            WHERE i.item_key = c.item_key AND s.kind = c.kind) AS item,
        a.account_id AS account_a, b.account_id AS account_b, a.post_id AS post_a, b.post_id AS post_b,
        a.posted_at AS posted_at_a, b.posted_at AS posted_at_b, c.gap_seconds, a.text AS text_a, b.text AS text_b
    FROM co_actions c JOIN posts a ON a.post_key = c.post_a JOIN posts b ON b.post_key = c.post_b;
"""

_TESTED_ACCOUNTS = """
CREATE TABLE IF NOT EXISTS tested_accounts (
    run_id INTEGER, account_key INTEGER, tests BIGINT, best_p DOUBLE, items BIGINT, expected DOUBLE,
    time_window DOUBLE, account_p DOUBLE, account_q DOUBLE
);
"""

_TAKEN_IN = """
ALTER TABLE members ADD COLUMN IF NOT EXISTS is_taken_in BOOLEAN;
ALTER TABLE tested_accounts ADD COLUMN IF NOT EXISTS pair_p DOUBLE;
ALTER TABLE tested_accounts ADD COLUMN IF NOT EXISTS pair_share DOUBLE;
ALTER TABLE tested_accounts ADD COLUMN IF NOT EXISTS attention DOUBLE;
ALTER TABLE networks ADD COLUMN IF NOT EXISTS own_accounts BIGINT;
ALTER TABLE networks ADD COLUMN IF NOT EXISTS own_items BIGINT;
ALTER TABLE networks ADD COLUMN IF NOT EXISTS own_days BIGINT;
ALTER TABLE networks ADD COLUMN IF NOT EXISTS own_observed BIGINT;
ALTER TABLE networks ADD COLUMN IF NOT EXISTS own_expected DOUBLE;
ALTER TABLE networks ADD COLUMN IF NOT EXISTS own_least_ratio DOUBLE;
ALTER TABLE networks ADD COLUMN IF NOT EXISTS own_p DOUBLE;
ALTER TABLE networks ADD COLUMN IF NOT EXISTS own_q DOUBLE;
"""

# version the step starts from -> SQL that brings the file to the next version
STEPS: dict[int, str] = {1: _CHECKS_AND_NARRATIVES, 2: _TESTED_ACCOUNTS, 3: _TAKEN_IN}


def migrate(store: Writable, version: int, steps: dict[int, str] | None = None, goal: int = SCHEMA_VERSION) -> None:
    """Run every step from ``version`` up to ``goal`` in one transaction.

    Parameters
    ----------
    store
        An open, writable workspace.
    version
        Schema version of the file now.
    steps, goal
        The steps to use and the version to reach (the present ones unless a test says otherwise).
    """
    known = STEPS if steps is None else steps
    with store.transaction():
        for step in range(version, goal):
            store.script(known[step])
            store.execute("INSERT INTO workspace_info VALUES (?, now(), ?)", [step + 1, __version__])
