"""The ladder: what a judgement must have, how far it may climb, and what becomes of it when its ground goes."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.casebook.builders import (
    a_claim,
    a_claimant,
    a_finding,
    a_head,
    a_matrix,
    a_record,
    a_source,
    an_actor,
    an_incident,
    ground,
)
from undazzle.casebook import Severity, check_case, load_case, read_case
from undazzle.casebook.editing import change_record
from undazzle.casebook.ladder import RULES, grid_of, judgement_history, ladder_of, standing_of
from undazzle.casebook.ladder.agents import named_agent
from undazzle.casebook.signing import retract, write_assessment
from undazzle.casebook.yaml_writing import replace_text, write_record
from undazzle.errors import CaseChangedError, JudgementRefusedError, ParameterError

BEHAVIOUR = {"finding": "finding:otter", "evidence_kind": "behavioural", "access": "open", "says": "276 against 33"}
DOMAIN = {"claim": "claim:domain", "evidence_kind": "technical", "access": "open", "says": "One registration"}
CONTEXT = {
    "claim": "claim:ferry-posters",
    "evidence_kind": "contextual",
    "access": "open",
    "says": "The office says so",
}
WHOLE: dict[str, Any] = {
    "statement": "These accounts are very likely steered together.",
    "likelihood": "very-likely",
    "confidence": "moderate",
    "confidence_statement": "One collection was seen.",
    "evidence": [BEHAVIOUR],
    "alternatives": ["Fans of a club."],
    "would_change": ["A public schedule."],
    "signed_by": "A. Reader",
    "signed": "2026-11-01",
    "rung": "cluster",
}
CAMPAIGN = WHOLE | {
    "statement": "These clusters likely share one aim.",
    "likelihood": "likely",
    "rung": "campaign",
    "evidence": [BEHAVIOUR, CONTEXT],
    "builds_on": ["assessment:cluster"],
}
OPERATOR = WHOLE | {
    "statement": "The ferry line likely runs these accounts.",
    "likelihood": "likely",
    "rung": "operator",
    "actor": "actor:ferry-line",
    "evidence": [DOMAIN],
    "builds_on": ["assessment:campaign"],
    "matrix": "matrix:who",
    "proportionality": "The line is a public company and was asked.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    domain = a_claim("domain", claimant="claimant:registrar", source="source:register", relays=None)
    claims = ["claim:ferry-posters", "claim:domain"]
    for record in (
        a_head(),
        *ground(),
        a_claim(),
        domain,
        an_incident(claims),
        a_finding(),
        a_matrix(),
        a_claimant("registrar"),
        a_source("register", publisher="claimant:registrar"),
    ):
        write_record(tmp_path / "case", record)
    return tmp_path / "case"


def climb(folder: Path, up_to: str = "operator") -> None:
    for name, fields in (("cluster", WHOLE), ("campaign", CAMPAIGN), ("operator", OPERATOR)):
        write_assessment(folder, f"assessment:{name}", fields)
        if name == up_to:
            return


def rules_broken(folder: Path, **changes: Any) -> list[str]:
    with pytest.raises(JudgementRefusedError) as caught:
        write_assessment(folder, "assessment:new", changes)
    assert not (folder / "assessments/new.yaml").exists()
    for rule in caught.value.rules:
        assert f"[{rule}]" in str(caught.value) and rule in RULES
    return caught.value.rules


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("signed_by", "no-author"),
        ("signed", "no-date"),
        ("evidence", "no-evidence"),
        ("alternatives", "no-alternatives"),
        ("confidence", "no-confidence"),
        ("confidence_statement", "no-basis"),
        ("would_change", "nothing-would-change-it"),
    ],
)
def test_a_judgement_that_lacks_something_is_refused_with_the_name_of_the_rule(
    folder: Path, field: str, rule: str
) -> None:
    assert rules_broken(folder, **WHOLE | {field: None}) == [rule]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"statement": "It is very likely one hand, with high confidence."}, "likelihood-with-confidence"),
        ({"confidence_statement": "It is likely, with low confidence."}, "likelihood-with-confidence"),
        ({"statement": "It is 100 % one hand.", "likelihood": None}, "certain-probability"),
        ({"statement": "It is 0 percent chance.", "likelihood": None}, "certain-probability"),
        ({"probability": 100}, "certain-probability"),
        ({"likelihood": None}, "likelihood-differs"),
        ({"statement": "One hand steers them."}, "likelihood-differs"),
        ({"statement": "One hand probably steers them.", "likelihood": "likely"}, "mixed-scales"),
        ({"confidence": "high"}, "one-kind-of-evidence"),
        ({"statement": "They are very likely run by China."}, "sponsor-from-behaviour"),
        (
            {"statement": "The Kremlin is very likely behind them.", "actor": "actor:ferry-line"},
            "sponsor-from-behaviour",
        ),
        ({"statement": "They are very likely run by ferry-line.", "evidence": [CONTEXT]}, "actor-below-operator"),
        ({"rung": "campaign"}, "skipped-rung"),
        ({"rung": "sponsor", "actor": "actor:ferry-line"}, "sponsor-from-behaviour"),
        ({"replaces": "assessment:cluster"}, "no-reason-for-change"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_its_name(folder: Path, changes: dict[str, Any], rule: str) -> None:
    climb(folder, "cluster")
    assert rule in rules_broken(folder, **WHOLE | changes)


def test_the_whole_ladder_can_be_climbed_one_signed_rung_at_a_time(folder: Path) -> None:
    climb(folder)
    sponsor = OPERATOR | {
        "rung": "sponsor",
        "statement": "The ferry line likely pays for it.",
        "builds_on": ["assessment:operator"],
        "evidence": [{**DOMAIN, "claim": None, "source": "source:register"}],
    }
    write_assessment(folder, "assessment:sponsor", sponsor)
    case = load_case(folder)
    assert [str(one.rung) for one in ladder_of(case)] == ["cluster", "campaign", "operator", "sponsor"]
    assert [one for one in check_case(case) if one.severity is not Severity.HINT] == []


@pytest.mark.parametrize(
    ("fields", "below", "rule"),
    [
        (CAMPAIGN, ["assessment:cluster", "assessment:operator"], "stronger-rung"),
        (CAMPAIGN, ["assessment:cluster", "assessment:campaign"], "stronger-rung"),
        (WHOLE, ["assessment:campaign"], "stronger-rung"),
        (OPERATOR, ["assessment:cluster"], "skipped-rung"),
        (OPERATOR | {"evidence": [CONTEXT]}, ["assessment:campaign"], "no-own-evidence"),
        (
            OPERATOR | {"evidence": [{**CONTEXT, "claim": None, "source": "source:register"}]},
            ["assessment:campaign"],
            "no-technical-link",
        ),
        (OPERATOR | {"actor": None}, ["assessment:campaign"], "no-actor"),
        (OPERATOR | {"matrix": None}, ["assessment:campaign"], "no-matrix"),
        (OPERATOR | {"proportionality": None}, ["assessment:campaign"], "no-proportionality"),
        (
            OPERATOR | {"evidence": [{**DOMAIN, "evidence_kind": "behavioural"}]},
            ["assessment:campaign"],
            "behaviour-alone",
        ),
    ],
)
def test_a_rung_rests_on_weaker_rungs_with_evidence_of_its_own(
    folder: Path, fields: dict[str, Any], below: list[str], rule: str
) -> None:
    climb(folder)
    assert rule in rules_broken(folder, **fields | {"builds_on": below})


def test_behaviour_alone_says_consistent_with_and_no_more(folder: Path) -> None:
    climb(folder, "campaign")
    behaviour = OPERATOR | {"evidence": [{**DOMAIN, "evidence_kind": "behavioural"}]}
    weak = {"statement": "What they do is consistent with the ferry line.", "likelihood": None}
    assert rules_broken(folder, **behaviour | weak | {"confidence": "high"})[-1] == "behaviour-alone"
    write_assessment(folder, "assessment:weak", behaviour | weak)
    assert load_case(folder).assessments["assessment:weak"].likelihood is None


def test_a_claim_of_no_stated_kind_fills_no_cell_and_lifts_no_cap(folder: Path) -> None:
    climb(folder, "campaign")
    bare = OPERATOR | {"evidence": [], "claims": ["claim:domain"]}
    assert "behaviour-alone" in rules_broken(folder, **bare)


def test_the_grid_counts_cells_and_origins(folder: Path) -> None:
    write_assessment(folder, "assessment:one", WHOLE | {"evidence": [BEHAVIOUR, CONTEXT, DOMAIN], "confidence": "high"})
    case = load_case(folder)
    grid = grid_of(case, case.assessments["assessment:one"])
    assert (grid.filled, len(grid.cells), len(grid.origins)) == (3, 9, 3) and not grid.is_closed
    assert "No " not in grid.sentence


def test_findings_of_the_same_posts_are_one_origin(folder: Path) -> None:
    write_record(folder, a_finding("second"))
    second = BEHAVIOUR | {"finding": "finding:second", "evidence_kind": "technical"}
    assert rules_broken(folder, **WHOLE | {"confidence": "high", "evidence": [BEHAVIOUR, second]}) == [
        "one-kind-of-evidence"
    ]


def test_what_is_taken_back_flags_everything_above_it_and_stays(folder: Path) -> None:
    climb(folder)
    path, flagged = retract(
        folder, "finding:otter", reason="Doubled posts.", signed_by="B. Reader", signed="2026-11-02"
    )
    assert {one.id for one in flagged} == {"assessment:cluster", "assessment:campaign", "assessment:operator"}
    case = load_case(folder)
    for one in case.assessments.values():
        assert not standing_of(case, one).is_held
    errors = {(one.record, one.code) for one in check_case(case) if one.severity is Severity.ERROR}
    assert {(one.id, "rests-on-retracted") for one in flagged} <= errors
    assert path.exists() and (folder / "findings/otter.yaml").exists() and len(case.assessments) == 3
    assert "rests-on-retracted" in rules_broken(folder, **WHOLE)
    with pytest.raises(ParameterError, match="already"):
        retract(folder, "finding:otter", reason="Again.", signed_by="B", signed="2026-11-02")
    with pytest.raises(ParameterError, match="Take back"):
        retract(folder, "actor:ferry-line", reason="No.", signed_by="B", signed="2026-11-02")


def test_a_relayed_claim_and_a_matrix_carry_retractions_up(folder: Path) -> None:
    climb(folder)
    _, flagged = retract(folder, "claim:domain", reason="A mistake.", signed_by="B", signed="2026-11-02")
    assert [one.id for one in flagged] == ["assessment:operator"]


def test_the_history_is_kept_and_only_grows(folder: Path) -> None:
    write_assessment(folder, "assessment:first", WHOLE)
    with pytest.raises(ParameterError, match="there already"):
        write_assessment(folder, "assessment:first", WHOLE)
    with pytest.raises(ParameterError, match="signed"):
        change_record(folder, "assessment:first", {"statement": "Something else."})
    later = WHOLE | {"replaces": "assessment:first", "changed_because": "More was seen."}
    write_assessment(folder, "assessment:second", later)
    case = load_case(folder)
    assert [one.id for one in judgement_history(case, case.assessments["assessment:second"])] == [
        "assessment:first",
        "assessment:second",
    ]
    assert [one.id for one in ladder_of(case)] == ["assessment:second"]
    write_assessment(folder, "assessment:third", later)
    codes = {one.code for one in check_case(load_case(folder))}
    assert "forked-history" in codes


def test_a_change_after_the_signature_is_seen(folder: Path) -> None:
    climb(folder, "cluster")
    path = folder / "assessments/cluster.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("very likely steered", "very likely driven"), "utf-8")
    found = {one.code: one.severity for one in check_case(load_case(folder))}
    assert found["changed-after-signing"] is Severity.ERROR


def test_a_change_beneath_a_signature_is_a_warning_and_a_note_is_none(folder: Path) -> None:
    climb(folder, "campaign")
    change_record(folder, "claim:ferry-posters", {"note": "Look again."})
    assert "cited-changed" not in {one.code for one in check_case(load_case(folder))}
    change_record(folder, "claim:ferry-posters", {"statement": "The ferry line put up two posters."})
    found = {one.code: one.severity for one in check_case(load_case(folder))}
    assert found["cited-changed"] is Severity.WARNING


def test_an_edited_judgement_without_an_author_fails_the_check(folder: Path) -> None:
    write_record(folder, a_record("assessment", "bare", statement="They act together.", rung="cluster"))
    codes = {one.code for one in check_case(load_case(folder)) if one.severity is Severity.ERROR}
    assert {"no-author", "no-evidence", "no-alternatives", "no-confidence"} <= codes


@pytest.mark.parametrize(
    "sentence",
    [
        "The accounts are run by Russia.",
        "Accounts operated by the Russian government post this.",
        "Moscow is behind it.",
        "They are China-backed.",
        "They act on behalf of the Kremlin.",
        "Iran orchestrated this.",
        "It is attributable to the PRC.",
        "They are run by Pier Office.",
        "This is the work of Beijing.",
    ],
)
def test_a_sentence_that_makes_somebody_the_doer_is_seen(sentence: str) -> None:
    from undazzle.casebook import case_of

    case = case_of(a_head(), [an_actor(aliases=[{"name": "Pier Office"}])])
    assert named_agent(case, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The accounts write about Germany.",
        "They post in Russian.",
        "They target voters in Georgia.",
        "They share links of a Chinese newspaper.",
        "The behaviour is consistent with one operator.",
    ],
)
def test_a_state_as_target_or_place_is_no_doer(sentence: str) -> None:
    from undazzle.casebook import case_of

    assert named_agent(case_of(a_head(), []), sentence) == ""


# --- two people, one case ---------------------------------------------------------------------------------------


def test_a_file_that_somebody_else_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    path = folder / "claims/ferry-posters.yaml"
    read = path.read_text(encoding="utf-8")
    change_record(folder, "claim:ferry-posters", {"caveat": "By the first."})
    with pytest.raises(CaseChangedError, match="somebody else"):
        replace_text(path, read, read + "note: By the second.\n")
    assert "By the first." in path.read_text(encoding="utf-8") and "second" not in path.read_text(encoding="utf-8")


def test_of_many_writers_at_once_each_change_is_kept_or_refused(folder: Path) -> None:
    refused: list[Exception] = []

    def write(number: int) -> None:
        try:
            write_assessment(folder, "assessment:race", WHOLE | {"statement": f"Hand {number} is very likely one."})
        except ParameterError as error:
            refused.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 5 and len(load_case(folder).assessments) == 1
    assert not list(folder.rglob("*.lock")), "no mark of a writer is left behind"


def test_a_writer_that_never_ends_is_named(folder: Path) -> None:
    from undazzle.casebook.yaml_writing import sole_writer

    path = folder / "claims/ferry-posters.yaml"
    with sole_writer(path), pytest.raises(CaseChangedError, match="remove"), sole_writer(path, patience=0.05):
        pass


def test_a_conflict_left_by_git_is_named_with_its_line(folder: Path) -> None:
    path = folder / "claims/ferry-posters.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}<<<<<<< mine\nnote: A\n=======\nnote: B\n>>>>>>> theirs\n", encoding="utf-8")
    case, problems = read_case(folder)
    assert case is not None and [(one.code, one.line) for one in problems] == [
        ("merge-conflict", len(text.splitlines()) + 1)
    ]
