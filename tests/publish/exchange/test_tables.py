"""The tracker's tables, technique tables and JSON Lines: what is written, what is left out, and what comes back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.casebook.builders import a_case, a_claim
from tests.publish.exchange.bundles import a_rich_case, edition
from tests.real_data import data_set
from undazzle.casebook import Case
from undazzle.casebook.claim import Claim
from undazzle.casebook.importers import import_fiat
from undazzle.casebook.scorecard import Scorecard
from undazzle.casebook.scoring.items import Item
from undazzle.casebook.scoring.totals import tally
from undazzle.casebook.vocabulary import Review
from undazzle.errors import OutputExistsError, SourceError, UnknownNameError
from undazzle.publish.exchange import EXCHANGE_FORMATS, export_case
from undazzle.publish.exchange.fiat import FIAT_2020, FIAT_2024
from undazzle.publish.exchange.json_lines_reading import import_json_lines
from undazzle.publish.exchange.techniques import tag_of
from undazzle.publish.exchange.techniques.countermeasures import ALLOWED, OF_KIND, is_allowed
from undazzle.publish.exchange.techniques.disarm import LABELS, RETIRED


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def table_of(exchange: Any, case: Case) -> list[dict[str, str]]:
    (content,) = exchange.function(case).files.values()
    return rows_of(content)


@pytest.mark.parametrize("exchange", [FIAT_2020, FIAT_2024], ids=lambda one: one.format_id)
def test_a_table_comes_back_through_the_importer_of_its_dialect(tmp_path: Path, exchange: Any) -> None:
    path = tmp_path / "fiat.csv"
    export_case(a_rich_case(), path, exchange.format_id)
    found = import_fiat(path)
    (claim,) = (one for one in found.of_kind("claim") if isinstance(one, Claim))
    (card,) = (one for one in found.of_kind("scorecard") if isinstance(one, Scorecard))
    original = a_rich_case().claims["claim:found"]
    assert claim.statement == original.statement and claim.claimed == original.claimed
    assert claim.attribution == original.attribution and claim.platforms == original.platforms
    assert claim.methods == ("fiat:sockpuppets", "fiat:data-exfiltration")
    assert card.final is not None and tally(card.final).points == 1 and "wrong-total" not in found.problem_counts()


@pytest.mark.parametrize(
    ("exchange", "file"),
    [(FIAT_2020, "DFRLab_interference2020.csv"), (FIAT_2024, "FIAT2024_Demo_Attribution_Data.csv")],
)
def test_columns_are_those_of_the_published_tables(exchange: Any, file: str) -> None:
    with (data_set("incident_trackers") / file).open(encoding="utf-8-sig", newline="") as opened:
        published = set(next(csv.reader(opened)))
    own = set(table_of(exchange, a_rich_case())[0])
    assert own - published <= {"short_title", "breakout_scale", "offline_mobilization"} and set(Item) <= own


def test_denials_and_relays_are_counted_and_not_bent_into_allegations() -> None:
    exported = FIAT_2024.function(a_rich_case())
    assert [row["attribution_id"] for row in table_of(FIAT_2024, a_rich_case())] == ["found"]
    assert any("2 claims deny it" in one for one in exported.warnings)
    assert any("1 claims repeat" in one for one in exported.warnings)


def test_a_formula_in_a_claim_is_no_formula_in_a_spreadsheet() -> None:
    (row,) = table_of(FIAT_2024, a_case(a_claim(statement="=HYPERLINK(1)")))
    assert row["short_description"] == "'=HYPERLINK(1)"


def test_the_two_matrices_stay_apart() -> None:
    files = EXCHANGE_FORMATS["disarm"].function(a_rich_case()).files
    ids = {name: {row["id"] for row in rows_of(content)} for name, content in files.items() if name.endswith("k.csv")}
    assert ids["attack.csv"] == {"T1566"}
    disarm = {row["id"]: row for row in rows_of(files["disarm.csv"])}
    assert set(disarm) == {"T0097.202", "T0015.001"} and "retired" in disarm["T0015.001"]["warning"]
    assert [row["id"] for row in rows_of(files["local.csv"])] == ["x-local-hoax-threat"]
    assert json.loads(files["attack-layer.json"])["techniques"] == [{"techniqueID": "T1566", "score": 1}]


def test_retired_ids_lead_to_ids_that_exist_and_are_never_current_themselves() -> None:
    assert not set(RETIRED) & set(LABELS)
    assert {nearest for _, nearest in RETIRED.values() if nearest} <= set(LABELS)
    assert tag_of("T0053").tag_id == "T0049.001" and "retired" in tag_of("T0053").warning
    assert tag_of("T0141.002").tag_id == "T0141.002" and "no clear successor" in tag_of("T0141.002").warning
    assert "not among the ids" in tag_of("T9999").warning


def test_only_defensive_countermeasures_are_ever_written() -> None:
    assert set(OF_KIND.values()) <= set(ALLOWED)
    assert not [one for one in ("C00072", "C00077", "C00207", "C00138", "C00036", "C00052") if is_allowed(one)]


@pytest.mark.parametrize("make", [a_rich_case, edition])
def test_json_lines_come_back_record_by_record(tmp_path: Path, make: Any) -> None:
    case = make()
    export_case(case, tmp_path / "case.jsonl", "jsonl")
    found = import_json_lines(tmp_path / "case.jsonl")
    assert {one.review for one in found.records} == {Review.DRAFT}
    assert found.used == found.rows == len(case) + 1, "no line is lost: the head is read and named"
    assert [one.code for one in found.problems] == ["case-head"]
    assert {one.id: one.model_copy(update={"review": case.records[one.id].review}) for one in found.records} == dict(
        case.records
    )


def test_a_broken_line_is_named_with_its_place(tmp_path: Path) -> None:
    export_case(a_rich_case(), tmp_path / "a.jsonl", "jsonl")
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "a.jsonl").write_text("\n".join([*lines[:3], lines[3][:20], *lines[4:], lines[5]]), encoding="utf-8")
    found = import_json_lines(tmp_path / "a.jsonl")
    broken = [(one.code, one.line) for one in found.problems if one.code != "case-head"]
    assert broken == [("bad-record", 4), ("duplicate-id", len(lines) + 1)]
    (tmp_path / "b.jsonl").write_text("ferry\n", encoding="utf-8")
    with pytest.raises(SourceError, match="No record"):
        import_json_lines(tmp_path / "b.jsonl")


@pytest.mark.parametrize("to", EXCHANGE_FORMATS)
def test_every_format_writes_the_same_twice_and_replaces_nothing_unasked(tmp_path: Path, to: str) -> None:
    paths, _ = export_case(a_rich_case(), tmp_path / "out", to)
    before = {path: path.read_bytes() for path in paths}
    with pytest.raises(OutputExistsError):
        export_case(a_rich_case(), tmp_path / "out", to)
    export_case(a_rich_case(), tmp_path / "out", to, overwrite=True)
    assert {path: path.read_bytes() for path in paths} == before


def test_an_unknown_format_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="stix"):
        export_case(a_rich_case(), tmp_path / "x", "sticks")
