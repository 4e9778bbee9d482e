"""A case becomes events that MISP's own schema and templates accept, and events come back as drafts."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.casebook.builders import a_claim, a_head, an_incident, on_disk
from tests.publish.exchange.bundles import a_rich_case, edition
from undazzle.casebook import check_case, load_case
from undazzle.casebook.claim import Claim
from undazzle.casebook.claimant import Claimant
from undazzle.casebook.importers import Imported
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_writing import write_record
from undazzle.errors import SourceError
from undazzle.publish.exchange import export_case
from undazzle.publish.exchange.misp import MISP, import_misp, misp_events
from undazzle.publish.exchange.misp.parts import MOST_CHARACTERS, TEMPLATES
from undazzle.publish.exchange.misp.tags import machine_tag, parts_of

Misp = dict[str, Any]


@cache
def pymisp_data() -> Path:
    import pymisp

    return Path(pymisp.__file__).parent / "data"


def template(name: str) -> Misp:
    path = pymisp_data() / "misp-objects" / "objects" / name / "definition.json"
    found: Misp = json.loads(path.read_text(encoding="utf-8"))
    return found


def read_back(folder: Path, value: Any) -> Imported:
    path = folder / "events.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return import_misp(path)


def a_foreign_event(**fields: Any) -> Misp:
    tags = [
        'misp-galaxy:threat-actor="Blue boats"', 'misp-galaxy:mitre-attack-pattern="Phishing - T1566"',
        'admiralty-scale:source-reliability="b"', 'estimative-language:likelihood-probability="likely"',
        'admiralty-scale:information-credibility="6"', 'undazzle:disarm="T0049"', "tlp:green",
    ]  # fmt: skip
    given = {
        "uuid": "00000000-0000-4000-8000-000000000001", "info": "Boats post the same", "date": "2024-05-01",
        "Orgc": {"name": "Harbour office", "uuid": "00000000-0000-4000-8000-00000000000a"},
        "Tag": [{"name": one} for one in tags],
        "Attribute": [
            {"type": "comment", "value": "They post at night."}, {"type": "link", "value": "https://example.org/boats"},
            {"type": "ip-dst", "value": "192.0.2.1"},
        ],
    }  # fmt: skip
    return {"Event": {**given, **fields}}


@pytest.mark.parametrize("make", [a_rich_case, edition])
def test_the_schema_of_the_format_accepts_every_event(make: Any) -> None:
    """pymisp's strict schema predates objects: it sees the event without them; the templates see the objects."""
    strict = json.loads((pymisp_data() / "schema.json").read_text(encoding="utf-8"))
    lax = json.loads((pymisp_data() / "schema-lax.json").read_text(encoding="utf-8"))
    events, _ = misp_events(make())
    for event in events:
        jsonschema.validate(event, lax)
        plain = {name: value for name, value in event["Event"].items() if name != "Object"}
        jsonschema.validate({"Event": plain}, strict)


@pytest.mark.parametrize("make", [a_rich_case, edition])
def test_the_client_of_misp_reads_every_event_and_knows_every_field(make: Any) -> None:
    from pymisp import MISPEvent

    events, _ = misp_events(make())
    for event in events:
        read = MISPEvent()
        read.from_dict(**deepcopy(event))
        assert len(read.objects) == len(event["Event"].get("Object", []))
        for one in event["Event"].get("Object", []):
            fields = template(one["name"])["attributes"]
            for part in one["Attribute"]:
                assert fields[part["object_relation"]]["misp-attribute"] == part["type"]
                listed = fields[part["object_relation"]].get("values_list")
                assert not listed or part["value"] in listed


@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.name)
def test_templates_are_those_that_were_published(one: Any) -> None:
    published = template(one.name)
    assert (one.uuid, one.category) == (published["uuid"], published["meta-category"])
    assert int(one.version) <= published["version"] and set(one.fields) <= set(published["attributes"])


def test_ids_stand_once_in_an_event_and_ties_lead_somewhere() -> None:
    for event in misp_events(edition())[0]:
        held = event["Event"]
        objects = held.get("Object", [])
        ids = [one["uuid"] for one in (*held["Attribute"], *objects)]
        ids += [part["uuid"] for one in objects for part in one["Attribute"]]
        assert len(ids) == len(set(ids))
        assert {tie["referenced_uuid"] for one in objects for tie in one["ObjectReference"]} <= set(ids)


def test_nothing_is_marked_for_detection_or_published() -> None:
    for event in misp_events(edition())[0]:
        held = event["Event"]
        parts = [*held["Attribute"], *(part for one in held.get("Object", []) for part in one["Attribute"])]
        assert held["published"] is False and held["distribution"] == "0"
        assert not [one for one in parts if one["to_ids"] or one["distribution"] != "5"]


def test_claims_carry_tags_of_published_taxonomies() -> None:
    (event,) = [one["Event"] for one in misp_events(a_rich_case())[0] if "Posters said" in one["Event"]["info"]]
    annotations = {one["comment"].partition(",")[0]: one for one in event["Object"] if one["name"] == "annotation"}
    tags = {tag["name"] for tag in annotations["claim:found"]["Attribute"][0]["Tag"]}
    assert 'estimative-language:likelihood-probability="likely"' in tags
    assert 'admiralty-scale:information-credibility="2"' in tags and 'admiralty-scale:source-reliability="f"' in tags
    assert 'undazzle:disarm="T0097.202"' in tags and 'undazzle:attack="T1566"' in tags
    assert 'undazzle:local="x-local-hoax-threat"' in tags
    found = {tag["name"] for tag in event["Tag"]}
    assert 'DFRLab-dichotomies-of-disinformation:disinformant-category="business"' in found


