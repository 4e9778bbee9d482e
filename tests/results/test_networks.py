"""Runs and networks are found by number and name, and lead to members, pairs and both posts of every co-action."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.results.builders import ACCOUNTS, add_network, add_run, filled_store, first_network
from undazzle.errors import ParameterError, UnknownNameError
from undazzle.results import Run, compare, find_network
from undazzle.store import Store, start_run


def test_a_run_knows_how_it_was_made() -> None:
    run = Run.find(filled_store(name="first look"))
    assert (run.run_id, run.name, run.method, run.warnings) == (1, "first look", "window", ("minutes only",))
    assert run.parameters == {"time_windows": [60.0, 600.0], "min_participation": 2}
    assert run.versions["undazzle"]
    assert len(run.fingerprint) == 64


def test_a_run_is_found_by_number_reference_and_name_or_is_the_latest_finished() -> None:
    store = filled_store(name="first look")
    add_run(store, name="second")
    start_run(store, command="detect", method="window", parameters={})
    assert [Run.find(store, one).run_id for one in (1, "run:1", "first look", None)] == [1, 1, 1, 2]
    with pytest.raises(UnknownNameError, match="run:9"):
        Run.find(store, "run:9")


def test_the_sql_of_a_run_can_be_run_by_hand() -> None:
    store = filled_store()
    add_run(store)
    run = Run.find(store, 2)
    for table, count in {"co_actions": 8, "pairs": 6, "networks": 2, "members": 5, "co_action_view": 8}.items():
        assert len(store.query(run.sql(table))[1]) == count
    with pytest.raises(UnknownNameError, match="result table"):
        run.sql("posts")


def test_the_pairs_and_co_actions_of_a_run_are_all_of_them_and_only_its_own() -> None:
    store = filled_store()
    add_run(store)
    run = Run.find(store, 1)
    assert len(run.pairs) == 6
    assert run.pairs.filter(in_network=False)["account_a"] == ["x:11", "x:13"]
    assert len(run.co_actions) == 8


@pytest.mark.parametrize("key", [1, "1", "network:1", "amber-otter", "Amber-Otter "])
def test_a_network_is_found_by_number_and_name(key: int | str) -> None:
    assert Run.find(filled_store()).networks[key].name == "amber-otter"


@pytest.mark.parametrize("key", ["amber-oter", 0, 3, "network:3", "run:1"])
def test_an_unknown_network_is_an_error_that_names_the_known_ones(key: int | str) -> None:
    with pytest.raises(UnknownNameError, match="amber-otter") as caught:
        Run.find(filled_store()).networks[key]
    assert "network:2" in caught.value.known


@pytest.mark.parametrize(
    ("reference", "run", "expected"),
    [
        ("network:1", None, "run:2/network:1"),
        (2, None, "run:2/network:2"),
        ("run:1/network:1", None, "run:1/network:1"),
        ("run:1/pale-heron", 2, "run:1/network:2"),
        ("first look/1", None, "run:1/network:1"),
        ("network:2", "run:1", "run:1/network:2"),
    ],
)
def test_a_network_is_found_with_or_without_its_run(reference: str, run: str | None, expected: str) -> None:
    store = filled_store(name="first look")
    add_run(store)
    assert find_network(store, reference, run).reference == expected


def test_networks_are_a_sequence_and_a_table() -> None:
    networks = Run.find(filled_store()).networks
    assert [one.name for one in networks] == ["amber-otter", "pale-heron"]
    assert len(networks) == len(networks.head()) == 2
    assert networks.filter("members > 2")["name"] == ["amber-otter"]
    assert networks.to_polars()["network_id"].to_list() == networks.to_pandas()["network_id"].tolist() == [1, 2]
    assert networks.columns == networks.table.columns


def test_a_network_knows_its_facts() -> None:
    network = first_network()
    assert (network.network_id, network.time_window, network.kinds) == (1, 60.0, ("link", "near_text"))
    assert network.first_at == datetime(2024, 3, 1, 9, tzinfo=UTC)
    assert network.last_at == datetime(2024, 3, 1, 10, 0, 2, tzinfo=UTC)


def test_the_summary_claims_what_was_measured_and_no_more() -> None:
    assert first_network().summary == (
        "amber-otter: 3 accounts did the same within 60 s of each other 5 times, on 3 distinct items (links and "
        "near-identical texts), on 1 day (2024-03-01, UTC). How often chance would do that was not computed."
    )
    calibrated = first_network(filled_store(q_value=0.004)).summary
    assert "Chance would give about 0.5. In a test of the group they were found in, on things kept back" in calibrated
    assert "chance did as much in fewer than" in calibrated
    assert "not computed" not in calibrated


def test_members_come_with_their_counts_most_active_first() -> None:
    members = first_network().members
    assert members["account_id"] == ["x:11", "x:12", "x:13"]
    assert members["co_actions"] == [4, 4, 2]
    assert members["posts"] == [2, 2, 2]


def test_pairs_are_those_that_hold_the_network_together() -> None:
    pairs = first_network().pairs
    assert [(row["account_a"], row["account_b"], row["co_actions"]) for row in pairs] == [
        ("x:11", "x:12", 3),
        ("x:11", "x:13", 1),
        ("x:12", "x:13", 1),
    ]
    assert pairs[0]["kinds"] == ["link", "near_text"]


def test_a_pair_of_members_below_the_threshold_is_no_part_of_the_network() -> None:
    store = filled_store()
    store.execute("UPDATE pairs SET in_network = false WHERE account_a = 2 AND account_b = 3")
    network = first_network(store)
    assert len(network.pairs) == network.to_networkx().number_of_edges() == 2
    assert len(network.evidence("x:12", "x:13")) == 0
    assert network.evidence()["gap_seconds"] == [2, 5, 5, 30]


def test_co_actions_agree_with_the_counts_of_pairs_network_and_members() -> None:
    for network in Run.find(filled_store()).networks:
        found = list(network.co_actions)
        assert len(found) == network.facts["co_actions"] == sum(network.pairs["co_actions"])
        for pair in network.pairs:
            between = [
                row for row in found if (row["account_a"], row["account_b"]) == (pair["account_a"], pair["account_b"])
            ]
            assert len(between) == pair["co_actions"]
            assert {row["kind"] for row in between} == set(pair["kinds"])
        for member in network.members:
            mine = [row for row in found if member["account_id"] in (row["account_a"], row["account_b"])]
            assert len(mine) == member["co_actions"]


def test_evidence_shows_both_posts_the_item_and_the_gap_closest_first() -> None:
    evidence = first_network().evidence()
    assert evidence["gap_seconds"] == [2, 5, 5, 25, 30]
    assert evidence[0] == {
        "gap_seconds": 2.0, "kind": "link", "item": "https://library.example/hours",
        "account_a": "x:11", "handle_a": "ferry_times", "post_a": "x:104",
        "posted_at_a": datetime(2024, 3, 1, 10, tzinfo=UTC),
        "text_a": "Library hours https://library.example/hours", "url_a": "https://x.example/104",
        "account_b": "x:12", "handle_b": "library_hours", "post_b": "x:105",
        "posted_at_b": datetime(2024, 3, 1, 10, 0, 2, tzinfo=UTC),
        "text_b": "New library hours https://library.example/hours", "url_b": "https://x.example/105",
        "time_window": 60.0,
    }  # fmt: skip


def test_evidence_stays_within_the_network_and_its_window() -> None:
    store = filled_store()
    first, second = Run.find(store).networks
    assert {row["account_b"] for row in first.evidence()} == {"x:12", "x:13"}
    assert [(row["account_a"], row["account_b"], row["gap_seconds"]) for row in second.evidence()] == [
        ("facebook:12", "x:15", 100.0)
    ]


@pytest.mark.parametrize("name", ["x:13", "13", "Weather_Desk", "@weather_desk", " weather_desk "])
def test_an_account_is_found_by_id_and_by_handle(name: str) -> None:
    evidence = first_network().evidence(name)
    assert evidence["account_a"] == ["x:13", "x:13"]
    assert sorted(evidence["account_b"]) == ["x:11", "x:12"]


def test_the_account_asked_for_stands_first_with_its_own_post() -> None:
    network = first_network()
    forth, back = network.evidence("x:11", "x:13"), network.evidence("x:13", "x:11")
    assert (forth[0]["post_a"], forth[0]["post_b"]) == ("x:101", "x:103")
    assert (back[0]["post_a"], back[0]["post_b"]) == ("x:103", "x:101")
    assert back[0]["text_a"].startswith("=SUM(A1)")
    assert len(forth) == len(back) == 1
    assert network.evidence(b="x:13")["account_a"] == ["x:13", "x:13"]


def test_evidence_can_be_cut_and_filtered() -> None:
    network = first_network()
    assert len(network.evidence(limit=2)) == 2
    assert len(network.evidence("x:11", "x:12").filter("gap_seconds < 5", kind="link")) == 1


def test_any_page_of_the_evidence_is_that_part_of_the_whole() -> None:
    evidence = Run.find(filled_store()).co_actions
    whole = list(evidence)
    for start in range(9):
        for stop in range(start, 10):
            assert list(evidence[start:stop]) == whole[start:stop]
            assert len(evidence[start:stop]) == len(whole[start:stop])


def test_an_account_that_is_no_member_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'ferry_times'"):
        first_network().evidence("ferry_time")
    with pytest.raises(UnknownNameError, match="member of amber-otter"):
        first_network().evidence("facebook:12")
    with pytest.raises(UnknownNameError):
        first_network().evidence("")


def test_a_name_that_two_members_have_is_an_error_that_gives_the_ids() -> None:
    store = filled_store()
    add_network(store, 1, 3, "tall-crane", 60.0, (1, 2, 3, 4), ["link"])
    network = Run.find(store).networks[3]
    with pytest.raises(ParameterError, match="facebook:12, x:12"):
        network.evidence("12")
    assert len(network.evidence("x:12")) == 4


def test_an_item_whose_text_is_gone_does_not_lose_the_evidence() -> None:
    store = filled_store()
    store.execute("DELETE FROM items")
    assert first_network(store).evidence()["item"] == [None] * 5


def test_an_item_listed_in_two_trace_sets_does_not_double_the_evidence() -> None:
    store = filled_store()
    store.execute("INSERT INTO items SELECT 9, item_key, item FROM items")
    assert len(first_network(store).evidence()) == len(list(first_network(store).evidence())) == 5


def test_a_network_over_several_windows_counts_each_co_action_once() -> None:
    store = filled_store()
    store.execute("UPDATE pairs SET in_network = true WHERE account_a = 1 AND account_b = 2")
    add_network(store, 1, 3, "tall-crane", None, (1, 2), ["link", "near_text"])
    evidence = Run.find(store).networks[3].evidence("x:12", "x:11")
    assert sorted(evidence["gap_seconds"]) == [2, 5, 5]
    assert set(evidence["time_window"]) == {60.0}


def test_posts_of_a_network_lead_to_the_file_and_row_they_came_from() -> None:
    posts = first_network().posts
    assert posts["post_id"] == ["x:101", "x:102", "x:103", "x:104", "x:105"]
    assert posts["co_actions"] == [3, 3, 2, 1, 1]
    assert (posts[0]["source_file"], posts[0]["source_row"]) == ("harbour.csv", 101)


def test_the_timeline_counts_every_co_action_once() -> None:
    for network in Run.find(filled_store()).networks:
        assert sum(network.timeline()["co_actions"]) == network.facts["co_actions"]
    hours = first_network().timeline(3600)
    assert [
        (row["starts_at"].hour, row["kind"], row["co_actions"], row["accounts"], row["posts"]) for row in hours
    ] == [
        (9, "link", 1, 2, 2),
        (9, "near_text", 3, 3, 3),
        (10, "link", 1, 2, 2),
    ]


def test_the_timeline_of_a_long_network_has_few_steps() -> None:
    store = filled_store()
    store.execute("UPDATE networks SET last_at = first_at + INTERVAL 3 YEAR")
    assert "by 7 days" in first_network(store).timeline().title


def test_networks_are_compared_by_account() -> None:
    store = filled_store()
    add_network(store, 1, 3, "tall-crane", 60.0, (2, 3, 4), ["link"])
    networks = Run.find(store).networks
    found = compare(networks[1], networks[3])
    assert (found.shared, found.only_a, found.only_b) == (("x:12", "x:13"), ("x:11",), ("facebook:12",))
    assert found.shared_pairs == (("x:12", "x:13"),)
    assert found.overlap == 0.5
    assert [row[:4] for row in found.rows][2:] == [
        ("x:11", "ferry_times", True, False),
        ("facebook:12", "harbour.news", False, True),
    ]
    assert "share 2 accounts and 1 pair." in repr(found)
    assert f"Only in run:1/network:3: {ACCOUNTS[4][0]}" in repr(found)


def test_networks_of_two_workspaces_can_be_compared() -> None:
    found = compare(first_network(), first_network())
    assert (found.overlap, found.only_a, len(found.shared_pairs)) == (1.0, (), 3)


def test_a_workspace_without_a_finished_run_says_so() -> None:
    with pytest.raises(UnknownNameError, match="finished run"):
        find_network(Store(), "network:1")


def test_networks_carry_the_very_rows_of_their_table() -> None:
    with filled_store() as store:
        networks = Run.find(store).networks
        assert [dict(one.facts) for one in networks] == list(networks.table)
