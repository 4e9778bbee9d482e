"""A folder becomes a case, and whatever cannot be read is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casebook.builders import a_claim, an_incident, on_disk
from undazzle.casebook import load_case, read_case
from undazzle.casebook.yaml_reading import MOST_BYTES, YamlRefusedError, read_yaml
from undazzle.errors import CaseError


def problems_with(folder: Path, file: str, text: str) -> list[tuple[str, int]]:
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [(one.code, one.line) for one in read_case(folder)[1] if one.file == file]


def test_a_case_is_read_as_it_was_written(tmp_path: Path) -> None:
    claim = a_claim(quoted=["posters: all #1 mine", "12"], confidence={"word": "high", "quoted": "high confidence"})
    case = load_case(on_disk(tmp_path, claim, an_incident([claim.id])))
    assert case[claim.id] == claim
    assert case.head.title == "Harbour vote"
    assert [one.id for one in case.incidents_by_claim[claim.id]] == ["incident:posters"]


def test_a_case_cannot_be_changed(tmp_path: Path) -> None:
    case = load_case(on_disk(tmp_path, a_claim()))
    with pytest.raises(TypeError):
        case.records["claim:x"] = case["claim:ferry-posters"]  # type: ignore[index]  # that it fails is the test
    with pytest.raises(ValueError, match="frozen"):
        case.claims["claim:ferry-posters"].statement = "other"


def test_a_folder_without_a_head_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"no case\.yaml"):
        load_case(tmp_path)
    with pytest.raises(CaseError, match="no such folder"):
        load_case(tmp_path / "absent")


def test_the_error_gathers_all_problems(tmp_path: Path) -> None:
    folder = on_disk(tmp_path)
    problems_with(folder, "claims/a.yaml", "id: claim:a\n")
    problems_with(folder, "claims/b.yaml", "[]")
    with pytest.raises(CaseError) as caught:
        load_case(folder)
    assert len(caught.value.problems) == 4 and isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("id: event:x\nname: a\nname: b\n", "yaml-key", 3),
        ("id: event:x\na: &one [1]\nb: *one\n", "yaml-anchor", 2),
        ("id: event:x\nname: !!python/object:os.system x\n", "yaml-tag", 2),
        ("id: event:x\n---\nid: event:y\n", "yaml-documents", 2),
        ("id: event:x\n  name: : [\n", "yaml-syntax", 2),
        ("[" * 5000, "yaml-depth", 1),
        ("? [a]\n: b\n", "yaml-key", 1),
        ("- a\n", "not-a-record", 1),
        ("", "not-a-record", 1),
        ("id: event:x\nname: X\nevent_kind: election\nbegin: 2024-02-30\n", "field-value-error", 4),
        ("id: event:x\nname: X\nevent_kind: electoin\nbegin: 2024-02\n", "field-enum", 3),
        ("id: claim:x\nname: X\nevent_kind: election\nbegin: 2024-02\n", "field-string-pattern-mismatch", 1),
        ("id: event:x\nname: X\nevent_kind: election\nbegin: 2024-02\nscore: 3\n", "field-extra-forbidden", 5),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    assert problems_with(on_disk(tmp_path), "events/x.yaml", text) == [(code, line)]


def test_a_bomb_of_anchors_is_refused_before_it_unfolds() -> None:
    layers = ["a: &a [x,x,x,x,x,x,x,x,x,x]"]
    layers += [f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]" for n in range(20)]
    with pytest.raises(YamlRefusedError, match="anchor"):
        read_yaml("\n".join(layers).encode())


@pytest.mark.parametrize("content", [b"a: " + b"x" * MOST_BYTES, b"- x\n" * 200_000, b"a: \xff\xfe"])
def test_files_too_large_or_not_text_are_refused(content: bytes) -> None:
    with pytest.raises(YamlRefusedError):
        read_yaml(content)


def test_values_stay_text_until_their_field_reads_them(tmp_path: Path) -> None:
    assert read_yaml(b"a: no\nb: 1.10\nc: 2024-10-01\nd: ~\ne: '~'\nf:\ng: 0x1F\n") == {
        "a": "no", "b": "1.10", "c": "2024-10-01", "d": None, "e": "~", "f": None, "g": "0x1F",
    }  # fmt: skip
    claim = a_claim(is_truncated=True, quantities=[{"counted": "posters", "value": 12.5}], quoted=["12"])
    assert load_case(on_disk(tmp_path, claim))[claim.id] == claim


@given(st.binary(max_size=300) | st.text(alphabet="a:-[]{}&*!|>\"'# \n\t", max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        read_yaml(content)
    except YamlRefusedError as error:
        assert error.code.startswith("yaml-")


def test_an_id_stands_once(tmp_path: Path) -> None:
    folder = on_disk(tmp_path, a_claim())
    text = (folder / "claims/ferry-posters.yaml").read_text(encoding="utf-8")
    assert problems_with(folder, "claims/other.yaml", f"# a copy\n{text}") == [("duplicate-id", 2)]


def test_links_are_not_followed(tmp_path: Path) -> None:
    folder = on_disk(tmp_path / "case")
    outside = tmp_path / "outside.yaml"
    outside.write_text("id: event:secret\n", encoding="utf-8")
    (folder / "events/link.yaml").symlink_to(outside)
    (folder / "claims").symlink_to(tmp_path)
    assert sorted((one.file, one.code) for one in read_case(folder)[1]) == [
        ("claims", "link"),
        ("events/link.yaml", "link"),
    ]
