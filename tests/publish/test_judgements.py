"""Judgements on the site and in the report: ladder, evidence by kind, rivals, limits on top, and history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.casebook.builders import a_claim, a_finding, a_head, a_matrix, a_record, an_incident, ground
from tests.casebook.test_ladder import BEHAVIOUR, CAMPAIGN, CONTEXT, WHOLE
from tests.publish.network_builder import build_workspace
from tests.publish.page_reading import Page
from tests.publish.site_reading import OUTWARD, inward, read_site
from undazzle.attribution.pinned import hash_of_members
from undazzle.casebook import Case, load_case
from undazzle.casebook.signing import retract, write_assessment
from undazzle.casebook.yaml_writing import write_record
from undazzle.publish.report import build_report
from undazzle.publish.report.judgements import open_rungs
from undazzle.publish.site import build_site
from undazzle.store import Store, find_run

HOSTILE = "<script>alert(1)</script>"


def a_judged_case(folder: Path, **finding: object) -> Path:
    claims = ["claim:ferry-posters", "claim:domain"]
    for record in (a_head(), *ground(), a_claim(), a_claim("domain"), an_incident(claims), a_matrix()):
        write_record(folder, record)
    write_record(folder, a_finding(**finding))
    write_assessment(folder, "assessment:first", WHOLE | {"limits": [f"It names nobody. {HOSTILE}"]})
    write_assessment(folder, "assessment:cluster", WHOLE | {
        "limits": [f"It names nobody. {HOSTILE}"], "replaces": "assessment:first", "changed_because": "Weighed since.",
        "matrix": "matrix:who", "evidence": [BEHAVIOUR | {"says": f"276 against 33 {HOSTILE}"}],
    })  # fmt: skip
    write_assessment(folder, "assessment:campaign", CAMPAIGN)
    return folder


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return load_case(a_judged_case(tmp_path_factory.mktemp("case")))


def test_the_site_shows_the_ladder_with_limits_rivals_and_who_signed(case: Case, tmp_path: Path) -> None:
    build_site(case, tmp_path / "site", stix=None)
    pages = read_site(tmp_path / "site")
    ladder = pages["ladder.html"].text
    for words in ("It names nobody.", "very likely", "moderate", "A. Reader", "Fans of a club.", "A public schedule."):
        assert words in ladder
    assert ladder.count("We do not attribute.") == 2, "operator and sponsor"
    assert ladder.index("What it does not say") < ladder.index("These accounts are very likely steered together.")
    assert "(replaced" in ladder and "(held)" in ladder
    one = pages["assessments/cluster.html"].text
    for words in ("276 against 33", "none", "Weighed since.", "Sealed when signed", "No technical and no contextual"):
        assert words in one
    assert "Against it" in pages["matrices/who.html"].text and "line" in pages["matrices/who.html"].text
    for file in pages:
        assert (tmp_path / "site" / file.replace(".html", ".csv")).is_file() or "~" in file
    assert "behavioural,open,finding:otter" in (tmp_path / "site/assessments/cluster.csv").read_text(encoding="utf-8")
    finding = pages["findings/otter.html"].text
    assert "276" in finding and "33.0" in finding and "steered together" in finding
    for file, page in pages.items():
        for link in page.links:
            if not link.startswith(OUTWARD) and not link.startswith("#"):
                assert (tmp_path / "site" / inward(file, link)[0]).is_file(), (file, link)


def test_words_of_a_judgement_cannot_break_out_of_the_page(case: Case, tmp_path: Path) -> None:
    build_site(case, tmp_path / "site", stix=None)
    for path in (tmp_path / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<script>alert" not in html


def test_a_case_without_judgements_has_no_page_of_them(tmp_path: Path) -> None:
    for record in (a_head(), *ground(), a_claim(), an_incident(["claim:ferry-posters"])):
        write_record(tmp_path / "case", record)
    build_site(load_case(tmp_path / "case"), tmp_path / "site", stix=None)
    assert not (tmp_path / "site/ladder.html").exists()
    assert "Judgements" not in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_what_was_taken_back_is_said_on_every_page_that_rests_on_it(tmp_path: Path) -> None:
    folder = a_judged_case(tmp_path / "case")
    retract(folder, "finding:otter", reason="Posts were doubled.", signed_by="B. Reader", signed="2026-11-03")
    build_site(load_case(folder), tmp_path / "site", stix=None)
    pages = read_site(tmp_path / "site")
    for file in ("assessments/cluster.html", "assessments/campaign.html", "findings/otter.html", "ladder.html"):
        assert "Posts were doubled." in pages[file].text, file


def pinned(store: Store, folder: Path) -> Case:
    members = [row[0] for row in store.rows("SELECT account_id FROM members WHERE run_id = 1 AND network_id = 1")]
    run = find_run(store, 1)
    a_judged_case(folder, input_sha256=run.input_fingerprint, members_sha256=hash_of_members(members))
    return load_case(folder)


def test_the_report_carries_the_judgements_on_its_network_and_no_others(tmp_path: Path) -> None:
    store = build_workspace(None)
    html = build_report(store, 1, 1, case=pinned(store, tmp_path / "case"))
    judged = Page(html).text
    for words in ("steered together", "It names nobody.", "A. Reader", "Fans of a club.", "276 against 33"):
        assert words in judged
    assert "The ladder stops at campaign. Nobody has judged who runs them (operator)" in judged
    assert "We do not attribute" in judged and "<script>alert" not in html
    other = load_case(a_judged_case(tmp_path / "other"))
    without = Page(build_report(store, 1, 1, case=other)).text
    assert "No judgement has been made" in without and "steered together" not in without


def test_where_nothing_is_held_the_ladder_ends_nowhere() -> None:
    assert open_rungs(()) == ""


def test_evidence_may_stand_in_any_of_nine_cells(tmp_path: Path) -> None:
    folder = a_judged_case(tmp_path / "case")
    write_record(folder, a_record("source", "leak", title="Paper", source_kind="report",
                                  publisher="claimant:harbour-office"))  # fmt: skip
    closed = {"source": "source:leak", "evidence_kind": "technical", "access": "classified", "says": "A paper"}
    write_assessment(folder, "assessment:more", WHOLE | {"evidence": [BEHAVIOUR, CONTEXT, closed]})
    build_site(load_case(folder), tmp_path / "site", stix=None)
    text = read_site(tmp_path / "site")["assessments/more.html"].text
    assert "Evidence in 3 of 9 cells" in text and "A paper" in text
