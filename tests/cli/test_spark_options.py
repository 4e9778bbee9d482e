"""Options of a cluster are checked before anything starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from undazzle.cli.main import run
from undazzle.cli.settings import spark_options
from undazzle.errors import ParameterError
from undazzle.store.engines import SparkOptions

NOTHING: dict[str, Any] = {
    "engine": "embedded",
    "master": None,
    "shared_folder": None,
    "spark_settings": (),
    "wait": None,
}


def test_without_the_engine_there_is_no_cluster() -> None:
    assert spark_options(NOTHING) is None


@pytest.mark.parametrize(
    ("name", "value", "option"),
    [
        ("master", "local[2]", "--master"),
        ("shared_folder", "/mnt", "--shared-folder"),
        ("spark_settings", ("a=b",), "--spark-setting"),
        ("wait", "1min", "--wait"),
        ("posts", "posts/*.parquet", "--posts"),
    ],
)
def test_an_option_of_a_cluster_without_the_engine_is_refused(name: str, value: object, option: str) -> None:
    with pytest.raises(ParameterError, match=f"{option}.*--engine spark"):
        spark_options(NOTHING | {name: value})


def test_options_become_what_the_store_asks_for() -> None:
    asked = NOTHING | {
        "engine": "spark",
        "master": "spark://head:7077",
        "shared_folder": "/mnt/shared",
        "spark_settings": ("spark.executor.memory=8g",),
        "wait": "10min",
    }
    assert spark_options(asked) == SparkOptions(
        "spark://head:7077", "/mnt/shared", {"spark.executor.memory": "8g"}, 600.0
    )


def test_a_setting_without_a_value_is_refused() -> None:
    with pytest.raises(ParameterError, match="--spark-setting"):
        spark_options(NOTHING | {"engine": "spark", "master": "local[2]", "spark_settings": ("spark.ui",)})


def test_a_wrong_master_is_a_user_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["detect", str(tmp_path / "posts.duckdb"), "--engine", "spark", "--master", "nonsense"])
    assert code == 2
    assert "--master" in capsys.readouterr().err


def test_posts_in_place_need_a_cluster_and_nothing_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = tmp_path / "posts.duckdb"
    assert run(["detect", str(workspace), "--posts", "posts/*.parquet"]) == 2
    assert "--engine spark" in capsys.readouterr().err
    assert not workspace.exists()
