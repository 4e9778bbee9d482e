"""The SQL that gathers what all explanations look at: who met whom on what, and what others did with it.

Reads ``networks``, ``members``, ``pairs``, ``co_actions``, ``posts``, ``traces`` and ``accounts``.
"""

from __future__ import annotations

# Accounts of one size class compared with the members of that class: more change a mean little.
MOST_CONTROLS = 300

# The networks, and the window of each: the longest gap met where several windows were used.
NETWORKS = """
CREATE OR REPLACE TEMP TABLE explained_networks AS
SELECT network_id, time_window, q_value, expected FROM networks
WHERE run_id = $run AND list_contains($networks, network_id)
"""

MEMBERS = """
CREATE OR REPLACE TEMP TABLE explained_members AS
SELECT m.network_id, m.account_key FROM members m SEMI JOIN explained_networks USING (network_id)
WHERE m.run_id = $run
"""

# Every account of any network of the run: members of a sister network are no public.
INSIDERS = """
CREATE OR REPLACE TEMP TABLE explained_insiders AS
SELECT DISTINCT account_key FROM members WHERE run_id = $run
"""

MEETINGS = """
CREATE OR REPLACE TEMP TABLE explained_meetings AS
SELECT DISTINCT n.network_id, c.kind, c.item_key, c.account_a, c.account_b, c.post_a, c.post_b, c.gap_seconds
FROM pairs p
JOIN explained_members a ON a.account_key = p.account_a
JOIN explained_members b ON b.account_key = p.account_b AND b.network_id = a.network_id
JOIN explained_networks n ON n.network_id = a.network_id
JOIN co_actions c ON c.run_id = p.run_id AND c.time_window = p.time_window AND c.account_a = p.account_a
    AND c.account_b = p.account_b AND list_contains(string_split(p.kind, '+'), c.kind)
WHERE p.run_id = $run AND p.in_network AND (n.time_window IS NULL OR n.time_window = p.time_window)
"""

ACTS = """
CREATE OR REPLACE TEMP TABLE explained_acts AS
SELECT network_id, kind, item_key, account_key, post_key, posted_at AS acted_at
FROM (
    SELECT network_id, kind, item_key, account_a AS account_key, post_a AS post_key FROM explained_meetings
    UNION SELECT network_id, kind, item_key, account_b, post_b FROM explained_meetings
) JOIN (SELECT post_key, posted_at FROM posts) USING (post_key)
"""

# Acts on one item with no longer pause than the window between them.
ISLANDS = """
CREATE OR REPLACE TEMP TABLE explained_islands AS
WITH widths AS (
    SELECT network_id, coalesce(n.time_window, max(gap_seconds), 60) AS seconds
    FROM explained_networks n JOIN explained_meetings USING (network_id) GROUP BY network_id, n.time_window
),
paused AS (
    SELECT a.*, w.seconds, coalesce(epoch(acted_at) - epoch(lag(acted_at) OVER one) > w.seconds, true) AS is_first
    FROM explained_acts a JOIN widths w USING (network_id)
    WINDOW one AS (PARTITION BY network_id, item_key ORDER BY acted_at, post_key)
),
numbered AS (
    SELECT *, sum(is_first::INTEGER) OVER (PARTITION BY network_id, item_key ORDER BY acted_at, post_key) AS island
    FROM paused
)
SELECT network_id, kind, item_key, island, seconds, min(acted_at) AS starts_at, max(acted_at) AS ends_at,
    count(DISTINCT account_key) AS accounts, list_sort(list(DISTINCT post_key)) AS posts
FROM numbered GROUP BY ALL
"""

# What anybody did with these items; an outsider counts once per item and window's length.
EVENTS = """
CREATE OR REPLACE TEMP TABLE explained_events AS
SELECT t.item_key, t.account_key, arg_min(t.post_key, (t.acted_at, t.post_key)) AS post_key,
    min(t.acted_at) AS acted_at
FROM traces t
JOIN (SELECT item_key, min(seconds) AS seconds FROM explained_islands GROUP BY item_key) w USING (item_key)
ANTI JOIN explained_insiders i ON i.account_key = t.account_key
GROUP BY t.item_key, t.account_key, floor(epoch(t.acted_at) / greatest(w.seconds, 1))
"""

