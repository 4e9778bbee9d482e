"""Disk full, killed, damaged or too little memory: a clear error, and the workspace stays what it was."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from undazzle.errors import SourceError
from undazzle.ingest.load import ingest_file
from undazzle.store import Store

MINUTE = 60.0
_INGEST = (
    "import sys; from pathlib import Path; from undazzle.store import Store; from undazzle.ingest.load import "
    "ingest_file\nwith Store(sys.argv[1]) as store:\n    ingest_file(store, Path(sys.argv[2]))"
)
_SPILL = (
    "import sys; from undazzle.store import Store\n"
    "with Store(sys.argv[1]) as store:\n"
    "    store.execute('SET memory_limit = \"40MB\"'); store.execute('SET threads = 1')\n"
    "    store.execute('CREATE TEMP TABLE t AS SELECT md5(range::VARCHAR) || repeat(md5((range + 1)::VARCHAR), 9) AS x"
    " FROM range(300000)')\n"
    "    store.rows('SELECT x FROM t ORDER BY x')\n"
)


def _posts(path: Path, rows: int, first: int = 0) -> Path:
    path.write_text(
        "id,author,text,created_at\n"
        + "".join(
            f"{first + row},reader{row % 997},The ferry {row} leaves at noon {row * 7919 % 10007},"
            f"2024-05-{1 + row % 28:02} 10:{row % 60:02}:00\n"
            for row in range(rows)
        )
    )
    return path


def _run(code: str, *arguments: Path, file_size: int | None = None) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit fails, as on a full disk
        if file_size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=MINUTE,
        preexec_fn=limit,
        check=False,
    )


def _count(workspace: Path) -> tuple[int, int]:
    with Store(workspace, read_only=True) as store:
        posts, sources = store.rows("SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM sources)")[0]
    return posts, sources


def _workspace(tmp_path: Path) -> Path:
    workspace = tmp_path / "w.duckdb"
    with Store(workspace) as store:
        ingest_file(store, _posts(tmp_path / "first.csv", 50))
    return workspace


def test_a_full_disk_is_an_error_in_words_and_nothing_is_lost(tmp_path: Path) -> None:
    workspace = _workspace(tmp_path)
    posts = _posts(tmp_path / "posts.csv", 60_000, first=1_000)
    ended = _run(_INGEST, workspace, posts, file_size=workspace.stat().st_size + 1_000_000)
    assert ended.returncode == 1
    assert "The disk failed or is full" in ended.stderr
    assert "Free some space" in ended.stderr
    assert _count(workspace) == (50, 1)
    assert _run(_INGEST, workspace, posts).returncode == 0
    assert _count(workspace) == (60_050, 2)


def test_no_space_left_for_spilling_is_an_error_in_words(tmp_path: Path) -> None:
    workspace = _workspace(tmp_path)
    ended = _run(_SPILL, workspace, file_size=5_000_000)
    assert ended.returncode == 1
    assert "The disk failed or is full" in ended.stderr
    assert _count(workspace) == (50, 1)


def test_a_killed_ingest_leaves_the_workspace_as_it_was_and_its_copies_are_swept(tmp_path: Path) -> None:
    workspace = _workspace(tmp_path)
    posts = _posts(tmp_path / "posts.csv", 60_000, first=1_000)
    process = subprocess.Popen([sys.executable, "-c", _INGEST, str(workspace), str(posts)])
    deadline = time.monotonic() + MINUTE
    while not list(tmp_path.glob("w.duckdb.reading-*")) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert len(list(tmp_path.glob("w.duckdb.reading-*"))) == 1
    assert _count(workspace) == (50, 1)
    assert _run(_INGEST, workspace, posts).returncode == 0
    assert _count(workspace) == (60_050, 2)
    assert not list(tmp_path.glob("w.duckdb.reading-*"))


@pytest.mark.parametrize("compression", ["none", "snappy", "zstd"])
def test_a_parquet_file_with_a_damaged_row_group_is_refused_whole(tmp_path: Path, compression: str) -> None:
    rows, draw = 20_000, random.Random(5)
    table = pa.table(
        {
            "id": [str(row) for row in range(rows)],
            "author": [f"reader{row % 97}" for row in range(rows)],
            "created_at": [1_700_000_000 + row for row in range(rows)],
            "text": [f"The ferry {draw.random()} leaves at noon" for _ in range(rows)],
        }
    )
    path = tmp_path / "posts.parquet"
    pq.write_table(table, path, compression=compression, row_group_size=5_000, use_dictionary=False)
    group = pq.ParquetFile(path).metadata.row_group(2)
    text = group.column(3)
    content = bytearray(path.read_bytes())
    middle = text.data_page_offset + text.total_compressed_size // 2
    content[middle : middle + 400] = draw.randbytes(400)
    path.write_bytes(content)
    workspace = _workspace(tmp_path)
    with Store(workspace) as store, pytest.raises(SourceError, match=r"cannot be read .*It may be damaged"):
        ingest_file(store, path)
    assert _count(workspace) == (50, 1)


def test_too_little_memory_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("undazzle")
    posts = _posts(tmp_path / "posts.csv", 10)
    ended = subprocess.run(
        [str(command), "ingest", str(tmp_path / "w.duckdb"), str(posts), "--memory", "50MB"],
        capture_output=True,
        text=True,
        timeout=MINUTE,
        check=False,
    )
    assert ended.returncode == 2
    assert "give --memory 450MB or more" in ended.stderr
    assert not (tmp_path / "w.duckdb").exists()
