"""Records are written for people, and editing keeps what people wrote around them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casebook.builders import a_claim, an_event, on_disk
from undazzle.casebook import load_case
from undazzle.casebook.claim import Claim
from undazzle.casebook.yaml_reading import read_yaml
from undazzle.casebook.yaml_writing import edit_text, file_of, write_record, yaml_text
from undazzle.errors import OutputExistsError


def test_what_is_written_leaves_defaults_out_and_reads_back() -> None:
    claim = a_claim(statement="First line.\nSecond: 'line' #2.", is_truncated=True)
    text = yaml_text(claim)
    assert "review" not in text and "is_truncated: true" in text and text.startswith("id: claim:ferry-posters\n")
    assert Claim.model_validate(read_yaml(text.encode())) == claim


def test_comments_order_and_quotes_survive_an_edit() -> None:
    text = (
        "# seen at the pier\nid: claim:x  # stable\n\nstatement: 'Said so.'\nproposition:\n  # coded by two\n"
        '  answer: yes-it-is\n  aspect: effect\nquoted:\n  - "one" # why\n'
    )
    edited = edit_text(text, {"proposition.answer": "no-it-is-not", "credibility": "doubtful", "quoted": None})
    assert "# seen at the pier\nid: claim:x  # stable\n\nstatement: 'Said so.'\n" in edited
    assert "  # coded by two\n  answer: no-it-is-not\n  aspect: effect\n" in edited
    assert "credibility: doubtful" in edited and "quoted" not in edited


def test_an_edit_changes_only_the_lines_it_names() -> None:
    text = "id: claim:x\nclaimed: 2024-10-01\nstatement: >-\n  Folded text\n  on two lines.\nsource: source:a\n"
    assert edit_text(text, {"source": "source:b"}) == text.replace("source:a", "source:b")


def test_a_record_never_replaces_another(tmp_path: Path) -> None:
    event = an_event()
    write_record(tmp_path, event)
    with pytest.raises(OutputExistsError):
        write_record(tmp_path, event)
    assert write_record(tmp_path, event, overwrite=True) == tmp_path / file_of(event)
    assert [one.name for one in (tmp_path / "events").iterdir()] == ["harbour-vote.yaml"]


def test_the_line_of_a_field_is_the_line_in_the_file(tmp_path: Path) -> None:
    folder = on_disk(tmp_path, a_claim(quoted=["one", "two"]))
    lines = (folder / "claims/ferry-posters.yaml").read_text(encoding="utf-8").splitlines()
    case = load_case(folder)
    line = case.line_of("claim:ferry-posters", "quoted", 1)
    assert lines[line - 1].strip() == "- two"
    assert case.line_of("claim:ferry-posters", "absent") == 1


@given(st.text(alphabet="ab :#-'\"\n\t,&*!|>%@`{}[]~1é語", min_size=1, max_size=400).map(str.strip).filter(bool))
def test_any_text_survives_writing_and_reading(text: str) -> None:
    claim = a_claim(statement=text)
    assert Claim.model_validate(read_yaml(yaml_text(claim).encode())).statement == text


def test_long_text_is_folded_between_words_without_blanks_at_line_ends() -> None:
    lines = yaml_text(a_claim(statement="a ferry at nine " * 30)).splitlines()
    assert all(len(line) <= 110 and line == line.rstrip() for line in lines)
    assert "statement: >-" in lines
