from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation.builders import some_carrier, some_operation
from undazzle.errors import SourceError
from undazzle.evaluation.bench import versions
from undazzle.evaluation.data_sets import DATA_SETS, data_folder
from undazzle.evaluation.page import evaluation_page
from undazzle.evaluation.publishing import write_adjudication, write_results
from undazzle.evaluation.summary import is_easy, named_figures, targets
from undazzle.evaluation.tracks.planted import run_grafts

pytest.importorskip("scipy")


@cache
def _grafts() -> str:
    rows = run_grafts([some_carrier()], some_operation(), doses=(15,), seeds=(0,), say=lambda _line: None)
    return json.dumps(list(rows))


def some_results() -> dict[str, Any]:
    control = {
        "control": "neutral", "trace": "link", "window": 60.0, "accounts": 3_000, "sharing": 40, "named": 0,
        "unexplained": 0, "rings": 0, "testable": 40, "bound_testable": 721.6,
    }  # fmt: skip
    return {
        "format": 1, "quick": True, "real_data": True, "versions": versions(), "grafts": json.loads(_grafts()),
        "controls": [control], "code": {"grafts": "0" * 12, "controls": "0" * 12},
        "cpu_seconds": {"grafts": 1.0, "all": 1.0},
    }  # fmt: skip


def test_the_page_shows_every_figure_that_was_to_be_reached_reached_or_not() -> None:
    results = some_results()
    page = evaluation_page(results, [])
    for one in targets(results):
        assert one["what"] in page
        assert one["measured"] in page
    assert "undazzle bench detection --data DIR -o docs" in page


def test_a_target_that_was_missed_is_said_to_be_missed() -> None:
    results = some_results()
    for row in results["grafts"]:
        row["methods"]["calibrated"] |= {"named": 100, "true": 1, "reached": 1}
    page = evaluation_page(results, [])
    assert "99.0% (99 of 100 named)" in page
    assert "**no**" in page


def test_results_hold_numbers_and_no_names(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    written = write_results(some_results(), tmp_path)
    assert written[0].name == "evaluation.md"
    kept = json.loads((tmp_path / "evaluation" / "results.json").read_text(encoding="utf-8"))
    words = set(re.findall(r'"([^"]*)"', json.dumps(kept["grafts"])))
    assert not {word for word in words if re.fullmatch(r"a\d+|item \d+|\w+:\w+", word)}
    for path in written[2:]:
        assert path.read_text(encoding="utf-8").startswith("<svg")


def test_adjudication_names_accounts_in_a_file_of_its_own_and_is_inert(tmp_path: Path) -> None:
    path = write_adjudication([{"control": "neutral", "account_id": "=SUM(1)", "window": 60.0}], tmp_path / "a.csv")
    assert "'=SUM(1)" in path.read_text(encoding="utf-8")


def test_a_setting_is_easy_where_activity_alone_does_as_well() -> None:
    row = {"methods": {"activity": {"ap": 0.8}, "rarity": {"ap": 0.1}, "calibrated": {"ap": 0.9}}}
    assert is_easy(row)
    row["methods"]["activity"]["ap"] = 0.5
    assert not is_easy(row)


def test_pooled_figures_are_sums_over_settings() -> None:
    rows = [
        {"reachable": 10, "methods": {"calibrated": {"named": 8, "true": 6, "reached": 5}}},
        {"reachable": 0, "methods": {"calibrated": {"named": 0, "true": 0, "reached": 0}}},
    ]
    figures = named_figures(rows)
    assert (figures["false_share"], figures["recall"]) == (0.25, 0.5)


def test_a_folder_without_the_data_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNDAZZLE_DATA", raising=False)
    assert data_folder(None) is None
    with pytest.raises(SourceError) as raised:
        data_folder(tmp_path)
    assert all(path in str(raised.value) for path in DATA_SETS)


def test_figures_of_different_states_of_the_code_are_not_passed_off_as_one() -> None:
    results = some_results()
    assert "different states" not in evaluation_page(results, [])
    results["code"]["controls"] = "1" * 12
    assert "different states of the code: grafts with 000000000000, controls with" in evaluation_page(results, [])
