from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.planning import column_of, plan_of, posts, read_rows, samples_of
from undazzle.ingest.sample_table import SampleTable
from undazzle.model import POST_FIELDS


def asked(plan):
    return " ".join(plan.warnings)


def rounded(count=30, seed=5):
    chance = random.Random(seed)
    return [str(float(chance.randrange(10**18, 2 * 10**18))) for _ in range(count)]


def test_a_plain_table_is_read_without_help():
    plan = plan_of(posts())
    assert not plan.problems
    assert {one.field: one.column for one in plan.choices} == {
        "post_id": "id", "account_id": "user", "handle": "user", "posted_at": "created_at",
        "posted_at_raw": "created_at", "text": "text",
    }  # fmt: skip
    first = read_rows(posts())[0]
    assert (first["post_id"], first["account_id"], first["posted_at"]) == ("p0", "reader0", "2024-05-01 12:00:00")
    assert first["posted_at_raw"] == "2024-05-01 12:00:00Z"


def test_names_are_recognised_in_any_spelling():
    table = {"TweetID": ["1", "2"], "User Name": ["anna", "ben"], "Created At": ["2024-05-01T12:00:00Z"] * 2}
    plan = plan_of(table)
    assert [column_of(plan, name) for name in ("post_id", "account_id", "posted_at")] == list(table)


def test_a_registration_date_is_never_the_time_of_a_post():
    plan = plan_of(
        posts(created_at=None, user_created_at=["2012-01-01T00:00:00Z"] * 4, account_creation_date=["2012-01-01"] * 4)
    )
    assert column_of(plan, "posted_at") is None
    assert column_of(plan, "account_created_at") == "user_created_at"
    assert "No timestamp column" in plan.problems[0]


def test_a_time_of_collection_is_never_the_time_of_a_post():
    plan = plan_of(posts(created_at=None, collected_at=["2024-05-01T12:00:00Z"] * 4, scraped=["2024-05-01 12:00"] * 4))
    assert "No timestamp column" in plan.problems[0]


def test_a_column_with_times_of_day_is_preferred_to_one_with_dates():
    plan = plan_of(
        posts(created_at=None, date=["2024-05-01"] * 4, epoch=["1714564800", "1714564801", "1714564802", "1714564807"])
    )
    assert column_of(plan, "posted_at") == "epoch"


def test_dates_alone_are_used_and_said_to_be_dates():
    plan = plan_of(posts(created_at=None, date=["2024-05-01", "2024-05-02", "2024-05-03", "2024-05-04"]))
    assert column_of(plan, "posted_at") == "date"
    assert plan.time_resolution_seconds == 86_400.0


def test_a_column_of_times_is_found_under_a_name_nobody_knows():
    plan = plan_of(posts(created_at=None, erstellt=[f"2024-05-01 12:0{number}:07" for number in range(4)]))
    assert column_of(plan, "posted_at") == "erstellt"


def test_a_missing_time_says_which_column_to_name():
    plan = plan_of(posts(created_at=None, date_day=["Monday", "Tuesday", "Friday", "Sunday"]))
    assert plan.problems == ("No timestamp column. Add --map posted_at=date_day.",)


def test_a_missing_account_is_a_problem_of_its_own():
    plan = plan_of({"text": ["fog", "tide"], "created_at": ["2024-05-01T12:00:00Z"] * 2})
    assert plan.problems == ("No account column. Add --map account_id=COLUMN.",)


def test_an_undecided_day_and_month_is_a_problem_with_its_remedy():
    (problem,) = plan_of(
        posts(created_at=["1/2/2024 10:00", "2/3/2024 11:00", "3/4/2024 10:00", "4/5/2024 9:00"])
    ).problems
    assert "--date-format" in problem


def test_an_undecided_date_beside_a_clear_time_is_no_problem():
    plan = plan_of(
        posts(created_at=["1/2/2024"] * 4, timestamp=["1714564800", "1714564801", "1714564802", "1714564803"])
    )
    assert not plan.problems
    assert column_of(plan, "posted_at") == "timestamp"


