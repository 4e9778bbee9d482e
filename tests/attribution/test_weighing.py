from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from undazzle.attribution import Matrix, read_matrix, weigh
from undazzle.attribution.hypotheses import EXAMPLE
from undazzle.casebook import load_case, shipped_edition
from undazzle.cli.main import cli
from undazzle.errors import SourceError

NAMES = ("fans", "shop", "decoy", "company")


def matrix(*evidence: dict[str, Any]) -> Matrix:
    kinds = ("authentic", "commercial", "false-flag", "operation")
    hypotheses = [{"id": name, "kind": kind, "statement": name} for name, kind in zip(NAMES, kinds, strict=True)]
    rows = [
        {
            "id": f"e{n}",
            "statement": "Seen",
            "refers_to": ["run:1"],
            "credibility": "medium",
            "relevance": "medium",
            **one,
        }
        for n, one in enumerate(evidence)
    ]
    return Matrix.model_validate(
        {
            "id": "matrix:who",
            "question": "Who?",
            "rated_by": "A",
            "rated": "2024-11-06",
            "hypotheses": hypotheses,
            "evidence": rows,
        }
    )


def rated(ratings: str, **more: Any) -> dict[str, Any]:
    return {"ratings": dict(zip(NAMES, ratings.split(), strict=True)), **more}


def test_the_least_inconsistent_hypothesis_stands_first_not_the_most_consistent() -> None:
    # "company" has all the consistent ratings and one that speaks against it; "shop" has nothing of either
    found = weigh(matrix(rated("II N II CC"), rated("I N I CC"), rated("I N I I")))
    assert [one.hypothesis_id for one in found.standings][:2] == ["shop", "company"]
    assert found.least == ("shop",)


def test_weights_are_those_of_credibility_and_relevance() -> None:
    found = weigh(matrix(rated("II N N N", credibility="high", relevance="low")))
    against = next(one for one in found.standings if one.hypothesis_id == "fans")
    assert (against.count, against.low) == (2, pytest.approx(2 * 1.414 * 0.707))


def test_unknown_credibility_is_a_range_and_not_the_lowest_grade() -> None:
    found = weigh(matrix(rated("I N N N", credibility="unknown")))
    against = next(one for one in found.standings if one.hypothesis_id == "fans")
    assert (against.low, against.high) == (0.707, 1.414)


def test_hypotheses_whose_ranges_overlap_are_not_separated() -> None:
    found = weigh(matrix(rated("I N II II", credibility="unknown"), rated("N I II II")))
    assert set(found.least) == {"fans", "shop"}


def test_evidence_that_fits_all_alike_has_no_diagnosticity() -> None:
    found = weigh(matrix(rated("C C C C"), rated("II CC N N")))
    assert found.diagnosticity == {"e0": 0, "e1": 4}


def test_evidence_on_which_the_result_hangs_is_named_with_what_it_would_be() -> None:
    found = weigh(matrix(rated("II II I N"), rated("N II II I")))
    assert found.least == ("company",)
    assert found.flips == {"e0": ("fans",)}
    assert "e0" in found.sentence


def test_what_made_somebody_look_is_shown_and_never_counted() -> None:
    found = weigh(matrix(rated("II N N N", is_selection=True), rated("N I I I")))
    assert found.set_aside == ("e0",)
    assert found.least == ("fans",)


def test_no_winner_is_named_where_nothing_speaks_against_any() -> None:
    assert weigh(matrix(rated("C C C C"))).sentence == "The evidence does not separate these hypotheses."


@given(
    st.lists(
        st.lists(st.sampled_from(["CC", "C", "N", "NA", "I", "II"]), min_size=4, max_size=4), min_size=1, max_size=6
    )
)
def test_the_count_is_the_sum_of_what_speaks_against(cells: list[list[str]]) -> None:
    found = weigh(matrix(*(rated(" ".join(row)) for row in cells)))
    for one in found.standings:
        column = [row[NAMES.index(one.hypothesis_id)] for row in cells]
        assert one.count == column.count("I") + 2 * column.count("II")


def changed(tmp_path: Path, change: Any) -> Path:
    content = yaml.safe_load(EXAMPLE)
    change(content)
    file = tmp_path / "matrix.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", ["authentic", "commercial", "false-flag"])
def test_a_matrix_without_a_compulsory_hypothesis_is_refused(tmp_path: Path, kind: str) -> None:
    def change(content: dict[str, Any]) -> None:
        for one in content["hypotheses"]:
            one["kind"] = "operation" if one["kind"] == kind else one["kind"]

    with pytest.raises(SourceError, match=f"No hypothesis of the kind {kind}"):
        read_matrix(changed(tmp_path, change))


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        del content["evidence"][0]["ratings"]["fans"]
        content["evidence"][1]["ratings"]["nobody"] = "C"

    with pytest.raises(SourceError, match=r"not rated for fans.*nobody, which is no hypothesis"):
        read_matrix(changed(tmp_path, change))


def test_a_matrix_needs_somebody_who_rated_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="rated_by"):
        read_matrix(changed(tmp_path, lambda content: content.pop("rated_by")))


def test_claims_that_are_not_in_the_case_are_named(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["evidence"][0]["refers_to"] = ["claim:nobody-said-so"]

    with pytest.raises(SourceError, match="claim:nobody-said-so"):
        read_matrix(changed(tmp_path, change), load_case(shipped_edition()))


def test_yaml_with_anchors_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "matrix.yaml"
    file.write_text("question: &a x\nrated_by: *a\n")
    with pytest.raises(SourceError):
        read_matrix(file)


def test_the_command_weighs_its_own_example(tmp_path: Path) -> None:
    runner = CliRunner()
    file = tmp_path / "matrix.yaml"
    file.write_text(runner.invoke(cli, ["weigh", "--example"]).output, encoding="utf-8")
    said = runner.invoke(cli, ["weigh", str(file)]).output
    assert "Least speaks against" in said
    assert "rated by A. Analyst" in said
