"""All posts as Parquet, and a workspace that holds only those behind results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyarrow import parquet

from undazzle.cli.main import run
from undazzle.errors import OutputExistsError, UndazzleError
from undazzle.store import POSTS_ELSEWHERE
from undazzle.workspace import Workspace

CSV = "id,user_id,username,created_at,text,platform\n1,7,anna,2024-10-01T08:00:00Z,See https://example.org/a #ferry,x\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "posts.csv").write_text(CSV)
    with Workspace(tmp_path / "posts.duckdb") as opened:
        opened.ingest(tmp_path / "posts.csv")
    return tmp_path / "posts.duckdb"


def test_every_post_is_written_with_its_account_and_without_numbers_of_the_workspace(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(workspace), "posts", "--to", "parquet", "-o", str(tmp_path / "out")]) == 0
    assert "posts-0.parquet" in capsys.readouterr().out
    (row,) = parquet.read_table(tmp_path / "out").to_pylist()
    assert (row["post_id"], row["account_id"], row["handle"]) == ("x:1", "x:7", "anna")
    assert (row["links"], row["hashtags"]) == (["https://example.org/a"], ["ferry"])
    assert not {"post_key", "account_key", "source_id", "source_row"} & set(row)


def test_files_are_replaced_only_if_asked_for(workspace: Path, tmp_path: Path) -> None:
    with Workspace(workspace, read_only=True) as opened:
        opened.export_posts(tmp_path / "out")
        with pytest.raises(OutputExistsError):
            opened.export_posts(tmp_path / "out")
        assert len(opened.export_posts(tmp_path / "out", overwrite=True)) == 1


@pytest.mark.parametrize(
    ("options", "word"), [(["--to", "csv"], "written as parquet"), (["--to", "parquet", "--mask"], "cannot be masked")]
)
def test_other_formats_and_masks_are_refused(
    workspace: Path, tmp_path: Path, options: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(workspace), "posts", *options, "-o", str(tmp_path / "out")]) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


COUNTING: dict[str, Callable[[Workspace], object]] = {
    "a search for networks": lambda opened: opened.detect(),
    "narratives": lambda opened: opened.narratives(),
    "an export of posts": lambda opened: opened.export_posts("out"),
    "a mixture with other posts": lambda opened: opened.ingest(opened.store.path.parent / "posts.csv"),
}


@pytest.mark.parametrize("what", COUNTING)
def test_a_workspace_without_most_of_its_posts_refuses_to_count_them(workspace: Path, what: str) -> None:
    with Workspace(workspace) as opened:
        opened.store.execute("UPDATE sources SET format = ?", [POSTS_ELSEWHERE])
        with pytest.raises(
            UndazzleError, match=f"only a part, those behind co-actions among them, so that {what} would"
        ):
            COUNTING[what](opened)
