"""Lists of indicators: every form, and every way they come broken; nothing is lost without a count."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.intrusions.builders import a_file, listed
from undazzle.casebook.vocabulary import ActClass
from undazzle.errors import SourceError
from undazzle.intrusions import IndicatorKind, IndicatorList, read_list, read_lists
from undazzle.intrusions.stix import read_bundle, read_groups

HASH = "a" * 64


def values(found: IndicatorList) -> dict[str, str]:
    return {one.value: str(one.kind) for one in found.indicators}


def an_indicator(number: int, pattern: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "indicator",
        "id": f"indicator--{number}",
        "pattern": pattern,
        "pattern_type": "stix",
        "valid_from": "2024-03-01T00:00:00Z",
        **more,
    }


def a_bundle(*objects: dict[str, Any]) -> str:
    return json.dumps({"type": "bundle", "id": "bundle--1", "objects": list(objects)})


def a_link(source: str, word: str, target: str) -> dict[str, Any]:
    return {"type": "relationship", "id": f"r-{source}-{target}", "relationship_type": word, "source_ref": source,
            "target_ref": target}  # fmt: skip


GROUP = {
    "type": "intrusion-set",
    "id": "intrusion-set--1",
    "name": "Harbour Group",
    "aliases": ["Harbour Group", "Quay"],
}


def test_stix_patterns_and_observables_are_read_with_dates_and_actor(tmp_path: Path) -> None:
    text = a_bundle(
        an_indicator(1, "[domain-name:value = 'ferry.example' OR url:value = 'http://quay.example/a']"),
        an_indicator(2, f"[file:hashes.'SHA-256' = '{HASH}'] AND [ipv4-addr:value ISSUBSET '192.88.99.0/28']"),
        {"type": "ipv4-addr", "id": "ipv4-addr--1", "value": "192.88.99.99"},
        GROUP,
        a_link("indicator--1", "indicates", "intrusion-set--1"),
    )
    found = listed(tmp_path, "list.json", text)
    assert values(found) == {
        "ferry.example": "domain",
        "quay.example/a": "url",
        HASH: "hash",
        "192.88.99.0/28": "network",
        "192.88.99.99": "address",
    }
    first = found.indicators[0]
    assert (first.actor, first.first_known, found.indicators[2].actor) == ("Harbour Group", date(2024, 3, 1), "")


def test_what_a_pattern_says_is_not_so_is_no_indicator(tmp_path: Path) -> None:
    text = a_bundle(
        an_indicator(1, "[domain-name:value != 'ferry.example']"),
        an_indicator(2, "[domain-name:value LIKE 'f%']"),
        an_indicator(3, "rule x {}", pattern_type="yara"),
        an_indicator(4, "[domain-name:value = 'old.example']", revoked=True),
    )
    found = listed(tmp_path, "list.json", text)
    assert not found.indicators and len(found.set_aside) == found.entries == 4
    assert "revoked by who published it" in found.reasons()


def test_a_bundle_that_is_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    whole = a_bundle(*[an_indicator(number, f"[domain-name:value = 'f{number}.example']") for number in range(50)])
    for length in range(200, len(whole) - 1, 397):
        found = listed(tmp_path, "list.json", whole[:length])
        assert any("cut off or broken" in one for one in found.problems)
        assert len(found.indicators) == whole[:length].count('"valid_from": "2024-03-01T00:00:00Z"}')


def test_relationships_in_circles_and_into_nothing_end(tmp_path: Path) -> None:
    text = a_bundle(
        an_indicator(1, "[domain-name:value = 'ferry.example']"),
        a_link("indicator--1", "indicates", "campaign--0"),
        a_link("indicator--1", "based-on", "indicator--1"),
        a_link("campaign--1", "attributed-to", "indicator--1"),
        a_link("indicator--1", "indicates", "campaign--1"),
        GROUP,
        a_link("campaign--1", "attributed-to", "intrusion-set--1"),
    )
    found = listed(tmp_path, "list.json", text)
    assert found.indicators[0].actor == "Harbour Group"
    assert any("2 objects are referred to" in one for one in found.problems)


BROKEN = (
    '{"type":"bundle"',
    '{"type":"bundle","objects":[{}, 3, {"type":"indicator"}]}',
    '{"type":"bundle","objects":{}}',
    '[{"type": "bundle", "spec_version": "2.1"}]',
)


@pytest.mark.parametrize("text", BROKEN)
def test_broken_bundles_break_nothing(tmp_path: Path, text: str) -> None:
    assert not listed(tmp_path, "list.json", text).indicators


def test_deeply_nested_json_is_refused_or_read_as_empty(tmp_path: Path) -> None:
    for text in ('{"type":"bundle","objects":' + "[" * 100_000, "[" * 100_000):
        try:
            assert not listed(tmp_path, "deep.json", text).indicators
        except SourceError as error:
            assert "broken" in str(error)


def test_groups_of_a_bundle_are_read_without_their_texts() -> None:
    technique = {"type": "attack-pattern", "id": "attack-pattern--1",
                 "external_references": [{"source_name": "mitre-attack", "external_id": "T1040"}]}  # fmt: skip
    group = GROUP | {
        "description": "Somebody else's words.",
        "external_references": [
            {"source_name": "mitre-attack", "external_id": "G9999", "url": "https://attack.example/"}
        ],
    }
    found = read_groups(
        read_bundle(a_bundle(group, technique, a_link("intrusion-set--1", "uses", "attack-pattern--1")))
    )
    assert [one["group_id"] for one in found] == ["G9999"]
    assert found[0]["techniques"] == ["T1040"] and found[0]["aliases"] == ["Quay"]
    assert "Somebody else's words." not in str(found)


def test_misp_events_are_read_with_objects_tags_and_what_is_not_for_detection(tmp_path: Path) -> None:
    event = {
        "Event": {
            "date": "2024-05-01",
            "Galaxy": [{"type": "threat-actor", "GalaxyCluster": [{"value": "Harbour Group"}]}],
            "Attribute": [
                {"type": "domain", "value": "ferry.example", "to_ids": True},
                {"type": "domain|ip", "value": "quay.example|192.88.99.7", "to_ids": True},
                {"type": "link", "value": "https://report.example/", "to_ids": False},
                {"type": "yara", "value": "rule x {}", "to_ids": True},
            ],
            "Object": [{"Attribute": [{"type": "sha256", "value": HASH, "to_ids": True}]}],
        }
    }
    for data in (event, {"response": [event]}, [event]):
        found = listed(tmp_path, "event.json", json.dumps(data))
        assert values(found) == {"ferry.example": "domain", "quay.example": "domain", "192.88.99.7": "address",
                                 HASH: "hash"}  # fmt: skip
        assert {one.actor for one in found.indicators} == {"Harbour Group"}
        assert found.entries == len(found.indicators) + len(found.set_aside)
        assert "marked as not for detection" in found.reasons()


def test_tables_are_read_whatever_their_columns_are_called(tmp_path: Path) -> None:
    for name, text in {
        "a.csv": "type,value,first_seen,last_seen,threat_actor\ndomain,ferry[.]example,2024-01-02,2024-03-04,Quay\n",
        "b.csv": "Indicator;IOC Type;First Seen;Last Seen;Actor\nferry[.]example;domain;2024-01-02;2024-03-04;Quay\n",
        "c.tsv": "ioc\tactor\tfirst-seen\tlast-seen\nferry[.]example\tQuay\t2024-01-02\t2024-03-04\n",
    }.items():
        one = listed(tmp_path, name, text).indicators[0]
        assert (one.value, one.actor, one.first_known, one.last_known, one.line) == (
            "ferry.example", "Quay", date(2024, 1, 2), date(2024, 3, 4), 2
        )  # fmt: skip


def test_a_text_gives_what_it_made_unusable_and_not_its_sources(tmp_path: Path) -> None:
    text = f"""Advisory
    The copies stand at ferry[.]example and hxxps://quay[.]example/login (see https://news.example/report).
    Mail came from desk[at]ferry[.]example and from 192.88.99[.]7; the file is {HASH}.
    It was written in main.py with node.js, as in 2024.
    """
    found = listed(tmp_path, "advisory.txt", text)
    assert values(found) == {
        "ferry.example": "domain",
        "quay.example/login": "url",
        "desk@ferry.example": "email",
        "192.88.99.7": "address",
        HASH: "hash",
    }


def test_a_plain_list_is_read_line_by_line_and_every_other_line_is_counted(tmp_path: Path) -> None:
    found = listed(
        tmp_path, "list.txt", "# head\nferry.example\nquay[.]example # a copy\nx.com/harbour_desk\nsome words\n"
    )
    assert values(found) == {"ferry.example": "domain", "quay.example": "domain", "x:harbour_desk": "account"}
    assert [one[1] for one in found.set_aside] == [5]


def test_a_list_without_a_column_of_indicators_says_so(tmp_path: Path) -> None:
    found = listed(tmp_path, "list.csv", "type,name\ndomain,ferry\n")
    assert not found.indicators and "no column of indicators" in found.problems[0]


@pytest.mark.parametrize("content", ["", "  \n", '{"some": "json"}', '["a"]'])
def test_what_is_no_list_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(SourceError):
        read_list(a_file(tmp_path, "list.json", content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_list(tmp_path / "none.csv")


def test_the_same_indicator_in_two_lists_is_kept_once_and_counted(tmp_path: Path) -> None:
    paths = [
        a_file(tmp_path, f"{n}.csv", f"value,date\nferry.example,202{n}-01-01\nother{n}.example,\n") for n in (3, 4)
    ]
    found = read_lists(paths)
    assert len(found.indicators) == 3 and found.reasons() == {"the same indicator again": 1}
    ferry = next(one for one in found.indicators if one.value == "ferry.example")
    assert (ferry.first_known, ferry.last_known) == (date(2023, 1, 1), date(2024, 1, 1))


def test_the_users_word_on_act_and_actor_fills_only_what_a_list_leaves_open(tmp_path: Path) -> None:
    found = listed(tmp_path, "a.csv", "value,actor\nferry.example,Quay\nb.example,\n").of_actor("Pier")
    assert [one.actor for one in found.indicators] == ["Quay", "Pier"]
    said = found.of_act(ActClass.ESPIONAGE).of_act(ActClass.COMMERCIAL)
    assert {one.act_class for one in said.indicators} == {ActClass.ESPIONAGE}


def test_junk_bytes_are_an_indicator_of_nothing(tmp_path: Path) -> None:
    found = read_list(
        a_file(tmp_path, "junk.csv", b"value\r\n\x00\xff\xfe[.]\r\n" + b"\xe9" * 5_000 + b"\r\nferry.example\r\n")
    )
    assert values(found) == {"ferry.example": IndicatorKind.DOMAIN}
    assert found.entries == 1 + len(found.set_aside)
