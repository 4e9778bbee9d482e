"""Every network of a run is explained once, kept with the run, and read back as it was found."""

from __future__ import annotations

import pytest

from tests.coordination.explanations.builders import MEMBERS, Person, World, declare, sample, together
from undazzle.coordination import DetectionSettings, detect
from undazzle.coordination.explanations import EXPLANATIONS, VERDICT_WORDS, explain_network, explain_run
from undazzle.coordination.explanations.descriptor import Finding
from undazzle.coordination.explanations.runner import Explained
from undazzle.errors import UnknownNameError
from undazzle.results import Run
from undazzle.store import Store


def declared_world() -> Store:
    people = {name: Person(name, "Posts automatically") for name in MEMBERS}
    return World(together(5), people).crowd().store()


def test_what_is_found_is_written_and_read_back() -> None:
    store = declared_world()
    run = declare(store, MEMBERS, ["link"])
    assert explain_run(store, run) == []
    network = Run.find(store, run).networks[1]
    rows = {row["explanation_id"]: row for row in network.explanations}
    assert set(rows) == set(EXPLANATIONS)
    assert network.explained_by == "automation"
    assert rows["automation"]["verdict"] == "fits"
    assert rows["automation"]["n"] == 5
    assert next(iter(network.explanations))["verdict"] == "fits"
    assert rows["group_chat"]["seen"]  # the reason where nothing could be seen
    live = explain_network(store, run, 1)
    assert {name: one.figure for name, one in live.results.items()} == {name: rows[name]["figure"] for name in rows}


def test_explaining_again_replaces() -> None:
    store = declared_world()
    run = declare(store, MEMBERS, ["link"])
    explain_run(store, run)
    explain_run(store, run)
    assert store.rows("SELECT count(*) FROM explanations") == [(len(EXPLANATIONS),)]


def test_a_cap_is_said() -> None:
    store = declared_world()
    run = declare(store, MEMBERS, ["link"])
    (warning,) = explain_run(store, run, most_networks=0)
    assert "0 strongest of 1 networks" in warning
    assert store.rows("SELECT count(*) FROM explanations") == [(0,)]


def test_an_unknown_network_is_refused() -> None:
    store = declared_world()
    run = declare(store, MEMBERS, ["link"])
    with pytest.raises(UnknownNameError, match="network in run:1"):
        explain_network(store, run, 7)


def test_a_run_without_networks_is_explained_in_no_time() -> None:
    store = declared_world()
    assert explain_run(store, 99) == []


def test_every_detection_explains_its_networks() -> None:
    _, store = sample()
    run = Run.find(store, detect(store, DetectionSettings(method="window", traces=("link", "text"))))
    assert len(run.networks)
    explained = [one for one in run.networks if one.explained_by]
    assert any(one.explained_by == "automation" for one in explained)
    assert len(explained) < len(run.networks)
    for one in run.networks:
        assert len(one.explanations) == len(EXPLANATIONS)
    assert "Explained by: " in explained[0].summary


def test_no_sentence_names_an_account() -> None:
    people = {name: Person(f"Harbour Gazette {name}", f"Also @harbourgazette{name}") for name in MEMBERS}
    found = explain_network(store := World(together(6), people).crowd().store(), declare(store, MEMBERS, ["link"]), 1)
    said = " ".join(f"{one.figure} {one.seen} {one.reason}" for one in found.results.values()).casefold()
    for name in (*MEMBERS, "harbour", "gazette"):
        assert name not in said.split()


def test_the_first_that_fits_is_the_headline() -> None:
    findings = {name: Finding("does_not_fit", "0") for name in EXPLANATIONS}
    findings |= {"viral_item": Finding("fits", "9 of 9"), "automation": Finding("fits", "5 of 5")}
    found = Explained(1, findings)
    assert found.explained_by == "automation"
    assert found.headline_sentence == ("Explained by something ordinary. Declared automation or syndication: 5 of 5.")


def test_every_explanation_says_what_it_looks_for_and_where_it_fails() -> None:
    for name, one in EXPLANATIONS.items():
        assert one.explanation_id == name
        assert one.title and one.would_see and one.limits.endswith(".")
        assert bool(one.needs) == bool(one.needs_words)
        for parameter in one.parameters:
            assert parameter.unit, (name, parameter.name)
    assert set(VERDICT_WORDS) == {"fits", "fits_in_part", "does_not_fit", "not_testable"}
