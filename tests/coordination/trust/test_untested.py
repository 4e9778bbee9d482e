from tests.coordination.trust.builders import opened, ring_posts


def limits(workspace, **settings):
    workspace.detect("link", shuffles=1, **settings)
    rows = workspace.store.rows("SELECT topic, what, reason, n, network_id FROM untested")
    return {row[0]: row for row in rows}


def test_rounded_times_are_named_with_the_windows_they_make_void(tmp_path):
    workspace = opened(tmp_path, ring_posts(clock=60))
    found = limits(workspace, time_window=["10s", "10min"])
    assert "10 s asked for" in found["rounded_times"][1]
    assert "whole minutes" in found["rounded_times"][2]


def test_exact_times_are_not_called_rounded(tmp_path):
    assert "rounded_times" not in limits(opened(tmp_path, ring_posts()))


def test_a_single_day_shows_no_repetition(tmp_path):
    posts = [one for one in ring_posts() if one["created_at"].startswith("2026-03-02")]
    found = limits(opened(tmp_path, posts))
    assert "one day" in found["too_few_days"][2]
    assert "too_few_days" not in limits(opened(tmp_path, ring_posts()))


def test_kinds_of_trace_without_a_column_are_named(tmp_path):
    found = limits(opened(tmp_path, ring_posts()))
    assert "No post has" in found["missing_columns"][2]


def test_a_kind_of_trace_that_nobody_shares_is_named(tmp_path):
    posts = ring_posts()
    for number, one in enumerate(posts):
        one["urls"] = [f"https://town.example/own/{number}"]
        one["text"] = "a note"
    found = limits(opened(tmp_path, posts))
    assert found["empty_traces"][1] == "Link traces"
    assert "No two accounts share any" in found["empty_traces"][2]


def test_accounts_that_did_too_little_are_counted(tmp_path):
    posts = ring_posts()
    posts.append({**posts[0], "id": "lone", "user_id": "hermit"})
    found = limits(opened(tmp_path, posts), method="calibrated")
    assert found["quiet_accounts"][3] == 1


def test_overlong_lists_are_told(tmp_path):
    posts = ring_posts()
    posts[0]["text"] = " ".join(f"#tag{number}" for number in range(300))
    found = limits(opened(tmp_path, posts))
    assert "1 posts hold more than 200" in found["truncated_lists"][2]


def test_rows_set_aside_are_counted(tmp_path):
    posts = ring_posts()
    posts[0]["created_at"] = ""
    assert limits(opened(tmp_path, posts))["rejected_rows"][3] == 1


def test_explanations_that_need_what_is_not_there_are_named_once(tmp_path):
    workspace = opened(tmp_path, ring_posts())
    workspace.detect("link", method="window", shuffles=1, edge_weight=0.0)
    titles = [row[0] for row in workspace.store.rows("SELECT what FROM untested WHERE topic = 'explanations'")]
    assert len(titles) == len(set(titles))
    assert any("group chat" in one for one in titles)


def test_items_that_only_members_share_are_not_testable_by_timing(tmp_path):
    posts = [one for one in ring_posts() if "north" in one["urls"][0] or not one["user_id"].startswith("reader")]
    workspace = opened(tmp_path, posts)
    workspace.detect("link", method="calibrated", trust=False)
    rows = workspace.store.rows("SELECT reason FROM untested WHERE topic = 'closed_items'")
    assert all("cannot speak" in row[0] or "not the same as cleared" in row[0] for row in rows)


def test_a_classic_run_without_checks_says_that_nothing_was_listed(tmp_path):
    workspace = opened(tmp_path, ring_posts())
    workspace.detect("link", method="window", trust=False)
    assert workspace.store.rows("SELECT count(*) FROM untested") == [(0,)]
    assert any("what these data cannot test, as asked for" in one for one in workspace.run().warnings)