RANKED_EVENTS = """
CREATE OR REPLACE TEMP TABLE explained_others AS
SELECT item_key, acted_at, account_key, post_key,
    row_number() OVER (PARTITION BY item_key ORDER BY acted_at, post_key) AS place
FROM explained_events
"""

# Others around the burst, within ten windows but no more than an hour unless the window is longer: what draws a
# crowd draws it for minutes. The same posts under two kinds (link and text) are one burst.
BURSTS = """
CREATE OR REPLACE TEMP TABLE explained_bursts AS
WITH times AS (SELECT item_key, acted_at, max(place) AS place FROM explained_others GROUP BY item_key, acted_at),
bounds AS (
    SELECT *, starts_at - to_microseconds((around * 1e6)::BIGINT) AS from_at,
        ends_at + to_microseconds((around * 1e6)::BIGINT) AS until_at
    FROM (SELECT *, greatest(seconds, least(10 * seconds, 3600)) AS around FROM explained_islands)
),
after AS (
    SELECT b.*, coalesce(t.place, 0) AS last_place FROM bounds b
    ASOF LEFT JOIN times t ON b.item_key = t.item_key AND b.until_at >= t.acted_at
),
around AS (
    SELECT a.*, coalesce(t.place, 0) AS first_place FROM after a
    ASOF LEFT JOIN times t ON a.item_key = t.item_key AND a.from_at > t.acted_at
)
SELECT network_id, any_value(seconds) AS seconds, starts_at, ends_at, max(accounts) AS accounts,
    arg_max(item_key, (last_place - first_place, -item_key)) AS item_key,
    max(last_place - first_place) AS others
FROM around WHERE accounts > 1 GROUP BY network_id, posts, starts_at, ends_at
"""

ITEMS = """
CREATE OR REPLACE TEMP TABLE explained_items AS
SELECT m.network_id, m.kind, m.item_key, count(DISTINCT (m.post_a, m.post_b)) AS post_pairs,
    any_value(coalesce(o.accounts, 0)) AS other_accounts
FROM explained_meetings m
LEFT JOIN (SELECT item_key, count(DISTINCT account_key) AS accounts FROM explained_events GROUP BY item_key) o
    USING (item_key)
GROUP BY m.network_id, m.kind, m.item_key
"""

# Accounts outside all networks, in size classes that double from one to the next; chosen by id, not by row.
CONTROLS = f"""
CREATE OR REPLACE TEMP TABLE explained_sizes AS
SELECT account_key, floor(log2(count(*)))::INTEGER AS size, count(*) AS posts FROM posts GROUP BY account_key;
CREATE OR REPLACE TEMP TABLE explained_controls AS
SELECT account_key, size, posts FROM explained_sizes JOIN (SELECT account_key, account_id FROM accounts)
    USING (account_key)
ANTI JOIN explained_insiders USING (account_key)
WHERE size IN (SELECT size FROM explained_sizes SEMI JOIN explained_members USING (account_key))
QUALIFY row_number() OVER (PARTITION BY size ORDER BY md5(account_id), account_key) <= {MOST_CONTROLS};
CREATE OR REPLACE TEMP TABLE explained_accounts AS
SELECT account_key FROM explained_controls UNION SELECT account_key FROM explained_members
"""

SCRIPTS = (NETWORKS, MEMBERS, INSIDERS, MEETINGS, ACTS, ISLANDS, EVENTS, RANKED_EVENTS, BURSTS, ITEMS)
TABLES = (
    "networks", "members", "insiders", "meetings", "acts", "islands", "events", "others", "bursts", "items", "sizes",
    "controls", "accounts", "names", "hosts", "known_sites", "all_sites", "sites", "act_sites",
)  # fmt: skip
