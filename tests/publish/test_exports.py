"""Exports: evidence counts travel, the run is named, nothing is replaced unasked, spreadsheets stay harmless."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
import pytest

from tests.results.builders import filled_store, first_network
from undazzle.errors import OutputExistsError, UnknownNameError
from undazzle.publish.exports import EXPORT_FORMATS, export_network
from undazzle.publish.masking import LIMITS, mask_names
from undazzle.results import Network

EVIDENCE = {"co_actions", "items", "posts_a", "posts_b", "mean_gap_seconds", "kinds", "time_window", "weight"}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edges_of(path: Path, to: str) -> list[dict[str, object]]:
    if to == "csv":
        return list(rows_of(path / "pairs.csv"))
    if to == "parquet":
        return pq.read_table(path / "pairs.parquet").to_pylist()
    graph = nx.read_gexf(path) if to == "gexf" else nx.read_graphml(path)
    return [data for _, _, data in graph.edges(data=True)]


@pytest.mark.parametrize("to", EXPORT_FORMATS)
def test_every_format_carries_the_evidence_counts_of_every_pair(to: str, tmp_path: Path) -> None:
    network = first_network()
    export_network(network, tmp_path / "out", to)
    edges = edges_of(tmp_path / "out", to)
    assert all(edge.keys() >= EVIDENCE for edge in edges)
    assert [int(str(edge["co_actions"])) for edge in edges] == network.pairs["co_actions"]


@pytest.mark.parametrize("to", EXPORT_FORMATS)
def test_every_format_returns_its_files_and_a_card_that_proves_them(to: str, tmp_path: Path) -> None:
    network = first_network()
    paths = export_network(network, tmp_path / "out", to)
    assert all(path.is_file() for path in paths)
    card = json.loads(paths[-1].read_text(encoding="utf-8"))
    assert card["run"]["input_fingerprint"] == network.run.fingerprint
    assert card["run"]["parameters"] == network.run.parameters
    assert card["undazzle"]
    assert card["summary"] == network.summary
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths[:-1]}
    assert {one["name"]: one["sha256"] for one in card["files"]} == hashes
    assert all(card["columns"].values())


@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_a_folder_holds_members_pairs_and_both_posts_of_each_co_action(to: str, tmp_path: Path) -> None:
    network = first_network()
    names = [path.name for path in export_network(network, tmp_path / "out", to)]
    assert names == [f"members.{to}", f"pairs.{to}", f"co_actions.{to}", f"explanations.{to}", "run.json"]
    path = tmp_path / "out" / f"co_actions.{to}"
    rows = rows_of(path) if to == "csv" else pq.read_table(path).to_pylist()
    assert [float(row["gap_seconds"]) for row in rows] == network.co_actions["gap_seconds"]
    assert {"post_a", "post_b", "text_a", "text_b", "item", "posted_at_a", "posted_at_b"} <= rows[0].keys()


def test_no_cell_of_a_csv_export_starts_a_formula(tmp_path: Path) -> None:
    store = filled_store()
    store.execute("UPDATE accounts SET handle = '=cmd|x', display_name = '+1' WHERE account_key = 1")
    store.execute("UPDATE posts SET text = chr(9) || '@SUM(A1)' WHERE post_key = 101")
    for path in export_network(first_network(store), tmp_path, "csv")[:-1]:
        for row in rows_of(path):
            assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())


def test_parquet_keeps_the_text_as_it_is_and_the_card_inside(tmp_path: Path) -> None:
    network = first_network()
    export_network(network, tmp_path, "parquet")
    table = pq.read_table(tmp_path / "co_actions.parquet")
    assert any(text.startswith("=SUM(A1)") for text in table["text_b"].to_pylist())
    assert json.loads(table.schema.metadata[b"undazzle"])["run"]["input_fingerprint"] == network.run.fingerprint
    assert table.equals(network.co_actions.to_arrow())


@pytest.mark.parametrize("to", EXPORT_FORMATS)
def test_nothing_is_replaced_unless_asked(to: str, tmp_path: Path) -> None:
    paths = export_network(first_network(), tmp_path / "out", to)
    before = [path.read_bytes() for path in paths]
    with pytest.raises(OutputExistsError):
        export_network(first_network(filled_store(name="other")), tmp_path / "out", to)
    assert [path.read_bytes() for path in paths] == before
    export_network(first_network(filled_store(name="other")), tmp_path / "out", to, overwrite=True)
    assert paths[-1].read_bytes() != before[-1]


def test_one_file_in_the_way_keeps_the_whole_folder_from_being_written(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("mine")
    with pytest.raises(OutputExistsError, match=r"run\.json"):
        export_network(first_network(), tmp_path, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_a_file_where_a_folder_is_needed_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputExistsError):
        export_network(first_network(), tmp_path / "out", "csv", overwrite=True)


def test_an_unknown_format_suggests_the_one_meant(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'graphml'"):
        export_network(first_network(), tmp_path / "out", "graphm")


def everything_written(network: Network, folder: Path, *, mask: bool) -> str:
    text = ""
    for to in EXPORT_FORMATS:
        for path in export_network(network, folder / to / "out", to, mask=mask):
            text += str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text()
    return text


def test_a_masked_export_holds_no_name_id_or_post_of_a_member(tmp_path: Path) -> None:
    store = filled_store()
    store.execute("UPDATE posts SET text = 'RT @ferry_times: see you at the harbour' WHERE post_key = 103")
    network = first_network(store)
    giveaways = {*network.members["account_id"], *network.members["handle"], *network.members["display_name"]}
    giveaways |= {*network.posts["post_id"], *network.posts["url"]}
    plain = everything_written(network, tmp_path / "plain", mask=False)
    masked = everything_written(network, tmp_path / "masked", mask=True)
    assert all(one in plain for one in giveaways)
    assert [one for one in giveaways if one in masked] == []
    assert "see you at the harbour" in masked


def test_a_masked_export_uses_the_labels_of_the_report_and_says_what_masking_cannot_do(tmp_path: Path) -> None:
    network = first_network()
    paths = export_network(network, tmp_path, "csv", mask=True)
    labels = mask_names(network.name, network.members["account_id"])
    assert [row["account_id"] for row in rows_of(paths[0])] == [labels[one] for one in network.members["account_id"]]
    assert json.loads(paths[-1].read_text(encoding="utf-8"))["note"] == LIMITS


def test_a_mask_of_ones_own_is_applied_to_every_row(tmp_path: Path) -> None:
    paths = export_network(first_network(), tmp_path, "csv", mask=lambda row: row | {"time_window": 0, "days": 0})
    assert {row.get("days", row.get("time_window")) for path in paths[:3] for row in rows_of(path)} == {"0"}


def test_every_format_describes_itself_in_one_sentence() -> None:
    for name, one in EXPORT_FORMATS.items():
        assert one.format_id == name
        assert one.description.endswith(".")
        assert one.documentation.startswith("http")
