"""What every reader of records has to do, whatever the format."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest import (
    fixtures_bluesky,
    fixtures_fourcat_ndjson,
    fixtures_mastodon,
    fixtures_reddit,
    fixtures_telegram,
    fixtures_telegram_api,
    fixtures_tiktok,
    fixtures_x_api,
    fixtures_x_archive_v1,
    fixtures_youtube,
    fixtures_zeeschuimer,
)
from tests.ingest.staged import check, post_of, posts_of
from undazzle.errors import UnknownNameError
from undazzle.ingest.formats import BadRow
from undazzle.ingest.readers import READERS, RECORD_READERS, reader_named
from undazzle.ingest.readers.json_values import MAX_TEXT

FIXTURES = {
    "x_api": fixtures_x_api,
    "x_archive_v1": fixtures_x_archive_v1,
    "bluesky": fixtures_bluesky,
    "mastodon": fixtures_mastodon,
    "telegram": fixtures_telegram,
    "telegram_api": fixtures_telegram_api,
    "tiktok": fixtures_tiktok,
    "youtube": fixtures_youtube,
    "reddit": fixtures_reddit,
    "zeeschuimer": fixtures_zeeschuimer,
    "fourcat_ndjson": fixtures_fourcat_ndjson,
}
KINDS = ("normal", "repost", "reply", "quote")
MORE = {
    "x_api": [fixtures_x_api.flattened],
    "bluesky": [fixtures_bluesky.view, fixtures_bluesky.feed_repost],
    "telegram": [lambda: fixtures_telegram.account(fixtures_telegram.normal())],
    "telegram_api": [fixtures_telegram_api.from_fourcat],
    "tiktok": [fixtures_tiktok.video],
    "youtube": [
        fixtures_youtube.video,
        fixtures_youtube.found,
        lambda: fixtures_youtube.answer(fixtures_youtube.video()),
    ],
    "zeeschuimer": [
        fixtures_zeeschuimer.tiktok,
        fixtures_zeeschuimer.instagram,
        fixtures_zeeschuimer.threads,
        fixtures_zeeschuimer.truthsocial,
    ],
    "fourcat_ndjson": [fixtures_fourcat_ndjson.imported, fixtures_fourcat_ndjson.from_x_api],
}
CASES = [
    pytest.param(name, build, id=f"{name}-{getattr(build, '__name__', 'more')}-{number}")
    for name, module in FIXTURES.items()
    for number, build in enumerate(
        [getattr(module, kind) for kind in KINDS if hasattr(module, kind)] + MORE.get(name, [])
    )
]
each_case = pytest.mark.parametrize(("name", "build"), CASES)
each_format = pytest.mark.parametrize("name", FIXTURES)
SCRIPT = "<script>alert(1)</script>"
JUNK = st.sampled_from(
    [None, True, -1, 2**70, 1.5, float("nan"), "", "x", "\0\ud800", [], {}, [[]], [None], {"a": 1}, [{"": 0}]]
)


def test_every_reader_has_fixtures_and_says_what_it_is():
    assert {reader.format_id for reader in RECORD_READERS} == FIXTURES.keys()
    for reader in RECORD_READERS:
        assert reader.shape == "records"
        assert reader.documentation.startswith("https://")
        assert reader.title
        assert reader.summary.endswith(".")
        assert reader.caveats


def test_readers_are_found_by_name():
    assert reader_named("mastodon").format_id == "mastodon"
    with pytest.raises(UnknownNameError, match="Did you mean 'mastodon'"):
        reader_named("mastodont")
    assert len({reader.format_id for reader in READERS}) == len(READERS)


@each_case
def test_a_sample_is_recognised_best_by_its_own_reader(name, build):
    sample = [json.loads(json.dumps(build()))] * 3
    fits = {reader.format_id: reader.recognise(sample) for reader in RECORD_READERS}
    best = max(fits, key=fits.__getitem__)
    assert best == name
    assert fits[name] >= 0.6
    assert max(fit for other, fit in fits.items() if other != name) < fits[name] - 0.2, fits


INSIDE = [
    ("x_archive_v1", "statuses", fixtures_x_archive_v1.normal),
    ("mastodon", "statuses", fixtures_mastodon.normal),
    ("bluesky", "posts", fixtures_bluesky.view),
    ("bluesky", "feed", fixtures_bluesky.feed_repost),
    ("bluesky", "records", fixtures_bluesky.listed),
    ("telegram", "chats.list", fixtures_telegram.normal),
    ("telegram", "left_chats.list", fixtures_telegram.normal),
    ("tiktok", "data.videos", fixtures_tiktok.video),
    ("tiktok", "videos", fixtures_tiktok.video),
    ("youtube", "items", fixtures_youtube.video),
    ("reddit", "data", fixtures_reddit.normal),
]


@pytest.mark.parametrize(("name", "path", "build"), INSIDE)
def test_posts_are_read_alike_inside_and_outside_their_document(name, path, build):
    reader, document = reader_named(name), [build(), build()]
    for step in reversed(path.split(".")):
        document = {step: document}
    assert posts_of(reader, document) == 2 * posts_of(reader, build())
    assert reader.recognise([document]) == reader.recognise([build()]) >= 0.6


def test_every_list_that_a_reader_names_is_tested():
    assert {(name, path) for name, path, _ in INSIDE} == {
        (reader.format_id, path) for reader in RECORD_READERS for path in reader.record_paths
    }


@each_case
def test_every_post_fits_the_staged_fields(name, build):
    for post in posts_of(reader_named(name), build()):
        constants = reader_named(name).constants
        assert post["platform"] == constants.get("platform", post["platform"])
        assert isinstance(post["is_repost"], bool)


@each_format
def test_script_in_text_and_handle_is_kept_as_text(name):
    post = post_of(reader_named(name), FIXTURES[name].normal(text="a ferry", handle=f"{SCRIPT}"))
    assert post["text"] == "a ferry"
    assert "<script>" in (post.get("handle") or post["display_name"])
    assert "<" not in (post["url"] or ""), "an address is built from a handle without escaping"


@each_format
def test_nul_bytes_are_made_visible(name):
    post = post_of(reader_named(name), FIXTURES[name].normal(text="a\0ferry"))
    assert post["text"] == "a\ufffdferry"


@each_format
def test_text_of_any_script_is_kept(name):
    assert post_of(reader_named(name), FIXTURES[name].normal(text="Fähre 渡輪 عبّارة 🛳"))["text"] == "Fähre 渡輪 عبّارة 🛳"


@each_format
def test_a_text_that_no_platform_allows_is_set_aside(name):
    long = FIXTURES[name].normal(text="x" * (MAX_TEXT + 1))
    assert "longer than" in reason_of(name, long)


def reason_of(name, record):
    try:
        (bad,) = reader_named(name).read_record(record)
    except ValueError as error:
        return str(error)
    assert isinstance(bad, BadRow), bad
    return bad.reason


def places(value, path=()):
    """Yield the path of every value in a record."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def changed(record, path, value):
    record = copy.deepcopy(record)
    target = record
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return record


