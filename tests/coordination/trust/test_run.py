import pytest

from tests.coordination.trust.builders import opened, ring_posts
from undazzle.workspace import Workspace

RESULTS = ("networks", "members", "pairs", "co_actions", "explanations")


def detected(folder, *, posts=None, **settings) -> Workspace:
    workspace = opened(folder, ring_posts() if posts is None else posts)
    workspace.detect("link", **settings)
    return workspace


def rows(workspace, sql):
    return workspace.store.rows(sql)


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory):
    return detected(tmp_path_factory.mktemp("calibrated"), method="calibrated", shuffles=3)


def test_shuffled_copies_hold_no_network_where_the_data_holds_two(calibrated):
    assert len(calibrated.run().networks) == 2
    found = rows(
        calibrated, "SELECT strata, count(*), sum(networks) FROM shuffle_checks GROUP BY strata ORDER BY strata"
    )
    assert found == [("within_items", 3, 0), ("within_time", 3, 0)]


def test_both_rings_are_found_again_with_other_windows_and_another_seed(calibrated):
    found = rows(
        calibrated,
        "SELECT variant, count(*) FROM sensitivity_matches WHERE verdict = 'found' AND variant <> 'half_the_data'"
        " GROUP BY variant ORDER BY variant",
    )
    assert found == [("another_seed", 2), ("windows_doubled", 2), ("windows_halved", 2)]


def test_the_windows_searched_are_half_and_twice_those_of_the_run(calibrated):
    searched = dict(rows(calibrated, "SELECT variant, time_windows FROM sensitivity_checks"))
    assert searched["windows_halved"] == [5.0, 30.0, 300.0, 1800.0]
    assert searched["windows_doubled"] == [20.0, 120.0, 1200.0, 7200.0]


def test_half_the_data_is_about_half(calibrated):
    traces = dict(rows(calibrated, "SELECT variant, traces FROM sensitivity_checks"))
    assert 0.3 < traces["half_the_data"] / traces["another_seed"] < 0.7


def test_searching_again_leaves_no_results_behind(calibrated):
    for table in RESULTS:
        assert rows(calibrated, f"SELECT count(*) FROM {table} WHERE run_id <> 1") == [(0,)]


@pytest.mark.parametrize("method", ["window", "calibrated"])
def test_the_checks_do_not_change_what_is_found(tmp_path, method):
    def found(name, **settings):
        workspace = detected(tmp_path, method=method, **settings)
        return rows(workspace, f"SELECT * EXCLUDE (run_id) FROM {name} ORDER BY ALL")

    for table in ("members", "networks"):
        assert found(table) == found(table, trust=False)


def test_the_classic_method_finds_networks_in_shuffled_copies_as_well(tmp_path):
    workspace = detected(tmp_path, method="window", time_window="10min", edge_weight=0.0, shuffles=2)
    copies = rows(workspace, "SELECT strata, networks FROM shuffle_checks")
    assert [strata for strata, _ in copies] == ["within_time", "within_time"]
    assert all(networks > 0 for _, networks in copies)


def test_without_checks_the_run_says_so_and_still_names_what_could_not_be_tested(tmp_path):
    workspace = detected(tmp_path, trust=False)
    assert any("as asked for" in one for one in workspace.run().warnings)
    assert rows(workspace, "SELECT count(*) FROM shuffle_checks") == [(0,)]
    assert rows(workspace, "SELECT count(*) > 0 FROM untested") == [(True,)]


def test_more_traces_than_can_be_searched_again_are_said_to_be_so(tmp_path, monkeypatch):
    monkeypatch.setattr("undazzle.coordination.trust.run.MOST_TRACES", 10)
    workspace = detected(tmp_path)
    assert any("are more than 10" in one for one in workspace.run().warnings)
    assert rows(workspace, "SELECT count(*) FROM sensitivity_checks") == [(0,)]


def test_too_many_co_actions_in_a_wider_window_are_told_and_not_counted(tmp_path):
    posts = ring_posts()
    kept = (
        detected(tmp_path, posts=posts, method="window", time_window="60s", trust=False)
        .run()
        .record.summary["windows"][0]["co_actions"]
    )
    workspace = detected(tmp_path, posts=posts, method="window", time_window="60s", max_co_actions=kept)
    found = rows(workspace, "SELECT reason, networks FROM sensitivity_checks WHERE variant = 'windows_doubled'")
    assert found[0][0].startswith("Not done")
    assert found[0][1] is None


def test_the_same_seed_gives_the_same_checks(tmp_path):
    first, second = (
        rows(detected(tmp_path, method="calibrated"), "SELECT * FROM shuffle_checks ORDER BY ALL") for _ in range(2)
    )
    assert first == second


def test_the_hours_add_up_to_what_was_counted_and_expected_of_each_network(calibrated):
    found = rows(
        calibrated,
        "SELECT n.co_actions, n.expected, sum(h.observed + h.closed), sum(h.expected + h.closed) FROM networks n"
        " JOIN expected_hours h USING (run_id, network_id) GROUP BY n.network_id, n.co_actions, n.expected",
    )
    assert len(found) == 2
    for counted, expected, seen, chance in found:
        assert seen == counted
        assert chance == pytest.approx(expected)


def test_chance_falls_on_hours_in_which_somebody_posted(calibrated):
    assert rows(
        calibrated,
        "SELECT count(*) FROM expected_hours WHERE starts_at NOT IN (SELECT date_trunc('hour', posted_at) FROM posts)",
    ) == [(0,)]
