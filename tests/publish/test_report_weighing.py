import pytest

from tests.publish.network_builder import BuiltNetwork, append, build_workspace
from tests.publish.page_reading import Page
from undazzle.publish.report import build_report
from undazzle.publish.report.explanations import innocent_explanations


def told(store):
    return Page(build_report(store, 1, 1)).text


def test_posts_of_others_with_the_same_items_are_counted():
    store = build_workspace()
    members = "SELECT account_key FROM members WHERE network_id = 1"
    items = "SELECT DISTINCT item_key FROM co_actions"
    posts, others = store.rows(
        f"SELECT count(DISTINCT post_key), count(DISTINCT post_key) FILTER (account_key NOT IN ({members}))"
        f" FROM traces WHERE item_key IN ({items})"
    )[0]
    assert f"{others} of {posts} posts with these items are by" in told(store)


def test_sites_behind_the_links_are_counted():
    assert "3 sites;" in told(build_workspace())


def test_what_the_data_do_not_say_is_not_read_as_no():
    text = told(build_workspace())
    assert text.count("the data do not say") == 2
    assert "0 of 0" not in text


def test_programs_and_declared_automation_are_told_where_known():
    store = build_workspace()
    store.execute("UPDATE posts SET client = CASE WHEN account_key <= 5 THEN 'Tide clock' ELSE 'Web' END")
    append(
        store,
        "account_observations",
        [{"account_key": key, "source_id": 1, "is_automated": key == 1} for key in range(1, 11)],
    )
    text = told(store)
    assert "2 programs; Web made" in text
    assert "1 of 10 accounts for which the data say it" in text


def test_full_minutes_are_not_told_where_the_clock_has_no_seconds():
    assert "full minutes" in told(build_workspace())
    assert "full minutes" not in told(build_workspace(BuiltNetwork(clock=60.0)))


def test_an_explanation_that_several_kinds_share_is_told_once():
    found = innocent_explanations(["link", "text", "repost"])
    assert len({one.title for one in found}) == len(found)
    assert any(len(one.kinds) > 1 for one in found)


@pytest.mark.parametrize("kinds", [[], ["no_such_kind"]])
def test_an_unknown_kind_has_no_explanations_and_does_no_harm(kinds):
    assert innocent_explanations(kinds) == []
