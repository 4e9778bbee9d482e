"""The page on the casebook is true: its examples run, and it names every folder, check and kind."""

from __future__ import annotations

import re
from pathlib import Path

from undazzle.casebook.claim import Claim
from undazzle.casebook.contradictions import ContradictionKind
from undazzle.casebook.kinds import FOLDERS
from undazzle.casebook.yaml_reading import read_yaml

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "casebook.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_example_in_python_runs() -> None:
    names: dict[str, object] = {}
    exec(compile(example("python"), "casebook.md", "exec"), names)
    assert "conflicting_fields=('confidence',)" in repr(names["standing"])


def test_the_example_of_a_claim_is_one() -> None:
    written = example("yaml").encode()
    assert Claim.model_validate(read_yaml(written)).id == "claim:nic-2022-iran"


def test_every_folder_and_every_kind_of_contradiction_is_explained() -> None:
    assert not [name for name in FOLDERS if f"`{name}/`" not in PAGE]
    assert not [kind for kind in ContradictionKind if f"| {kind} |" not in PAGE]


def test_every_rule_of_the_ladder_is_explained() -> None:
    from undazzle.casebook.ladder import RULES

    page = (Path(__file__).resolve().parents[2] / "docs" / "attribution.md").read_text(encoding="utf-8")
    assert not [name for name, says in RULES.items() if f"| `{name}` | {says} |" not in page]
