"""What was guessed on a clean sample must not fail on whatever stands further down in the file."""

from __future__ import annotations

import math

import pytest

from tests.ingest.fixtures_tables import LAYOUTS, WIDE_TYPES
from tests.ingest.planning import plan_of, posts, samples_of
from undazzle.ingest.readers.tables import table_reader
from undazzle.ingest.sample_table import SampleTable

HOSTILE = [
    None, "", " ", "\\", "'", '"', "[", "]", "{", "{}", "[{", "['", '["', "[{'url': '", '[{"url": ', "[[1], [2]]",
    '{"url": {"a": [1]}}', "[null]", "null", "1e400", "-1e400", "inf", "nan", "NaN", "9" * 400, "-0", "0x1F",
    "99999-99-99", "2024-13-45 99:99:99", "-4713-01-01", "infinity", "epoch", "2024-05-01T12:00:00+99:99",
    "10/13/99999 6:04", "Mon Sep 99 03:35:21 +9999 2012", "12:00 ZZZZ", "2024-05-01 12:00:00 XYZ", "=cmd()",
    "<script>", "'; DROP TABLE sample; --", "\u202efog", "\U0001f30a" * 50, "https://example.org/" + "a" * 5_000,
    "x" * 100_000, "a,b|c;d e\tf\ng", "True", "1,234,567.89", "@@@", "###", "'id_str': '", "datetime.datetime(",
    "'created': datetime.datetime(1, 2, 3, 4, 5, 6, 7, 8, 9, 99999999999999999999)", "18446744073709551616",
]  # fmt: skip


def survives(table, hostile_of, types=None, reader=None):
    """Evaluate every expression of the plan for a clean table on hostile cells, row by row and together."""
    plan = plan_of(table, types=types, reader=reader)
    assert not plan.problems
    hostile = {name: hostile_of(name) for name in table}
    with SampleTable(samples_of(hostile, types)) as sample:
        for choice in plan.choices:
            values = sample.values(f"CAST({choice.expression} AS VARCHAR)")
            assert len(values) == max(map(len, hostile.values())), choice.field


@pytest.mark.parametrize("format_id", LAYOUTS)
def test_a_layout_reads_hostile_cells_as_nothing_or_as_text(format_id):
    types = WIDE_TYPES if format_id == "coortweet_wide" else {}
    reader = table_reader(format_id)
    survives(LAYOUTS[format_id], lambda name: [None] * 3 if name in types else HOSTILE, types, reader)


@pytest.mark.parametrize(
    "clean",
    [
        "https://example.org/a https://example.org/b", "https://example.org/a,https://example.org/b",
        "['https://example.org/a']", '["https://example.org/a"]', "[https://example.org/a, https://example.org/b]",
        "[{'expanded_url': 'https://example.org/a'}]", '[{"url": "https://example.org/a"}]', "https://example.org/a",
    ],
)  # fmt: skip
def test_no_way_of_writing_lists_fails_on_hostile_cells(clean):
    table = posts(
        urls=[clean] * 4, hashtags=[clean] * 4, mentions=[clean] * 4, media=[clean] * 4, object_id=[clean] * 4
    )
    survives(table, lambda _: HOSTILE)


@pytest.mark.parametrize(
    "clean",
    [
        "2024-05-01 12:00:07", "2024-05-01T12:00:07Z", "2024-05-01T12:00:07+02:00", "2024-05-01 12:00:07 +0200",
        "2024-05-01 12:00:07 EST", "Mon Sep 24 03:35:21 +0000 2012", "Mon, 24 Sep 2012 03:35:21 GMT", "13/5/2024 6:04",
        "24 Sep 2012 03:35:21", "1714564800", "1714564800123", "1714564800123456", "1714564800123456789", "44105.5",
    ],
)  # fmt: skip
@pytest.mark.parametrize("timezone", [None, "Europe/Berlin"])
def test_no_way_of_writing_times_fails_on_hostile_cells(clean, timezone):
    table = posts(created_at=[clean] * 4, user_created_at=[clean] * 4)
    plan = plan_of(table, timezone=timezone)
    with SampleTable(samples_of(dict.fromkeys(table, HOSTILE))) as sample:
        times = [row[0] for row in sample.values(f"CAST({plan.choice('posted_at').expression} AS VARCHAR)")]
    assert len(times) == len(HOSTILE)


def test_floats_without_a_number_are_no_ids_counts_or_times():
    table = posts(
        id=[1.0, 2.0, 3.0, 4.0], created_at=[1714564800.0, 1714564801.0, 1714564802.0, 1714564803.5], likes=[1.0] * 4,
        in_reply_to_id=[1e18 + 256, 2e18, 1.5e18, 1.6e18],
    )  # fmt: skip
    types = dict.fromkeys(("id", "created_at", "likes", "in_reply_to_id"), "DOUBLE")
    odd = [math.inf, -math.inf, math.nan, 1e300, -1e300, 0.5, None]
    survives(table, lambda name: odd if name in types else ["fog"] * 7, types)
