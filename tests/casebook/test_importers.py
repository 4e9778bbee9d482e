"""Other trackers become drafts, and what is wrong in their files is reported with its line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.casebook.builders import a_head
from tests.real_data import data_set
from undazzle.casebook import load_case
from undazzle.casebook.claim import Claim
from undazzle.casebook.importers import (
    IMPORTERS,
    Imported,
    import_dichotomies,
    import_fiat,
    import_meta,
    read_kill_chain,
)
from undazzle.casebook.scorecard import Scorecard
from undazzle.casebook.scoring.items import Item
from undazzle.casebook.scoring.totals import tally
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_writing import write_record
from undazzle.errors import SourceError

TRACKERS = "incident_trackers"


def a_table(folder: Path, columns: list[str], *rows: list[str]) -> Path:
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def a_fiat_row(folder: Path, total: str = "18", **values: str) -> Imported:
    row = {
        "attribution_id": "7", "short_description": "Posters at the pier", "source": "Harbour office",
        "source_category": "Government", "actor": "Ferry line", "actor_nation": "USA", "attribution_date": "2024-05-02",
        "attribution_type": "Direct Attribution", "attribution_url": "https://example.org/a",
        "attribution_archive_url": "https://example.org/b", "platform": "Twitter;Facebook", "methods": "Sockpuppets",
        **dict.fromkeys(Item, "1.0"), "attribution_total_score": total, **values,
    }  # fmt: skip
    return import_fiat(a_table(folder, list(row), list(row.values())))


def test_a_row_becomes_a_draft_claim_with_its_scorecard(tmp_path: Path) -> None:
    found = a_fiat_row(tmp_path)
    (claim,) = found.of_kind("claim")
    (card,) = found.of_kind("scorecard")
    assert isinstance(claim, Claim) and isinstance(card, Scorecard) and card.final is not None
    assert claim.review is Review.DRAFT and claim.attribution == "direct" and claim.platforms == ("X", "Facebook")
    assert claim.methods == ("fiat:sockpuppets",) and claim.proposition.act_class == "influence-covert"
    assert tally(card.final).points == 18 and found.problems == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"total": "17"}, "wrong-total"),
        ({"attribution_evidence_score": "4"}, "wrong-section-total"),
        ({"other": "FALSE"}, "dirty-value"),
        ({"open_web": '"Junk News"'}, "dirty-value"),
        ({"attribution_date": "first of May"}, "dirty-value"),
        ({"methods": "Sorcery"}, "unknown-value"),
        ({"attribution_archive_url": ""}, "missing-value"),
        ({"attribution_url": "see above"}, "bad-address"),
        ({"attribution_clarity": "perhaps"}, "unknown-value"),
    ],
)
def test_what_is_wrong_in_a_row_is_reported_with_its_line(tmp_path: Path, values: dict[str, str], code: str) -> None:
    found = a_fiat_row(tmp_path, **values)
    assert code in found.problem_counts() and {one.line for one in found.problems} == {2}


def test_hostile_cells_stay_text(tmp_path: Path) -> None:
    found = a_fiat_row(tmp_path, short_title="<script>x</script>", source="=cmd|' /c'!A1", attribution_id="../../x")
    folder = tmp_path / "case"
    write_record(folder, a_head())
    assert found.write(folder) == (len(found.records), 0)
    assert found.write(folder) == (0, len(found.records))
    assert {one.parent.parent for one in folder.rglob("*.yaml") if one.parent != folder} == {folder}
    assert load_case(folder).incidents


@pytest.mark.parametrize("name", IMPORTERS)
def test_another_table_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError):
        IMPORTERS[name](a_table(tmp_path, ["ferry", "pier"], ["a", "b"]))
    with pytest.raises(SourceError):
        IMPORTERS[name](tmp_path / "absent.csv")


def test_the_tracker_of_2020_has_six_wrong_totals_and_its_dirty_values() -> None:
    found = import_fiat(data_set(TRACKERS) / "DFRLab_interference2020.csv")
    counts = found.problem_counts()
    assert (found.rows, found.used, len(found.of_kind("claim")), len(found.of_kind("scorecard"))) == (84, 84, 84, 84)
    assert counts["wrong-total"] == 6
    dirty = [one.what for one in found.problems if one.code == "dirty-value"]
    assert sum("'FALSE'" in one for one in dirty) == 1 and sum("Junk News" in one for one in dirty) == 2
    archives = [one for one in found.problems if "archived_attribution_url is empty" in one.what]
    assert len(archives) == 4
    totals = [
        tally(card.final).points for card in found.of_kind("scorecard") if isinstance(card, Scorecard) and card.final
    ]
    assert (min(totals), max(totals)) == (2, 18)


def test_the_tracker_of_2024_is_read_in_its_own_dialect() -> None:
    found = import_fiat(data_set(TRACKERS) / "FIAT2024_Demo_Attribution_Data.csv")
    assert (found.used, len(found.of_kind("claim")), len(found.of_kind("scorecard"))) == (6, 6, 1)
    methods = {one for claim in found.of_kind("claim") if isinstance(claim, Claim) for one in claim.methods}
    assert "fiat:third-party-automation" in methods


def test_the_kill_chain_has_161_procedures_and_a_mislabelled_place() -> None:
    chain = read_kill_chain(data_set("meta_cib_indicators") / "Online_Operations_Killchain-TTPs.csv")
    assert len(chain.procedures) == 161 and {one.phase for one in chain.procedures.values()} == set(range(10))
    assert {one.code for one in chain.problems} == {"mislabelled"}
    assert chain.procedures["9.5.3"].technique == "9.5"


def test_takedowns_are_counted_without_keeping_a_single_indicator() -> None:
    path = data_set("meta_cib_indicators") / "indicators_long.csv"
    found = import_meta(path)
    assert (found.rows, found.used) == (11_249, 8_623)
    (spamouflage,) = [one for one in found.of_kind("claim") if "q2-2023-spamouflage" in one.id]
    assert isinstance(spamouflage, Claim) and spamouflage.quantities[0].value == 528
    written = "\n".join(one.model_dump_json() for one in found.records)
    with path.open(encoding="utf-8", newline="") as file:
        named = {row["indicator"] for row in csv.DictReader(file) if "." in row["indicator"] or "@" in row["indicator"]}
    assert len(named) > 1_000 and not [one for one in named if len(one) > 8 and one in written]


def test_a_single_takedown_table_is_read_as_published(tmp_path: Path) -> None:
    table = a_table(
        tmp_path, ["Tactic", "Technique", "Procedure", "Indicator", "Note"],
        ["0. Acquiring assets", "0.6 Acquiring domains", "0.6.2 x", "harbour[.]example", ""],
        ["9. Enabling longevity", "0.6 wrong", "", "pier[.]example", ""],
    )  # fmt: skip
    found = import_meta(table)
    (claim,) = found.of_kind("claim")
    assert isinstance(claim, Claim) and claim.methods == ("killchain:0.6", "killchain:0.6.2")
    assert found.problem_counts() == {"mislabelled": 1}


def test_dichotomies_become_campaigns_with_targets() -> None:
    found = import_dichotomies(data_set(TRACKERS) / "20200201_Dichotomies_of_Disinformation.csv")
    assert found.used == len(found.of_kind("incident")) == 60
    assert len(found.of_kind("target")) > 30 and found.problem_counts() == {"encoding": 1}
