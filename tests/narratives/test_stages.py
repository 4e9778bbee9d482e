from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.narratives.stories import workspace_of
from undazzle.cli.narratives import path_lines
from undazzle.narratives import NarrativeSettings, Outlet, find_narratives, follow, read_outlets
from undazzle.narratives.stages import laundering_sentence, stages_of

START = datetime(2024, 3, 1, 9)


def outlet(name: str, outlet_class: str) -> Outlet:
    return Outlet(f"{name}.example", name, outlet_class, "", "https://source.example/list")


LIST = (outlet("organ", "state-controlled"), outlet("proxy", "state-linked"), outlet("blog", "fringe"))
WITH_PRESS = (*LIST, outlet("press", "mainstream"))


def posts(*domains: str) -> list[dict[str, Any]]:
    return [
        {"posted_at": START + timedelta(hours=n), "account_id": f"x:a{n}", "post_id": f"x:{n}", "domains": [domain]}
        for n, domain in enumerate(domains)
    ]


def seen(*domains: str, outlets: tuple[Outlet, ...] = WITH_PRESS) -> list[str]:
    return [one.stage for one in stages_of(posts(*domains), outlets) if one.at is not None]


def test_a_chain_in_order_shows_all_three_stages() -> None:
    found = stages_of(posts("www.organ.example", "else.example", "blog.example", "press.example"), WITH_PRESS)
    assert [(one.stage, one.post_id) for one in found] == [
        ("placement", "x:0"),
        ("layering", "x:2"),
        ("integration", "x:3"),
    ]
    assert "consistent with a chain of laundering" in laundering_sentence(found)


def test_links_in_another_order_are_no_chain() -> None:
    assert seen("press.example", "blog.example", "organ.example") == ["placement"]


def test_one_outlet_is_not_two_stages() -> None:
    assert seen("proxy.example", "proxy.example") == ["placement"]


def test_links_of_one_time_have_no_order() -> None:
    rows = [{**posts("organ.example")[0], "domains": ["organ.example", "blog.example"]}]
    assert [one.at is not None for one in stages_of(rows, WITH_PRESS)] == [True, False, False]


def test_from_fringe_to_press_alone_is_no_laundering() -> None:
    assert seen("blog.example", "press.example") == []
    assert laundering_sentence(stages_of(posts("blog.example"), WITH_PRESS)).startswith(
        "No stage of laundering is seen"
    )


def test_a_stage_in_between_may_be_unseen_and_is_named() -> None:
    said = laundering_sentence(stages_of(posts("organ.example", "press.example"), WITH_PRESS))
    assert "part of a chain" in said
    assert "layering is not seen (no post links" in said


def test_a_list_without_press_cannot_test_integration() -> None:
    said = laundering_sentence(stages_of(posts("organ.example", "blog.example"), LIST))
    assert "integration is not seen (cannot be tested: the list has no mainstream outlet)" in said


def test_no_list_says_nothing() -> None:
    assert laundering_sentence(stages_of(posts("organ.example"), ())) == ""


def test_a_path_with_a_list_of_ones_own_prints_its_stages(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra")
    file = tmp_path / "outlets.csv"
    file.write_text(
        "domain,name,outlet_class,state,source_url\n"
        "organ.example,Organ,state-controlled,Ruritania,https://s.example\n"
        "blog.example,Blog,fringe,,https://s.example\npress.example,Press,mainstream,,https://s.example\n"
    )
    text = "The last ferry to Merrowby now leaves at twenty to eleven, read the new timetable before Monday"
    links = [[], ["https://organ.example/1"], ["https://blog.example/1"], ["https://press.example/1"], []]
    rows = [{"account": f"a{n}", "text": text, "at": 500 + n, "links": some} for n, some in enumerate(links)]
    store = workspace_of(rows)
    run = find_narratives(store, NarrativeSettings(bootstraps=0))
    lines = list(path_lines(follow(store, 1, run=run, outlets=read_outlets(file))))
    assert any(line.startswith("  placement") and "Organ (state-controlled)" in line for line in lines)
    assert any("consistent with a chain of laundering" in line for line in lines)
