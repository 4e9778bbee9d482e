"""Eighteen statements under the tracker's names, totals that are always derived, agreement as published."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casebook.builders import a_record
from tests.real_data import data_set
from undazzle.casebook.scorecard import Answer, Coding, Scorecard
from undazzle.casebook.scoring.agreement import agreement, agreement_of, pairs_of
from undazzle.casebook.scoring.items import EXTRA_ITEMS, ITEMS, ExtraItem, Item, Section, items_of
from undazzle.casebook.scoring.totals import profile, tally

YES, NO, NA, UNKNOWN = Answer.TRUE, Answer.FALSE, Answer.NA, Answer.UNKNOWN


def test_there_are_eighteen_statements_in_the_sections_of_the_tracker() -> None:
    assert len(ITEMS) == 18 == len(set(Item))
    assert [len(items_of(one)) for one in Section] == [5, 3, 5, 5]
    assert not set(EXTRA_ITEMS) & set(ITEMS)


def test_the_column_names_are_those_of_both_trackers() -> None:
    for name in ("DFRLab_interference2020.csv", "FIAT2024_Demo_Attribution_Data.csv"):
        head = (data_set("incident_trackers") / name).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(Item) <= set(head)


def test_the_statements_are_in_our_own_words() -> None:
    text = json.dumps(
        json.loads((data_set("incident_trackers") / "FIAT2024_copy_methodology.json").read_text(encoding="utf-8"))
    )
    assert not [words.statement for words in ITEMS.values() if words.statement in text]


def test_points_count_what_holds_and_nothing_else() -> None:
    coding = Coding(coder="a", answers={Item.LANGUAGE: YES, Item.CLARITY: NO, Item.CONTEXT: NA})
    whole = tally(coding)
    assert (whole.points, whole.true, whole.false, whole.na, whole.unknown) == (1, 1, 1, 1, 15)
    assert (whole.possible, whole.answered) == (18, 2)
    assert profile(coding)[Section.OBJECTIVITY].points == 1


@given(st.dictionaries(st.sampled_from(list(Item)), st.sampled_from(list(Answer))))
def test_sections_always_add_up_to_the_whole(answers: dict[Item, Answer]) -> None:
    coding = Coding(coder="a", answers=answers)
    assert sum(one.points for one in profile(coding).values()) == tally(coding).points


def test_extra_items_never_touch_the_total() -> None:
    coding = Coding(coder="a", extras=dict.fromkeys(ExtraItem, YES))
    assert tally(coding).points == 0 and coding.answer(ExtraItem.TARGET_NAMED) is YES


def test_a_stored_total_is_refused() -> None:
    with pytest.raises(ValueError, match="attribution_total_score"):
        a_record("scorecard", "a", attribution_total_score=18)


def test_true_and_false_may_be_written_plainly() -> None:
    card = a_record("scorecard", "a", reconciled={"coder": "c", "answers": {"attribution_clarity": True}})
    assert isinstance(card, Scorecard) and card.final is not None and card.final.answer(Item.CLARITY) is YES


def test_two_coders_have_no_final_answer_until_somebody_reconciles_them() -> None:
    codings = (Coding(coder="a"), Coding(coder="b"))
    assert Scorecard(id="scorecard:x", codings=codings).final is None
    assert Scorecard(id="scorecard:x", codings=codings[:1]).final is codings[0]


def test_kappa_equals_the_published_example() -> None:
    pairs = [(YES, YES)] * 20 + [(YES, NO)] * 5 + [(NO, YES)] * 10 + [(NO, NO)] * 15
    found = agreement(pairs)
    assert (found.percent, found.kappa) == (70.0, 0.4)


@given(st.lists(st.tuples(st.sampled_from(list(Answer)), st.sampled_from(list(Answer))), max_size=40))
def test_kappa_equals_its_definition(pairs: list[tuple[Answer, Answer]]) -> None:
    found, total = agreement(pairs), len(pairs)
    if not pairs:
        assert found.kappa is None and found.percent is None
        return
    shares = {(one, other): pairs.count((one, other)) / total for one, other in product(Answer, Answer)}
    observed = sum(shares[one, one] for one in Answer)
    rows = {one: sum(shares[one, other] for other in Answer) for one in Answer}
    columns = {one: sum(shares[other, one] for other in Answer) for one in Answer}
    expected = sum(rows[one] * columns[one] for one in Answer)
    if found.kappa is None:
        assert expected == pytest.approx(1)
    else:
        assert found.kappa == pytest.approx((observed - expected) / (1 - expected))


def test_two_coders_who_always_give_one_answer_have_no_kappa() -> None:
    assert agreement([(YES, YES)] * 18).kappa is None


def test_agreement_runs_over_all_cards_with_two_coders() -> None:
    first, second = Coding(coder="a", answers={Item.CLARITY: YES}), Coding(coder="b", answers={Item.CLARITY: NO})
    cards = [Scorecard(id="scorecard:x", codings=(first, second)), Scorecard(id="scorecard:y", codings=(first,))]
    found = agreement_of(cards)
    assert (found.answers, found.agreed) == (18, 17)
    assert len(pairs_of(first, second)) == 18
