"""The tracker site: every record has its page, every link leads somewhere, nothing is drawn as more than it is."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.casebook.builders import a_case, a_claim, a_claimant, a_record, a_source, an_actor, an_incident
from tests.publish.site_reading import OUTWARD, ReadPage, clicks_from, inward, read, read_site
from undazzle.casebook import Case, load_case, shipped_edition
from undazzle.errors import OutputExistsError, ParameterError
from undazzle.publish.site import SiteSummary, build_site
from undazzle.publish.site.addresses import contradiction_page, page_of
from undazzle.publish.site.facets import FACETS, FREE, choices
from undazzle.publish.site.index import SiteIndex

FILTERS = (
    "family", "category", "confidence", "polarity", "act", "actor", "target", "claimant", "event", "attribution",
    "contradicted", "verification", "breakout", "month",
)  # fmt: skip


@pytest.fixture(scope="module")
def edition() -> Case:
    return load_case(shipped_edition())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, edition: Case) -> SiteSummary:
    return build_site(edition, tmp_path_factory.mktemp("site") / "tracker")


@pytest.fixture(scope="module")
def pages(built: SiteSummary) -> dict[str, ReadPage]:
    return read_site(built.front.parent)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_record_of_the_edition_has_its_page(edition: Case, pages: dict[str, ReadPage]) -> None:
    wanted = [one for one in edition.records if one.partition(":")[0] in
              {"claim", "incident", "actor", "source", "target", "claimant"}]  # fmt: skip
    assert len(wanted) > 500
    assert [one for one in wanted if page_of(one) not in pages] == []


def test_every_link_leads_to_a_file_and_every_anchor_to_an_element(
    built: SiteSummary, pages: dict[str, ReadPage]
) -> None:
    folder, broken = built.front.parent, []
    for file, page in pages.items():
        for link in set(page.links):
            if link.startswith(OUTWARD):
                continue
            to, anchor = inward(file, link)
            is_there = to in pages or (folder / to).is_file()
            if not is_there or (anchor and anchor not in pages[to].ids):
                broken.append((file, link))
    assert broken == []


def test_no_id_stands_twice_on_a_page(pages: dict[str, ReadPage]) -> None:
    assert [file for file, page in pages.items() if len(page.ids) != len(set(page.ids))] == []


def test_every_claim_is_two_clicks_from_the_front_page(edition: Case, pages: dict[str, ReadPage]) -> None:
    reached = clicks_from(pages, "index.html", 2)
    assert [one for one in edition.claims if page_of(one) not in reached] == []


def test_the_source_of_every_claim_is_one_click_from_it(edition: Case, pages: dict[str, ReadPage]) -> None:
    for claim in edition.claims.values():
        file = str(page_of(claim.id))
        assert page_of(claim.source) in {inward(file, link)[0] for link in pages[file].links}


def test_every_page_has_json_and_csv_beside_it(built: SiteSummary, pages: dict[str, ReadPage]) -> None:
    folder, notice = built.front.parent, "Claims are recorded, not verified."
    for file in pages:
        beside = folder / file.partition("~")[0].removesuffix(".html") if file.startswith("claims~") else folder / file
        assert json.loads(beside.with_suffix(".json").read_text("utf-8"))["notice"] == notice
        rows = list(csv.reader(io.StringIO(beside.with_suffix(".csv").read_text("utf-8"), newline="")))
        assert len({len(row) for row in rows}) == 1, file


def test_two_builds_are_the_same_bytes(built: SiteSummary, edition: Case, tmp_path: Path) -> None:
    again = build_site(edition, tmp_path / "again")
    assert files_of(again.front.parent) == files_of(built.front.parent)


def test_every_contradiction_is_shown_with_all_sides_claims_and_origins(
    edition: Case, pages: dict[str, ReadPage]
) -> None:
    index = SiteIndex(edition)
    assert len(index.contradictions) >= 15
    for code, one in index.contradictions.items():
        page = pages[contradiction_page(code)]
        named = {inward(contradiction_page(code), link)[0] for link in page.links}
        for side in one.sides:
            assert {page_of(claim) for claim in side.claims} <= named
            assert {page_of(origin) for origin in side.origins[:8] if origin in edition} <= named
        assert contradiction_page(code) in {inward("contradictions.html", link)[0]
                                            for link in pages["contradictions.html"].links}  # fmt: skip


def test_a_contradicted_claim_says_so_on_its_page_and_names_the_other_side(
    edition: Case, pages: dict[str, ReadPage]
) -> None:
    text = pages["claims/nic-2022-iran.html"].text
    assert "1 open" in text and "moderate confidence" in text and "high confidence" in text
    assert "Wikipedia, English edition" in text and "does not pick a winner" in text
    assert not [word for word in ("refuted", "debunked", "winner is") if word in text]


def test_a_tie_is_never_drawn_as_identity(pages: dict[str, ReadPage]) -> None:
    text = pages["actors/spamouflage.html"].text
    assert "linked to Ministry of Public Security" in text and "A tie is a claim" in text
    front = pages["index.html"].text
    assert "said to be tied to it" in front


def test_denials_negative_findings_and_assurances_are_marked(edition: Case, pages: dict[str, ReadPage]) -> None:
    words = {"denies": "denies", "negative-finding": "finds none", "assurance": "gives an assurance"}
    for claim in edition.claims.values():
        if word := words.get(str(claim.proposition.polarity)):
            assert word in pages[str(page_of(claim.id))].text


def test_the_names_of_filters_stay_valid(edition: Case) -> None:
    assert tuple(one.name for one in FACETS) == FILTERS
    assert FREE == ("q", "breakout_min", "from", "to", "sort", "page")


def test_each_value_of_a_filter_has_a_page_with_just_its_claims(edition: Case, pages: dict[str, ReadPage]) -> None:
    index = SiteIndex(edition)
    for facet in FACETS:
        for choice in choices(index, facet):
            page = pages[f"{choice.page}.html"]
            rows = [held["data-id"] for tag, held in page.tags if tag == "tr" and "data-id" in held]
            assert sorted(map(str, rows)) == sorted(one.id.removeprefix("claim:") for one in choice.claims)
            assert inward("browse.html", f"{choice.page}.html")[0] in {
                inward("browse.html", link)[0] for link in pages["browse.html"].links
            }


def test_the_timeline_shows_each_dated_claim_in_a_row_for_each_actor(edition: Case, pages: dict[str, ReadPage]) -> None:
    page = pages["index.html"]
    marks = [held["data-id"] for tag, held in page.tags if tag == "g" and held.get("class") == "hit"]
    shown = next(held for tag, held in page.tags if tag == "span" and held.get("id") == "in-window")
    inside = [one for one in edition.claims.values()
              if str(shown["data-first"]) <= (SiteIndex(edition).day(one) + "-00")[:7] <= str(shown["data-last"])
              and len(SiteIndex(edition).day(one)) >= 7]  # fmt: skip
    assert set(marks) == {one.id.removeprefix("claim:") for one in inside}
    assert len(marks) >= len(inside)


def test_an_output_folder_is_replaced_only_when_asked_and_only_if_it_is_a_site(tmp_path: Path) -> None:
    one, two = a_case(a_claim()), a_case(a_claim("other-posters"))
    build_site(one, tmp_path / "site")
    with pytest.raises(OutputExistsError):
        build_site(two, tmp_path / "site")
    build_site(two, tmp_path / "site", overwrite=True)
    assert not (tmp_path / "site/claims/ferry-posters.html").exists()
    assert (tmp_path / "site/claims/other-posters.html").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("keep", "utf-8")
    with pytest.raises(ParameterError, match="other files"):
        build_site(two, tmp_path / "mine", overwrite=True)


def test_what_changed_between_editions_stands_in_the_feed_on_its_page_and_on_the_record(tmp_path: Path) -> None:
    before = a_case(a_claim(), head={"edition": "1", "updated": "2024-06-01"})
    after = a_case(
        a_claim(statement="The line put up posters."), a_claim("second"), head={"edition": "2", "updated": "2024-07-01"}
    )
    build_site(after, tmp_path / "site", earlier=[before], base_url="https://example.org/tracker")
    items = ElementTree.parse(tmp_path / "site/changes.xml").getroot().findall("./channel/item")
    titles = [str(one.findtext("title")) for one in items]
    assert "claim changed (statement): The line put up posters" in titles
    assert any(title.startswith("claim added: ") for title in titles)
    assert next(title for title in titles if title.startswith("Edition")).startswith("Edition 2: 2 claims")
    assert items[0].findtext("pubDate") == "Mon, 01 Jul 2024 00:00:00 GMT"
    assert str(items[0].findtext("link")).startswith("https://example.org/tracker/")
    assert "Edition 2: changed, statement" in read(tmp_path / "site/claims/ferry-posters.html").text


def test_a_relay_shows_what_it_changed_and_adds_no_origin(tmp_path: Path) -> None:
    first = a_claim("first", confidence={"word": "moderate", "quoted": "moderate confidence"})
    told = a_claim("told", claimant="claimant:paper", source="source:paper", relays="claim:first",
                   confidence={"word": "high", "quoted": "high confidence"})  # fmt: skip
    case = a_case(first, told, a_claimant("paper", category="media"), a_source("paper", publisher="claimant:paper"))
    build_site(case, tmp_path / "site")
    text = read(tmp_path / "site/claims/told.html").text
    assert "1 independent origin, 1 relay in this case" in text
    assert "Now high confidence; before, moderate confidence." in text


def test_a_scorecard_shows_18_answers_and_no_sum_before_coders_agree(tmp_path: Path) -> None:
    answers = {"attribution_clarity": "true", "attribution_context": "false", "attribution_language": "na"}
    other = answers | {"attribution_context": "true"}
    codings = [{"coder": "A", "answers": answers}, {"coder": "B", "answers": other}]
    open_card = a_record("scorecard", "open", incident="incident:posters", codings=codings)
    done = a_record("scorecard", "done", incident="incident:notes", codings=codings,
                    reconciled={"coder": "C", "answers": other})  # fmt: skip
    case = a_case(a_claim(), a_claim("noted"), an_incident(["claim:ferry-posters"]),
                  an_incident(["claim:noted"], "notes"), open_card, done)  # fmt: skip
    build_site(case, tmp_path / "site")
    unsettled, settled = (read(tmp_path / f"site/incidents/{one}.html").text for one in ("posters", "notes"))
    assert "no sum is given" in unsettled and "of 18 yes" not in unsettled
    assert "2 of 18 yes, 0 no, 1 does not apply, 15 unknown" in settled
    assert "Coders agreed on 17 of 18" in settled and "Cohen's kappa" in settled
    rows = [tag for tag, held in read(tmp_path / "site/incidents/notes.html").tags
            if tag == "span" and str(held.get("class", "")).startswith("ans ")]  # fmt: skip
    assert len(rows) == 18 + 5


def test_drafts_replaced_and_truncated_claims_are_marked(tmp_path: Path) -> None:
    case = a_case(a_claim("old", review="draft", is_truncated=True), a_claim("new", supersedes="claim:old"))
    build_site(case, tmp_path / "site")
    text = read(tmp_path / "site/claims/old.html").text
    assert "draft" in text and "replaced by a later judgement" in text and "text breaks off" in text


def test_a_case_without_claims_or_dates_still_has_a_site(tmp_path: Path) -> None:
    assert build_site(a_case(), tmp_path / "empty").claims == 0
    assert "0 public claims" in read(tmp_path / "empty/index.html").text
    undated = a_case(a_claim(claimed=None), a_source("harbour-report", dated=None))
    assert build_site(undated, tmp_path / "undated").claims == 1
    assert "there is no timeline" in read(tmp_path / "undated/index.html").text


def test_citations_come_as_bibtex_and_csl(built: SiteSummary, edition: Case) -> None:
    folder = built.front.parent
    entries = json.loads((folder / "citations.csl.json").read_text("utf-8"))
    assert len(entries) == len(edition.claims) + len(edition.incidents)
    assert entries[0]["issued"] == {"date-parts": [[2026, 11, 23]]}
    bib = (folder / "citations.bib").read_text("utf-8")
    assert bib.count("@misc{") == len(entries) and bib.count("{") == bib.count("}")


def test_each_incident_offers_a_stix_bundle_and_may_go_without(tmp_path: Path) -> None:
    case = a_case(a_claim(), an_actor("second-line"))
    build_site(case, tmp_path / "with")
    bundle = json.loads((tmp_path / "with/incidents/stix/all-others.json").read_text("utf-8"))
    assert bundle["type"] == "bundle"
    assert "second-line" not in json.dumps(bundle)
    assert "stix/all-others.json" in " ".join(read(tmp_path / "with/incidents/all-others.html").links)
    build_site(case, tmp_path / "without", stix=None)
    assert not (tmp_path / "without/incidents/stix").exists()


def test_an_address_of_the_site_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(ParameterError):
        build_site(a_case(), tmp_path / "site", base_url="javascript:alert(1)")


def test_an_observation_without_a_number_is_shown_and_numbers_are_never_added_up(tmp_path: Path) -> None:
    numbers = [{"counted": "posters", "value": 3, "platform": "Pier Board"}, {"counted": "posters", "value": 4}]
    seen = a_record("observation", "seen", incident="incident:posters", observed="2024-05-03", platform="Radio",
                    amplifier="politician")  # fmt: skip
    build_site(a_case(a_claim(quantities=numbers), an_incident(["claim:ferry-posters"]), seen), tmp_path / "site")
    text = read(tmp_path / "site/incidents/posters.html").text
    assert "3 posters on Pier Board" in text and "4 posters" in text and "7 posters" not in text
    assert "Radio" in text and "carried on by politician" in text
