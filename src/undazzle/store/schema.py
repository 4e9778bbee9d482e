"""The tables of a workspace, as SQL, with what every column means.

The schema has a version; ``migrations`` brings older files up to it. Results are append-only: every row
of a result table names its run.
"""

from __future__ import annotations

from undazzle.store.finding_tables import FINDING_SQL

SCHEMA_VERSION = 4

# Long or mostly distinct text is kept uncompressed: compressing it costs 1.5 s of CPU per million posts, saves a
# quarter of the file, and slows every reading of it.
SCHEMA_SQL = """
CREATE TABLE workspace_info (schema_version INTEGER, created_at TIMESTAMP, created_by VARCHAR);
CREATE SEQUENCE source_ids;
CREATE TABLE sources (
    source_id INTEGER PRIMARY KEY DEFAULT nextval('source_ids'), path VARCHAR, file_name VARCHAR,
    sha256 VARCHAR, bytes BIGINT, format VARCHAR, citation VARCHAR, timezone VARCHAR,
    time_resolution_seconds DOUBLE, rows_in BIGINT, posts_added BIGINT, duplicates BIGINT, rejected BIGINT,
    first_at TIMESTAMP, last_at TIMESTAMP, mapping JSON, unread_columns VARCHAR[], warnings VARCHAR[],
    ingested_at TIMESTAMP
);
CREATE TABLE accounts (
    account_key INTEGER, account_id VARCHAR, platform VARCHAR, handle VARCHAR, display_name VARCHAR
);
CREATE TABLE account_observations (
    account_key INTEGER, source_id INTEGER, observed_at TIMESTAMP, handle VARCHAR, display_name VARCHAR,
    created_at TIMESTAMP, description VARCHAR, location VARCHAR, language VARCHAR, category VARCHAR,
    profile_image VARCHAR, is_automated BOOLEAN, is_verified BOOLEAN,
    followers BIGINT, following BIGINT, account_posts BIGINT
);
CREATE TABLE posts (
    post_key BIGINT, post_id VARCHAR USING COMPRESSION uncompressed, platform VARCHAR,
    account_key INTEGER, account_id VARCHAR, posted_at TIMESTAMP, posted_at_raw VARCHAR,
    text VARCHAR USING COMPRESSION uncompressed, language VARCHAR, url VARCHAR, client VARCHAR,
    is_repost BOOLEAN, repost_of VARCHAR, repost_of_account VARCHAR, reply_to VARCHAR, reply_to_account VARCHAR,
    quote_of VARCHAR, quote_of_account VARCHAR, conversation_id VARCHAR,
    links VARCHAR[], domains VARCHAR[], hashtags VARCHAR[], mentions VARCHAR[], objects VARCHAR[],
    media VARCHAR[], media_hashes VARCHAR[],
    likes BIGINT, reposts BIGINT, replies BIGINT, quotes BIGINT, views BIGINT,
    source_id INTEGER, source_row BIGINT
);
CREATE TABLE rejected_rows (source_id INTEGER, source_row BIGINT, reason VARCHAR, raw VARCHAR);
CREATE TABLE media (media_key VARCHAR, path VARCHAR, sha256 VARCHAR, hash_kind VARCHAR, hash VARCHAR, quality INTEGER);
CREATE TABLE trace_sets (
    trace_set INTEGER, kind VARCHAR, version VARCHAR, parameters JSON, posts_fingerprint VARCHAR,
    traces BIGINT, items BIGINT, last_shared_item BIGINT, warnings VARCHAR[], made_at TIMESTAMP
);
CREATE TABLE items (trace_set INTEGER, item_key BIGINT, item VARCHAR USING COMPRESSION uncompressed);
CREATE TABLE traces (
    trace_set INTEGER, item_key BIGINT, account_key INTEGER, post_key BIGINT, acted_at TIMESTAMP
);
CREATE SEQUENCE run_ids;
CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY DEFAULT nextval('run_ids'), name VARCHAR, command VARCHAR, method VARCHAR,
    parameters JSON, input_fingerprint VARCHAR, versions JSON, seed BIGINT, warnings VARCHAR[],
    summary JSON, started_at TIMESTAMP, finished_at TIMESTAMP, cpu_seconds DOUBLE, state VARCHAR
);
CREATE TABLE co_actions (
    run_id INTEGER, time_window DOUBLE, kind VARCHAR, item_key BIGINT,
    account_a INTEGER, account_b INTEGER, post_a BIGINT, post_b BIGINT, gap_seconds DOUBLE
);
CREATE TABLE pairs (
    run_id INTEGER, time_window DOUBLE, kind VARCHAR, account_a INTEGER, account_b INTEGER,
    co_actions BIGINT, items BIGINT, posts_a BIGINT, posts_b BIGINT, mean_gap_seconds DOUBLE,
    weight DOUBLE, in_network BOOLEAN, expected DOUBLE, p_value DOUBLE, q_value DOUBLE,
    activity_expected DOUBLE, activity_p DOUBLE
);
CREATE TABLE networks (
    run_id INTEGER, network_id INTEGER, name VARCHAR, time_window DOUBLE, members BIGINT, pairs BIGINT,
    co_actions BIGINT, items BIGINT, days BIGINT, kinds VARCHAR[], first_at TIMESTAMP, last_at TIMESTAMP,
    weight DOUBLE, expected DOUBLE, p_value DOUBLE, q_value DOUBLE, summary VARCHAR, explained_by VARCHAR,
    status VARCHAR, other_windows DOUBLE[], held_out_items BIGINT, held_out_days BIGINT, held_out_observed BIGINT,
    held_out_expected DOUBLE, held_out_open_items BIGINT, held_out_closed_items BIGINT, drop_best_item_p DOUBLE,
    drop_best_day_p DOUBLE, own_accounts BIGINT, own_items BIGINT, own_days BIGINT, own_observed BIGINT,
    own_expected DOUBLE, own_least_ratio DOUBLE, own_p DOUBLE, own_q DOUBLE
);
CREATE TABLE members (
    run_id INTEGER, network_id INTEGER, account_key INTEGER, account_id VARCHAR, co_actions BIGINT,
    partners BIGINT, items BIGINT, posts_in_co_actions BIGINT, posts BIGINT, days BIGINT, weight DOUBLE,
    leave_one_out_p DOUBLE, leave_one_out_q DOUBLE, is_certified BOOLEAN, held_out_items BIGINT,
    held_out_expected DOUBLE, is_taken_in BOOLEAN
);
CREATE TABLE explanations (
    run_id INTEGER, network_id INTEGER, explanation_id VARCHAR, title VARCHAR, verdict VARCHAR, value DOUBLE,
    control_value DOUBLE, n BIGINT, figure VARCHAR, would_see VARCHAR, seen VARCHAR, reason VARCHAR
);
CREATE TABLE shuffle_checks (
    run_id INTEGER, strata VARCHAR, shuffle INTEGER, networks BIGINT, accounts BIGINT
);
CREATE TABLE sensitivity_checks (
    run_id INTEGER, variant VARCHAR, time_windows DOUBLE[], seed BIGINT, traces BIGINT, networks BIGINT,
    accounts BIGINT, reason VARCHAR
);
CREATE TABLE sensitivity_matches (
    run_id INTEGER, variant VARCHAR, network_id INTEGER, shared_members BIGINT, members_there BIGINT,
    jaccard DOUBLE, verdict VARCHAR
);
CREATE TABLE expected_hours (
    run_id INTEGER, network_id INTEGER, starts_at TIMESTAMP, expected DOUBLE, observed BIGINT, closed BIGINT
);
CREATE TABLE untested (
    run_id INTEGER, network_id INTEGER, topic VARCHAR, what VARCHAR, reason VARCHAR, n BIGINT
);
CREATE TABLE tested_accounts (
    run_id INTEGER, account_key INTEGER, tests BIGINT, best_p DOUBLE, items BIGINT, expected DOUBLE,
    time_window DOUBLE, account_p DOUBLE, account_q DOUBLE, pair_p DOUBLE, pair_share DOUBLE, attention DOUBLE
);
CREATE TABLE indicators (
    run_id INTEGER, network_id INTEGER, group_name VARCHAR, signal_id VARCHAR, version VARCHAR, title VARCHAR,
    family VARCHAR, outcome VARCHAR, value DOUBLE, low DOUBLE, high DOUBLE, unit VARCHAR, n BIGINT,
    control_value DOUBLE, control_n BIGINT, p_value DOUBLE, figure VARCHAR, seen VARCHAR, reason VARCHAR,
    innocent VARCHAR, is_selection BOOLEAN, details JSON, made_at TIMESTAMP
);
CREATE TABLE narratives (
    run_id INTEGER, narrative_id INTEGER, posts BIGINT, accounts BIGINT, platforms VARCHAR[], languages VARCHAR[],
    first_at TIMESTAMP, last_at TIMESTAMP, first_account VARCHAR, first_accounts BIGINT, text VARCHAR,
    joined_by VARCHAR
);
CREATE TABLE narrative_posts (run_id INTEGER, narrative_id INTEGER, post_key BIGINT, is_exemplar BOOLEAN);
CREATE VIEW trace_view AS
    SELECT s.kind, i.item, p.account_id, p.post_id, t.acted_at, t.trace_set
    FROM traces t JOIN trace_sets s USING (trace_set) JOIN items i USING (trace_set, item_key)
    JOIN posts p USING (post_key);
CREATE VIEW co_action_view AS
    SELECT c.run_id, c.time_window, c.kind,
        (SELECT arg_max(i.item, i.trace_set) FROM items i JOIN trace_sets s USING (trace_set)
            WHERE i.item_key = c.item_key AND s.kind = c.kind) AS item,
        a.account_id AS account_a, b.account_id AS account_b, a.post_id AS post_a, b.post_id AS post_b,
        a.posted_at AS posted_at_a, b.posted_at AS posted_at_b, c.gap_seconds, a.text AS text_a, b.text AS text_b
    FROM co_actions c JOIN posts a ON a.post_key = c.post_a JOIN posts b ON b.post_key = c.post_b;
"""
SCHEMA_SQL += FINDING_SQL
