"""A cluster that cannot be used says so at once, and says what to do."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest

from undazzle.cli.main import exit_code
from undazzle.errors import ClusterFailedError, ClusterUnavailableError, MissingExtraError, ParameterError
from undazzle.store.engines import SparkOptions, open_cluster
from undazzle.store.engines.java import check_java
from undazzle.store.engines.starting import spark_settings


def fake_java(folder: Path, version: str) -> None:
    program = folder / "java"
    program.write_text(f"#!/bin/sh\necho '{version}' >&2\n")
    program.chmod(0o755)


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return tmp_path


@pytest.mark.parametrize("said", ['java version "1.8.0_301"', 'openjdk version "11.0.2" 2019-01-15'])
def test_an_old_java_is_refused_with_the_version_needed(on_path: Path, said: str) -> None:
    fake_java(on_path, said)
    with pytest.raises(ClusterUnavailableError, match=r"Java (8|11) is too old .* Install Java 17 or later"):
        check_java()


def test_a_new_java_is_taken(on_path: Path) -> None:
    fake_java(on_path, 'openjdk version "21" 2023-09-19')
    assert check_java() == 21


def test_no_java_is_said(on_path: Path) -> None:
    with pytest.raises(ClusterUnavailableError, match=r"there is none.*Install Java 17"):
        check_java()


def test_a_java_home_without_java_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ClusterUnavailableError, match="Java does not start"):
        check_java()


def test_a_program_that_is_no_java_is_refused(on_path: Path) -> None:
    fake_java(on_path, "hello")
    with pytest.raises(ClusterUnavailableError, match="does not say which Java"):
        check_java()


def test_a_missing_pyspark_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = builtins.__import__

    def without_spark(name: str, *rest: object, **more: object) -> object:
        if name.startswith("pyspark"):
            raise ModuleNotFoundError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(builtins, "__import__", without_spark)
    with (
        pytest.raises(MissingExtraError, match=r"pip install 'undazzle\[spark\]'"),
        open_cluster(SparkOptions(master="local[1]"), tmp_path / "posts.duckdb"),
    ):
        pass


@pytest.mark.parametrize("master", ["nonsense", "local[", "http://head:7077", "local-cluster[2]"])
def test_a_master_that_is_none_is_refused(master: str) -> None:
    with pytest.raises(ParameterError, match="--master"):
        SparkOptions(master=master).checked()


def test_a_cluster_without_an_address_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    pytest.importorskip("pyspark")
    with pytest.raises(ParameterError, match="--master"), open_cluster(SparkOptions(), tmp_path / "posts.duckdb"):
        pass


@pytest.mark.parametrize("master", ["local", "local[*]", "local[4]", "local-cluster[2,1,1024]"])
def test_one_machine_needs_no_shared_folder(master: str) -> None:
    assert SparkOptions(master=master).checked().is_local


@pytest.mark.parametrize("master", ["yarn", "spark://head:7077", "k8s://https://head:6443"])
def test_several_machines_need_a_shared_folder(master: str) -> None:
    with pytest.raises(ParameterError, match="--shared-folder"):
        SparkOptions(master=master).checked()
    assert not SparkOptions(master=master, folder="/mnt/shared").checked().is_local


def test_what_the_user_sets_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/var/cache/undazzle")
    asked = {"spark.ui.enabled": "true", "spark.executor.memory": "8g"}
    settings = spark_settings(SparkOptions(master="local[2]", settings=asked))
    assert settings["spark.ui.enabled"] == "true"
    assert settings["spark.executor.memory"] == "8g"
    assert settings["spark.executorEnv.NUMBA_CACHE_DIR"] == "/var/cache/undazzle"
    assert settings["spark.executorEnv.NUMBA_NUM_THREADS"] == "1"


def test_exit_codes_tell_a_missing_cluster_from_one_that_stopped() -> None:
    assert exit_code(ClusterUnavailableError("no Java", "Install it.")) == 3
    assert exit_code(ClusterFailedError("lost", "Run again.")) == 1
