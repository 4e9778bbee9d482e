"""The checks of a run as objects and sentences."""

import pytest

from tests.results.builders import filled_store, insert
from undazzle.results import Run
from undazzle.results.surprise import alternative_words, surprise_words
from undazzle.results.trust_words import Variant, sensitivity_words


def checked():
    store = filled_store(q_value=0.01)
    for copy, networks in ((1, 0), (2, 1)):
        insert(store, "shuffle_checks", run_id=1, strata="within_time", shuffle=copy, networks=networks, accounts=3)
    for variant, networks in (("another_seed", 2), ("windows_halved", 5)):
        insert(
            store, "sensitivity_checks", run_id=1, variant=variant, time_windows=[30.0], seed=7, traces=9,
            networks=networks, accounts=9, reason="",
        )  # fmt: skip
        for network, verdict in ((1, "found"), (2, "not_found" if variant == "another_seed" else "found")):
            insert(
                store, "sensitivity_matches", run_id=1, variant=variant, network_id=network, shared_members=2,
                members_there=3, jaccard=0.5, verdict=verdict,
            )  # fmt: skip
    insert(store, "untested", run_id=1, topic="missing_columns", what="Image traces", reason="No post has images.")
    insert(store, "untested", run_id=1, network_id=2, topic="closed_items", what="Its timing", reason="Closed.", n=4)
    return Run.find(store).trust


def test_the_checks_stand_in_three_sentences():
    assert checked().lines == (
        "Shuffle check: 2 copies of the data with shuffled accounts held 0 to 1 networks each; this data holds 2.",
        "Found again: 2 of 2 networks with windows halved, 1 with another seed.",
        "Not testable here: image traces; the timing of 1 network, or of parts of it.",
    )


def test_repetitions_come_in_one_order_with_what_was_found_again():
    rows = list(checked().sensitivity)
    assert [(row["variant"], row["found_again"], row["not_found"]) for row in rows] == [
        ("windows_halved", 2, 0),
        ("another_seed", 1, 1),
    ]


def test_limits_of_the_whole_run_come_before_those_of_networks():
    assert checked().untested["network_id"] == [None, 2]


def test_matches_name_the_network():
    assert set(checked().matches["name"]) == {"amber-otter", "pale-heron"}


def test_a_run_without_checks_claims_none():
    assert Run.find(filled_store()).trust.lines == ()


def test_checks_show_in_a_notebook():
    trust = checked()
    assert "Found again" in trust._repr_html_()
    assert "Shuffle check" in repr(trust)


def test_what_was_not_repeated_is_said():
    words = sensitivity_words([Variant("windows_halved", 2, 2), Variant("windows_doubled", None, 0, "Not done")], 2)
    assert words.endswith("Not done: with windows doubled.")


@pytest.mark.parametrize("p_value", [1e-9, 0.0005, 0.004, 0.03, 0.09, 0.5, None])
def test_surprise_is_told_without_letters_of_statistics(p_value):
    words = surprise_words({"status": "confirmed", "co_actions": 9, "expected": 2.0, "p_value": p_value})
    assert words.startswith("Chance would give about 2.0.")
    assert " p " not in words
    assert "p-value" not in words


@pytest.mark.parametrize(("p_value", "tries"), [(1e-7, "1,000,000"), (0.0005, "1,000"), (0.03, "20"), (0.07, "10")])
def test_luck_is_never_said_to_be_rarer_than_it_is(p_value, tries):
    words = surprise_words({"status": "confirmed", "co_actions": 9, "expected": 2.0, "p_value": p_value})
    assert f"fewer than 1 of {tries} tries" in words
    assert p_value < 1 / int(tries.replace(",", ""))


def test_closed_content_is_never_called_cleared():
    words = surprise_words({"status": "closed_content", "expected": None, "p_value": 1e-30})
    assert words.startswith("Not testable by timing")
    assert "clear" not in words


def test_explanations_that_fit_in_part_are_named():
    tested = [("One viral item", "fits_in_part"), ("Readers of one site", "fits_in_part"), ("A feed", "not_testable")]
    words = alternative_words(None, tested)
    assert words == "It could also be: one viral item or readers of one site (each fits in part)."
