"""Hostile markup in every field of a case stays text on every page and in every file of the site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casebook.builders import a_case, a_claim, a_record, an_incident
from tests.publish.site_reading import OUTWARD, ReadPage, read_site
from undazzle.casebook import Case
from undazzle.publish.site import build_site
from undazzle.publish.site.addresses import contradiction_page, web_address

SCRIPT = "<script>alert(1)</script>"
EVIL = (
    f"{SCRIPT}\"'><img src=x onerror=alert(2)><svg/onload=alert(3)>\u202e\u2066{{{{7*7}}}}{{% raw %}}"
    "&lt;b&gt;</style></title>"
)
FORMULA = '=HYPERLINK("http://example.org")'
ADDRESSES = (
    "javascript:alert(4)", "JaVaScRiPt:alert(4)", "data:text/html,<b>", "//example.org/x", "file:///etc/passwd",
    "vbscript:x", "https://user:word@example.org", "http://exa\u202emple.org", "https://example.org/\"onclick=\"x",
)  # fmt: skip


def hostile_case(evil: str = EVIL) -> Case:
    """Return a case in which every text a schema allows to be free is hostile."""
    source = a_record("source", "bad", title=evil, source_kind="press", publisher="claimant:bad", url=ADDRESSES[0],
                      read_at=list(ADDRESSES[1:]), archive_url=ADDRESSES[2], caveat=evil, language=evil)  # fmt: skip
    claimant = a_record("claimant", "bad", name=evil, category="media", aliases=[evil], nation=evil,
                        website=ADDRESSES[0], reliability_basis=evil, ownership={"owner": evil, "interest": evil},
                        speaks_for="actor:bad")  # fmt: skip
    tie = {"relation": "linked-to", "to": "actor:ferry-line", "said_by": "claimant:bad", "quoted": evil}
    actor = a_record("actor", "bad", name=evil, actor_kind="state", nation=evil, role=evil, description=evil,
                     aliases=[{"name": evil}], relations=[tie])  # fmt: skip
    target = a_record("target", "bad", name=evil, target_kind="candidate", office=evil, race=evil, party=evil,
                      jurisdiction="United States", place=f"Ohio {evil}", description=evil,
                      motives=[{"statement": evil}])  # fmt: skip
    event = a_record("event", "bad", name=evil, event_kind="election", begin="2024-05-05", place=evil, description=evil)
    said = {"actors": ["actor:bad"], "targets": ["target:bad"], "event": "event:bad", "scope": evil}
    texts: dict[str, Any] = {
        "statement": evil, "quoted": [evil, evil], "claimant": "claimant:bad", "source": "source:bad",
        "locator": {"place": evil, "reporting_verb": evil}, "confidence": {"word": "high", "quoted": evil},
        "likelihood": {"quoted": evil}, "credibility_basis": evil, "platforms": [evil], "methods": [evil],
        "places": [f"Georgia {evil}"], "caveat": evil, "note": evil,
        "quantities": [{"counted": "posters", "words": evil, "platform": evil}], "proposition": said,
    }  # fmt: skip
    claims = [a_claim("one", **texts), a_claim("two", **(texts | {"proposition": said | {"polarity": "denies"}}))]
    told = a_claim("told", **(texts | {"relays": "claim:one", "confidence": {"word": "low", "quoted": evil},
                                       "proposition": said}))  # fmt: skip
    seen = a_record("observation", "bad", incident="incident:bad", observed="2024-05-03", platform=evil, community=evil,
                    quantities=[{"counted": "views", "words": evil}])  # fmt: skip
    done = a_record("countermeasure", "bad", title=evil, countermeasure_kind="takedown", done_by="claimant:bad",
                    done="2024-05-09", source="source:bad", description=evil, against=["actor:bad"])  # fmt: skip
    card = a_record("scorecard", "bad", incident="incident:bad",
                    codings=[{"coder": evil, "remark": evil}, {"coder": evil}])  # fmt: skip
    incident = an_incident([one.id for one in (*claims, told)], "bad", title=evil, summary=evil,
                           countermeasures=["countermeasure:bad"], breakout={"category": 2, "basis": evil})  # fmt: skip
    head = {"title": evil, "summary": evil, "edition": evil, "updated": "2024-06-01", "licence": evil, "cite_as": evil}
    return a_case(source, claimant, actor, target, event, *claims, told, seen, done, card, incident, head=head)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    earlier = hostile_case(FORMULA)
    out = tmp_path_factory.mktemp("hostile") / "site"
    build_site(hostile_case(), out, earlier=[earlier])
    return out


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, ReadPage]:
    return read_site(folder)


def test_no_page_holds_a_script_an_image_or_a_handler_of_a_record(pages: dict[str, ReadPage]) -> None:
    known = {"assets/site.js"}
    for file, page in pages.items():
        for tag, held in page.tags:
            assert tag not in {"img", "iframe", "object", "embed", "base", "math", "style"}, file
            assert not [name for name in held if name.startswith("on") or name in {"style", "srcdoc", "formaction"}]
            if tag == "script":
                assert held.get("src") in known, file


def test_hostile_text_is_shown_as_text(pages: dict[str, ReadPage]) -> None:
    for file in ("claims/one.html", "incidents/bad.html", "actors/bad.html", "sources/bad.html", "targets/bad.html",
                 "claimants/bad.html", "index.html", "events.html", "places.html", "changes.html"):  # fmt: skip
        assert SCRIPT in pages[file].text, file


def test_only_plain_web_addresses_become_links(pages: dict[str, ReadPage]) -> None:
    for page in pages.values():
        for link in page.links:
            assert link.startswith(OUTWARD) or ":" not in link.partition("#")[0].partition("?")[0]
            assert not link.startswith("//")
    assert [link for link in pages["sources/bad.html"].links if link.startswith(OUTWARD)] == []
    assert "not linked: no web address" in pages["sources/bad.html"].text


def test_nothing_turns_the_direction_of_text_and_no_template_is_run(folder: Path) -> None:
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text("utf-8")
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00") & set(text), path
        assert SCRIPT not in text, path
        assert ">49" not in text


def test_the_data_of_filters_are_plain_values(folder: Path) -> None:
    text = (folder / "assets/claims.js").read_text("utf-8")
    begin = "window.undazzleClaims="
    assert text.startswith(begin) and text.isascii() and "<" not in text
    assert len(json.loads(text.removeprefix(begin).rstrip().removesuffix(";"))["rows"]) == 3


def test_json_csv_feed_and_citations_stay_well_formed(folder: Path) -> None:
    for path in folder.rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    ElementTree.parse(folder / "changes.xml")
    for path in folder.rglob("*.csv"):
        assert "\n=HYPERLINK" not in path.read_text("utf-8") and ",=HYPERLINK" not in path.read_text("utf-8")
    assert "'=HYPERLINK" not in (folder / "claims.csv").read_text("utf-8")


def test_a_formula_in_a_cell_gets_an_apostrophe(tmp_path: Path) -> None:
    build_site(hostile_case(FORMULA), tmp_path / "site")
    text = (tmp_path / "site/claims.csv").read_text("utf-8")
    assert "'=HYPERLINK" in text and ",=HYPERLINK" not in text and ',"=HYPERLINK' not in text


@pytest.mark.parametrize(
    "address", [*ADDRESSES, "", " https://example.org", "https://", "http:///x", "ftp://example.org"]
)
def test_such_an_address_is_never_a_link(address: str) -> None:
    assert web_address(address) is None


@given(st.text(max_size=60), st.sampled_from(["", "https://", "http://", "HTTPS://", "javascript:"]))
def test_whatever_becomes_a_link_begins_with_http_and_hides_nothing(rest: str, scheme: str) -> None:
    found = web_address(scheme + rest)
    if found is not None:
        assert found.lower().startswith(OUTWARD)
        assert not set(found) & set(" \t\n\"'<>`\\\u202e\u200b") and "@" not in found.split("/")[2]


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=5))
def test_the_page_of_a_contradiction_is_a_harmless_file_name(parts: list[str]) -> None:
    page = contradiction_page("/".join(parts))
    folder, _, name = page.partition("/")
    assert folder == "contradictions" and "/" not in name and len(name) < 200
    assert name.removesuffix(".html").replace("~", "").replace("-", "").replace(".", "").isascii()


def test_a_very_long_statement_is_cut_in_titles_and_whole_in_its_place(tmp_path: Path) -> None:
    build_site(a_case(a_claim(statement="word " * 3_900)), tmp_path / "site")
    text = (tmp_path / "site/claims/ferry-posters.html").read_text("utf-8")
    assert text.count("word word word") < 3_000 and "word " * 3_000 in text
    assert len((tmp_path / "site/index.html").read_text("utf-8")) < 60_000
