from __future__ import annotations

import pytest

from tests.real_data import data_set
from tests.signals.builders import members_of, post, read, workspace
from undazzle.signals import SIGNALS, choose_accounts, choose_source, read_accounts, read_signals
from undazzle.signals.filler_posts import filler_kind
from undazzle.signals.script_slips import PATTERNS

TAILS = ["VUBQ", "ECDL", "OLXZ", "VQOD", "ITJV", "LSCT"]


def crowd(count=80, text="The library opens at nine https://library.example/{}"):
    return [post(f"c{one}", one, text=text.format(one)) for one in range(count)]


def test_capitals_that_differ_behind_the_link_stand_out(tmp_path):
    rows = [post(f"m{one}", one, text=f"Ferry news https://ferry.example/{one} {TAILS[one]}") for one in range(6)]
    found = read(workspace(tmp_path, rows + crowd()), members_of(6), "text_endings")
    assert found.reading.outcome == "stands_out"
    assert "4 capitals" in found.reading.figure


def test_a_word_that_comes_back_is_no_tail_against_filters(tmp_path):
    rows = [post(f"m{one}", one, text=f"Ferry news https://ferry.example/{one} NEWS") for one in range(6)]
    found = read(workspace(tmp_path, rows + crowd()), members_of(6), "text_endings")
    assert found.reading.outcome == "ordinary"


def test_tails_that_others_have_too_are_ordinary(tmp_path):
    rows = [post(f"m{one}", one, text=f"Ferry news https://ferry.example/{one} {TAILS[one]}") for one in range(6)]
    others = [
        post(f"d{one}", one, text=f"Rain https://rain.example/{one} {chr(65 + one % 26)}XQ{chr(66 + one // 26)}")
        for one in range(60)
    ]
    found = read(workspace(tmp_path, rows + others + crowd(40)), members_of(6), "text_endings")
    assert found.reading.outcome == "ordinary"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fine feathers do not make fine birds.", "proverb"),
        ("A rolling stone gathers no moss!", "proverb"),
        ("荆溪白石出，天寒红叶稀,山路元无雨，空翠湿人衣", "verse"),
        ("The moss on the harbour wall is green.", ""),
        ("港口今天开放", ""),
        ("", ""),
    ],
)
def test_proverbs_and_verses_are_told_from_other_posts(text, kind):
    assert filler_kind(text) == kind


def test_chinese_punctuation_in_latin_text_is_a_slip_and_in_chinese_text_is_none(tmp_path):
    rows = [post(f"m{one}", one, text="The ferry is late， the library is open。") for one in range(6)]
    found = read(workspace(tmp_path, rows + crowd()), members_of(6), "script_slips")
    assert found.reading.outcome == "stands_out"
    rows = [post(f"m{one}", one, text="The ferry 渡轮晚点了，图书馆开放。") for one in range(6)]
    found = read(workspace(tmp_path, rows + crowd()), members_of(6), "script_slips")
    assert found.reading.outcome == "ordinary"
    assert len(PATTERNS) == 4


@pytest.mark.real_data
def test_suffix_and_filler_are_recognised_in_the_prc_sample_and_in_no_group_of_ordinary_users():
    controls = [data_set("x_us2024_usc/tweets.parquet"), data_set("us2020_hashtag_control/tweets.parquet")]
    habits = ["text_endings", "filler_posts"]
    read_in = read_accounts(data_set("prc_cnhu_sample/tweets_sample.csv"), controls)
    endings, filler = read_signals(read_in.store, choose_source(read_in.store, 1), signals=habits)
    assert endings.counts
    assert endings.reading.value == pytest.approx(9 / 21), endings.reading
    assert filler.counts
    for source in (2, 3):
        for found in read_signals(read_in.store, choose_source(read_in.store, source), signals=habits):
            assert found.reading.outcome == "ordinary", found.reading.seen


UNKNOWN = {
    "letters": "zorblat qwimfen drubbo vastrel okkintha plurm sedgwim tarfol",
    "a script that no model knows": "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⴰⵏⴰⵡⴰⵢⵜ ⵏ ⵓⵎⵔⵙⴰⵍ ⴷ ⵜⴰⵙⴰ",
    "signs only": "~~~ ¤¤¤ ▓▓▓ ◊◊◊ ░░░ ◊ ▓ ¤ ~ ░",
}


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_a_corpus_in_a_language_that_nobody_here_knows_is_harmless(tmp_path, text):
    rows = [post(f"m{one % 8}", one, text=f"{text} {one}") for one in range(80)]
    rows += [post(f"c{one % 60}", one, text=f"{text} {one}") for one in range(600)]
    store = workspace(tmp_path, rows)
    found = read_signals(store, choose_accounts(store, members_of(8)))
    assert len(found) == len(SIGNALS)
    assert {one.reading.outcome for one in found} <= {"ordinary", "not_testable"}
