from __future__ import annotations

import pytest

from undazzle.ingest.name_hints import HINTS, candidates, could_be_post_time, normalised_name, same_column
from undazzle.model import POST_FIELDS


def test_every_hint_is_a_field_and_is_written_in_normal_form():
    fields = {field.name for field in POST_FIELDS}
    assert HINTS.keys() <= fields
    for field, names in HINTS.items():
        assert len(set(names)) == len(names), field
        assert [normalised_name(name) for name in names] == list(names), field


def test_no_name_suggests_two_times_or_two_ids():
    for first, second in [("posted_at", "account_created_at"), ("post_id", "repost_of"), ("post_id", "account_id")]:
        assert not set(HINTS[first]) & set(HINTS[second])


@pytest.mark.parametrize("name", HINTS["posted_at"])
def test_no_name_for_the_time_of_a_post_is_a_name_for_another_time(name):
    assert could_be_post_time(name)


def test_candidates_come_in_order_of_likelihood():
    assert candidates("text", ["description", "Tweet Text", "body"]) == ["Tweet Text", "body", "description"]


def test_a_column_is_found_in_other_spelling_only_if_there_is_one():
    assert same_column("page name", ["Page Name", "id"]) == "Page Name"
    assert same_column("ID", ["id", "I.D"]) == "id"
    assert same_column("page_name", ["Page Name", "PageName"]) is None
