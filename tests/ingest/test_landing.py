"""Staged posts are judged, merged, ordered and written."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.loading import posts_of, rejected_of
from undazzle.ingest.landing import judge_staged, write_posts
from undazzle.ingest.records import posts_table
from undazzle.ingest.staging import finish_staging, start_records, start_staging
from undazzle.store import Store

NOON = datetime(2024, 5, 1, 12)


def post(number=1, **changes):
    return {
        "platform": "x",
        "post_id": str(number),
        "account_id": "ada",
        "posted_at": NOON + timedelta(seconds=number),
        "text": "The ferry leaves",
    } | changes


def land(posts, store=None, **given_):
    """Stage and land posts as they are; return verdict and store."""
    target = store or Store(threads=1)
    start_staging(target)
    start_records(target)
    target.append("staged_columns", posts_table(range(1, len(posts) + 1), posts, {}))
    present = finish_staging(target)
    verdict = judge_staged(target, present, **given_)
    source_id = target.rows("SELECT nextval('source_ids')")[0][0]
    write_posts(target, source_id, present)
    return verdict, target


def landed(*posts, **given_):
    return posts_of(land(list(posts), **given_)[1])


def one(**changes):
    (found,) = landed(post(**changes))
    return found


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("x:1", "x:ada")),
        ({"platform": None}, ("unknown:1", "unknown:ada")),
        ({"platform": " X "}, ("x:1", "x:ada")),
        ({"post_id": "x:1", "account_id": "x:ada"}, ("x:1", "x:ada")),
        ({"post_id": " 1 ", "account_id": " ada "}, ("x:1", "x:ada")),
        ({"account_id": "fb_12"}, ("x:1", "x:fb_12")),
        ({"account_id": None, "handle": "@Ada"}, ("x:1", "x:Ada")),
        ({"account_id": " ", "handle": "Ada"}, ("x:1", "x:Ada")),
    ],
)
def test_ids_carry_the_platform_and_a_handle_stands_in_for_a_missing_id(changes, expected):
    found = one(**changes)
    assert (found["post_id"], found["account_id"]) == expected


def test_related_ids_carry_the_platform_too():
    found = one(reply_to="7", reply_to_account="bob", quote_of="x:8", repost_of=" 9 ", conversation_id="")
    assert (found["reply_to"], found["reply_to_account"], found["quote_of"]) == ("x:7", "x:bob", "x:8")
    assert (found["repost_of"], found["conversation_id"], found["is_repost"]) == ("x:9", None, True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"posted_at": None}, "no time"),
        ({"posted_at": None, "posted_at_raw": " "}, "no time"),
        ({"posted_at": None, "posted_at_raw": "soon"}, "time not understood"),
        ({"posted_at": datetime(1989, 12, 31)}, "time before 1990"),
        ({"posted_at": NOON + timedelta(days=1, seconds=1)}, "time in the future"),
        ({"account_id": None}, "no account"),
        ({"account_id": " ", "handle": "@"}, "no account"),
    ],
)
def test_rows_that_cannot_be_posts_are_set_aside_with_a_reason(changes, reason):
    verdict, store = land([post(1), post(2, **changes)], now=NOON)
    assert dict(verdict.rejected) == {reason: 1} and verdict.posts == 1 and verdict.rows_in == 2
    (bad,) = rejected_of(store)
    assert (bad["source_row"], bad["reason"]) == (2, reason) and "The ferry leaves" in bad["raw"]


def test_the_last_plausible_moment_is_a_day_ahead():
    verdict, _ = land([post(1, posted_at=NOON + timedelta(days=1))], now=NOON)
    assert verdict.posts == 1


def test_posts_without_id_are_known_by_their_content():
    first = post(post_id=None)
    found = landed(first, first | {"likes": 7}, first | {"text": "Rain"}, first | {"account_id": "bob"},
                   first | {"posted_at": NOON}, first | {"links": ["https://ferry.example"]})  # fmt: skip
    assert len(found) == 5
    assert all(one["post_id"].startswith("x:row-") and len(one["post_id"]) == 22 for one in found)
    assert max(one["likes"] or 0 for one in found) == 7


def test_an_empty_field_counts_as_an_absent_one_for_content():
    assert len(landed(post(post_id=None), post(post_id="", links=[], url="", reply_to=None))) == 1


def test_rows_of_one_post_are_united_in_the_order_of_the_file():
    verdict, store = land([
        post(objects=["b"], hashtags=["rain"]),
        post(objects=["a"], hashtags=["rain", "ferry"], likes=3),
        post(objects=["b"], hashtags=["rain"], likes=9),
        post(2, objects=["c"]),
    ])  # fmt: skip
    first, second = posts_of(store)
    assert (first["objects"], first["hashtags"], first["likes"]) == (["b", "a"], ["rain", "ferry"], 9)
    assert second["objects"] == ["c"]
    assert (verdict.posts, verdict.merged, verdict.duplicates, verdict.rows_in) == (2, 1, 1, 4)


def test_of_conflicting_texts_the_earliest_counts_whatever_the_order():
    rows = [post(text="late", posted_at=NOON + timedelta(hours=1)), post(text="early", posted_at=NOON), post(text=None)]
    for order in (rows, rows[::-1]):
        (found,) = landed(*order)
        assert (found["text"], found["posted_at"]) == ("early", NOON)


def test_a_post_id_belongs_to_the_account_that_used_it_first():
    later = post(account_id="bob", posted_at=NOON + timedelta(hours=1))
    for order in ([post(), later], [later, post()]):
        verdict, store = land(order)
        assert dict(verdict.rejected) == {"post id used by two accounts": 1}
        assert [one["account_id"] for one in posts_of(store)] == ["x:ada"]
        assert store.rows("SELECT account_id FROM accounts") == [("x:ada",)]
        assert [one["reason"] for one in rejected_of(store)] == ["post id used by two accounts"]


def test_a_post_id_of_the_workspace_is_not_taken_over_by_another_account():
    _, store = land([post()])
    verdict, _ = land([post(account_id="bob", posted_at=NOON), post(), post(2)], store)
    assert (verdict.posts, verdict.duplicates, dict(verdict.rejected)) == (1, 1, {"post id used by two accounts": 1})


def test_the_same_id_on_two_platforms_is_two_posts():
    assert [one["post_id"] for one in landed(post(), post(platform="y"))] == ["x:1", "y:1"]


def test_keys_go_on_and_follow_time():
    _, store = land([post(9), post(3)])
    land([post(5), post(1)], store)
    keys = {one["post_id"]: one["post_key"] for one in posts_of(store)}
    assert keys == {"x:3": 0, "x:9": 1, "x:1": 2, "x:5": 3}


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://ferry.example/a?b=1#c.", ["https://ferry.example/a?b=1#c"]),
        ("(http://a.example) and <https://b.example/x>", ["http://a.example", "https://b.example/x"]),
        (
            "https://w.example/Hall_(town) or https://w.example/x)",
            ["https://w.example/Hall_(town)", "https://w.example/x"],
        ),
        ("cut off: https://t.example/ab…", []),
        ("no link", []),
        ("ftp://a.example javascript://x", []),
        (None, None),
    ],
)
def test_links_are_taken_from_the_text(text, links):
    assert one(text=text)["links"] == links


@pytest.mark.parametrize(
    ("text", "hashtags"),
    [
        ("#ferry and #Late_2024, #渡輪", ["ferry", "Late_2024", "渡輪"]),
        ("#1 of #2024 #_ but #1st", ["1st"]),
        ("https://a.example/#top &#39; a#b C# #", []),
        ("＃全角 (#paren) #a-b", ["全角", "paren", "a"]),
        ("#हिन्दी", ["हिन्दी"]),
        ("#a #b #a", ["a", "b", "a"]),
    ],
)
def test_hashtags_are_taken_from_the_text(text, hashtags):
    assert one(text=text)["hashtags"] == hashtags


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@ada and @Bob_2: hello", ["ada", "Bob_2"]),
        ("mail ada@ferry.example or see ferry.example/@ada", []),
        ("@ada@social.example. @bob.", ["ada@social.example", "bob"]),
        ("＠ada @ @-", ["ada"]),
    ],
)
def test_mentions_are_taken_from_the_text(text, mentions):
    assert one(text=text)["mentions"] == mentions


def test_what_the_file_says_is_not_taken_from_the_text():
    found = one(text="#ferry @ada https://ferry.example", links=[], hashtags=["Rain"], mentions=[])
    assert (found["links"], found["hashtags"], found["mentions"]) == ([], ["Rain"], [])


def test_what_is_taken_from_a_text_is_bounded():
    found = one(text="#ferry https://f.example " * 20_000)
    assert len(found["hashtags"]) == len(found["links"]) == 200


def test_a_repost_mark_in_the_text_makes_a_repost():
    first, second = landed(post(1, text="RT @bob: The  ferry\nleaves"), post(2, text="  RT @bob The ferry leaves"))
    assert first["is_repost"] and first["repost_of_account"] == "x:bob"
    assert first["repost_of"] == second["repost_of"] and first["repost_of"].startswith("x:text-")


def test_a_repost_mark_does_not_count_where_the_file_says_which_posts_are_reposts():
    text = "RT @bob: The ferry leaves"
    said, open_, off = landed(post(1, text=text, is_repost=False), post(2, text=text), post(3, text="art @bob: x"))
    assert (said["is_repost"], open_["is_repost"], off["is_repost"]) == (False, True, False)
    assert not any(found["is_repost"] for found in landed(post(1, text=text), derive_reposts=False))


def test_a_repost_without_id_is_known_by_the_text_it_passes_on():
    first, second = landed(
        post(1, is_repost=True, text="The  ferry leaves "), post(2, text="RT @bob: The ferry leaves")
    )
    assert first["repost_of"] == second["repost_of"]
    assert one(is_repost=True, text=None)["repost_of"] is None


def test_accounts_take_the_latest_names_and_keep_what_was_seen():
    _, store = land([
        post(1, handle="@ada", followers=5),
        post(3, handle="ada_new", followers=6, account_location="Hall"),
        post(2, handle="ada", followers=5),
    ])  # fmt: skip
    assert store.rows("SELECT account_key, account_id, platform, handle FROM accounts") == [
        (0, "x:ada", "x", "ada_new")
    ]
    seen = "SELECT observed_at, handle, followers, location FROM account_observations ORDER BY observed_at"
    assert store.rows(seen) == [
        (NOON + timedelta(seconds=1), "ada", 5, None),
        (NOON + timedelta(seconds=3), "ada_new", 6, "Hall"),
    ]
    land([post(0, handle="older", followers=5), post(9, handle="newest", account_id="bob")], store)
    assert store.rows("SELECT account_key, handle FROM accounts ORDER BY 1") == [(0, "ada_new"), (1, "newest")]
    land([post(10, handle="newer")], store)
    assert store.rows("SELECT handle FROM accounts WHERE account_key = 0") == [("newer",)]


@pytest.mark.parametrize(
    ("seconds", "resolution"),
    [
        ([0.5, 1, 2, 3, 4, 5], 0.001),
        ([0, 1, 61, 120, 180], 1.0),
        ([0, 60, 120, 180, 3600], 60.0),
        ([0, 3600, 7200, 10800, 86400], 3600.0),
        ([43200 + 86400 * day for day in range(5)], 86400.0),
        ([0, 86400, 172800], 1.0),
    ],
)
def test_the_time_resolution_is_the_largest_step_that_divides_all_times(seconds, resolution):
    posts = [post(n, posted_at=NOON + timedelta(seconds=value)) for n, value in enumerate(seconds)]
    assert land(posts)[0].time_resolution_seconds == resolution


def test_an_unsorted_file_of_several_slices_is_written_in_order(monkeypatch):
    monkeypatch.setattr("undazzle.ingest.landing._SLICE", 7)
    _, store = land([post(n, post_id=f"{n:03}") for n in (*range(40, 100), *range(40))])
    rows = store.rows("SELECT post_key, post_id FROM posts")
    assert [key for key, _ in rows] == list(range(100))
    assert [post_id for _, post_id in rows] == [f"x:{n:03}" for n in range(100)]


TEXTS = st.sampled_from(["The ferry", "Rain #late", "RT @bob: The ferry", None, "https://a.example"])
POSTS = st.lists(
    st.builds(
        post,
        number=st.integers(0, 6),
        post_id=st.sampled_from(["1", "2", "3", "4", None]),
        account_id=st.sampled_from(["ada", "bob"]),
        text=TEXTS,
        likes=st.none() | st.integers(0, 3),
        objects=st.none() | st.lists(st.sampled_from("abc"), max_size=1),
        handle=st.sampled_from(["ada", None]),
    ),
    min_size=1,
    max_size=8,
)


def content(store):
    """Posts without keys and places in the file, lists as sets."""
    return [
        tuple(sorted(value) if isinstance(value, list) else value for name, value in one.items()
              if name not in ("source_id", "source_row"))
        for one in posts_of(store)
    ]  # fmt: skip


@settings(max_examples=25)
@given(POSTS, st.randoms())
def test_the_order_of_rows_changes_nothing(posts, random):
    verdict, store = land(posts)
    mixed = random.sample(posts, len(posts))
    again, other = land(mixed)
    assert content(store) == content(other)
    assert (verdict.posts, verdict.rejected, verdict.duplicates + verdict.merged) == (
        again.posts,
        again.rejected,
        again.duplicates + again.merged,
    )
    assert verdict.rows_in == verdict.posts + verdict.duplicates + verdict.merged + verdict.rejected.total()


@settings(max_examples=25)
@given(POSTS)
def test_landing_the_same_posts_again_adds_nothing(posts):
    _, store = land(posts)
    before = content(store)
    again, _ = land(posts, store)
    assert again.posts == 0 and content(store) == before
    assert again.rows_in == again.duplicates + again.rejected.total()
    assert store.rows("SELECT count(*) FROM (SELECT * EXCLUDE (source_id) FROM account_observations)") == store.rows(
        "SELECT count(*) FROM (SELECT DISTINCT * EXCLUDE (source_id) FROM account_observations)"
    )
