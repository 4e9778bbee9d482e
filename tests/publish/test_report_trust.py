"""What a report of the calibrated method says to somebody who never heard of a p-value."""

from __future__ import annotations

import re

import pytest

from tests.publish.network_builder import append, build_workspace
from tests.publish.page_reading import Page
from undazzle.publish.report import build_report
from undazzle.store import Store


def calibrated(*, closed_too: bool = False, explained: bool = False) -> Store:
    """Turn the built run into one of the calibrated method: network 1 confirmed, network 2 closed or as asked."""
    store = build_workspace()
    store.execute("UPDATE runs SET method = 'calibrated', parameters = '{\"method\": \"calibrated\"}'")
    store.execute(
        "UPDATE networks SET status = 'confirmed', expected = 40, p_value = 0.0005, q_value = 0.002,"
        " held_out_items = 9, held_out_days = 4, held_out_observed = 80, held_out_expected = 12.5,"
        " drop_best_item_p = 0.002, drop_best_day_p = 0.004 WHERE network_id = 1"
    )
    store.execute(
        "UPDATE networks SET status = 'closed_content', p_value = 1e-9, q_value = 1e-8, held_out_items = 7,"
        " held_out_expected = 0.01 WHERE network_id = 2"
    )
    if explained:
        store.execute("UPDATE networks SET explained_by = 'readers'")
    store.execute(
        "UPDATE members SET leave_one_out_p = 0.001, leave_one_out_q = 0.01, is_certified = true, held_out_items = 5,"
        " held_out_expected = 1.5"
    )
    store.execute(
        "INSERT INTO expected_hours SELECT 1, 1, date_trunc('hour', posted_at), 0.5, 2, 0 FROM posts"
        " GROUP BY date_trunc('hour', posted_at)"
    )
    verdict = "fits" if explained else "fits_in_part"
    append(
        store,
        "explanations",
        [
            {"run_id": 1, "network_id": number, "explanation_id": "readers", "title": "Readers of one site",
             "verdict": verdict, "figure": "9 of 10", "would_see": "pages", "seen": "pages", "reason": ""}
            for number in (1, 2)
        ],
    )  # fmt: skip
    return store


def checked(store: Store) -> Store:
    """Add checks of the run."""
    append(store, "shuffle_checks", [
        {"run_id": 1, "strata": strata, "shuffle": number, "networks": 0, "accounts": 0}
        for strata in ("within_items", "within_time") for number in (1, 2)
    ])  # fmt: skip
    for variant, verdict in (("windows_halved", "found"), ("half_the_data", "not_found")):
        append(store, "sensitivity_checks", [
            {"run_id": 1, "variant": variant, "time_windows": [30.0], "seed": 0, "traces": 9, "networks": 2,
             "accounts": 30, "reason": ""}
        ])  # fmt: skip
        append(store, "sensitivity_matches", [
            {"run_id": 1, "variant": variant, "network_id": 1, "shared_members": 20, "members_there": 22,
             "jaccard": 0.8, "verdict": verdict}
        ])  # fmt: skip
    append(store, "untested", [
        {"run_id": 1, "network_id": None, "topic": "missing_columns", "what": "Image traces",
         "reason": "No post has <media>.", "n": None}
    ])  # fmt: skip
    return store


def text(store: Store, network: int | None = 1) -> str:
    return Page(build_report(store, 1, network)).text


def test_chance_is_told_in_the_headline_and_the_test_in_words():
    said = text(calibrated())
    assert "they met" in said
    assert "chance would give about" in said
    tested = "In a test of the group they were found in, on things kept back"
    assert f"{tested}, chance did as much in fewer than 1 of 1,000 tries." in said
    assert "Also without the item, or the day, that says most" in said
    assert not re.search(r"\bp\s*[<=]|\bq\s*[<=]|p-value|q-value", said)


def test_chance_is_drawn_day_by_day_behind_what_happened():
    html = build_report(calibrated(), 1, 1)
    bars = html[html.index("Co-actions per day") :]
    chart = bars[bars.index("<svg") : bars.index("</svg>")]
    assert chart.count('class="expected"') > 3
    assert chart.index('class="expected"') < chart.index('class="observed"')
    assert "expected by chance" in chart


def test_every_member_shows_its_own_test():
    page = text(calibrated())
    assert "each passed a test of its own" in page
    assert "Kept back (chance)" in page
    assert "5 (1.5)" in page


def test_a_run_has_one_sentence_for_each_network_and_never_calls_a_closed_one_cleared():
    said = text(calibrated(), None)
    assert "More than chance, and nothing ordinary explains it: 1" in said
    assert "Not testable by timing: 1" in said
    assert "It could also be: readers of one site (fits in part)." in said
    assert "7 were theirs alone; chance would give hardly any" in said
    assert "neither accuses nor clears" in said


def test_a_closed_network_says_that_timing_cannot_test_it():
    store = calibrated()
    store.execute("UPDATE networks SET status = 'closed_content', expected = NULL WHERE network_id = 1")
    said = text(store)
    assert "Whether the timing is more than chance cannot be tested" in said
    assert "Not testable is not cleared" in said
    assert "chance: not testable" in said


def test_what_is_explained_is_listed_and_never_headlined():
    page = Page(build_report(calibrated(explained=True), 1, None))
    heading = page.text[: page.text.index("At a glance")]
    assert "Something ordinary explains each of the 2 networks found: no finding." in heading
    assert "Explained by something ordinary: 2" in page.text
    assert "amber-otter: 23 accounts" in page.text


def test_checks_of_the_run_stand_in_their_own_section():
    page = Page(build_report(checked(calibrated()), 1, 1))
    assert "trust" in page.ids
    for told in ("4 copies of the data with shuffled accounts held 0 networks", "Found again", "Not found", "20 of 23"):
        assert told in page.text
    assert "No post has <media>." in page.text


@pytest.mark.parametrize("network", [1, None])
def test_without_checks_the_report_says_so(network):
    said = text(calibrated(), network)
    assert "Whether the same search finds networks in shuffled data was not tried." in said
    assert "Nothing is on record for this run." in said


def test_a_run_without_networks_still_says_what_was_checked():
    store = checked(calibrated())
    store.execute("DELETE FROM networks")
    page = Page(build_report(store, 1, None))
    assert "No network was found in this run." in page.text
    assert "Image traces" in page.text


def test_a_network_without_evidence_rows_has_a_report():
    store = build_workspace()
    store.execute("DELETE FROM co_actions")
    store.execute("DELETE FROM pairs")
    assert "No co-actions" in text(store)
