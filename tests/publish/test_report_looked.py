"""The sections on accounts, narratives, targets and impact: computed, empty, and not computed."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.publish.network_builder import BuiltNetwork, build_workspace
from tests.publish.page_reading import Page
from undazzle.casebook import load_case, shipped_edition
from undazzle.impact import measure_impact
from undazzle.narratives import NarrativeSettings, find_narratives, shipped_outlets
from undazzle.narratives.influence import Influence
from undazzle.narratives.kept import keep_influence, keep_stance, stored_influence
from undazzle.narratives.measured_targets import measure_targets
from undazzle.narratives.network_influence import SIDES
from undazzle.publish.report import build_report
from undazzle.store import Store, finish_run, start_run

SECTIONS = ("indicators", "narratives", "targets", "impact")
NAMING = {number: f"Marsha Blackburn rides the ferry, says report {number}" for number in range(0, 600, 9)}


def section(html: str, name: str) -> str:
    found = re.search(rf'<section class="sec" id="{name}".*?</section>\n', html, re.DOTALL)
    assert found, name
    return found.group(0)


def workspace(spec: BuiltNetwork | None = None) -> Store:
    """Return the invented network; its run 1 was written by hand, so that the counter of runs must follow."""
    store = build_workspace(spec)
    store.rows("SELECT nextval('run_ids')")
    return store


def looked_at(spec: BuiltNetwork | None = None) -> Store:
    store = workspace(spec or BuiltNetwork(texts=NAMING))
    find_narratives(store, NarrativeSettings(bootstraps=2, min_letters=20))
    measure_targets(store, load_case(shipped_edition()), networks_run=1)
    measure_impact(store, 1)
    return store


@pytest.fixture(scope="module")
def html() -> str:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra")
    return build_report(looked_at(), 1, 1)


def test_without_a_computation_each_section_says_so_and_how_to_compute_it() -> None:
    page = build_report(build_workspace(), 1, 1)
    commands = {
        "indicators": "undazzle signals",
        "narratives": "undazzle narratives",
        "targets": "--targets",
        "impact": "undazzle impact",
    }
    for name in SECTIONS:
        assert "Not computed" in section(page, name)
        assert commands[name] in section(page, name)


def test_the_narratives_are_a_sentence_a_chart_a_table_and_the_posts(html: str) -> None:
    part = section(html, "narratives")
    assert re.search(r"At least two accounts of the network told \d+ narratives in common", part)
    assert "is no influence" in part
    assert 'role="img" aria-label="One line for each of' in part
    assert "The posts behind row 1" in part
    assert "first by the network" in part.lower()
    assert "Saying the same is no sign of acting together" in part
    assert "adjusted Rand index" in part


def test_the_targets_are_counted_and_no_stance_is_read(html: str) -> None:
    part = section(html, "targets")
    assert "Marsha Blackburn most often" in part
    assert "Being named is not being attacked" in part
    assert "Stance: not computed. Nobody has labelled how these posts stand" in part
    assert "--stance labels.csv" in part
    assert "US Senate, Tennessee 2024, Republican" in part
    assert "who stood on which ballot then is not known here" in part
    assert "further down the ballot" not in part
    assert "No day of the election calendar of the casebook lies within these weeks" in part
    assert part.count('role="img"') == 2


def labelled(store: Store, path: Path, *, others: int) -> None:
    """Let two people read posts of the network and one read posts of others; half of the first kind are negative."""
    members = "SELECT account_key FROM members WHERE run_id = 1 AND network_id = 1"
    mine = store.rows(f"SELECT post_id FROM posts WHERE account_key IN ({members}) ORDER BY post_key LIMIT 4")
    rest = store.rows(
        f"SELECT post_id FROM posts WHERE account_key NOT IN ({members}) ORDER BY post_key LIMIT {others}"
    )
    lines = ["post_id,target,coder,label"]
    for place, (post,) in enumerate(mine):
        lines += [f"{post},Marsha <b>Blackburn,{one},{'negative' if place % 2 else 'neutral'}" for one in "ab"]
    lines += [f"{post},Marsha <b>Blackburn,a,positive" for (post,) in rest]
    path.write_text("\n".join([*lines, "nowhere,Marsha <b>Blackburn,a,neutral"]) + "\n", encoding="utf-8")
    keep_stance(store, path)


def test_labels_of_people_stand_beside_the_targets_with_their_agreement(tmp_path: Path) -> None:
    store = workspace(BuiltNetwork(texts=NAMING))
    labelled(store, tmp_path / "labels.csv", others=6)
    measure_targets(store, load_case(shipped_edition()), networks_run=1)
    part = section(build_report(store, 1, 1), "targets")
    assert "10 readings of a post for a target, 4 of them posts of this network" in part
    assert "2 of 4 negative" in part
    assert "2 of 10 negative (6% to 51%)" in part
    assert "Krippendorff&#39;s alpha 1.00 on 4 posts" in part
    assert "1 labelled posts are not in these data" in part
    assert "<b>Blackburn" not in part


def test_labels_read_for_other_posts_than_these_are_not_shown(tmp_path: Path) -> None:
    store = workspace(BuiltNetwork(texts=NAMING))
    labelled(store, tmp_path / "labels.csv", others=1)
    store.execute("INSERT INTO sources (source_id, sha256, posts_added) VALUES (9, 'more', 1)")
    assert "Stance: not computed" in section(build_report(store, 1, 1), "targets")


def test_influence_and_stages_are_told_or_named_as_not_computed() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra")
    store = looked_at()
    part = section(build_report(store, 1, 1), "narratives")
    assert "Influence: not computed." in part
    assert "--influence" in part
    assert "No stage of laundering is seen" in part
    assert "integration cannot be tested with" in part
    keep_influence(store, 1)
    assert "Influence was not computed: " in section(build_report(store, 1, 1), "narratives")


def test_influence_that_was_fitted_is_told_in_both_directions() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra")
    store = looked_at()
    run = store.rows("SELECT max(run_id) FROM runs WHERE method = 'narratives'")[0][0]
    found = Influence(
        SIDES,
        ((0.5, 0.25), (0.1, 0.2)),
        ((0.4, 0.15), (0.0, 0.1)),
        ((0.6, 0.35), (0.2, 0.3)),
        (0.4, 0.55),
        60.0,
        12,
        900,
    )
    kept = start_run(store, command="x", method="influence", parameters={"of_run": 1, "narratives": run})
    finish_run(store, kept, warnings=[], summary=asdict(found), cpu_started=0.0)
    assert stored_influence(store, 1, run) == found
    part = section(build_report(store, 1, 1), "narratives")
    assert "25% (15% to 35%) of the posts by everybody else" in part
    assert "10% (0% to 20%) of the posts by members of networks" in part
    assert part.count("consistent with influence") == 2
    assert "900 posts of 12 narratives" in part
    assert "60 s (the shortest of 5 that were tried: the right one may lie beyond)" in part


def test_a_link_to_a_listed_outlet_is_a_placement_and_no_chain() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra")
    store = workspace(BuiltNetwork(texts=NAMING))
    store.execute("UPDATE posts SET domains = [?] WHERE contains(text, 'Blackburn')", [shipped_outlets()[0].domain])
    find_narratives(store, NarrativeSettings(bootstraps=0, min_letters=20))
    part = section(build_report(store, 1, 1), "narratives")
    assert "One link is no chain of laundering: placement by" in part
    assert "No stage of laundering is seen" not in part


def test_a_day_of_the_election_calendar_is_drawn_where_it_lies_within_the_weeks() -> None:
    store = workspace(BuiltNetwork(texts=NAMING))
    store.execute("UPDATE posts SET posted_at = posted_at - INTERVAL 516 DAY")  # to October 2024
    measure_targets(store, load_case(shipped_edition()), networks_run=1)
    part = section(build_report(store, 1, 1), "targets")
    assert "mail ballots requested" in part
    assert "further down the ballot" in part
    assert "numbered lines are the election calendar" in part


def test_a_group_that_a_hashtag_may_hold_together_is_said_to_be_one() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra")
    store = workspace(BuiltNetwork(texts=NAMING))
    store.execute("UPDATE posts SET hashtags = ['FerryGame'] WHERE contains(text, 'Marsha Blackburn')")
    find_narratives(store, NarrativeSettings(bootstraps=0, min_letters=20))
    part = section(build_report(store, 1, 1), "narratives")
    assert "#ferrygame stands in" in part
    assert "perhaps a game or a topic, and no message" in part


def test_a_network_that_names_nobody_is_a_result() -> None:
    store = workspace()
    measure_targets(store, load_case(shipped_edition()), networks_run=1)
    part = section(build_report(store, 1, 1), "targets")
    assert re.search(r"None of \d+ names looked for stands in a post of this network", part)
    assert "<table" not in part


def test_impact_that_cannot_be_tested_says_so_and_claims_no_silence(html: str) -> None:
    part = section(html, "impact")
    assert "Not testable: these data do not say which posts answer" in part
    assert "Nobody" not in part.replace("Nobody is a result", "").replace("Dashed: nobody", "")
    assert "Breakout Scale" in part
    assert "in how many communities is not known" in part


def test_engagement_from_outside_is_shown_with_its_posts() -> None:
    store = workspace()
    store.execute(
        "UPDATE posts SET reply_to_account = 'x:5001', reply_to = 'x:178000000' WHERE post_key IN ("
        "SELECT post_key FROM posts WHERE account_key >= 100000 ORDER BY post_key LIMIT 4)"
    )
    measure_impact(store, 1)
    part = section(build_report(store, 1, 1), "impact")
    assert re.search(r"\d accounts? outside answered it (\d times|once)", part)
    assert "Answers it, from outside" in part
    assert "account outside the network" in part
    assert "Replies: 0 from networks, 4 from outside" in part


def test_a_masked_report_names_no_member_in_any_of_the_sections(html: str) -> None:
    for name in SECTIONS:
        assert "harbour_note_" not in section(html, name)
        assert "x:50" not in section(html, name)


def test_narratives_of_other_posts_than_these_are_not_shown() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra")
    store = looked_at()
    store.execute("INSERT INTO sources (source_id, sha256, posts_added) VALUES (9, 'more', 1)")
    page = build_report(store, 1, 1)
    assert "Not computed" in section(page, "narratives")
    assert "Not computed" in section(page, "impact")


def test_hostile_words_stay_words() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra")
    hostile = {number: f"<script>alert(1)</script> Marsha Blackburn \u202e rides {number}" for number in range(60)}
    page = build_report(looked_at(BuiltNetwork(texts=hostile)), 1, 1)
    for name in ("narratives", "targets"):
        assert "<script" not in section(page, name)
        assert "\u202e" not in section(page, name)
        assert "&lt;script&gt;" in section(page, name)


def test_the_page_with_all_sections_is_still_one_page(html: str) -> None:
    assert len(html.encode()) < 3_000_000
    assert Page(html).evidence
