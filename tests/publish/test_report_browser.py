"""The report in a real browser: no request, no complaint, two clicks to the posts, readable by everyone."""

from __future__ import annotations

import csv
import re

import pytest

from tests.publish.chromium import Visit, chromium, serious_violations
from tests.publish.network_builder import BuiltNetwork, build_workspace
from tests.publish.page_reading import Page
from undazzle.publish.report import build_report

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(build_report(build_workspace(), 1, None), "utf-8")
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A report in which most pairs have no card in the page."""
    path = tmp_path_factory.mktemp("report") / "large.html"
    spec = BuiltNetwork(groups=(30, 20), crowd=(12, 16), texts={3: "<b>not bold</b>"})
    path.write_text(build_report(build_workspace(spec), 1, 1), "utf-8")
    return path


def test_opening_asks_for_nothing_and_complains_of_nothing(browser, large):
    with Visit(browser, large) as visit:
        visit.page.click("text=Explore the picture")
        visit.page.wait_for_selector("#live canvas")
        visit.page.click("#pairs button.see >> nth=0")
        visit.page.wait_for_selector(".opened-card article")
        assert [one for one in visit.requests if not one.startswith("file:")] == []
        assert visit.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_serious(browser, small, scheme, size):
    with Visit(browser, small, color_scheme=scheme, viewport=size) as visit:
        visit.page.click("#pairs button.see >> nth=5")
        visit.page.wait_for_selector(".opened-card article")
        visit.page.click("text=Explore the picture")
        visit.page.evaluate("document.querySelectorAll('details:not(.more-cards)').forEach((d) => { d.open = true })")
        assert serious_violations(visit.page) == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_page_never_scrolls_sideways(browser, small, width):
    with Visit(browser, small, viewport={"width": width, "height": 800}) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_posts_of_the_weakest_pair_are_two_clicks_away(browser, large):
    block = Page(large.read_text("utf-8")).evidence
    weakest = len(block["pairs"]["n"])
    with Visit(browser, large) as visit:
        visit.page.click("th:has-text('Pair') button")
        visit.page.click("th:has-text('Pair') button")
        visit.page.click(f"tr[data-pair='{weakest}'] button.see")
        visit.page.wait_for_selector(".opened-card article")
        at = block["co"]["pair"].index(weakest)
        shown = visit.page.inner_text(".opened-card")
        for side in ("a", "b"):
            assert block["posts"]["at"][block["co"][side][at]] in shown
        assert str(block["co"]["gap"][at]) in shown or "same second" in shown


def test_the_count_of_an_account_leads_to_its_pairs_and_on_to_their_posts(browser, large):
    with Visit(browser, large) as visit:
        visit.page.click("a[data-account='7']")
        visit.page.wait_for_function("document.querySelector('#of-account').value === '7'")
        visit.page.click("#pairs button.see >> nth=0")
        visit.page.wait_for_selector(".opened-card article")
        rows = visit.page.evaluate("[...document.querySelectorAll('#pairs tbody tr[id]')].map((row) => row.id)")
        assert rows
        assert all("7" in re.findall(r"\d+", one) for one in rows)


def test_an_address_with_a_pair_opens_that_pair(browser, large):
    block = Page(large.read_text("utf-8")).evidence
    a, b = block["pairs"]["a"][-1], block["pairs"]["b"][-1]
    with Visit(browser, large) as visit:
        visit.page.evaluate(f"location.hash = '#pair-{a}-{b}'")
        visit.page.wait_for_selector(f"#row-{a}-{b} + .opened-card article")


def test_posts_opened_by_the_script_are_marked_as_those_in_the_page(browser, small):
    """The comparison of words exists twice; both must mark the same."""
    marks = "(card) => [...card.querySelectorAll('mark')].map((one) => one.textContent)"
    with Visit(browser, small) as visit:
        page = visit.page
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        cards = page.query_selector_all(".pair[id]")
        compared = 0
        for card in cards[:40]:
            a, b = re.findall(r"\d+", card.get_attribute("id"))
            page.evaluate(f"document.querySelector('#row-{a}-{b} button.see').click()")
            opened = page.wait_for_selector(f"#row-{a}-{b} + .opened-card .pair", state="attached")
            assert opened.evaluate(marks) == card.evaluate(marks)
            said = "(card) => [...card.querySelectorAll('blockquote, .gap b, .who')].map((one) => one.textContent)"
            assert [one.split() for one in opened.evaluate(said)] == [one.split() for one in card.evaluate(said)]
            compared += 1
        assert compared == 40


def test_hostile_text_opened_by_the_script_stays_text(browser, large):
    with Visit(browser, large) as visit:
        visit.page.evaluate("document.querySelectorAll('#pairs button.see').forEach((one) => one.click())")
        visit.page.wait_for_selector(".opened-card article")
        assert visit.page.locator(".post blockquote b").count() == 0


def test_without_a_script_everything_can_be_read(browser, large):
    with Visit(browser, large, java_script_enabled=False) as visit:
        text = visit.page.inner_text("main")
        assert "undazzle evidence WS network:1 --between account-" in text
        assert "Explore the picture" not in text
        visit.page.click("label[for='all-pairs']")
        assert visit.page.locator("#pairs tbody tr >> nth=300").is_visible()
        visit.page.click("details.more-cards summary")
        assert visit.page.locator(".more-cards .pair >> nth=5").is_visible()
        assert visit.complaints == []


def test_tables_sort_by_number_on_a_click(browser, small):
    with Visit(browser, small) as visit:
        visit.page.click("#accounts th:nth-child(6) button")
        values = visit.page.evaluate(
            "[...document.querySelectorAll('#accounts tbody tr')].map((row) => Number(row.cells[5].dataset.v))"
        )
        assert values == sorted(values)
        assert visit.page.get_attribute("#accounts th:nth-child(6)", "aria-sort") == "ascending"


@pytest.mark.parametrize("name", ["co_actions", "pairs", "accounts"])
def test_files_can_be_saved(browser, small, name):
    data = Page(small.read_text("utf-8")).data["network"]
    with Visit(browser, small, accept_downloads=True) as visit:
        with visit.page.expect_download() as saved:
            visit.page.click(f"#data >> text=amber-otter-{name}.csv")
        rows = list(csv.reader(saved.value.path().read_text("utf-8").splitlines()))
        assert len(rows) - 1 == data[name]
        assert all(len(row) == len(rows[0]) for row in rows)
        assert visit.complaints == []


def test_files_in_links_can_be_saved_without_a_script(browser, small):
    with Visit(browser, small, accept_downloads=True, java_script_enabled=False) as visit:
        with visit.page.expect_download() as saved:
            visit.page.click("text=amber-otter-accounts.csv")
        assert saved.value.path().read_text("utf-8").startswith("no,account,")


def test_the_live_picture_opens_shows_groups_and_closes(browser, small):
    with Visit(browser, small, viewport=WIDE) as visit:
        visit.page.click("text=Explore the picture")
        visit.page.wait_for_selector("#live canvas")
        assert not visit.page.is_visible("#picture")
        visit.page.click("text=Back to the still picture")
        assert visit.page.is_visible("#picture")
        assert visit.page.locator("#live canvas").count() == 0
        assert visit.complaints == []


def test_a_click_on_an_account_in_the_live_picture_shows_its_pairs(browser, small):
    data = Page(small.read_text("utf-8")).data["accounts"]
    with Visit(browser, small, viewport=WIDE) as visit:
        visit.page.click("text=Explore the picture")
        visit.page.wait_for_selector("#live canvas")
        visit.page.locator("#live").scroll_into_view_if_needed()
        box = visit.page.locator("#live").bounding_box()
        hits = 0
        for one in data[:6]:
            x, y = one["at"]
            for inset in (26, 30, 22):
                visit.page.mouse.click(
                    box["x"] + inset + x * (box["width"] - 2 * inset),
                    box["y"] + inset + y * (box["height"] - 2 * inset),
                )
            hits += visit.page.evaluate("document.querySelector('#of-account').value !== '0'")
            visit.page.evaluate("window.scrollTo(0, 0)")
            visit.page.locator("#live").scroll_into_view_if_needed()
            box = visit.page.locator("#live").bounding_box()
        assert hits > 0
        assert visit.complaints == []


def test_it_prints_on_a4_with_nothing_hidden_in_the_dark(browser, small, tmp_path):
    with Visit(browser, small, color_scheme="dark") as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        pdf = visit.page.pdf(path=str(tmp_path / "report.pdf"), prefer_css_page_size=True)
        assert re.search(rb"/MediaBox ?\[ ?0 0 59[45]\.\d+ 84[12]", pdf)
