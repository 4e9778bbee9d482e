"""A cluster that reads posts itself writes the rows that an ingested workspace gives; broken files are said."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import compute, parquet

from tests.coordination.spark.needs import needs_spark
from tests.coordination.spark.posts import write_posts
from tests.coordination.spark.varied_posts import write_varied_posts
from undazzle.store import Store
from undazzle.workspace import Workspace

pytestmark = [needs_spark, pytest.mark.slow]

# Of the traces that need only their post, all; accounts, posts and items by name, as their keys are given out anew.
RESULTS = {
    "pairs": "SELECT a.account_id, b.account_id, p.* EXCLUDE (run_id, account_a, account_b) FROM pairs p"
    " JOIN accounts a ON a.account_key = p.account_a JOIN accounts b ON b.account_key = p.account_b",
    "co_actions": "SELECT * EXCLUDE run_id FROM co_action_view c",
    "networks": "SELECT * EXCLUDE run_id FROM networks",
    "members": "SELECT * EXCLUDE (run_id, account_key) FROM members",
    "posts behind": "SELECT p.* EXCLUDE (post_key, account_key, source_id, source_row, objects), coalesce(objects, []),"
    " a.handle, a.display_name FROM posts p JOIN accounts a USING (account_key)"
    " WHERE post_key IN (SELECT post_a FROM co_actions UNION SELECT post_b FROM co_actions)",
}
KINDS = "repost link text hashtag_sequence object domain hashtag mention reply quote".split()
SETTINGS: dict[str, Any] = {"method": "window", "time_window": "10min", "trust": False, "explain": False}
CASES: dict[str, dict[str, Any]] = {
    "every kind": {**SETTINGS, "traces": KINDS, "time_window": ["60s", "10min"]},
    "several items": {**SETTINGS, "time_window": "1h", "min_items": 3, "min_participation": 1},
    "settings of traces": {
        **SETTINGS,
        "traces": ["link", "text"],
        "trace_settings": {"link": {"canonical": False, "include_reposts": True}, "text": {"min_words": 1}},
    },
}

CALIBRATED: dict[str, dict[str, Any]] = {
    "calibrated": {"time_window": "60s", "shuffles": 1, "traces": ["repost", "link", "text"]},
    "calibrated again": {"time_window": "10min", "trust": False, "traces": ["link"]},
}
# Keys are given out as in an ingested workspace, so that whole tables can be compared.
ALL_RESULTS = (
    "co_actions pairs networks members explanations tested_accounts untested shuffle_checks sensitivity_checks"
    " sensitivity_matches expected_hours"
).split()


def change(posts: Path, to: Path, what: Callable[[pa.Table], pa.Table]) -> Path:
    to.mkdir()
    parquet.write_table(what(parquet.read_table(posts)), to / "posts.parquet")
    return to


def without_a_time(table: pa.Table) -> pa.Table:
    times = compute.if_else(pa.array([n < 3 for n in range(len(table))]), None, table.column("posted_at"))
    return table.set_column(table.column_names.index("posted_at"), "posted_at", times)


def with_a_broken_row_group(posts: Path, to: Path) -> Path:
    """Write many row groups and spoil the middle of one that is no dictionary."""
    to.mkdir()
    file = to / "posts.parquet"
    parquet.write_table(parquet.read_table(posts), file, row_group_size=200, compression="zstd")
    place = parquet.ParquetFile(file).metadata.row_group(4).column(0)
    raw = bytearray(file.read_bytes())
    start = place.dictionary_page_offset or place.data_page_offset
    raw[start : start + place.total_compressed_size] = bytes(place.total_compressed_size)
    file.write_bytes(bytes(raw))
    return to


def in_two_files(posts: Path, to: Path) -> Path:
    """Write two files, the first without a column that the second has: its empty lists become nulls."""
    to.mkdir()
    table = parquet.read_table(posts)
    is_bare = compute.invert(compute.fill_null(compute.greater(compute.list_value_length(table["objects"]), 0), False))
    parquet.write_table(table.filter(is_bare).drop_columns(["objects"]), to / "a.parquet")
    parquet.write_table(table.filter(compute.invert(is_bare)), to / "b.parquet")
    return to


BROKEN: dict[str, tuple[str, str]] = {
    "missing column": ("SourceError", "The columns posted_at are missing in the posts"),
    "other type": ("SourceError", "links is string, not array<string>"),
    "repeated": ("SourceError", "Some posts stand more than once (e.g. "),
    "foreign ids": ("SourceError", "1,500 posts have an id that does not begin with their platform"),
    "broken": ("SourceError", "posts.parquet"),
    "broken, calibrated": ("SourceError", "posts.parquet"),
    "not there": ("SourceError", "Name Parquet files that every worker reaches"),
    "compares posts": ("ParameterError", "near_text"),
    "compares posts too": ("ParameterError", "near_text"),
    "nothing possible": ("UndazzleError", "None of the traces is possible"),
    "other posts": ("WorkspaceError", "The workspace holds other posts already"),
}


def broken_posts(folder: Path, posts: Path) -> dict[str, tuple[Path, dict[str, Any]]]:
    def broken(name: str, what: Callable[[pa.Table], pa.Table]) -> Path:
        return change(posts, folder / name.replace(" ", "-"), what)

    asked = {**SETTINGS, "traces": ["link"]}
    joined = pa.array(["a"] * 1500)
    return {
        "missing column": (broken("missing column", lambda table: table.drop_columns(["posted_at"])), asked),
        "other type": (
            broken("other type", lambda t: t.set_column(t.column_names.index("links"), "links", joined)),
            asked,
        ),
        "repeated": (broken("repeated", lambda table: pa.concat_tables([table, table.slice(0, 2)])), asked),
        "foreign ids": (
            broken("foreign ids", lambda t: t.set_column(t.column_names.index("account_id"), "account_id", joined)),
            asked,
        ),
        "broken": (with_a_broken_row_group(posts, folder / "broken"), asked),
        "broken, calibrated": (folder / "broken", {"traces": ["link"]}),
        "not there": (folder / "not-there", asked),
        "compares posts": (posts, {**SETTINGS, "traces": ["link", "near_text"]}),
        "compares posts too": (posts, {"traces": ["near_text"]}),
        "nothing possible": (broken("nothing possible", lambda table: table.drop_columns(["links"])), asked),
        "other posts": (posts, asked),
    }


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("posts")
    with Workspace(folder / "whole.duckdb") as opened:
        opened.ingest(write_varied_posts(folder / "posts.jsonl"))
        opened.export_posts(folder / "posts")
    posts = folder / "posts" / "posts-0.parquet"
    files = in_two_files(posts, folder / "two")
    cases = [(f"{files}/*.parquet", folder / "found.duckdb", one) for one in CASES.values()]
    in_parts = {**CASES["several items"], "pairs_in_part": 1_000}
    cases += [(posts, folder / "resumed.duckdb", one) for one in (in_parts | {"failing_part": 2}, in_parts)]
    cases.append((change(posts, folder / "untimed", without_a_time), folder / "untimed.duckdb", CASES["every kind"]))
    for name, (where, settings) in broken_posts(folder, posts).items():
        workspace = folder / f"{name}.duckdb"
        if name == "other posts":
            shutil.copy(folder / "whole.duckdb", workspace)
        cases.append((where, workspace, settings))
    with Workspace(folder / "group.duckdb") as opened:
        opened.ingest(write_posts(folder / "posts.csv", posts=2_500, viral=300, group=5))
        opened.export_posts(folder / "group")
    cases += [(folder / "group", folder / "calibrated.duckdb", one) for one in CALIBRATED.values()]
    cases.append((f"{files}/*.parquet", folder / "found.duckdb", {"traces": ["link"]}))
    done = subprocess.run(
        [sys.executable, "-m", "tests.coordination.spark.posts_job", str(folder), json.dumps(cases, default=str)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return folder, dict(
        zip([*CASES, "interrupted", "resumed", "untimed", *BROKEN, *CALIBRATED, "mixed"], said, strict=True)
    )


@pytest.mark.parametrize("case", [*CASES, "resumed"])
def test_a_cluster_that_reads_posts_writes_the_same_rows(results: tuple[Path, dict[str, Any]], case: str) -> None:
    folder, said = results
    assert "run" in said[case], said[case]
    settings = CASES.get(case, CASES["several items"])
    there = "resumed" if case == "resumed" else "found"
    with Workspace(folder / "whole.duckdb") as opened:
        alone = opened.detect(**settings)
    for table, sql in RESULTS.items():
        rows = []
        for name, run in (("whole", alone.run_id), (there, said[case]["run"])):
            with Store(folder / f"{name}.duckdb", read_only=True) as store:
                scoped = sql.replace("FROM co_actions", f"FROM co_actions WHERE run_id = {run}")
                where = " AND" if "WHERE" in scoped else " WHERE"
                own = "" if table == "posts behind" else f"{where} run_id = {run}"
                rows.append(store.rows(f"SELECT * FROM ({scoped}{own}) ORDER BY ALL"))
        assert rows[0] == rows[1], f"{table} differs"
        assert rows[0]
    about_traces = [one for one in alone.warnings if "not tested" not in one and "Neither shuffled" not in one]
    assert set(about_traces) <= set(said[case]["warnings"])


@pytest.mark.parametrize("case", CALIBRATED)
def test_the_calibrated_method_writes_the_same_rows_with_checks_and_explanations(
    results: tuple[Path, dict[str, Any]], case: str
) -> None:
    folder, said = results
    assert "run" in said[case], said[case]
    with Workspace(folder / "group.duckdb") as opened:
        alone = opened.detect(**CALIBRATED[case])
    with Store(folder / "group.duckdb", read_only=True) as one, Store(folder / "calibrated.duckdb") as two:
        for table in ALL_RESULTS:
            rows = [
                store.rows(f"SELECT * EXCLUDE run_id FROM {table} WHERE run_id = {run} ORDER BY ALL")
                for store, run in ((one, alone.run_id), (two, said[case]["run"]))
            ]
            assert rows[0] == rows[1], f"{table} differs"
            assert rows[0] or not CALIBRATED[case].get("shuffles")
        where = [f"WHERE run_id = {run}" for run in (alone.run_id, said[case]["run"])]
        notes = [
            store.rows(f"SELECT summary->'calibrated' FROM runs {at}")
            for store, at in zip((one, two), where, strict=True)
        ]
        assert notes[0] == notes[1]
    assert said[case]["warnings"] == list(alone.warnings)


def test_whole_are_the_posts_of_named_accounts_and_those_on_what_they_met(
    results: tuple[Path, dict[str, Any]],
) -> None:
    folder, _ = results
    columns = "post_key, post_id, account_key, posted_at, coalesce(links, []), coalesce(domains, [])"
    named = "account_key IN (SELECT account_key FROM members)"
    met = "post_key IN (SELECT post_key FROM traces SEMI JOIN co_actions USING (item_key))"
    with (
        Store(folder / "group.duckdb", read_only=True) as one,
        Store(folder / "calibrated.duckdb", read_only=True) as two,
    ):
        for sql in (
            f"SELECT {columns} FROM posts ORDER BY post_key",
            f"SELECT post_key, text, repost_of FROM posts WHERE {named} OR {met} ORDER BY post_key",
            "SELECT * FROM accounts ORDER BY account_key",
            "SELECT kind, item, item_key, account_key, post_key, acted_at FROM traces JOIN items USING (item_key)"
            " JOIN trace_sets s ON s.trace_set = traces.trace_set WHERE kind <> 'near_text' ORDER BY ALL",
            "SELECT account_key, observed_at, handle, display_name FROM account_observations ORDER BY ALL",
        ):
            rows = one.rows(sql), two.rows(sql)
            assert rows[0] == rows[1], sql
            assert rows[0]
        assert not two.rows(f"SELECT * FROM posts WHERE NOT ({named} OR {met}) AND text IS NOT NULL")
        assert two.rows("SELECT count(*) FROM posts WHERE text IS NULL")[0][0] > 500


def test_traces_that_were_brought_once_are_not_read_again(results: tuple[Path, dict[str, Any]]) -> None:
    reads = [[one for one in results[1][case]["lines"] if one.startswith("Reading ")] for case in CALIBRATED]
    assert [len(one) for one in reads] == [1, 0]


def test_a_workspace_with_another_part_of_the_posts_is_refused(results: tuple[Path, dict[str, Any]]) -> None:
    assert results[1]["mixed"]["error"] == "WorkspaceError"
    assert "holds another part of these posts, brought by the other method" in results[1]["mixed"]["said"]


def test_an_interrupted_run_goes_on_behind_the_last_part(results: tuple[Path, dict[str, Any]]) -> None:
    said = results[1]
    assert said["interrupted"]["error"] == "KeyboardInterrupt"
    parts = [[one for one in said[run]["lines"] if one.startswith("Part ")] for run in ("interrupted", "resumed")]
    assert parts[0] == ["Part 1 of 3 within 1 h", "Part 2 of 3 within 1 h"]
    assert "Going on with run:1, which was interrupted" in said["resumed"]["lines"]
    assert said["resumed"]["run"] == 1
    assert len(parts[1]) == 2


def test_the_same_name_on_two_platforms_is_two_accounts(results: tuple[Path, dict[str, Any]]) -> None:
    with Store(results[0] / "found.duckdb", read_only=True) as store:
        rows = store.rows("SELECT handle FROM accounts GROUP BY handle HAVING count(DISTINCT account_id) = 2")
    assert len(rows) > 10


def test_only_the_posts_behind_co_actions_come_back(results: tuple[Path, dict[str, Any]]) -> None:
    with Store(results[0] / "found.duckdb", read_only=True) as store:
        assert not store.rows(
            "SELECT post_id FROM posts WHERE post_key NOT IN"
            " (SELECT post_a FROM co_actions UNION SELECT post_b FROM co_actions)"
        )
        assert store.rows("SELECT count(*), min(posts_added), min(format) FROM sources") == [
            (1, 1500, "parquet, read on a cluster")
        ]


def test_posts_without_a_time_are_counted(results: tuple[Path, dict[str, Any]]) -> None:
    assert any(
        "3 posts without an id, an account, a platform or a time" in one for one in results[1]["untimed"]["warnings"]
    )


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_said_and_nothing_is_written(results: tuple[Path, dict[str, Any]], case: str) -> None:
    folder, said = results
    kind, words = BROKEN[case]
    assert said[case].get("error") == kind, said[case]
    assert words in said[case]["said"]
    with Store(folder / f"{case}.duckdb", read_only=True) as store:
        posts = 1500 if case == "other posts" else 0
        assert store.rows("SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM posts)") == [(0, posts)]
    assert not list(folder.glob("undazzle-*"))
