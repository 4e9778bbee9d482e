"""Indicators that a platform published on two operations, planted in ordinary posts: all found, no control matched."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest

from tests.intrusions.builders import a_post, searched
from tests.real_data import data_set
from undazzle.casebook.vocabulary import ActClass
from undazzle.intrusions import Indicator, IndicatorKind, IndicatorList, Standing, read_list
from undazzle.intrusions.kinds import bare_words

OPERATIONS = {"spamouflage": "Spamouflage", "doppelganger": "Doppelganger"}


def the_list(folder: Path, operation: str) -> IndicatorList:
    """Return the published rows of one operation as a list of its own (only while the test runs)."""
    source = data_set("meta_cib_indicators") / "indicators_long.csv"
    path = folder / f"{operation}.csv"
    with source.open(encoding="utf-8", newline="") as file, path.open("w", encoding="utf-8", newline="") as target:
        rows = csv.DictReader(file)
        writer = csv.DictWriter(target, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows(row for row in rows if OPERATIONS[operation] in row["source_file"])
    return read_list(path).of_act(ActClass.INFLUENCE_COVERT)


def planted(number: int, one: Indicator) -> dict[str, Any]:
    """Return an ordinary post that shows an indicator, in one of the ways posts do."""
    way = number % 4
    if one.kind is IndicatorKind.ACCOUNT:
        platform, _, handle = one.value.partition(":")
        if way == 0:
            return a_post(number, platform=platform, username=handle)
        if way == 1:
            return a_post(number, f"Thanks @{handle} for the timetable", platform=platform, mentions=handle)
        return a_post(number, f"The timetable is at {one.raw}")
    if one.kind is IndicatorKind.PHRASE:
        return a_post(number, f"Today: {one.raw} ... so they say")
    whole = one.value
    ways = (
        a_post(number, urls=f"https://{whole}" if "/" in whole else f"https://www.{whole}/a/page?utm_source=x"),
        a_post(number, f"Seen at http://{whole} yesterday."),
        a_post(number, f"Do not open {one.raw.replace('.', '[.]') if '[' not in one.raw else one.raw} please"),
        a_post(number, urls=f"http://{whole}" if "/" in whole else f"http://news.{whole}/"),
    )
    return ways[way]


def look_alike(number: int, one: Indicator) -> dict[str, Any]:
    """Return a post that shows something like an indicator, and not it."""
    if one.kind is IndicatorKind.ACCOUNT:
        platform, _, handle = one.value.partition(":")
        other = f"{handle}zz"
        return a_post(number, "The library is open.", platform=platform, username=f"{handle}_2_", mentions=other)
    if one.kind is IndicatorKind.PHRASE:
        return a_post(number, f"{one.raw[: len(one.raw) // 3]} and then the library closed")
    host = one.value.partition("/")[0]
    other = f"{host.replace('.', '-')}.example"
    return a_post(number, f"A page on https://my-{other}/{host} and {host}.example.org", urls=f"https://{other}/")


@pytest.mark.real_data
@pytest.mark.parametrize("operation", OPERATIONS)
def test_all_planted_indicators_are_found_and_no_control_matches(operation: str, tmp_path: Path) -> None:
    indicators = the_list(tmp_path, operation)
    assert len(indicators.indicators) >= 500
    order = list(indicators.indicators)
    random.Random(7).shuffle(order)
    posts = [planted(number, one) for number, one in enumerate(order)]
    phrases = [one.value for one in order if one.kind is IndicatorKind.PHRASE]
    controls = [look_alike(1_000_000 + number, one) for number, one in enumerate(order)]
    # A third of a long headline can be the whole of a short one.
    controls = [post for post in controls if not any(one in bare_words(post["text"]) for one in phrases)]
    controls += [
        a_post(2_000_000 + number, f"Ferry {number} leaves at ten.", urls="https://ferry.example.org/t")
        for number in range(3_000)
    ]
    report = searched(tmp_path, indicators, [*posts, *controls])
    shown = {one.indicator.indicator_id for one in report.sightings if one.standing is Standing.STANDS}
    assert shown == {one.indicator_id for one in order}
    true = {f"p{number}" for number in range(len(order))}
    seen_in = {one.record_id.rpartition(":")[2] for one in report.sightings}
    wrong = [(one.record_id, one.seen, one.indicator.raw) for one in report.sightings if one.record_id[-7:].isdigit()]
    assert not wrong, "a control was matched"
    assert seen_in == true


@pytest.mark.real_data
def test_everything_published_is_an_indicator_or_set_aside_with_a_reason(tmp_path: Path) -> None:
    for operation in OPERATIONS:
        indicators = the_list(tmp_path, operation)
        assert indicators.entries == len(indicators.indicators) + len(indicators.set_aside)
        words = {text for _, _, reason, text in indicators.set_aside if reason.startswith("words")}
        assert len(words) <= 6 and all("." not in one.rstrip(".") or " " in one for one in words)


@pytest.mark.real_data
def test_ordinary_posts_of_another_election_show_none_of_them(tmp_path: Path) -> None:
    import pandas as pd

    tweets = pd.read_parquet(data_set("us2020_hashtag_control") / "tweets.parquet")
    posts = [
        a_post(number, str(text), username=str(name))
        for number, (text, name) in enumerate(zip(tweets["tweet"], tweets["user_screen_name"], strict=True))
    ]
    for operation in OPERATIONS:
        (tmp_path / operation).mkdir()
        report = searched(tmp_path / operation, the_list(tmp_path, operation), posts)
        assert report.sightings == ()
        assert report.searched["post"] > 3_000
