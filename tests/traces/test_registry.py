import re

import pytest

from tests.traces.builders import workspace_of
from undazzle.errors import UnknownNameError
from undazzle.model import post_field
from undazzle.traces import TRACE_KINDS, TraceKind, kinds_from_fields, possible_kinds, trace_kind

_KINDS = list(TRACE_KINDS.values())


@pytest.mark.parametrize(
    ("name", "kind_id"),
    [
        ("near_text", "near_text"),
        ("near-text", "near_text"),
        ("Near Text", "near_text"),
        ("co-retweet", "repost"),
        ("co_retweet", "repost"),
        ("co-link", "link"),
        ("co-tweet", "text"),
        ("co-similarity", "near_text"),
        ("co-reply", "reply"),
    ],
)
def test_a_kind_is_found_by_its_name_and_by_those_of_other_tools(name: str, kind_id: str):
    assert trace_kind(name).kind_id == kind_id


def test_an_unknown_kind_is_refused_with_the_nearest_one():
    with pytest.raises(UnknownNameError, match="Did you mean 'hashtag'"):
        trace_kind("hashtagg")


def test_no_name_means_two_kinds():
    names = [name for kind in _KINDS for name in (kind.kind_id.replace("_", "-"), *kind.peer_names)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", _KINDS, ids=TRACE_KINDS)
def test_every_kind_says_what_a_reader_needs(kind: TraceKind):
    assert 2 <= len(kind.innocent_explanations) <= 5
    assert kind.references
    assert all(reference.url.startswith("https://") for reference in kind.references)
    assert kind.summary.endswith(".")
    assert len(re.findall(r"\.(?:\s|$)", kind.description)) <= 5
    assert all(post_field(column) for column in kind.needs)


@pytest.mark.parametrize("kind", _KINDS, ids=TRACE_KINDS)
def test_no_kind_calls_anybody_names(kind: TraceKind):
    words = " ".join(
        [kind.title, kind.summary, kind.description]
        + [f"{one.title} {one.description}" for one in kind.innocent_explanations]
        + [parameter.description for parameter in kind.parameters]
    )
    assert not re.search(r"\b(bots?|trolls?|enem(y|ies)|suspects?|score|inauthentic)\b", words, re.IGNORECASE)


def test_of_an_empty_workspace_every_kind_says_what_is_missing():
    with workspace_of([]) as store:
        missing = possible_kinds(store)
    assert list(missing) == list(TRACE_KINDS)
    assert missing["reply"] == "no post has reply_to (id of the post that was answered)"


def test_a_kind_is_possible_as_soon_as_one_post_holds_what_it_needs():
    with workspace_of(
        [{}, {"links": ["https://example.org/a"], "is_repost": True, "text": "a"}, {"hashtags": []}]
    ) as store:
        possible = {kind for kind, missing in possible_kinds(store).items() if missing is None}
    assert possible == {"repost", "link", "domain", "text", "near_text"}


def test_pictures_hashed_on_this_machine_make_the_image_kind_possible():
    with workspace_of([{"media": ["a.png"]}]) as store:
        assert possible_kinds(store)["image"] is not None
        store.execute("INSERT INTO media (media_key, hash_kind, hash, quality) VALUES ('a.png', 'pdq', 'ab', 100)")
        assert possible_kinds(store)["image"] is None


def test_only_the_kinds_asked_about_are_looked_at():
    with workspace_of([{"links": ["https://example.org/a"]}]) as store:
        assert possible_kinds(store, ["link", "reply"]) == {
            "link": None,
            "reply": "no post has reply_to (id of the post that was answered)",
        }
        assert possible_kinds(store, []) == {}


def test_fields_of_a_file_say_what_it_could_hold():
    found = kinds_from_fields({"text", "is_repost"})
    assert {kind for kind, missing in found.items() if missing is None} == {"repost", "text", "near_text"}
