"""The benchmark of ten million posts, at twenty thousand: its posts, and what each stage of a run cost."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from benchmarks.ten_million import count_found
from benchmarks.ten_million_posts import PLANTED, draw_posts, write_posts
from click.testing import CliRunner

from undazzle.cli.main import cli

_ROWS = 20_000


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("posts") / "posts.parquet"
    write_posts(path, _ROWS)
    return path


def test_posts_are_as_many_as_asked_for_and_repeatable(posts: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.parquet"
    write_posts(again, _ROWS)
    assert again.read_bytes() == posts.read_bytes()
    rows, ids, reposts, replies, links = duckdb.sql(
        f"SELECT count(*), count(DISTINCT post_id), count(repost_of), count(reply_to), count(urls) FROM '{posts}'"
    ).fetchall()[0]
    assert rows == ids == _ROWS
    assert min(reposts, replies, links) > 0.1 * _ROWS


def test_a_repost_comes_after_its_original_and_says_the_same(posts: Path) -> None:
    early, other = duckdb.sql(
        f"SELECT count(*) FILTER (p.posted_at < o.posted_at), count(*) FILTER (NOT contains(p.text, o.text)) "
        f"FROM '{posts}' p JOIN '{posts}' o ON p.repost_of = o.post_id"
    ).fetchall()[0]
    assert early == other == 0


def test_members_of_a_planted_network_meet_within_a_minute_on_every_thing() -> None:
    found, members = draw_posts(_ROWS)
    for (kind, _), accounts in zip(PLANTED, members, strict=True):
        thing = {"link": found.link, "repost": found.original, "text": found.text}[kind]
        meetings = 0
        for one in set(thing[[account in set(accounts.tolist()) for account in found.account]].tolist()) - {-1}:
            at = [found.at[(thing == one) & (found.account == account)] for account in accounts]
            if all(len(times) for times in at):
                meetings += max(times.min() for times in at) - min(times.min() for times in at) < 60
        assert meetings >= 20, kind


def test_a_run_writes_what_each_stage_cost(posts: Path, tmp_path: Path) -> None:
    timings = tmp_path / "timings.json"
    asked = ["run", str(posts), "-o", str(tmp_path / "out"), "--timings", str(timings)]
    asked += [
        "--method",
        "window",
        "--min-participation",
        "1",
        "--trace",
        "link",
        "--only-networks",
        "--no-trust",
        "--no-explain",
    ]
    answer = CliRunner().invoke(cli, asked)
    assert answer.exit_code == 0, answer.output
    stages = json.loads(timings.read_text(encoding="utf-8"))
    names = [one["stage"] for one in stages]
    assert "Reading link traces" in names
    assert names[-1] == "Writing reports"
    assert all(one["cpu_seconds"] >= 0 and one["peak_mb"] > 50 for one in stages)
    assert sum(one["wall_seconds"] for one in stages) > 0
    found = count_found(str(tmp_path / "out" / "workspace.duckdb"), str(posts.with_suffix(".planted.json")))
    assert [one["named"] for one in found["planted"] if one["kind"] == "link"] == [5, 10, 20], found
