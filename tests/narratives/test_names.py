from __future__ import annotations

from pathlib import Path

import pytest

from tests.narratives.stories import workspace_of
from undazzle.casebook import load_case, shipped_edition
from undazzle.errors import SourceError
from undazzle.narratives import count_targets
from undazzle.narratives.gazetteer import read_gazetteer, shipped_gazetteer
from undazzle.narratives.outlets import shipped_outlets
from undazzle.store import Store

CASE = load_case(shipped_edition())
HEADER = "id,name,kind,office,race,jurisdiction,party,on_ballot,context,aliases\n"


def posts_of(texts: list[str]) -> Store:
    return workspace_of([{"account": f"a{n}", "text": text} for n, text in enumerate(texts)])


def counted(texts: list[str], target: str, aliases: dict[str, list[str]] | None = None) -> tuple[int, int]:
    found = {one.target_id: one for one in count_targets(posts_of(texts), CASE, aliases=aliases)}
    return found[target].posts, found[target].doubtful


def test_a_name_that_others_bear_counts_only_beside_a_word_of_its_role() -> None:
    texts = ["Sam Brown plays on Sunday", "Sam Brown runs for the Senate in Nevada", "sam  brown, the GOP candidate"]
    assert counted(texts, "target:sam-brown") == (2, 0)


def test_a_name_that_is_a_common_word_in_the_data_is_not_counted_by_itself() -> None:
    words = ["No justice today", "justice for all", "where is justice"] * 2
    names = ["Governor Justice spoke", "Jim Justice of West Virginia, Republican", "Justice is a Republican"]
    posts, doubtful = counted(words + names, "target:jim-justice", {"target:jim-justice": ["Justice"]})
    assert (posts, doubtful) == (1, 2)  # the whole name counts; the word alone does not, even beside its context


def test_a_single_word_that_is_always_a_name_counts() -> None:
    texts = ["Smartmatic again", "machines by Smartmatic", "smart words"]
    assert counted(texts, "target:smartmatic") == (2, 0)


@pytest.mark.parametrize(
    ("text", "hits"),
    [("他说特朗普赢了", 1), ("Дональд Трамп выступил", 1), ("Дональд Трамплин прыгнул", 0), ("#DonaldTrump", 1)],
)
def test_names_are_found_in_other_scripts_and_only_as_whole_words(text: str, hits: int) -> None:
    assert counted([text], "target:trump")[0] == hits


def test_down_ballot_and_presidential_targets_are_told_apart() -> None:
    counts = {one.target_id: one for one in count_targets(posts_of(["nothing"]), CASE)}
    assert counts["target:trump"].level == "president"
    assert counts["target:angela-alsobrooks"].level == "down-ballot"
    assert counts["target:supreme-court"].level == "no person"


def test_every_senate_race_of_2024_but_one_has_two_candidates_or_more() -> None:
    races: dict[str, int] = {}
    for one in shipped_gazetteer():
        if one.office == "US Senate":
            races[one.race] = races.get(one.race, 0) + 1
    races["US Senate, Tennessee 2024"] += 1  # Marsha Blackburn stands in the edition
    assert len(races) == 33
    assert min(races.values()) == 2


def test_no_entry_of_the_shipped_gazetteer_stands_twice_and_officeholders_say_where() -> None:
    entries = shipped_gazetteer()
    assert len({one.id for one in entries}) == len(entries)
    assert all(one.office and one.jurisdiction for one in entries if one.kind == "officeholder")
    assert {"target:steve-scalise", "target:brad-raffensperger", "target:foreign-malign-influence-center"} <= {
        one.id for one in entries
    }


def test_a_governor_with_a_common_name_needs_a_word_of_the_office_beside_it() -> None:
    counts = {one.target_id: one for one in count_targets(posts_of([
        "Greg Abbott sings in our choir", "Texas governor Greg Abbott spoke today",
    ]), CASE)}  # fmt: skip
    assert counts["target:greg-abbott"].posts == 1


def test_every_shipped_outlet_names_its_class_state_and_source_once() -> None:
    outlets = shipped_outlets()
    assert len({one.domain for one in outlets}) == len(outlets) == 39
    assert all(one.state and one.source_url.startswith("https://") for one in outlets)
    assert {one.outlet_class for one in outlets} == {"state-controlled", "state-linked"}


def test_a_gazetteer_of_ones_own_replaces_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEADER + "target:pier,Pier Authority,institution,,,,,,,Pier Board|PierBoard\n", "utf-8")
    counts = count_targets(posts_of(["The Pier Board met"]), CASE, gazetteer=read_gazetteer(path))
    assert counts[0].target_id == "target:pier"
    assert "target:sam-brown" not in {one.target_id for one in counts}


@pytest.mark.parametrize("row", ["target:x,,person,,,,,,,", "target:x,A B,person,,,,,perhaps,,"])
def test_a_row_that_makes_no_sense_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"{HEADER}{row}\n", "utf-8")
    with pytest.raises(SourceError, match="Line 2"):
        read_gazetteer(path)