def test_the_id_of_a_reposted_post_is_never_the_id_of_the_post():
    plan = plan_of(posts(id=None, retweet_id=["7", None, None, "8"], retweeted_user_id=["1", None, None, "2"]))
    assert column_of(plan, "post_id") is None
    assert column_of(plan, "repost_of") == "retweet_id"
    assert column_of(plan, "is_repost") == "retweet_id"
    assert [row["is_repost"] for row in read_rows(posts(retweet_id=["7", None, "", "8"]))] == [True, False, False, True]


def test_rounded_post_ids_give_way_to_the_id_in_the_link():
    links = [f"https://twitter.com/anna/status/182421341699671{number:04}" for number in range(30)]
    table = posts(30, id=rounded(), url=links)
    plan = plan_of(table)
    assert column_of(plan, "post_id") == "url"
    assert "rounded" in asked(plan)
    assert read_rows(table)[7]["post_id"] == "1824213416996710007"
    assert read_rows(table)[7]["platform"] == "x"


def test_rounded_post_ids_without_links_are_left_out_with_a_warning():
    plan = plan_of(posts(30, id=rounded()))
    assert column_of(plan, "post_id") is None
    assert "told apart by account, time and content" in asked(plan)


def test_rounded_account_ids_give_way_to_the_handle():
    plan = plan_of(posts(30, user=None, user_id=rounded(), screen_name=["anna", "ben"] * 15))
    assert column_of(plan, "account_id") == "screen_name"
    assert "user_id is not used; the handle is" in asked(plan)


def test_rounded_account_ids_are_used_with_a_warning_where_there_is_nothing_else():
    plan = plan_of(posts(30, user=None, user_id=rounded()))
    assert column_of(plan, "account_id") == "user_id"
    assert "rounded" in asked(plan)


def test_account_ids_cut_by_a_spreadsheet_are_not_used_at_all():
    plan = plan_of(posts(30, user=None, user_id=[f"1.8{number % 10}E+18" for number in range(30)]))
    assert "cut to a few digits" in plan.problems[0]


def test_rounded_reply_ids_are_used_with_a_warning():
    plan = plan_of(posts(30, in_reply_to_status_id=rounded()))
    assert column_of(plan, "reply_to") == "in_reply_to_status_id"
    assert "two posts or accounts may share one" in asked(plan)


def test_ids_that_stand_at_several_accounts_are_no_ids_of_posts():
    plan = plan_of(posts(8, id=["1", "2", "3", "4"] * 2, user=[f"reader{number}" for number in range(8)]))
    assert column_of(plan, "post_id") is None
    assert "not ids of posts" in asked(plan)


def test_rows_that_repeat_an_id_of_the_same_post_are_fine():
    table = posts(4, id=["1", "1", "2", "2"], user=["a", "a", "b", "b"], created_at=["2024-05-01T12:00:00Z"] * 4)
    assert column_of(plan_of(table), "post_id") == "id"


def test_a_column_called_url_is_judged_by_what_it_leads_to():
    permalinks = plan_of(posts(url=[f"https://t.me/ferry/{number}" for number in range(4)]))
    assert (column_of(permalinks, "url"), column_of(permalinks, "links")) == ("url", None)
    assert permalinks.choice("platform").expression == "'telegram'"
    shared = plan_of(posts(url=["https://example.org/timetable"] * 4))
    assert (column_of(shared, "url"), column_of(shared, "links")) == (None, "url")


def test_a_retweet_flag_without_ids_is_enough_for_reposts():
    rows = read_rows(posts(is_retweet=["True", "False", "True", "False"]))
    assert [row["is_repost"] for row in rows] == [True, False, True, False]


def test_the_kind_of_a_post_is_read_where_quotes_are_told_from_reposts():
    rows = read_rows(posts(post_type=["RETWEET", "QUOTE_TWEET", "", None], retweet=["1", "1", "0", "0"]))
    assert [row["is_repost"] for row in rows] == [True, False, False, False]


def test_numbers_are_not_taken_for_text_and_words_not_for_counts():
    plan = plan_of(posts(text=["1", "2", "3", "4"], likes=["many", "few", "none", "some"]))
    assert (column_of(plan, "text"), column_of(plan, "likes")) == (None, None)
    assert {"text", "likes"} <= set(plan.unread)


