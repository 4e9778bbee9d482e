"""A network becomes a finding of a case and a matrix: what was measured goes in, what it means stays a person's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attribution.simulated import simulated
from tests.casebook.builders import a_claim, a_finding, on_disk
from tests.results.builders import filled_store, first_network
from undazzle.attribution import weigh
from undazzle.attribution.drafting import draft_matrix
from undazzle.attribution.pinned import finding_of, hash_of_members, pin_network, pinned_of
from undazzle.casebook import Severity, check_case, load_case
from undazzle.casebook.finding import Finding
from undazzle.casebook.matrix import COMPULSORY
from undazzle.cli import main as cli_main
from undazzle.errors import OutputExistsError, UnknownNameError
from undazzle.workspace import Workspace

PLAYBOOK = {"playbook": "spamouflage", "is_ordinary": False, "agreeing": 8, "testable": 9, "coverage": 0.9, "low": 0.6,
            "high": 0.98, "margin": 0.2, "margin_over_nulls": 0.3}  # fmt: skip
SPAM = PLAYBOOK | {"playbook": "commercial-spam", "is_ordinary": True, "coverage": 0.3, "low": 0.1, "high": 0.6}
SIGNALS = [
    {"signal": "weekend", "title": "Weekends", "outcome": "stands-out", "figure": "18 %", "innocent": "An office"},
    {"signal": "client", "title": "Client", "outcome": "ordinary"},
    {"signal": "cadence", "title": "Cadence", "outcome": "stands-out", "is_selection": True},
]


def drafted(folder: Path, *, claims: tuple[str, ...] = (), operations: tuple[str, ...] = (), **fields: object):
    finding = Finding.model_validate(a_finding(**fields).model_dump())
    case = load_case(on_disk(folder / "case", a_claim(), finding))
    return draft_matrix(case, [finding], matrix_id="matrix:who", rated_by="A", rated="2026-11-01", claims=claims,
                        operations=operations)  # fmt: skip


def test_a_pinned_network_names_no_account_is_sealed_and_known_again(tmp_path: Path) -> None:
    store = filled_store()
    network = first_network(store)
    folder = on_disk(tmp_path / "case", a_claim())
    path, made = pin_network(folder, network, pinned_by="A. Reader", pinned="2026-11-01")
    case = load_case(folder)
    assert [one for one in check_case(case) if one.severity is Severity.ERROR] == []
    assert pinned_of(case, network) == (case.findings[made.id],) and made.seal
    assert (made.accounts, made.co_actions) == (network.facts["members"], network.facts["co_actions"])
    text = path.read_text(encoding="utf-8")
    for row in network.members:
        assert str(row["account_id"]) not in text and (not row["handle"] or row["handle"] not in text)
    with pytest.raises(OutputExistsError):
        pin_network(folder, network, pinned_by="A. Reader", pinned="2026-11-01")
    path.write_text(text.replace(f"co_actions: {made.co_actions}", "co_actions: 9999"), encoding="utf-8")
    assert "changed-after-signing" in {one.code for one in check_case(load_case(folder))}


def test_another_network_is_not_taken_for_it(tmp_path: Path) -> None:
    store = filled_store()
    folder = on_disk(tmp_path / "case", a_claim())
    pin_network(folder, first_network(store), pinned_by="A", pinned="2026-11-01")
    from undazzle.results import Run

    assert pinned_of(load_case(folder), Run.find(store).networks[2]) == ()


def test_the_hash_of_members_does_not_depend_on_their_order() -> None:
    assert hash_of_members(["x:2", "x:1"]) == hash_of_members(["x:1", "x:2"]) != hash_of_members(["x:1"])


def test_every_playbook_stands_in_a_finding_with_interval_and_margins() -> None:
    found = finding_of(first_network())
    assert len(found.playbooks) == 9 and {one.is_ordinary for one in found.playbooks} == {True, False}
    assert all(one.low <= one.coverage <= one.high for one in found.playbooks)
    assert found.not_testable


def test_a_drafted_matrix_has_every_compulsory_rival_and_decides_nothing_by_itself(tmp_path: Path) -> None:
    matrix = drafted(tmp_path, signals=SIGNALS, claims=("claim:ferry-posters",))
    assert set(COMPULSORY) <= {one.kind for one in matrix.hypotheses}
    found = weigh(matrix)
    assert found.standings[-1].kind == "authentic", "more than chance speaks against strangers, and against nobody else"
    assert len(found.least) == len(matrix.hypotheses) - 1
    by_id = {one.id: one for one in matrix.evidence}
    assert by_id["amber-otter-signal-weekend"].is_unrated and by_id["amber-otter-signal-cadence"].is_selection
    assert by_id["ferry-posters"].is_unrated and by_id["ferry-posters"].refers_to == ("claim:ferry-posters",)
    assert set(found.unrated) >= {"ferry-posters", "amber-otter-signal-weekend"}


def test_what_timing_cannot_test_speaks_against_nobody(tmp_path: Path) -> None:
    found = weigh(drafted(tmp_path, timing_testable=False))
    assert {one.count for one in found.standings} == {0}
    assert found.sentence == "The evidence does not separate these hypotheses."


def test_an_ordinary_reason_that_fits_speaks_against_an_operation(tmp_path: Path) -> None:
    fits = [{"title": "Fans", "verdict": "fits"}, {"title": "Shop", "verdict": "not testable"}]
    matrix = drafted(tmp_path, explained_by="fans", explanations=fits)
    against = {one.hypothesis_id: one.count for one in weigh(matrix).standings}
    assert against["authentic"] == 0 and against["operation"] == 1
    assert not [one for one in matrix.evidence if "Shop" in one.statement]


def test_an_operation_weighed_by_its_playbook_is_never_more_than_consistent(tmp_path: Path) -> None:
    matrix = drafted(tmp_path, operations=("spamouflage",), playbooks=[PLAYBOOK, SPAM])
    ratings = {one.id: one.ratings for one in matrix.evidence}
    assert ratings["amber-otter-playbook-spamouflage"]["spamouflage"] == "C"
    weak = drafted(tmp_path / "weak", operations=("spamouflage",),
                   playbooks=[PLAYBOOK | {"coverage": 0.2, "low": 0.05, "high": 0.4}])  # fmt: skip
    assert {one.id: one.ratings for one in weak.evidence}["amber-otter-playbook-spamouflage"]["spamouflage"] == "II"


def test_names_that_are_nowhere_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="claim"):
        drafted(tmp_path, claims=("claim:nowhere",))
    with pytest.raises(UnknownNameError, match="playbook"):
        drafted(tmp_path / "b", operations=("spamoflage",))


@pytest.mark.slow
def test_from_a_workspace_to_a_weighed_matrix_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, _ = simulated("spamouflage", 910, tmp_path)
    place, folder = str(tmp_path / "w.duckdb"), str(on_disk(tmp_path / "case", a_claim()))
    with Workspace(place) as workspace:
        workspace.ingest(source)
        workspace.detect(["text"], method="window", time_window="1d", edge_weight=0.5)
        assert len(workspace.networks)
    assert cli_main.run(["weigh", place, "network:1"]) == 2
    assert cli_main.run(["weigh", place, "network:1", "--case", folder, "--by", "A. Reader"]) == 0
    printed = capsys.readouterr()
    assert "is pinned" in printed.err and "a matrix to rate" in printed.err and "not counted" in printed.out
    (name,) = load_case(folder).matrices
    assert cli_main.run(["weigh", name, "--case", folder]) == 0
    assert cli_main.run(["weigh", name]) == 2
    assert cli_main.run(["weigh", "matrix:nowhere", "--case", folder]) == 2
    assert cli_main.run(["case", "pin", folder, "network:1", "--workspace", place]) == 2
    assert cli_main.run(["case", "pin", folder, "network:1", "--workspace", place, "--by", "A"]) == 2
