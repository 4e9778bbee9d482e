"""The tracker site in a real browser: no request, filters by name, phone, paper, no script, readable by everyone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.publish.chromium import Visit, chromium, serious_violations
from tests.publish.test_site_hostile import hostile_case
from undazzle.casebook import Case, load_case, shipped_edition
from undazzle.publish.site import build_site
from undazzle.publish.site.index import SiteIndex

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

WIDE, PHONE, SMALL = ({"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 700})
PAGES = (
    "index.html", "claims/nic-2022-iran.html", "incidents/bomb-threats-2024-11-05.html", "actors/spamouflage.html",
    "sources/nic-ica-2022.html", "targets/polling-places.html", "claimants/fbi.html", "contradictions.html",
    "contradictions/degree~attribution~incident-bomb-threats-2024-11-05.html", "claims.html", "incidents.html",
    "places.html", "browse.html", "download.html", "changes.html", "events.html", "by/polarity~denies.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def edition() -> Case:
    return load_case(shipped_edition())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, edition: Case) -> Path:
    return build_site(edition, tmp_path_factory.mktemp("site") / "tracker", stix=None).front.parent


def opened(browser: Any, folder: Path, query: str, **settings: Any) -> Visit:
    visit = Visit(browser, folder / "index.html", **settings)
    visit.page.goto((folder / "index.html").as_uri() + query)
    visit.page.wait_for_function("window.undazzleClaims !== undefined")
    visit.page.wait_for_timeout(150)
    return visit


def rows_of(visit: Visit) -> int:
    count: int = visit.page.evaluate("document.querySelectorAll('#claims tbody tr').length")
    return count


def test_opening_and_filtering_ask_for_nothing_outside_and_complain_of_nothing(browser: Any, folder: Path) -> None:
    with opened(browser, folder, "?polarity=denies") as visit:
        visit.page.fill("#q", "slander")
        visit.page.wait_for_timeout(300)
        visit.page.click("th[data-k=claimant] button")
        visit.page.wait_for_timeout(150)
        assert [one for one in visit.requests if not one.startswith("file:")] == []
        assert visit.complaints == []


@pytest.mark.parametrize(
    ("query", "polarity", "family"),
    [("?polarity=denies", "denies", None), ("?polarity=negative-finding&family=prc", "negative-finding", "actor:prc")],
)
def test_a_filter_in_the_address_shows_just_its_claims(
    browser: Any, folder: Path, edition: Case, query: str, polarity: str, family: str | None
) -> None:
    index = SiteIndex(edition)
    wanted = [one for one in index.claims if one.proposition.polarity == polarity
              and (family is None or family in index.families(one))]  # fmt: skip
    with opened(browser, folder, query) as visit:
        assert rows_of(visit) == len(wanted)
        assert visit.page.inner_text("#count") == f"{len(wanted)} of {len(index.claims)} claims match"
        assert visit.page.inner_text("#url") == f"index.html{query}" or "family=prc" in visit.page.inner_text("#url")
        links = visit.page.eval_on_selector_all("#claims tbody th a", "all => all.map(one => one.getAttribute('href'))")
        assert sorted(links) == sorted(f"claims/{one.id.removeprefix('claim:')}.html" for one in wanted)


def test_words_dates_breakout_sort_and_page_work_in_the_address(browser: Any, folder: Path) -> None:
    with opened(browser, folder, "?q=spamouflage&from=2024-09&to=2024-11&breakout_min=2&sort=-date") as visit:
        days = visit.page.eval_on_selector_all("#claims tbody time", "all => all.map(one => one.textContent)")
        assert days and days == sorted(days, reverse=True)
        # A date of a year only may fall inside, so it is shown.
        assert all("2024-09"[: len(day)] <= day[:7] <= "2024-11" for day in days)
    with opened(browser, folder, "?page=3") as visit:
        assert visit.page.inner_text("#extent").startswith("Showing 81 to 120 of 217 claims")


def test_a_value_that_the_case_does_not_hold_matches_nothing_and_says_so(browser: Any, folder: Path) -> None:
    with opened(browser, folder, "?actor=nobody") as visit:
        assert rows_of(visit) == 0
        assert "No claim matches" in visit.page.inner_text("#extent")
        assert "not in this case" in visit.page.inner_text("#actor")


def test_clearing_brings_the_page_back_as_it_was(browser: Any, folder: Path) -> None:
    with Visit(browser, folder / "index.html") as fresh:
        before = fresh.page.inner_text("#claims")
    with opened(browser, folder, "?polarity=denies") as visit:
        visit.page.click("button[type=reset]")
        visit.page.wait_for_timeout(200)
        assert visit.page.inner_text("#claims") == before
        assert visit.page.inner_text("#url") == "index.html"


def test_marks_of_the_timeline_follow_the_filter(browser: Any, folder: Path) -> None:
    with opened(browser, folder, "?polarity=assurance") as visit:
        shown = visit.page.evaluate("document.querySelectorAll('.tl-wide .hit:not([hidden])').length")
        assert shown == 1


@pytest.mark.parametrize("settings", [
    {"viewport": WIDE, "color_scheme": "light"}, {"viewport": WIDE, "color_scheme": "dark"},
    {"viewport": PHONE, "color_scheme": "light"},
], ids=["wide", "dark", "phone"])  # fmt: skip
def test_axe_finds_nothing_serious_on_any_kind_of_page(browser: Any, folder: Path, settings: dict[str, Any]) -> None:
    found = {}
    for file in PAGES if settings == {"viewport": WIDE, "color_scheme": "light"} else PAGES[:5]:
        with Visit(browser, folder / file, **settings) as visit:
            visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            if bad := serious_violations(visit.page):
                found[file] = bad
    assert found == {}


@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL], ids=["1280", "390", "320"])
def test_no_page_scrolls_sideways(browser: Any, folder: Path, size: dict[str, int]) -> None:
    wide = []
    for file in PAGES:
        with Visit(browser, folder / file, viewport=size) as visit:
            if visit.page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                wide.append(file)
    assert wide == []


def test_on_a_phone_time_runs_down_and_marks_are_big_enough_to_touch(browser: Any, folder: Path) -> None:
    with Visit(browser, folder / "index.html", viewport=PHONE) as visit:
        assert not visit.page.is_visible(".tl-wide") and visit.page.is_visible(".tl-days")
        sizes = visit.page.eval_on_selector_all(
            ".days a.hit",
            "all => all.map(one => { const r = one.getBoundingClientRect(); return [r.width, r.height] })",
        )
        assert len(sizes) > 100 and min(min(one) for one in sizes) >= 24
        days = visit.page.eval_on_selector_all(".days time", "all => all.map(one => one.getBoundingClientRect().top)")
        assert days == sorted(days)


def test_without_script_every_filter_is_a_page(browser: Any, folder: Path) -> None:
    with Visit(browser, folder / "index.html", java_script_enabled=False) as visit:
        visit.page.click("noscript a:has-text('by kind')")
        visit.page.click("a:has-text('gives an assurance')")
        assert visit.page.locator("#claims tbody tr").count() == 2
        visit.page.click("#claims tbody th a >> nth=0")
        assert "assurance" in visit.page.inner_text("main")


def test_on_paper_the_wide_timeline_stands_and_controls_do_not(browser: Any, folder: Path) -> None:
    with Visit(browser, folder / "index.html", viewport={"width": 700, "height": 900}) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.is_visible(".tl-wide") and not visit.page.is_visible(".tl-days")
        assert not visit.page.is_visible("#filters")


def test_hostile_fields_run_nothing_even_after_filtering(browser: Any, tmp_path: Path) -> None:
    build_site(hostile_case(), tmp_path / "site", stix=None)
    with opened(browser, tmp_path / "site", "?q=script&sort=title") as visit:
        spoken: list[str] = []
        visit.page.on("dialog", lambda dialog: spoken.append(dialog.message))
        assert rows_of(visit) == 3
        assert visit.page.evaluate("document.querySelectorAll('img, main script').length") == 0
        assert "<script>alert(1)</script>" in visit.page.inner_text("#claims")
        assert spoken == [] and visit.complaints == []
        assert [one for one in visit.requests if not one.startswith("file:")] == []
