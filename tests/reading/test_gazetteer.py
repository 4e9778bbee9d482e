from __future__ import annotations

import itertools
from importlib import resources

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.seed import gazetteer
from undazzle.casebook import load_case, shipped_edition
from undazzle.publish.exchange.techniques.tags import tag_of
from undazzle.reading.coding import methods_in
from undazzle.reading.gazetteer import Gazetteer, Name, NameKind

_WORDS = resources.files("undazzle.reading.words")


def entries(file: str) -> list[dict[str, object]]:
    loaded: list[dict[str, object]] = yaml.safe_load(_WORDS.joinpath(file).read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("file", ["claimants.yaml", "actors.yaml", "targets.yaml"])
def test_an_id_without_a_name_is_one_of_the_shipped_edition(file: str) -> None:
    case = load_case(shipped_edition())
    assert [one["id"] for one in entries(file) if "name" not in one and one["id"] not in case.files] == []


def test_every_target_of_the_lists_is_in_the_shipped_edition() -> None:
    case = load_case(shipped_edition())
    assert [one["id"] for one in entries("targets.yaml") if one["id"] not in case.targets] == []


def test_every_method_of_the_lists_is_one_that_exports_know() -> None:
    assert [one["code"] for one in entries("methods.yaml") if tag_of(str(one["code"])).warning] == []


def test_the_longest_name_at_a_place_counts() -> None:
    text = "The Office of the Director of National Intelligence and the US intelligence community spoke."
    found = [one for one in gazetteer().find(text) if one.name.kind is NameKind.CLAIMANT]
    assert [one.name.id for one in found] == ["claimant:odni", "claimant:us-ic"]


def test_a_name_inside_a_longer_word_is_none() -> None:
    assert [one.name.id for one in gazetteer().find("Irania, METAL and the CIAO bar")] == []


def test_a_possessive_and_a_curly_apostrophe_do_not_hide_a_name() -> None:
    assert [one.name.id for one in gazetteer().find("Microsoft’s report")] == ["claimant:microsoft"]


def test_methods_are_shown_by_words_of_the_text() -> None:
    assert methods_in("accounts spread conspiracy theories and hoax bomb threats") == ("T0022", "local:hoax-threat")
    assert methods_in("the ferry runs") == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["Alder", "Alder Sound", "Sound", "pier", "Sounds", ".", " "]), max_size=20))
def test_mentions_of_one_kind_never_overlap_and_say_what_stands_there(parts: list[str]) -> None:
    names = Gazetteer()
    for label in ("Alder", "Alder Sound", "Sound"):
        names.add(Name(NameKind.ACTOR, f"actor:{label.casefold().replace(' ', '-')}", label), [label])
    text = " ".join(parts)
    found = list(names.find(text))
    assert all(one.span.of(text) == one.name.label for one in found)
    assert all(before.span.end <= after.span.begin for before, after in itertools.pairwise(found))
