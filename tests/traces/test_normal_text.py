import re
import time
import unicodedata

import numpy as np
import pytest

from tests.real_data import data_set
from undazzle.store import Store
from undazzle.traces.normal_text import (
    QUICK_TEXT,
    count_half_words,
    half_words_sql,
    normal_text_sql,
    normalise_text,
)


def _cnt(text: str) -> str:
    """The Coordination Network Toolkit's rule, word for word."""
    return " ".join(re.sub(r"@.*?(?=\s|$)", "", text.lower()).split())


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Ferry LATE", "ferry late"),
        ("ferry\n\n late\t again ", "ferry late again"),
        ("@harbour: ferry late", "ferry late"),
        ("ferry late https://t.co/abc", "ferry late"),
        ("ferry late HTTP://example.org/a?b=c now", "ferry late now"),
        ("ferry late pic.twitter.com/abc", "ferry late"),
        ("ｆｅｒｒｙ ①", "ferry 1"),
        ("fer\u200bry la\u00adte ❤\ufe0f", "ferry late ❤"),
        ("ferry late…", "ferry late..."),
        ("fa\u0308hre", "fähre"),
        ("看https://t.co/abc渡轮", "看渡轮"),
        ("转发@harbour渡轮晚点", "转发渡轮晚点"),
        ("渡轮晚点，图书馆", "渡轮晚点,图书馆"),
        ("@harbour https://t.co/abc", ""),
        ("", ""),
    ],
)
def test_copies_of_a_text_become_equal(text: str, normal: str):
    assert normalise_text(text) == normal


def test_nothing_is_cut_out_that_was_not_asked_for():
    assert normalise_text("@Harbour https://t.co/A", ()) == "@harbour https://t.co/a"
    assert normalise_text("@Harbour https://t.co/A", ("urls",)) == "@harbour"


@pytest.mark.parametrize(
    "text", ["Ferry  @harbour: late @", "ＦＥＲＲＹ… @a渡轮 b", "@a", "x@y.org z\u00a0a", "fer\u200bry"]
)
def test_exact_without_mentions_is_the_rule_of_the_coordination_network_toolkit(text: str):
    assert normalise_text(text, ("mentions",), exact=True) == _cnt(text)


@pytest.mark.parametrize(
    ("text", "half_words"),
    [("", 0), ("ferry", 2), ("the ferry is late", 8), ("渡轮", 2), ("渡轮 is late", 6), ("เรือ", 4), ("여객선 지연", 4)],
)
def test_two_letters_without_spaces_are_a_word(text: str, half_words: int):
    assert count_half_words(text) == half_words


def _quick_letters() -> list[str]:
    quick = re.compile(QUICK_TEXT.removesuffix("*"))
    letters = (chr(number) for number in range(0x110000) if not 0xD800 <= number <= 0xDFFF)
    return [letter for letter in letters if quick.fullmatch(letter)]


def test_sql_and_python_agree_on_every_letter_that_takes_the_quick_way():
    letters = _quick_letters()
    assert len(letters) > 30_000
    with Store() as store:
        store.execute("CREATE TEMP TABLE t (raw VARCHAR)")
        store.append("t", {"raw": np.array([f"{letter}x {letter}" for letter in letters], dtype=object)})
        for exact in (False, True):
            sql = normal_text_sql("raw", (), exact=exact)
            rows = store.rows(
                f"SELECT raw, {sql}, {half_words_sql(sql)}, regexp_full_match(raw, '{QUICK_TEXT}') FROM t"
            )
            assert all(is_quick for *_, is_quick in rows)
            assert [raw for raw, normal, *_ in rows if normal != normalise_text(raw, (), exact=exact)] == []
            assert [raw for raw, normal, half, _ in rows if half != count_half_words(normal)] == []


def test_letters_that_take_the_quick_way_are_never_changed_by_a_neighbour():
    for letter in set(_quick_letters()) - {"…"}:
        assert unicodedata.normalize("NFKC", letter) == letter
        assert unicodedata.combining(letter) == 0


@pytest.mark.real_data
def test_sql_and_python_agree_on_real_texts():
    path = data_set("parity/1m_posts.parquet")
    with Store() as store:
        texts = f"SELECT message AS raw FROM '{path}' WHERE repost_id IS NULL AND hash(message) % 20 = 0"
        store.execute(f"CREATE TEMP TABLE t AS FROM ({texts}) WHERE regexp_full_match(raw, '{QUICK_TEXT}')")
        for ignore, exact in ((("mentions", "urls"), False), (("mentions",), True)):
            rows = store.rows(f"SELECT raw, {normal_text_sql('raw', ignore, exact=exact)} FROM t")
            assert len(rows) > 15_000
            assert [raw for raw, normal in rows if normal != normalise_text(raw, ignore, exact=exact)] == []


@pytest.mark.parametrize("pile", ["\u0301" * 200_000 + "\u0327" * 200_000, "\u0301\u0327" * 200_000])
def test_a_pile_of_accents_takes_no_more_time_than_other_letters(pile: str):
    started = time.process_time()
    normal = normalise_text("ferry" + pile)
    assert time.process_time() - started < 5
    assert len(normal) < 50


@pytest.mark.parametrize("piece", ["@", "http://", "@ ", "渡", "a"])
def test_a_huge_text_is_read_in_little_time(piece: str):
    text = piece * 1_000_000
    started = time.process_time()
    count_half_words(normalise_text(text))
    assert time.process_time() - started < 5
