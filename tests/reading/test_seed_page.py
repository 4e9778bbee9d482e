from __future__ import annotations

import re

import pytest

from tests.reading.scoring import boundary_score, claim_score, key
from tests.reading.seed import seed_reading
from undazzle.reading.duplicates import repeated_share

pytestmark = pytest.mark.real_data


def test_sources_are_told_apart() -> None:
    assert boundary_score(seed_reading(), key("seed_page")["boundaries"]).f1 >= 0.9


def test_every_repeated_paragraph_is_found_with_what_it_repeats() -> None:
    reading = seed_reading()
    for one in key("seed_page")["repeats"]:
        inside = [found for found in reading.repeats if found.span.begin < one["end"] and one["begin"] < found.span.end]
        assert any(found.first.begin < one["of_end"] and one["of_begin"] < found.first.end for found in inside)


def test_no_repeat_becomes_a_claim_of_its_own() -> None:
    reading = seed_reading()
    assert all(repeated_share(one.span, reading.repeats) < 0.9 for one in reading.claims)


def test_nine_of_ten_readings_are_drafted_with_claimant_and_confidence() -> None:
    reading, wanted = seed_reading(), key("seed_page")
    codes = {code for one in wanted["claims"] for code in re.findall(r"S\d+", one["code"])}
    missed = {
        code for one in claim_score(reading, wanted["claims"]).missed for code in re.findall(r"S\d+", one["code"])
    }
    assert 1 - len(missed & codes) / len(codes) >= 0.9
    assert claim_score(reading, wanted["claims"]).precision >= 0.9


def test_what_lacks_its_object_or_its_actor_is_no_claim() -> None:
    reading = seed_reading()
    for one in key("seed_page")["must_not"]:
        assert [
            draft for draft in reading.claims if draft.span.begin < one["end"] and one["begin"] < draft.span.end
        ] == []


def test_claims_on_cut_text_say_so() -> None:
    reading = seed_reading()
    for one in key("seed_page")["claims"]:
        if one["truncated"] and one["required"]:
            inside = [d for d in reading.claims if one["begin"] <= d.span.begin < one["end"]]
            assert all(draft.is_truncated for draft in inside)
