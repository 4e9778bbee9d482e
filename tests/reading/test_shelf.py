from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.builders import reading
from undazzle.casebook import check_case, load_case, shipped_edition
from undazzle.casebook.new_case import begin_case
from undazzle.casebook.problems import Severity
from undazzle.casebook.vocabulary import Review
from undazzle.errors import OutputExistsError, ParameterError
from undazzle.reading.drafts import drafts_of, name_of
from undazzle.reading.reading import read_file
from undazzle.reading.sample_page import write_aggregator_page
from undazzle.reading.shelf import Shelf, accept, changed, drop, editable, put_on_shelf, shelves_of

_TEXT = "The FBI said with high confidence that Iran was behind the hacking. Iran denied it on 5 May 2031."


def shelf_in(folder: Path, text: str = _TEXT) -> Shelf:
    found = reading(text)
    if not (folder / "case.yaml").exists():
        begin_case(folder, "A case")
    return put_on_shelf(folder, name_of(found), "Page", drafts_of(found, load_case(shipped_edition())))


def test_nothing_enters_the_case_when_drafts_are_written(tmp_path: Path) -> None:
    shelf_in(tmp_path)
    assert len(load_case(tmp_path)) == 0


def test_drafts_are_marked_and_carry_claimant_confidence_verb_and_place(tmp_path: Path) -> None:
    first, second = shelf_in(tmp_path).waiting()
    assert {first.review, second.review} == {Review.DRAFT}
    assert (first.claimant, str(first.confidence.word) if first.confidence else None) == ("claimant:fbi", "high")
    assert first.locator is not None
    assert (first.locator.reporting_verb, _TEXT[first.locator.begin : first.locator.end][:7]) == ("said", "The FBI")
    assert second.claimed == "2031-05-05"


def test_an_accepted_draft_enters_the_case_with_what_it_refers_to(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    claim = shelf.waiting()[0]
    accept(shelf, claim)
    case = load_case(tmp_path)
    assert case.claims[claim.id].review is Review.REVIEWED
    assert [one for one in check_case(case) if one.severity is Severity.ERROR] == []
    assert [one.id for one in shelf.waiting()] == [one.id for one in load_case(shelf.folder).claims.values()]
    assert len(shelf.waiting()) == 1


def test_a_decided_draft_does_not_come_back_when_the_page_is_read_again(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    accept(shelf, shelf.waiting()[0])
    drop(shelf, shelf.waiting()[0].id)
    assert shelf_in(tmp_path).waiting() == []
    assert list(shelves_of(tmp_path)) == []


def test_accepting_never_overwrites_a_claim_of_the_case(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    claim = shelf.waiting()[0]
    accept(shelf, claim)
    with pytest.raises(OutputExistsError):
        accept(shelf, claim)


def test_an_edited_draft_is_checked_before_it_is_taken(tmp_path: Path) -> None:
    claim = shelf_in(tmp_path).waiting()[0]
    assert changed(claim, editable(claim)) == claim
    assert changed(claim, editable(claim).replace("statement: ", "statement: Own words. ")).statement != claim.statement
    for broken in ("", "a: &b [*b]", editable(claim).replace("asserts", "shouts"), "id: claim:other"):
        with pytest.raises(ParameterError):
            changed(claim, broken)


def test_all_drafts_of_the_shipped_page_form_a_case_without_errors(tmp_path: Path) -> None:
    begin_case(tmp_path / "case", "A case")
    found = read_file(write_aggregator_page(tmp_path / "page.html"))
    drafts = drafts_of(found, load_case(shipped_edition()))
    shelf = put_on_shelf(tmp_path / "case", name_of(found), "Page", drafts)
    case = shelf.load()
    assert [one for one in check_case(case) if one.severity is Severity.ERROR] == []
    assert len(case.claims) == len(found.claims) >= 30
    assert all(one.review is Review.DRAFT and one.via for one in case.claims.values())


def test_two_texts_on_one_page_that_quote_one_body_are_one_origin(tmp_path: Path) -> None:
    from undazzle.casebook.origins import independent_origins

    begin_case(tmp_path / "case", "A case")
    found = read_file(write_aggregator_page(tmp_path / "page.html"))
    drafts = [one.claim for one in drafts_of(found, load_case(shipped_edition()))]
    shelf = put_on_shelf(tmp_path / "case", "page", "Page", drafts_of(found, load_case(shipped_edition())))
    council = [one for one in drafts if one.claimant == "claimant:sound-security-council"]
    assert len({one.source for one in council}) == 2
    assert independent_origins(shelf.load(), council) == {"claimant:sound-security-council"}