@pytest.mark.parametrize(
    ("table", "platform"),
    [
        (posts(platform=["Twitter"] * 4), "x"),
        (posts(platform=["Facebook"] * 4), "facebook"),
        (posts(text=["fog https://t.co/abc"] * 4), "x"),
        (posts(tweet_lang=["en"] * 4), "x"),
        (posts(), None),
    ],
)
def test_the_platform_is_told_from_columns_links_and_names(table, platform):
    assert read_rows(table)[0].get("platform") == platform


def test_what_the_user_maps_always_wins():
    table = posts(other_time=["2020-01-01T00:00:00Z"] * 4, number=["1", "2", "3", "4"])
    plan = plan_of(table, mapping={"posted_at": "OTHER_TIME", "text": "number", "handle": "", "platform": "=forum"})
    assert (column_of(plan, "posted_at"), column_of(plan, "text"), column_of(plan, "handle")) == (
        "other_time",
        "number",
        None,
    )
    assert plan.choice("platform").expression == "'forum'"
    assert read_rows(table, mapping={"post_id": "text"})[0]["post_id"] == "The ferry leaves at 0"


def test_a_mapped_column_that_is_doubtful_is_used_and_warned_about():
    plan = plan_of(posts(30, id=rounded()), mapping={"post_id": "id"})
    assert column_of(plan, "post_id") == "id"
    assert "rounded" in asked(plan)


def test_all_problems_of_a_mapping_are_told_together():
    plan = plan_of(
        posts(), mapping={"postedat": "created_at", "text": "txt", "posted_at": "text"}, timezone="Mars/Crater"
    )
    told = " ".join(plan.problems)
    assert "no field called 'postedat'. Did you mean 'posted_at'?" in told
    assert "no column called 'txt' for --map text. Did you mean 'text'?" in told
    assert "Column text holds no times" in told
    assert "No time zone called 'Mars/Crater'" in told


def test_a_file_without_header_is_explained():
    plan = plan_of({"17": ["18"], "2024-05-01 12:00:00": ["2024-05-01 12:00:07"], "https://example.org/a": ["fog"]})
    assert "add a header line" in plan.problems[0]


def test_names_that_look_like_sql_are_only_names():
    table = posts(text=None, **{'te"xt"; DROP TABLE sample; --': ["fog"] * 4})
    rows = read_rows(table, mapping={"text": 'te"xt"; DROP TABLE sample; --'})
    assert rows[0]["text"] == "fog"


def test_every_expression_yields_the_type_of_its_field():
    table = posts(
        urls=["https://example.org/a"] * 4, hashtags=["fog"] * 4, likes=["3"] * 4, verified=["yes"] * 4,
        in_reply_to_id=["1"] * 4, user_created_at=["2012-01-01"] * 4, bio=["fog"] * 4, media=["a.jpg"] * 4,
    )  # fmt: skip
    types = {one.name: one.sql_type for one in POST_FIELDS}
    with SampleTable(samples_of(table)) as sample:
        for choice in plan_of(table).choices:
            assert sample.values(f"typeof({choice.expression})")[0] == (types[choice.field],), choice


def test_one_post_one_column_and_no_rows_do_not_stop_the_guess():
    assert column_of(plan_of(posts(1)), "posted_at") == "created_at"
    assert plan_of({"only": []}).problems
    assert plan_of({}).problems
    assert plan_of({name: [] for name in posts()}).problems


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["1.8e18", "[]", "['a']", '[{"url": 1}]', '[{"', "{'id': 1}", "2024-05-01", "1/2/2024", "True"]),
    st.sampled_from(["1714564800", "https://t.co/a", "1e400", "-1", "nan", "2024-05-01T12:00:00Z", "99999-01-01"]),
)  # fmt: skip
_NAMES = st.one_of(
    st.sampled_from(["id", "user_id", "created_at", "text", "urls", "hashtags", "likes", "url", "is_retweet", "date"]),
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=8),
)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(_NAMES, st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_table_makes_the_guess_or_its_expressions_fail(columns):
    spelt = {name.casefold(): name for name in columns}  # a database does not tell upper from lower case
    table = {name: columns[name] for name in spelt.values()}
    with SampleTable(samples_of(table)) as sample:
        for choice in plan_of(table).choices:
            assert len(sample.values(f"CAST({choice.expression} AS VARCHAR)")) == 3
