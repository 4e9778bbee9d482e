"""The benchmark against CooRTweet: its tables of shares, its edges, and what it says of a run that did not end."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from benchmarks import peer_coortweet
from benchmarks.coortweet_shares import coortweet_edges, run_edges, write_shares
from benchmarks.measuring import CommandFailedError, Usage

from tests.parity.oracle import Share, coortweet_network
from tests.parity.pipeline import classic_run
from undazzle.workspace import Workspace


def defined(path: Path) -> dict[tuple[str, str], int]:
    """Return the weights by definition, in plain Python."""
    with path.open(newline="") as file:
        rows = [
            Share(row["object_id"], row["account_id"], row["content_id"], float(row["timestamp_share"]))
            for row in csv.DictReader(file)
        ]
    return {pair: edge.weight for pair, edge in coortweet_network(rows, 60).items()}


@pytest.fixture
def shares(tmp_path: Path) -> Path:
    path = tmp_path / "shares.csv"
    assert write_shares("link", "synthetic", str(path), 3_000) > 1_000
    return path


def test_our_edges_are_read_as_the_definition_gives_them(tmp_path: Path, shares: Path) -> None:
    expected = defined(shares)
    workspace = tmp_path / "work.duckdb"
    with Workspace(workspace) as opened:
        opened.ingest(shares)
        classic_run(opened, "object", time_window="60s", min_participation=1, weight="co_actions", trust=False)
    assert len(expected) > 50
    assert run_edges(str(workspace)) == expected


def test_reposts_are_shared_once_and_posts_without_any_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "reposts.csv"
    written = write_shares("repost", "synthetic", str(path), 500)
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == written
    assert 0 < written < 500
    assert all(row["object_id"] and row["object_id"] != row["content_id"] for row in rows)


def test_edges_of_the_r_package_are_named_in_one_order(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text("from,to,weight\nb,a,3\na,c,1\n")
    assert coortweet_edges(str(path)) == {("a", "b"): 3, ("a", "c"): 1}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("sh ended with -24:\n", "more than 600 CPU s"),
        ("sh ended with 1:\nError: cannot allocate vector of size 9.6 Gb", "more than 8,000 MB"),
    ],
)
def test_a_run_that_reaches_a_limit_is_said_not_to_end(
    said: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_command: object) -> tuple[Usage, str]:
        raise CommandFailedError(said)

    monkeypatch.setattr(peer_coortweet, "measure", fails)
    assert peer_coortweet._coortweet(Path("shares.csv"), Path("edges.csv")) == expected


def test_any_other_failure_is_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_command: object) -> tuple[Usage, str]:
        raise CommandFailedError("sh ended with 1:\nError in library(CooRTweet)")

    monkeypatch.setattr(peer_coortweet, "measure", fails)
    with pytest.raises(CommandFailedError):
        peer_coortweet._coortweet(Path("shares.csv"), Path("edges.csv"))


def test_without_r_it_is_skipped_and_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peer_coortweet.shutil, "which", lambda _name: None)
    assert "R_LIBS" in peer_coortweet.run(quick=True)["skipped"]
    assert capsys.readouterr().out.startswith("Skipped")


def test_the_r_package_itself_gives_the_same_edges(shares: Path, tmp_path: Path) -> None:
    if peer_coortweet.installed_version() is None:
        pytest.skip("CooRTweet is not installed for Rscript")
    edges = tmp_path / "edges.csv"
    assert isinstance(peer_coortweet._coortweet(shares, edges), Usage)
    assert coortweet_edges(str(edges)) == defined(shares)
