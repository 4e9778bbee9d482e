"""Where indicators are seen, how much that means, and what is never mixed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.intrusions.builders import TIME, a_file, a_list, a_post, listed, searched
from undazzle.casebook import load_case, shipped_edition
from undazzle.casebook.vocabulary import ActClass
from undazzle.cli import main as cli_main
from undazzle.intrusions import Standing, find_group, search_indicators
from undazzle.intrusions.guards import guard

MACHINE = "192.88.99.7"


@pytest.mark.parametrize(
    ("indicator", "shown", "hidden"),
    [
        ("ferry.example", "see ferry.example.", "see ferry.example.org"),
        ("ferry.example", "https://a.b.ferry.example/x?y", "https://notferry.example"),
        ("ferry.example", "hxxp://ferry[.]example/x", "ferry . example"),
        ("ferry.example", "url=https://ferry.example/x", "ferryXexample"),
        ("ferry.example", "write to desk@ferry.example now", "desk@ferry.examples"),
        ("quay.example/a/b", "(https://www.quay.example/a/b/?utm_source=z)", "https://quay.example/a"),
        ("quay.example/a/b", "http://quay.example/a/b/c", "https://quay.example/a/bc"),
        ("quay.example/p?id=1", "quay.example/p?x=2&id=1", "quay.example/p?id=12"),
        ("https://x.com/harbour_desk", "https://twitter.com/Harbour_Desk/status/1", "https://x.com/harbour_desks"),
        (MACHINE, f"from {MACHINE}:443 today", "from 192.88.99.77"),
        ("192.88.99.0/28", "at 192.88.99.15", "at 192.88.99.16"),
        ("2a00:1::7", "at [2A00:1:0::7] now", "at 2a00:1::8"),
        ("desk@ferry.example", "Desk@Ferry.Example", "desk2@ferry.example"),
        ("a" * 32, f"file {'A' * 32}", f"file {'a' * 33}"),
        ("The ferry is late, they say", "the FERRY is late: they say!", "the ferry is late, we say"),
    ],
)
def test_an_indicator_is_found_where_it_is_and_not_where_it_is_not(
    tmp_path: Path, indicator: str, shown: str, hidden: str
) -> None:
    posts = [a_post(1, shown), a_post(2, hidden), a_post(3)]
    report = searched(tmp_path, a_list(indicator), posts)
    assert [one.record_id for one in report.sightings] == ["x:p1"]
    log = a_file(tmp_path, "lines.log", f"{hidden}\n{shown}\n")
    assert [one.record_id for one in search_indicators(a_list(indicator), logs=[log]).sightings] == ["lines.log:2"]


def test_what_everybody_uses_is_set_aside_and_still_counted(tmp_path: Path) -> None:
    everywhere = a_list("google.com", "8.8.8.8", "10.0.0.1", "blogspot.com", "co.uk", "104.16.0.1", "0.0.0.0/0")
    assert all(guard(one) for one in everywhere.indicators)
    posts = [a_post(number, "https://google.com/x and 8.8.8.8 and a.blogspot.com") for number in range(300)]
    report = searched(tmp_path, everywhere, posts)
    assert {one.standing for one in report.sightings} == {Standing.SET_ASIDE}
    assert sum(report.counts.values()) == len(report.sightings) == 3 * 300 + 300  # 8.8.8.8 is in 0.0.0.0/0 as well
    assert len(report.guarded) == 7


def test_a_name_under_shared_hosting_is_an_indicator_and_the_name_above_is_not(tmp_path: Path) -> None:
    posts = [a_post(1, "https://ferry.blogspot.com/1"), a_post(2, "https://library.blogspot.com/1")]
    report = searched(tmp_path, a_list("ferry.blogspot.com"), posts)
    assert [(one.record_id, one.standing) for one in report.sightings] == [("x:p1", Standing.STANDS)]


def test_an_indicator_that_half_the_data_shows_is_weak(tmp_path: Path) -> None:
    posts = [a_post(number, "ferry.example" if number % 2 else "quiet") for number in range(100)]
    report = searched(tmp_path, a_list("ferry.example"), posts)
    assert {one.standing for one in report.sightings} == {Standing.WEAK} and len(report.sightings) == 50
    assert "50 of 100 accounts" in report.sightings[0].reason


@pytest.mark.parametrize(
    ("first", "last", "standing"),
    [
        (date(2024, 1, 1), date(2024, 6, 1), Standing.STANDS),
        (date(2020, 1, 1), date(2022, 6, 1), Standing.WEAK),
        (date(2026, 1, 1), date(2026, 6, 1), Standing.WEAK),
        (None, None, Standing.STANDS),
    ],
)
def test_a_sighting_long_before_or_after_an_indicator_was_known_is_weak(
    tmp_path: Path, first: date | None, last: date | None, standing: Standing
) -> None:
    indicators = a_list("ferry.example", first_known=first, last_known=last)
    report = searched(tmp_path, indicators, [a_post(1, "ferry.example")])
    assert [one.standing for one in report.sightings] == [standing]


ZEEK = (
    "#separator \\x09\n#set_separator\t,\n#fields\tts\tuid\tid.orig_h\tid.resp_h\thost\turi\n"
    f"1730800800.5\tC1\t10.0.0.9\t{MACHINE}\tferry.example\t/a/b\n"
    "1730800801.5\tC2\t10.0.0.9\t192.88.99.9\t-\t-\nbroken line\n"
)


DEEP = {
    "@timestamp": "2024-11-05T10:00:00Z",
    "http": {"host": "ferry.example", "x": [MACHINE]},
    "url": "http://ferry.example/a/b",
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("conn.log", ZEEK),
        ("conn.json", json.dumps({"ts": 1730800800.5, "id.resp_h": MACHINE, "host": "ferry.example", "uri": "/a/b"})),
        ("deep.jsonl", json.dumps(DEEP)),
        ("proxy.csv", f"time,dest,url\n2024-11-05 10:00:00,{MACHINE},http://ferry.example/a/b\n"),
        ("plain.log", f"Nov  5 10:00:00 gw proxy: {MACHINE} GET http://ferry.example/a/b 200\n"),
    ],
)  # fmt: skip
def test_logs_of_every_form_are_searched(tmp_path: Path, name: str, text: str) -> None:
    indicators = a_list(MACHINE, "ferry.example", "ferry.example/a/b")
    report = search_indicators(indicators, logs=[a_file(tmp_path, name, text)])
    assert {one.indicator.value for one in report.sightings} == {MACHINE, "ferry.example", "ferry.example/a/b"}
    assert {one.where for one in report.sightings} == {"log"}
    if name != "plain.log":
        assert {str(one.seen_at)[:19] for one in report.sightings} == {"2024-11-05 10:00:00"}


def test_broken_lines_of_a_log_are_searched_as_text_and_counted(tmp_path: Path) -> None:
    text = f'{{"ts": 1}}\n{{broken {MACHINE}\n' + "x" * 2_000_000 + "\n\x00\xff\n"
    report = search_indicators(a_list(MACHINE), logs=[a_file(tmp_path, "some.jsonl", text)])
    assert len(report.sightings) == 1 and any("lines are not of the form" in note for note in report.notes)


def test_classes_of_acts_are_counted_apart(tmp_path: Path) -> None:
    one = a_list("ferry.example", act_class=ActClass.ESPIONAGE)
    other = a_list("quay.example", act_class=ActClass.INFLUENCE_COVERT)
    both = type(one)(one.indicators + other.indicators, entries=2)
    report = searched(tmp_path, both, [a_post(1, "ferry.example quay.example"), a_post(2, "quay.example")])
    counts = report.by_act()
    assert counts[ActClass.ESPIONAGE]["records"] == 1 and counts[ActClass.INFLUENCE_COVERT]["records"] == 2


def test_a_list_about_espionage_is_linked_to_espionage_only(tmp_path: Path) -> None:
    case = load_case(shipped_edition())
    posts = [a_post(1, "ferry.example")]
    (tmp_path / "a").mkdir()
    spying = a_list("ferry.example", act_class=ActClass.ESPIONAGE, actor="Salt Typhoon")
    report = searched(tmp_path / "a", spying, posts, case=case)
    refs = report.sightings[0].case_refs
    assert refs[0] == "actor:salt-typhoon" and "incident:telecom-campaign-phones-2024" in refs
    for number, indicators in enumerate((
        a_list("ferry.example", act_class=ActClass.INFLUENCE_COVERT, actor="Salt Typhoon"),
        a_list("ferry.example", act_class=ActClass.COERCIVE_DISRUPTION, actor="Salt Typhoon"),
        a_list("ferry.example", actor="Salt Typhoon"),
        a_list("ferry.example", act_class=ActClass.ESPIONAGE, actor="GhostEmperor"),
        a_list("ferry.example", act_class=ActClass.ESPIONAGE, actor="Harbour Group"),
    )):  # fmt: skip
        (tmp_path / str(number)).mkdir()
        report = searched(tmp_path / str(number), indicators, posts, case=case)
        assert report.sightings[0].case_refs == () and report.notes


def test_the_shipped_group_says_what_its_sources_say_and_what_they_do_not() -> None:
    group = find_group("salt typhoon")
    assert group.id == "G1045" and group.act_class is ActClass.ESPIONAGE and group.case_actor == "actor:salt-typhoon"
    assert group.case_actor in load_case(shipped_edition()).actors
    sources = {one.id for one in group.sources}
    assert {one.source for one in (*group.said, *group.techniques)} <= sources
    assert any("interfered with an election" in one for one in group.not_said)
    assert len(group.techniques) == 14 and all(one.url.startswith("https://") for one in group.sources)


def test_the_command_searches_keeps_and_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.intrusions.builders import a_workspace

    place = a_workspace(tmp_path, [a_post(1, "=cmd ferry.example"), a_post(2)])
    source = a_file(tmp_path, "list.csv", "value\nferry[.]example\n8.8.8.8\nsome words here\n")
    words = [str(source), "--act", "influence-covert", "--workspace", str(place), "--keep"]
    assert cli_main.run(["intrusion", *words]) == 0
    printed = capsys.readouterr().out
    assert "influence-covert: 1 indicators stand, seen in 1 records by 1 accounts" in printed
    assert "8.8.8.8 (0 matches): a public resolver" in printed and "Seen is not done" in printed
    assert (
        cli_main.run(["query", str(place), "SELECT indicator, standing, seen_at::VARCHAR FROM sightings", "--csv"]) == 0
    )
    assert f"ferry.example,stands,{TIME[:10]} 10:00:00" in capsys.readouterr().out
    assert cli_main.run(["intrusion", "--group", "G1045"]) == 0
    assert "not said: That it interfered" in capsys.readouterr().out
    assert cli_main.run(["intrusion"]) == 2
    assert cli_main.run(["intrusion", "--group", "G1"]) == 2


def test_mails_of_a_workspace_and_of_files_are_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = f"Received: from a (b.example [{MACHINE}]) by mx.example; Tue, 5 Nov 2024 10:00:00 +0000\n"
    mail = a_file(tmp_path, "one.eml", f"{line}From: desk@ferry.example\nSubject: x\n\nSee quay.example\n")
    source = a_file(tmp_path, "list.csv", f"value\nferry.example\nquay.example\n{MACHINE}\n")
    assert cli_main.run(["intrusion", str(source), "--mail", str(mail), "--csv"]) == 0
    assert capsys.readouterr().out.count("\r\n") == 4
    place = tmp_path / "w.duckdb"
    assert cli_main.run(["mail", str(mail), "--workspace", str(place)]) == 0
    capsys.readouterr()
    assert cli_main.run(["intrusion", str(source), "--workspace", str(place), "--csv"]) == 0
    assert capsys.readouterr().out.count("\r\n") == 4


def test_defanged_text_of_a_list_and_of_posts_meet(tmp_path: Path) -> None:
    indicators = listed(tmp_path, "list.txt", "ferry(.)example\nhxxps[:]//quay[dot]example/a\n")
    report = searched(
        tmp_path, indicators, [a_post(1, "hxxp://ferry[.]example"), a_post(2, urls="https://quay.example/a")]
    )
    assert {one.record_id for one in report.sightings} == {"x:p1", "x:p2"}
