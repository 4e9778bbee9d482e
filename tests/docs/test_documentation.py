"""Nothing is undocumented, and nothing documented is out of date."""

from __future__ import annotations

import re
from pathlib import Path

from docs import generate
from undazzle.cli.main import COMMANDS, SUMMARIES
from undazzle.store import Store
from undazzle.store.table_words import TABLE_WORDS
from undazzle.traces import TRACE_KINDS

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_pages_are_current() -> None:
    assert generate.outdated() == []


def test_every_table_and_column_is_explained() -> None:
    with Store() as store:
        columns = store.rows(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'main'"
        )
    explained = {(table, column) for table, (_, words) in TABLE_WORDS.items() for column in words}
    assert explained == set(columns)


def test_every_command_has_a_summary_and_an_example() -> None:
    page = generate.commands_page()
    assert set(SUMMARIES) == set(COMMANDS)
    for name in COMMANDS:
        assert f"## undazzle {name}" in page
    assert page.count("Example:") >= len(COMMANDS) - 1  # demo needs none


def test_every_trace_kind_names_innocent_explanations() -> None:
    for kind in TRACE_KINDS.values():
        assert kind.innocent_explanations, kind.kind_id


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        if "site" in page.parts:
            continue
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http", "mailto:")):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150
