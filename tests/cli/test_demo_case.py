from __future__ import annotations

from pathlib import Path

import pytest

from undazzle.attribution import weigh
from undazzle.casebook import Severity, check_case
from undazzle.casebook.ladder import judgement_history, ladder_of
from undazzle.cli.demo_words import case_lines
from undazzle.demonstration import build_demo, build_demo_case
from undazzle.errors import OutputExistsError
from undazzle.workspace import Workspace


def test_the_demo_reads_a_page_into_drafts_and_writes_the_tracker(tmp_path: Path) -> None:
    made = build_demo_case(tmp_path)
    assert made.reading.is_spliced
    assert made.reading.repeats
    assert made.drafts >= 20
    assert made.drafts_folder.is_relative_to(tmp_path / "case")
    assert (made.site.claims, made.site.front) == (217, tmp_path / "tracker" / "index.html")
    assert made.site.front.is_file()
    assert not list((tmp_path / "case" / "claims").glob("*")), "no draft enters the case by itself"
    words = "\n".join(case_lines(made, tmp_path))
    assert f"{made.drafts} drafts of claims wait" in words
    with pytest.raises(OutputExistsError):
        build_demo_case(tmp_path)
    assert build_demo_case(tmp_path, overwrite=True).drafts == made.drafts


@pytest.mark.slow
def test_the_demo_ends_with_a_signed_judgement_its_limits_first_and_its_rivals_beside_it(tmp_path: Path) -> None:
    with build_demo(tmp_path):
        pass
    made = build_demo_case(tmp_path)
    assert made.judgement is not None and made.judgement_site is not None
    assert [one for one in check_case(made.judgement) if one.severity is not Severity.HINT] == []
    (judged,) = ladder_of(made.judgement)
    assert judged.is_demonstration and judged.rung == "cluster" and judged.actor is None
    assert judged.signed_by is not None and "does not exist" in judged.signed_by
    assert len(judgement_history(made.judgement, judged)) == 2
    assert len(weigh(next(iter(made.judgement.matrices.values()))).least) > 1, "the demo cannot say who it is"
    words = "\n".join(case_lines(made, tmp_path))
    assert words.index("Its limits first") < words.index(judged.statement) < words.index("We do not attribute")
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert judged.statement in report and judged.limits[0] in report and "Demonstration." in report
    (finding,) = made.judgement.findings.values()
    held = Workspace(tmp_path / "workspace.duckdb", read_only=True)
    handles = {str(row["account_id"]) for row in held.network(finding.network).members}
    held.close()
    text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "judgement").rglob("*.yaml"))
    assert handles and not [one for one in handles if one in text], "a case names no account"


def test_the_shipped_edition_goes_by_its_name() -> None:
    from click.testing import CliRunner

    from undazzle.cli.main import cli

    named = CliRunner().invoke(cli, ["case", "list", "us2024", "--csv"])
    assert named.exit_code == 0
    assert named.output == CliRunner().invoke(cli, ["case", "list", "--csv"]).output
