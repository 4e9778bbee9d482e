from undazzle.ingest.formats import BadRow
from undazzle.ingest.readers.pages import beginning, first_object, read_each, share_of


def read_one(entry):
    if "bad" in entry:
        raise ValueError(entry["bad"])
    yield {"post_id": entry["id"]}


def test_a_bad_entry_is_counted_where_it_stands_and_the_rest_goes_on():
    found = list(read_each([{"id": "1"}, {"bad": "broken"}, 7, {"id": "4"}], read_one))
    assert found == [
        {"post_id": "1"},
        BadRow(2, "broken", '{"bad":"broken"}'),
        BadRow(3, "not an object", "7"),
        {"post_id": "4"},
    ]


def test_posts_before_the_fault_in_an_entry_are_kept():
    def first_then_fault(entry):
        yield {"post_id": "1"}
        raise ValueError("later")

    assert list(read_each([{}], first_then_fault)) == [{"post_id": "1"}, BadRow(1, "later", "{}")]


def test_the_beginning_of_any_record_is_short():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for record in (deep, {"a": "x" * 10**6}, {"a": 10**40}, {"a": "ü" * 500}):
        assert len(beginning(record)) <= 400


def test_the_fit_of_a_sample_is_the_share_of_its_records():
    def fits(record):
        if "fault" in record:
            raise ValueError
        return 1.0 if "id" in record else 0.0

    assert share_of([{"id": 1}, {}, 3, {"fault": 1}], fits) == 0.25
    assert share_of([], fits) == share_of(("id", "text"), fits) == share_of("id", fits) == 0.0


def test_a_document_is_judged_by_its_first_post():
    assert first_object({"data": [], "items": [{"id": 1}]}, "data", "items") == {"id": 1}
    assert first_object({"items": ["x"]}, "items") == {"items": ["x"]}