def read_safely(reader, record):
    """Read a record that may be broken: posts, bad rows and ``ValueError`` are fine, nothing else is."""
    reader.recognise([record])
    try:
        for found in reader.read_record(record):
            if isinstance(found, BadRow):
                assert found.reason
                assert len(found.reason) < 400
            else:
                check(found)
    except ValueError as error:
        assert str(error)
        assert len(str(error)) < 400


@each_case
def test_one_wrong_value_anywhere_is_read_or_refused(name, build):
    record, reader = build(), reader_named(name)
    for path in places(record):
        for junk in (None, True, -1, 2**70, 1.5e18, "", "x", "\0\ud800", [], {}, [None], [[]], {"a": 1}, "x" * 3000):
            read_safely(reader, changed(record, path, junk))


@each_case
def test_a_missing_value_anywhere_is_read_or_refused(name, build):
    record, reader = build(), reader_named(name)
    for path in places(record):
        if isinstance(path[-1], str):
            read_safely(reader, without(record, path))


def without(record, path):
    record = copy.deepcopy(record)
    target = record
    for step in path[:-1]:
        target = target[step]
    del target[path[-1]]
    return record


@each_case
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_several_wrong_values_are_read_or_refused(name, build, data):
    record = build()
    for _ in range(data.draw(st.integers(1, 5))):
        all_places = list(places(record))
        if all_places:
            record = changed(record, data.draw(st.sampled_from(all_places)), data.draw(JUNK))
    read_safely(reader_named(name), record)


ANY_JSON = st.recursive(
    JUNK,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["data", "id", "text", "posts", "feed", "post", "author", "record", "messages", "chats", "list",
                         "items", "kind", "title", "body", "user", "source_platform", "__import_meta", "account"]),
        inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(
    record=st.dictionaries(st.text(max_size=8), ANY_JSON, max_size=4)
    | ANY_JSON.filter(lambda one: isinstance(one, dict))
)
def test_any_object_is_read_or_refused_by_every_reader(record):
    for reader in RECORD_READERS:
        read_safely(reader, record)


@each_case
def test_deep_nesting_anywhere_is_read_or_refused(name, build):
    deep = []
    for _ in range(5_000):
        deep = [deep]
    record, reader = build(), reader_named(name)
    for path in places(record):
        target = changed(record, path, None)
        inner = target
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = deep
        read_safely(reader, target)
