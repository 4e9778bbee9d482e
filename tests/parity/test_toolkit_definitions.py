"""Each published definition of the Coordination Network Toolkit, on a handful of posts, from file to pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.parity.oracle import directed, toolkit_text
from tests.parity.pipeline import detected, ingested, write_messages

LINK = {"canonical": False, "include_reposts": False}
TEXT = {"ignore": "mentions", "min_words": 0, "exact": True}
Message = dict[str, object]


def edges(folder: Path, kind: str, messages: list[Message], **settings: Any) -> dict[Any, int]:
    """Return the directed edges among the messages."""
    ws = ingested(write_messages(folder / "posts.csv", messages))
    return directed(detected(ws, kind, [60], settings={kind: settings})[60])


@pytest.mark.parametrize(("gap", "expected"), [(59, 1), (60, 1), (61, 0)])
def test_the_window_is_inclusive(tmp_path: Path, gap: int, expected: int) -> None:
    messages: list[Message] = [
        {"user_id": "u", "repost_id": "r", "at": 0},
        {"user_id": "v", "repost_id": "r", "at": gap},
    ]
    assert edges(tmp_path, "repost", messages).get(("u", "v"), 0) == expected


def test_weight_counts_the_posts_of_the_first_account_only(tmp_path: Path) -> None:
    messages: list[Message] = [
        {"user_id": "u", "repost_id": "r", "at": 30},
        *({"user_id": "v", "repost_id": "r", "at": at} for at in (0, 20, 60)),
    ]
    assert edges(tmp_path, "repost", messages) == {("u", "v"): 1, ("v", "u"): 3}


def test_each_direction_has_a_weight_of_its_own_so_one_can_pass_a_threshold_alone(tmp_path: Path) -> None:
    messages: list[Message] = [
        {"user_id": "u", "repost_id": "r", "at": 0},
        *({"user_id": "v", "repost_id": "r", "at": at} for at in (10, 20)),
    ]
    found = edges(tmp_path, "repost", messages)
    assert {edge for edge, weight in found.items() if weight >= 2} == {("v", "u")}


def test_the_reposted_post_itself_is_no_repost(tmp_path: Path) -> None:
    messages: list[Message] = [
        {"message_id": "r", "user_id": "u", "message": "The ferry leaves at nine", "at": 0},
        {"user_id": "v", "repost_id": "r", "at": 5},
        {"user_id": "w", "repost_id": "r", "at": 6},
    ]
    assert edges(tmp_path, "repost", messages) == {("v", "w"): 1, ("w", "v"): 1}


def test_a_post_counts_once_however_many_of_its_links_match(tmp_path: Path) -> None:
    links = "https://ferry.example/a https://ferry.example/b"
    messages: list[Message] = [{"user_id": one, "urls": links, "at": 0} for one in "uv"]
    assert edges(tmp_path, "link", messages, **LINK) == {("u", "v"): 1, ("v", "u"): 1}


def test_posts_without_a_link_share_no_link(tmp_path: Path) -> None:
    """The toolkit's CSV loader links them all with each other; that is not repeated here."""
    messages: list[Message] = [
        *({"user_id": f"quiet{n}", "message": "The library is open", "at": n} for n in range(3)),
        *({"user_id": one, "urls": "https://ferry.example/a", "at": 0} for one in "uv"),
    ]
    assert edges(tmp_path, "link", messages, **LINK) == {("u", "v"): 1, ("v", "u"): 1}


def test_links_are_compared_letter_by_letter(tmp_path: Path) -> None:
    addresses = [
        "https://ferry.example/a",
        "https://ferry.example/a/",
        "http://ferry.example/a",
        "https://ferry.example/a?utm_source=x",
        "https://ferry.example/A",
    ]
    messages: list[Message] = [{"user_id": f"u{n}", "urls": address, "at": 0} for n, address in enumerate(addresses)]
    assert edges(tmp_path, "link", messages, **LINK) == {}


@pytest.mark.parametrize(("include_reposts", "expected"), [(False, 0), (True, 1)])
def test_links_of_reposts_are_left_out_unless_asked_for(tmp_path: Path, include_reposts: bool, expected: int) -> None:
    messages: list[Message] = [
        {"user_id": "u", "urls": "https://ferry.example/a", "at": 0},
        {"user_id": "v", "urls": "https://ferry.example/a", "repost_id": "r", "at": 0},
    ]
    found = edges(tmp_path, "link", messages, canonical=False, include_reposts=include_reposts)
    assert found.get(("u", "v"), 0) == expected


TEXTS = [
    ("The ferry leaves at nine", "the  FERRY leaves\nat nine"),
    ("The ferry leaves at nine", "@harbour @port The ferry leaves at nine"),
    ("The ferry leaves at nine", "The ferry @harbour, leaves at nine"),
    ("The ferry leaves at nine", "The ferry leaves at nine!"),
    ("The ferry leaves at nine", "The ferry leaves at nine https://ferry.example"),
    ("The ferry leaves at nine", "The ferry leaves at ten"),
    ("@harbour", "@port @library"),
    ("ferry@harbour leaves", "ferry leaves"),
]


@pytest.mark.parametrize(("one", "two"), TEXTS)
def test_texts_are_equal_as_the_toolkit_compares_them(tmp_path: Path, one: str, two: str) -> None:
    messages: list[Message] = [
        {"user_id": "u", "message": one, "at": 0},
        {"user_id": "v", "message": two, "at": 0},
    ]
    assert len(edges(tmp_path, "text", messages, **TEXT)) == 2 * (toolkit_text(one) == toolkit_text(two))


def test_texts_of_reposts_are_left_out(tmp_path: Path) -> None:
    text = "The ferry leaves at nine"
    messages: list[Message] = [
        {"user_id": "u", "message": text, "at": 0},
        {"user_id": "v", "message": text, "repost_id": "r", "at": 0},
        {"user_id": "w", "message": text, "at": 0},
    ]
    assert edges(tmp_path, "text", messages, **TEXT) == {("u", "w"): 1, ("w", "u"): 1}


def test_replies_to_one_post_meet(tmp_path: Path) -> None:
    messages: list[Message] = [
        {"user_id": "u", "reply_id": "q", "message": "Yes", "at": 0},
        {"user_id": "v", "reply_id": "q", "message": "No", "at": 1},
        {"user_id": "w", "reply_id": "p", "message": "Yes", "at": 1},
    ]
    assert edges(tmp_path, "reply", messages) == {("u", "v"): 1, ("v", "u"): 1}


def test_an_account_has_no_edge_to_itself(tmp_path: Path) -> None:
    messages: list[Message] = [{"user_id": "u", "repost_id": "r", "at": at} for at in (0, 1)]
    messages += [{"user_id": "v", "repost_id": "s", "at": 0}]
    assert edges(tmp_path, "repost", messages) == {}
