"""Bundles come back: ours as the same records, others as draft claims, and nothing is dropped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.casebook.builders import a_head
from tests.publish.exchange.bundles import a_rich_case, edition
from undazzle.casebook import Case, check_case, load_case
from undazzle.casebook.claim import Claim
from undazzle.casebook.importers import Imported
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_writing import write_record
from undazzle.errors import SourceError
from undazzle.publish.exchange.stix import opencti_bundle, stix_bundle
from undazzle.publish.exchange.stix.reading import import_stix

Bundle = dict[str, Any]


def read_back(folder: Path, bundle: Any) -> Imported:
    path = folder / "bundle.json"
    path.write_text(bundle if isinstance(bundle, str) else json.dumps(bundle), encoding="utf-8")
    return import_stix(path)


def an_object(kind: str, number: int, **fields: Any) -> Bundle:
    day = "2024-05-01T00:00:00.000Z"
    object_id = f"{kind}--00000000-0000-4000-8000-{number:012x}"
    return {"type": kind, "spec_version": "2.1", "id": object_id, "created": day, "modified": day, **fields}


def a_bundle(*objects: Any) -> Bundle:
    return {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": list(objects)}


def a_foreign_bundle() -> Bundle:
    office = an_object("identity", 1, name="Harbour office", identity_class="organization")
    boats = an_object("intrusion-set", 2, name="Blue boats", aliases=["Night boats"])
    line = an_object("threat-actor", 3, name="Ferry line", threat_actor_types=["nation-state"])
    riders = an_object("identity", 4, name="Passengers", identity_class="class")
    references = [{"source_name": "DISARM", "external_id": "T0049"}]
    flood = an_object("attack-pattern", 5, name="Flood", external_references=references)
    said = {"created_by_ref": office["id"], "confidence": 50}
    ties = [
        an_object("relationship", 6, relationship_type="attributed-to", source_ref=boats["id"], target_ref=line["id"],
                  description="The boats are the line's.", start_time="2024-04-01T00:00:00Z", **said),
        an_object("relationship", 7, relationship_type="targets", source_ref=boats["id"], target_ref=riders["id"]),
        an_object("relationship", 8, relationship_type="uses", source_ref=boats["id"], target_ref=flood["id"]),
    ]  # fmt: skip
    no = an_object("opinion", 9, opinion="strongly-disagree", explanation="Not so.", object_refs=[ties[0]["id"]])
    report = an_object(
        "report", 10, name="On boats", published="2024-05-02T00:00:00Z", object_refs=[ties[0]["id"], boats["id"]],
        created_by_ref=office["id"], external_references=[{"source_name": "x", "url": "https://example.org/boats"}],
    )  # fmt: skip
    strange = [an_object("indicator", 11, pattern="[ipv4-addr:value = '192.0.2.1']"), an_object("x-ferry", 12, n=1)]
    return a_bundle(office, boats, line, riders, flood, *ties, no, report, *strange)


@pytest.mark.parametrize("make", [a_rich_case, edition])
@pytest.mark.parametrize("write", [stix_bundle, opencti_bundle])
def test_a_case_comes_back_record_by_record_as_drafts(
    tmp_path: Path, make: Callable[[], Case], write: Callable[[Case], tuple[Bundle, Any]]
) -> None:
    case = make()
    found = read_back(tmp_path, write(case)[0])
    assert {one.review for one in found.records} == {Review.DRAFT} and found.kept == {} and found.problems == ()
    back = {one.id: one.model_copy(update={"review": case.records[one.id].review}) for one in found.records}
    assert back == dict(case.records)


def test_a_case_on_disk_is_the_same_after_there_and_back(tmp_path: Path) -> None:
    found = read_back(tmp_path, stix_bundle(a_rich_case())[0])
    folder = tmp_path / "case"
    write_record(folder, a_rich_case().head)
    found.write(folder)
    again = load_case(folder)
    assert set(again.records) == set(a_rich_case().records) and check_case(again) == check_case(a_rich_case())


def test_what_others_assert_becomes_draft_claims_of_those_who_made_it(tmp_path: Path) -> None:
    found = read_back(tmp_path, a_foreign_bundle())
    claims = {str(one.proposition.aspect): one for one in found.of_kind("claim") if isinstance(one, Claim)}
    tied = claims["attribution"]
    assert (
        tied.claimant == "claimant:harbour-office" and tied.source == "source:on-boats" and tied.claimed == "2024-05-01"
    )
    assert tied.proposition.actors == ("actor:blue-boats", "actor:ferry-line")
    assert tied.confidence is not None and tied.confidence.word == "moderate" and tied.confidence.quoted is None
    assert tied.proposition.period is not None and tied.proposition.period.begin == "2024-04-01"
    assert claims["means"].methods == ("T0049",) and claims["targeting"].proposition.targets == ("target:passengers",)
    (denial,) = [
        one for one in found.of_kind("claim") if isinstance(one, Claim) and one.proposition.polarity == "denies"
    ]
    assert denial.responds_to == (tied.id,)
    assert all(one.review is Review.DRAFT for one in found.records)


def test_a_foreign_bundle_makes_a_case_without_dangling_references(tmp_path: Path) -> None:
    found = read_back(tmp_path, a_foreign_bundle())
    folder = tmp_path / "case"
    write_record(folder, a_head())
    found.write(folder)
    assert "dangling-reference" not in {one.code for one in check_case(load_case(folder))}


def test_unknown_objects_are_kept_and_go_out_again(tmp_path: Path) -> None:
    found = read_back(tmp_path, a_foreign_bundle())
    (content,) = found.kept.values()
    assert {one["type"] for one in json.loads(content)["objects"]} == {"indicator", "x-ferry"}
    assert found.problem_counts()["kept"] == 1
    folder = tmp_path / "case"
    write_record(folder, a_head())
    found.write(folder)
    out, _ = stix_bundle(load_case(folder))
    kept = [one for one in out["objects"] if one["type"] in {"indicator", "x-ferry"}]
    assert kept == [one for one in a_foreign_bundle()["objects"] if one["type"] in {"indicator", "x-ferry"}]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"type": "bundle", "objects": [{"type": "no', "breaks off at line 1"),
        ("[1, 2]", "No STIX bundle"),
        ('{"type": "bundle", "objects": 7}', "no list"),
        ('{"type": "bundle", "type": "bundle"}', "'type' stands twice"),
        ('{"type": "bundle", "objects": [NaN]}', "NaN is no JSON"),
        ("[" * 5_000 + "]" * 5_000, "nested"),
        ('{"type": "bundle", "objects": ' + "[" * 150 + "]" * 150 + "}", "nested deeper"),
        ("ferry", "No JSON"),
    ],
)
def test_what_is_no_bundle_is_refused_in_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        read_back(tmp_path, text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        import_stix(tmp_path / "absent.json")


def test_doubles_are_told_apart_and_none_is_lost(tmp_path: Path) -> None:
    one = an_object("x-ferry", 1, name="a")
    other, newer = {**one, "name": "b"}, {**one, "name": "c", "modified": "2024-06-01T00:00:00.000Z"}
    found = read_back(
        tmp_path, a_bundle(one, dict(one), other, newer, {"type": 7}, "no object", an_object("x-old", 2, revoked=True))
    )
    said = [each.what for each in found.problems if each.code == "duplicate-id"]
    for words in ("word for word", "one version", "two versions"):
        assert any(words in each for each in said)
    kept = json.loads(next(iter(found.kept.values())))["objects"]
    assert {each.get("name") for each in kept if isinstance(each, dict)} >= {"a", "b", "c"} and "no object" in kept
    assert found.problem_counts()["revoked"] == 1 and found.problem_counts()["no-object"] == 2


def test_objects_that_refer_to_each_other_in_a_circle_end(tmp_path: Path) -> None:
    first, second = an_object("threat-actor", 1, name="a"), an_object("note", 2, content="x", object_refs=[])
    first["created_by_ref"], second["created_by_ref"] = second["id"], first["id"]
    second["object_refs"] = [second["id"], first["id"]]
    found = read_back(tmp_path, a_bundle(first, second))
    assert len(found.of_kind("claim")) == 1


def test_relays_that_form_a_ring_are_cut_open_with_a_word(tmp_path: Path) -> None:
    bundle = stix_bundle(a_rich_case())[0]
    text = json.dumps(bundle)
    carried = next(
        one["extensions"] for one in bundle["objects"]
        if "claim:found" in json.dumps(one.get("extensions", {})) and one["type"] == "note"
    )  # fmt: skip
    (extension,) = carried.values()
    ring = json.loads(extension["record"]) | {"relays": "claim:repeated"}
    text = text.replace(json.dumps(extension["record"]), json.dumps(json.dumps(ring)))
    found = read_back(tmp_path, text)
    assert found.problem_counts() == {"relay-ring": 1}
    relays = [one.relays for one in found.of_kind("claim") if isinstance(one, Claim) and one.relays]
    assert len(relays) == 1


def test_a_record_that_was_tampered_with_is_checked_like_a_file(tmp_path: Path) -> None:
    text = json.dumps(stix_bundle(a_rich_case())[0]).replace('\\"claim:found\\"', '\\"claim:../../found\\"')
    found = read_back(tmp_path, text)
    assert found.problem_counts()["bad-record"] >= 1
    assert all(".." not in one.id for one in found.records)


def test_hostile_names_stay_inside_the_case(tmp_path: Path) -> None:
    names = ["../../etc", "<script>alert(1)</script>", "=cmd()", "\u202eevil\x1b[2J", "a" * 5_000]
    found = read_back(
        tmp_path, a_bundle(*(an_object("threat-actor", place, name=one) for place, one in enumerate(names, 1)))
    )
    folder = tmp_path / "case"
    write_record(folder, a_head())
    found.write(folder)
    assert len(load_case(folder).actors) == len(names)
    assert {path.parent for path in folder.rglob("*.yaml")} == {folder, folder / "actors"}


def test_two_objects_of_one_name_stay_two(tmp_path: Path) -> None:
    found = read_back(
        tmp_path, a_bundle(an_object("threat-actor", 1, name="x"), an_object("threat-actor", 2, name="X"))
    )
    assert len(found.of_kind("actor")) == 2
