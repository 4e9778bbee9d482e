from __future__ import annotations

from pathlib import Path

import pytest

from undazzle.cli.demo_words import case_lines
from undazzle.demonstration import build_demo_case
from undazzle.errors import OutputExistsError


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


def test_the_shipped_edition_goes_by_its_name() -> None:
    from click.testing import CliRunner

    from undazzle.cli.main import cli

    named = CliRunner().invoke(cli, ["case", "list", "us2024", "--csv"])
    assert named.exit_code == 0
    assert named.output == CliRunner().invoke(cli, ["case", "list", "--csv"]).output
