"""Overlong lists are cut, and the cut is told."""

import pytest

from tests.ingest.test_landing import land, post
from undazzle.ingest.landing import CUT_LISTS
from undazzle.ingest.landing_sql import LONGEST_TEXT, MOST_IN_TEXT, MOST_MERGED


def cut(*posts):
    return land(list(posts))[0].cut


def kept(*posts, column):
    return land(list(posts))[1].rows(f"SELECT len({column}) FROM posts")


@pytest.mark.parametrize(
    ("column", "entry"), [("hashtags", "#ferry{}"), ("links", "https://ferry.example/{}"), ("mentions", "@ferry{}")]
)
def test_a_text_with_too_many_entries_is_counted(column, entry):
    # more than a kilobyte, or nothing is bounded
    few, many = (" ".join(entry.format(f"line{one}") for one in range(MOST_IN_TEXT + more)) for more in (0, 1))
    assert cut(post(text=few)) == ()
    assert "1 posts hold more than 200" in cut(post(1, text=many), post(2, text=few))[0]
    assert kept(post(text=many), column=column) == [(MOST_IN_TEXT,)]


def test_a_list_that_the_file_gives_is_not_taken_from_the_text():
    many = " ".join(f"#ferry{one}" for one in range(300))
    assert cut(post(text=many, hashtags=["ferry"])) == ()


def test_a_text_too_long_to_be_read_to_its_end_is_counted():
    assert cut(post(text="a " * LONGEST_TEXT))[0].startswith(CUT_LISTS)


def test_numbers_after_a_sign_are_no_hashtags_and_cut_nothing():
    assert cut(post(text=" ".join(f"#{one}" for one in range(1000)))) == ()


def test_a_post_of_several_rows_with_too_many_items_is_counted():
    rows = [
        post(objects=[f"object {part} {one}" for one in range(MOST_MERGED // 2 + 1)], posted_at=post()["posted_at"])
        for part in "ab"
    ]
    assert "1 posts name more than 10,000" in cut(*rows)[0]
    assert kept(*rows, column="objects") == [(MOST_MERGED,)]
    assert cut(rows[0]) == ()
