from __future__ import annotations

import re

from tests.publish.network_builder import build_workspace
from undazzle.publish.report.build import build_report
from undazzle.store import Store


def with_indicator(store: Store, signal_id: str, outcome: str, **more: object) -> Store:
    row = {
        "run_id": 1, "network_id": 1, "signal_id": signal_id, "title": signal_id, "family": signal_id,
        "outcome": outcome, "figure": "9 of 10 accounts", "innocent": "A wave of sign-ups", "is_selection": False,
        **more,
    }  # fmt: skip
    store.execute(f"INSERT INTO indicators ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    return store


def section(page: str) -> str:
    found = re.search(r'<section[^>]*id="indicators".*?</section>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(0)).split())


def test_signals_that_were_not_computed_are_said_to_be_not_computed():
    words = section(build_report(build_workspace(), None, 1))
    assert "Not computed" in words
    assert "undazzle signals WORKSPACE network:1" in words


def test_stored_signals_stand_with_their_figure_and_what_else_they_could_be():
    store = with_indicator(build_workspace(), "weekend", "stands_out")
    with_indicator(store, "client", "ordinary")
    with_indicator(store, "follow_rings", "not_testable", reason="No list of who follows whom")
    words = section(build_report(store, None, 1))
    assert "1 of 2 families of signals stand out" in words
    assert "1 of 3 signals cannot be tested" in words
    assert "A wave of sign-ups" in words
    assert "No list of who follows whom" in words
    assert words.index("weekend") < words.index("client") < words.index("follow_rings")


def test_what_the_group_was_chosen_by_is_shown_and_not_counted():
    words = section(
        build_report(with_indicator(build_workspace(), "weekend", "stands_out", is_selection=True), None, 1)
    )
    assert "0 of 1 families" in words
    assert "the group was chosen by it" in words


def test_a_masked_report_hides_figures_that_may_quote_handles():
    store = with_indicator(build_workspace(), "handle_templates", "stands_out", figure="ferry_times## in 9 of 10")
    assert "ferry_times" not in section(build_report(store, None, 1))
    assert "ferry_times##" in section(build_report(store, None, 1, mask=False))


def test_hostile_words_in_a_signal_stay_words():
    page = build_report(
        with_indicator(build_workspace(), "weekend", "stands_out", figure="<script>x</script>"), None, 1
    )
    assert "<script>x</script>" not in page
    assert "&lt;script&gt;x" in page
