"""Pages of judgements in a real browser: readable by everyone, on paper colours and dark, wide and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.publish.chromium import Visit, chromium, serious_violations
from tests.publish.test_judgements import a_judged_case
from undazzle.casebook import load_case
from undazzle.casebook.signing import retract
from undazzle.publish.site import build_site

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
PAGES = (
    "ladder.html",
    "assessments/campaign.html",
    "assessments/cluster.html",
    "findings/otter.html",
    "matrices/who.html",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("judged")
    case = a_judged_case(base / "case")
    retract(case, "claim:domain", reason="A mistake.", signed_by="B. Reader", signed="2026-11-05")
    build_site(load_case(case), base / "site", stix=None)
    return base / "site"


@pytest.mark.parametrize("file", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "light")])
def test_every_page_is_readable_and_asks_for_nothing(
    browser: Any, folder: Path, file: str, width: int, scheme: str
) -> None:
    settings = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with Visit(browser, folder / file, **settings) as visit:
        assert visit.complaints == []  # before axe, which reads the stylesheet by script and is refused
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert [one for one in visit.requests if not one.startswith("file:")] == []
        assert serious_violations(visit.page) == []
