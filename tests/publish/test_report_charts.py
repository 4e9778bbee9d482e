import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.publish.report.activity import choose_bucket
from undazzle.publish.report.charts_svg import bars_chart, nice_step, observed_chart, timeline_chart
from undazzle.publish.report.facts import Activity, Member, Pair
from undazzle.publish.report.layout import find_groups, place
from undazzle.publish.report.network_svg import draw_network, icons, mark

NAMESPACE = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ET.fromstring(str(svg))


def activity_of(counts, bucket="day", strips=None):
    start = datetime(2026, 3, 1)
    step = timedelta(days=1) if bucket == "day" else timedelta(hours=1)
    buckets = tuple((start + place * step, count) for place, count in enumerate(counts))
    return Activity(buckets, bucket, start, start + len(counts) * step, 900, strips or {})


def member(row, group=0, label=None):
    return Member(row, row, label or f"account-{row:02d}", "x", 5, 2, 3, 4, 9, 2, 5.0, None, f"x:{row}", "", "", group)


def pair(number, a, b, count=3):
    return Pair(number, a, b, count, count, (("link", count),), 1.0, 2.0, None, None)


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_bars_are_as_tall_as_their_counts_on_one_scale_from_zero(counts):
    bars = [one for one in parsed(bars_chart(activity_of(counts))).iter("rect") if one.get("class") == "observed"]
    shown = [count for count in counts if count]
    assert len(bars) == len(shown)
    heights = [float(bar.get("height")) for bar in bars]
    for bar, height in zip(bars, heights, strict=True):
        assert float(bar.get("y")) + height == pytest.approx(150, abs=0.11)
    if shown:
        for count, height in zip(shown, heights, strict=True):
            assert height == pytest.approx(max(1, count / max(shown) * max(heights)), abs=1.1)


@given(st.floats(0.5, 1e7))
def test_steps_are_round_and_few(top):
    step = nice_step(top)
    assert step >= 1
    assert top / step <= 5.01


def test_an_expectation_that_was_not_computed_is_a_dashed_square_and_not_a_bar():
    svg = str(observed_chart(673, None))
    assert "expected-unknown" in svg
    assert 'class="expected"' not in svg
    assert "not computed" in svg


def test_observed_and_expected_share_one_scale_from_zero():
    root = parsed(observed_chart(600, 300))
    bars = {one.get("class"): one for one in root.iter("rect")}
    assert bars["observed"].get("x") == bars["expected"].get("x") == "0"
    wide = {name: float(bar.get("width").rstrip("%")) for name, bar in bars.items()}
    assert wide["observed"] == pytest.approx(2 * wide["expected"], abs=0.02)


@given(st.sets(st.integers(0, 899), max_size=60))
def test_strips_hold_exactly_the_given_bins(bins):
    chart = timeline_chart([member(1)], activity_of([1] * 9, strips={1: (tuple(sorted(bins)), ())}), icons())
    path = next(one for one in parsed(chart).iter("path") if one.get("class") == "tick-hit")
    drawn = set()
    for start, wide in re.findall(r"M(\d+) \d+h(\d+)", path.get("d")):
        drawn |= set(range(int(start), int(start) + int(wide)))
    assert drawn == bins


def test_a_handle_in_the_strips_is_escaped():
    chart = str(timeline_chart([member(1, label="<b>&x")], activity_of([1]), icons()))
    assert "&lt;b&gt;&amp;x" in chart


def test_every_group_has_a_shape_of_its_own():
    drawn = [re.sub(r"k\d", "", mark(group, 7, 7, 5, "shape")) for group in range(8)]
    assert len(set(drawn)) == 8


def test_the_picture_leaves_no_account_without_its_strongest_lines():
    members = [member(row) for row in range(1, 121)]
    strong = [(a, b) for a in range(1, 61) for b in range(a + 1, 61)]
    weak = [(a, a + 1) for a in range(61, 120)]
    pairs = [pair(n, a, b, 9) for n, (a, b) in enumerate(strong, 1)]
    pairs += [pair(n, a, b, 2) for n, (a, b) in enumerate(weak, len(strong) + 1)]
    picture = draw_network(members, pairs, place(range(1, 121), pairs), (120,))
    assert picture.lines < len(pairs)
    assert picture.thinnest == 2


def test_places_are_the_same_every_time_and_stay_in_the_unit_square():
    pairs = [pair(1, 1, 2), pair(2, 2, 3), pair(3, 4, 5)]
    first, second = place(range(1, 7), pairs), place(range(1, 7), list(reversed(pairs)))
    assert first == second
    assert all(0 <= value <= 1 for point in first.values() for value in point)


def test_marks_do_not_cover_each_other():
    pairs = [pair(n, a, b) for n, (a, b) in enumerate(((a, b) for a in range(1, 24) for b in range(a + 1, 24)), 1)]
    points = list(place(range(1, 24), pairs).values())
    gaps = [
        ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5
        for at, (x1, y1) in enumerate(points)
        for x2, y2 in points[at + 1 :]
    ]  # fmt: skip
    assert min(gaps) > 2 * 14 / 480


def test_groups_that_act_among_themselves_are_told_apart():
    inside = [(a, b) for low, high in ((1, 6), (6, 10)) for a in range(low, high) for b in range(a + 1, high)]
    pairs = [pair(n, a, b, 9) for n, (a, b) in enumerate(inside, 1)] + [pair(99, 5, 6, 1)]
    groups, sizes = find_groups(9, pairs)
    assert sizes == (5, 4)
    assert {groups[row] for row in range(1, 6)} == {0}


def test_one_dense_network_is_one_group():
    pairs = [pair(n, a, b) for n, (a, b) in enumerate(((a, b) for a in range(1, 9) for b in range(a + 1, 9)), 1)]
    assert find_groups(8, pairs)[1] == (8,)


@pytest.mark.parametrize(
    ("span", "bucket"),
    [
        (timedelta(hours=5), "hour"),
        (timedelta(days=28), "day"),
        (timedelta(days=300), "week"),
        (timedelta(days=2000), "month"),
    ],
)
def test_bars_are_as_wide_as_the_span_asks(span, bucket):
    assert choose_bucket(span) == bucket
