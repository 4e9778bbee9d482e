from __future__ import annotations

from tests.reading.builders import reading
from undazzle.reading.citations import find_announced, restarts


def test_a_bracket_number_without_its_reference_is_an_orphan() -> None:
    text = "The ferry runs.[1] It is late.[2]\n\n[1] Harbour office, yearly report of the ferries."
    found = reading(text).citations
    assert [(one.number, one.is_orphan) for one in found if one.span.begin < 40] == [(1, False), (2, True)]


def test_numbers_of_one_text_do_not_begin_anew() -> None:
    assert restarts(reading("The ferry runs.[1] It is late.[2] It is full.[1]").citations) == 0


def test_a_list_that_is_announced_is_named_with_its_number() -> None:
    assert [one.number for one in find_announced("Below are five trends in ferry fares. Here are 12 takeaways.")] == [
        5,
        12,
    ]
    assert find_announced("The five ferries run.") == ()