def test_a_feed_has_a_manifest_of_its_events(tmp_path: Path) -> None:
    paths, warnings = export_case(a_rich_case(), tmp_path / "feed", "misp")
    manifest = json.loads((tmp_path / "feed" / "manifest.json").read_text(encoding="utf-8"))
    assert {path.stem for path in paths} == {*manifest, "manifest"} and warnings
    assert MISP.function(a_rich_case()).files == MISP.function(a_rich_case()).files


@pytest.mark.parametrize("make", [a_rich_case, edition])
def test_a_case_comes_back_record_by_record_as_drafts(tmp_path: Path, make: Any) -> None:
    case = make()
    export_case(case, tmp_path / "feed", "misp")
    found = import_misp(tmp_path / "feed")
    assert {one.review for one in found.records} == {Review.DRAFT} and found.kept == {} and found.problems == ()
    back = {one.id: one.model_copy(update={"review": case.records[one.id].review}) for one in found.records}
    assert back == dict(case.records)


def test_what_others_wrote_becomes_drafts_with_their_gradings(tmp_path: Path) -> None:
    found = read_back(tmp_path, {"response": [a_foreign_event()]})
    first, second = (one for one in found.of_kind("claim") if isinstance(one, Claim))
    (claimant,) = (one for one in found.of_kind("claimant") if isinstance(one, Claimant))
    assert first.statement == "Boats post the same" and first.claimed == "2024-05-01"
    assert first.methods == ("attack:T1566", "T0049") and first.proposition.actors == ("actor:blue-boats",)
    assert first.likelihood is not None and first.likelihood.word == "likely" and first.credibility.rank is None
    assert claimant.reliability == "usually-reliable" and claimant.reliability_basis
    assert second.statement == "They post at night."
    assert {one.review for one in found.records} == {Review.DRAFT}
    folder = tmp_path / "case"
    write_record(folder, a_head())
    found.write(folder)
    assert "dangling-reference" not in {one.code for one in check_case(load_case(folder))}


def test_indicators_are_kept_unread_and_go_out_again(tmp_path: Path) -> None:
    found = read_back(tmp_path, a_foreign_event())
    assert "192.0.2.1" not in "".join(one.model_dump_json() for one in found.records)
    folder = tmp_path / "case"
    write_record(folder, a_head())
    found.write(folder)
    export_case(load_case(folder), tmp_path / "feed", "misp")
    kept = json.loads((tmp_path / "feed" / f"{a_foreign_event()['Event']['uuid']}.json").read_text(encoding="utf-8"))
    assert kept == a_foreign_event()


def test_what_others_added_to_an_event_of_ours_is_kept(tmp_path: Path) -> None:
    events, _ = misp_events(a_rich_case())
    added = {"uuid": "00000000-0000-4000-8000-0000000000ff", "name": "report", "Attribute": []}
    events[0]["Event"]["Object"].append(added)
    found = read_back(tmp_path, events)
    (content,) = found.kept.values()
    assert json.loads(content)["objects"][0]["Event"]["Object"] == [added]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"Event": {"info": "x", "Attr', "breaks off"),
        ('{"Event": {"uuid": "x"}}', "No MISP events"),
        ("[]", "No MISP events"),
        ('[{"Event": {"info": "x"}}, 7]', "No MISP events"),
        ('{"type": "bundle"}', "No MISP events"),
    ],
)
def test_what_is_no_event_is_refused_in_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        read_back(tmp_path, text)


def test_an_empty_folder_is_no_feed(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No events"):
        import_misp(tmp_path)


def test_an_event_that_stands_twice_is_read_once_and_the_other_kept(tmp_path: Path) -> None:
    other = a_foreign_event(info="Other words", Attribute=[])
    found = read_back(tmp_path, [a_foreign_event(Attribute=[]), a_foreign_event(Attribute=[]), other])
    assert found.problem_counts()["duplicate-id"] == 2 and len(found.of_kind("incident")) == 1
    assert json.loads(next(iter(found.kept.values())))["objects"] == [other]


def test_hostile_text_stays_text_and_is_bounded(tmp_path: Path) -> None:
    markup = '"><script>alert(1)</script>\x1b[2J'
    folder = on_disk(tmp_path, a_claim(statement=markup * 600), an_incident(["claim:ferry-posters"], title=markup))
    events, _ = misp_events(load_case(folder))
    text = json.dumps(events)
    assert "\\u001b[2J" not in text.replace("\\\\u001b", "")
    parts = [part for one in events for held in one["Event"].get("Object", []) for part in held["Attribute"]]
    assert all(len(part["value"]) <= MOST_CHARACTERS + 10 for part in parts)
    hostile = read_back(tmp_path, a_foreign_event(info=markup, uuid="../../x", Orgc={"name": "../../etc"}))
    assert all("/" not in one.id for one in hostile.records)


def test_a_quote_cannot_break_out_of_a_tag() -> None:
    assert parts_of(machine_tag("a", "b", 'x" y="z')["name"]) == ("a", "b", "x' y='z")
