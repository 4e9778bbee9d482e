"""The report tells of every innocent explanation whether it fits, and never headlines what is explained."""

from __future__ import annotations

import pytest

from tests.publish.network_builder import build_workspace
from undazzle.publish.report import build_report
from undazzle.publish.report.collect import read_overviews
from undazzle.publish.report.tested import ExplanationResult, counted_results
from undazzle.store import Store

VERDICTS = {"fits": "fits", "fits_in_part": "part", "does_not_fit": "excluded", "not_testable": "untest"}


def explain(
    store: Store, network: int, verdict: str, title: str = "One viral item", seen: str = "One holds all"
) -> None:
    run = store.rows("SELECT max(run_id) FROM runs")[0][0]
    reason = "Nothing to look at" if verdict == "not_testable" else ""
    store.execute(
        "INSERT INTO explanations VALUES (?, ?, 'viral_item', 'One viral item', ?, 1, NULL, 9, '9 of 9 co-actions',"
        " 'One thing', ?, ?)",
        [run, network, verdict, "" if reason else seen, reason],
    )
    if verdict == "fits":
        store.execute(
            "UPDATE networks SET explained_by = 'viral_item' WHERE run_id = ? AND network_id = ?", [run, network]
        )


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_result_has_its_square_its_figure_and_its_words(verdict: str) -> None:
    store = build_workspace()
    explain(store, 1, verdict)
    page = build_report(store, None, 1)
    table = page.partition('<table class="stack tested"')[2].partition("</table>")[0]
    assert f'href="#g-{VERDICTS[verdict]}"' in table
    assert "9 of 9 co-actions" in table
    assert "One thing" in table
    assert ("Nothing to look at" if verdict == "not_testable" else "One holds all") in table


def test_an_explained_network_is_told_as_such_first() -> None:
    store = build_workspace()
    explain(store, 1, "fits")
    page = build_report(store, None, 1)
    heading = page.partition('<h1 class="finding">')[2].partition("</h1>")[0]
    assert heading.startswith("One viral item: ")
    assert "it is no finding" in page
    assert "No innocent explanation has been tested" not in page


def test_the_report_of_a_run_leads_with_what_nothing_explains() -> None:
    store = build_workspace()
    run = store.rows("SELECT max(run_id) FROM runs")[0][0]
    assert [one.network_id for one in read_overviews(store, run)] == [1, 2]
    explain(store, 1, "fits")
    assert [(one.network_id, one.explained_by) for one in read_overviews(store, run)] == [
        (2, None),
        (1, "One viral item"),
    ]


def test_the_list_of_networks_names_what_explains_them() -> None:
    store = build_workspace()
    for network in (1, 2):
        explain(store, network, "fits")
    page = build_report(store, None, None)
    assert page.count("explained by: one viral item") == 2
    assert "those that nothing ordinary explains first" in page


def test_without_tests_the_report_says_so() -> None:
    page = build_report(build_workspace(), None, 1)
    assert "No innocent explanation has been tested" in page
    assert "none tested in this run" in page


def test_hostile_words_stay_words() -> None:
    store = build_workspace()
    explain(store, 1, "does_not_fit", seen="<script>alert(1)</script>")
    assert "<script>alert(1)" not in build_report(store, None, 1)


def test_results_are_counted_in_words() -> None:
    some = [ExplanationResult("", "", "", "", verdict) for verdict in ("fits", "fits", "fits_in_part", "does_not_fit")]
    assert counted_results(some) == "4 ordinary explanations considered: 2 fit, 1 in part, 1 does not fit."
