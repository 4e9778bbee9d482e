from __future__ import annotations

import json

import pytest

from tests.signals.builders import post, workspace
from undazzle.cli.signals import _indicator_lines
from undazzle.signals import SIGNALS, choose_network, indicator_rows, read_signals, summary_sentence
from undazzle.signals.choosing import SYNCHRONOUS_SECONDS
from undazzle.traces import TRACE_KINDS

TAILS = ["VUBQ", "ECDL", "OLXZ", "VQOD", "ITJV", "LSCT"]


def network(tmp_path, kinds, window=60.0, meetings=0):
    """Six accounts with tails as a network that was found through these kinds; the first posts of each met."""
    rows = [
        post(
            f"m{one}",
            10 * one + number,
            posted_at=f"2024-03-{4 + number:02d}T09:07:1{one}Z",
            text=f"Ferry https://ferry.example/{one}-{number} {TAILS[one]}{'Q' * number}",
        )
        for one in range(6)
        for number in range(4)
    ]
    store = workspace(tmp_path, rows + [post(f"c{one % 80}", one) for one in range(320)])
    store.execute(
        "INSERT INTO runs (run_id, method, parameters) VALUES (1, 'calibrated', ?)",
        [json.dumps({"traces": sorted(TRACE_KINDS)})],
    )
    store.execute(
        "INSERT INTO networks (run_id, network_id, kinds, time_window) VALUES (1, 1, ?, ?)", [list(kinds), window]
    )
    store.execute(
        "INSERT INTO members (run_id, network_id, account_key, account_id)"
        " SELECT 1, 1, account_key, account_id FROM accounts WHERE regexp_matches(account_id, 'm[0-9]$')"
    )
    store.execute(
        "INSERT INTO co_actions (run_id, account_a, account_b, post_a, post_b) SELECT 1, a.account_key, b.account_key,"
        " min(a.post_key), min(b.post_key) FROM posts a JOIN members m ON a.account_key = m.account_key, posts b JOIN"
        " members n ON b.account_key = n.account_key WHERE a.account_key < b.account_key GROUP BY ALL LIMIT ?",
        [meetings],
    )
    return store, choose_network(store, 1, 1)


def by_id(found):
    return {one.signal.signal_id: one for one in found}


def test_a_network_found_through_texts_does_not_count_its_texts_again(tmp_path):
    store, choice = network(tmp_path, ["near_text"])
    found = by_id(read_signals(store, choice, signals=["text_endings", "handle_templates"]))
    ending = found["text_endings"]
    assert ending.reading.outcome == "stands_out"
    assert ending.selection == ("near_text",)
    assert not ending.counts
    assert not found["handle_templates"].is_selection
    assert "chosen through near_text: not counted" in " ".join(" ".join(_indicator_lines(ending)).split())
    assert "1 signal more would" in summary_sentence([ending])
    assert indicator_rows(choice, [ending])[0]["is_selection"] is True


def test_the_same_signal_counts_for_a_network_found_through_reposts(tmp_path):
    store, choice = network(tmp_path, ["repost"])
    (found,) = read_signals(store, choice, signals=["text_endings"])
    assert found.counts
    assert choice.selected_by == {"repost", "synchrony"}


@pytest.mark.parametrize(
    ("kinds", "signal"),
    [
        (["image"], "profile_images"),
        (["link"], "cadence"),
        (["link"], "daily_rhythm"),
        (["link+near_text"], "language_mix"),
        (["text"], "script_slips"),
        (["text"], "filler_posts"),
    ],
)
def test_what_a_network_was_found_through_is_marked(tmp_path, kinds, signal):
    store, choice = network(tmp_path, kinds)
    (found,) = read_signals(store, choice, signals=[signal])
    assert found.is_selection


def test_a_ring_that_no_timing_found_keeps_its_hours_and_its_posts(tmp_path):
    store, choice = network(tmp_path, ["link"], window=86400.0, meetings=15)
    found = by_id(read_signals(store, choice, signals=["cadence", "daily_rhythm"]))
    assert not any(one.is_selection for one in found.values())
    assert "left out" not in found["cadence"].reading.reason


def test_posts_that_met_are_left_out_of_signals_of_hours(tmp_path):
    store, choice = network(tmp_path, ["link"], window=SYNCHRONOUS_SECONDS, meetings=15)
    found = by_id(read_signals(store, choice, signals=["weekend", "working_hours", "daily_rhythm"]))
    for one in found.values():
        assert "6 of its 24 posts took part in finding the group" in one.reading.reason, one
    assert not found["weekend"].is_selection


def test_a_network_that_does_not_say_what_it_rests_on_may_rest_on_every_trace_of_its_run(tmp_path):
    _, choice = network(tmp_path, [])
    assert set(TRACE_KINDS) <= choice.selected_by


def test_every_mark_is_a_trace_kind_or_synchrony():
    for signal in SIGNALS.values():
        assert set(signal.same_as_traces) <= {*TRACE_KINDS, "synchrony"}, signal.signal_id
