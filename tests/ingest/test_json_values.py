import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.ingest.readers import json_values as values

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
ACCESSORS = [
    values.text_at,
    values.id_at,
    values.required_id,
    values.count_at,
    values.flag_at,
    values.object_at,
    values.items_at,
    values.objects_at,
    values.texts_at,
]


@pytest.mark.parametrize("accessor", ACCESSORS)
@given(value=JSON)
def test_any_value_is_read_or_refused_with_a_short_reason(accessor, value):
    try:
        accessor({"a": value}, "a.b", "a")
    except ValueError as error:
        assert len(str(error)) < 100


@given(text=st.text(st.characters(exclude_categories=())))
def test_text_can_always_be_stored(text):
    read = values.text_at({"a": text}, "a")
    read.encode()
    assert "\0" not in read


def test_text_of_ordinary_characters_is_left_alone():
    assert values.text_at({"a": "Fähre 渡輪 🛳 <b>"}, "a") == "Fähre 渡輪 🛳 <b>"
    assert values.text_at({"a": "a\0b\ud800"}, "a") == "a\ufffdb\ufffd"


def test_the_first_path_that_holds_something_wins():
    record = {"user": {"id": None, "name": ""}, "id_str": "7"}
    assert values.id_at(record, "user.id", "user.name", "id_str") == "7"
    assert values.text_at(record, "user.name", "id_str") == ""
    assert values.value_at(record, "missing.deeper") is None


def test_a_path_through_something_that_is_no_object_is_refused():
    with pytest.raises(ValueError, match=r"user.id is inside text, not an object"):
        values.value_at({"user": "x"}, "user.id")


@pytest.mark.parametrize(
    ("value", "expected"), [(7, "7"), (" x ", "x"), (2**64 - 1, "18446744073709551615"), ("", None)]
)
def test_ids_are_text(value, expected):
    assert values.id_at({"a": value}, "a") == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (1.8e18, "a is a rounded number, so the id is lost"),
        (True, "a is true or false, not an id"),
        ({}, "a is an object, not an id"),
        ("x" * 2001, "a is longer than 2,000 characters"),
        (10**30, "a is a number, not an id"),
    ],
)
def test_what_is_no_id_is_refused(value, reason):
    with pytest.raises(ValueError, match=reason):
        values.id_at({"a": value}, "a")


@pytest.mark.parametrize(
    ("value", "expected"), [(5, 5), ("5", 5), (5.0, 5), (-1, None), ("-1", None), ("", None), (None, None)]
)
def test_counts_are_whole_numbers_and_negative_ones_unknown(value, expected):
    assert values.count_at({"a": value}, "a") == expected


@pytest.mark.parametrize("value", [5.5, "5k", True, [5], 2**63, "٣", float("inf"), float("nan"), "--5"])
def test_what_is_no_count_is_refused(value):
    with pytest.raises(ValueError, match=r"^a |invalid"):
        values.count_at({"a": value}, "a")


def test_lists_are_bounded():
    assert len(values.items_at({"a": [1] * 10_000}, "a")) == 10_000
    with pytest.raises(ValueError, match="more than 10,000 entries"):
        values.items_at({"a": [1] * 10_001}, "a")
    assert len(values.items_at({"a": [1] * 10_001}, "a", most=None)) == 10_001


def test_text_is_bounded():
    with pytest.raises(ValueError, match="longer than 1,000,000 characters"):
        values.text_at({"a": "x" * 1_000_001}, "a")
