"""Builds the site: every page of a case with its siblings, into a folder, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from undazzle.casebook import Case, Incident
from undazzle.errors import OutputExistsError, ParameterError
from undazzle.publish.report.text import as_markup, clean
from undazzle.publish.site.addresses import slug_of, web_address
from undazzle.publish.site.bundles import incident_bundle
from undazzle.publish.site.claim_page import claim_page
from undazzle.publish.site.closing_pages import changes_page, download_page
from undazzle.publish.site.feed import rss
from undazzle.publish.site.front import all_choices, browse_page, filter_data, front_page
from undazzle.publish.site.incident_page import incident_page
from undazzle.publish.site.index import SiteIndex
from undazzle.publish.site.judgement_pages import judgement_pages, ladder_page
from undazzle.publish.site.lists import (
    actor_list,
    choice_lists,
    claim_lists,
    contradiction_pages,
    event_list,
    incident_list,
    source_list,
    target_list,
)
from undazzle.publish.site.pages import Page, Site
from undazzle.publish.site.places import places_page
from undazzle.publish.site.record_pages import actor_page, claimant_page, source_page, target_page
from undazzle.publish.site.words import shown

MARK = "undazzle-site.json"
StixOf = Callable[[Case, Incident], str | None]


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """What was built.

    Attributes
    ----------
    front
        The page to open.
    pages
        Number of HTML pages.
    files
        Number of files in all.
    size
        Size of all files, bytes.
    claims, incidents, contradictions
        How many the site shows; tensions are not contradictions.
    """

    front: Path
    pages: int
    files: int
    size: int
    claims: int
    incidents: int
    contradictions: int


def build_site(
    case: Case,
    out: Path | str,
    *,
    earlier: Sequence[Case] = (),
    base_url: str = "",
    stix: StixOf | None = incident_bundle,
    overwrite: bool = False,
) -> SiteSummary:
    """Write the static site of a case.

    Parameters
    ----------
    case
        The case.
    out
        Folder to write; made if needed.
    earlier
        Earlier editions, oldest first: their differences become the page and the feed of changes.
    base_url
        Address at which the site will be published, for the feed and citations; not needed.
    stix
        Returns the STIX bundle of an incident as text, or nothing; each is offered on the incident's page. ``None``
        leaves them out, which halves the time of a case of thousands.
    overwrite
        Whether a site in the folder is replaced. Files of an earlier build that are not written again are removed.

    Raises
    ------
    OutputExistsError
        If the folder holds anything and ``overwrite`` is not set.
    ParameterError
        If ``base_url`` is no http address, or the folder holds files that are no site.
    """
    if base_url and web_address(base_url) is None:
        raise ParameterError("base_url", base_url, "Give an address that begins with https:// or http://.")
    writer = Writer(Path(out))
    writer.begin(overwrite=overwrite)
    index = SiteIndex(case)
    site = Site(index, (*map(SiteIndex, earlier), index), base_url.rstrip("/") + "/" if base_url else "")
    for page in _pages(site, stix, writer):
        writer.page(site, page)
    writer.end(site)
    hard = sum(one.level == "contradiction" for one in index.contradictions.values())
    return SiteSummary(
        writer.folder / "index.html", writer.pages, len(writer.written), writer.size, len(case.claims),
        len(case.incidents), hard,
    )  # fmt: skip


def _pages(site: Site, stix: StixOf | None, writer: Writer) -> Iterator[Page]:
    """Yield every page; files that are no page are written on the way."""
    held = all_choices(site)
    yield front_page(site, held)
    yield browse_page(site, held)
    writer.text("assets/claims.js", filter_data(site, held))
    yield from claim_lists(site)
    for make in (incident_list, actor_list, target_list, source_list, event_list, places_page, changes_page):
        yield make(site)
    yield from contradiction_pages(site)
    bundles, cites = [], []
    for incident in site.case.incidents.values():
        path, bundle = f"incidents/stix/{slug_of(incident.id)}.json", stix(site.case, incident) if stix else None
        if bundle is not None:
            writer.text(path, bundle)
            bundles.append((incident.id, path))
        page = incident_page(site, incident, path if bundle is not None else None)
        cites.append(page.citation)
        yield page
    for claim in site.index.claims:
        page = claim_page(site, claim)
        cites.append(page.citation)
        yield page
    yield from _other_records(site)
    for facet in held.values():
        for choice in facet:
            if choice.has_own_page:
                yield from choice_lists(site, choice)
    yield download_page(site, bundles)
    held_cites = [one for one in cites if one is not None]
    writer.text("citations.bib", "\n\n".join(one.bibtex for one in held_cites) + "\n")
    csl = [one.csl for one in held_cites]
    writer.text("citations.csl.json", json.dumps(csl, ensure_ascii=False, indent=0) + "\n")


def _other_records(site: Site) -> Iterator[Page]:
    case = site.case
    yield from (actor_page(site, one) for one in case.actors.values())
    yield from (target_page(site, one) for one in case.targets.values())
    yield from (source_page(site, one) for one in case.sources.values())
    yield from (claimant_page(site, one) for one in case.claimants.values())
    if site.has_judgements:
        yield ladder_page(site)
        yield from judgement_pages(site)


class Writer:
    """Draws pages and writes files into one folder; knows what it wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.written, self.size, self.pages = folder, set[str](), 0, 0
        self._folders = set[str]()
        self._root = str(folder)
        self._old: set[str] = set()
        self._globals: dict[str, Any] = {}

    def begin(self, *, overwrite: bool) -> None:
        """Make the folder, or see that what it holds may be replaced."""
        if self.folder.is_dir() and any(self.folder.iterdir()):
            if not (self.folder / MARK).is_file():
                raise ParameterError("OUT", str(self.folder), "The folder holds other files; name another one.")
            if not overwrite:
                raise OutputExistsError(self.folder)
            self._old = set(json.loads((self.folder / MARK).read_text("utf-8")).get("files", ()))
        self.folder.mkdir(parents=True, exist_ok=True)

    def page(self, site: Site, page: Page) -> None:
        """Draw and write a page, its JSON and its CSV."""
        if not self._globals:
            self._globals = {**site.globals, "defs": as_markup(_environment().get_template("defs.html.j2").render())}
        downloads = [("CSV", f"{page.file}.csv")] if page.table is not None else []
        downloads += [("JSON", f"{page.file}.json")] if page.data is not None else []
        context = {
            "site": self._globals, "root": page.root, "current": page.current, "title": clean(page.title),
            "citation": page.citation, "downloads": [*downloads, *page.downloads], "L": site.links[page.root],
            **page.values,
        }  # fmt: skip
        self.text(f"{page.file}.html", shown(_environment().get_template(page.template).render(context)))
        self.pages += 1
        if page.data is not None:
            self.text(f"{page.file}.json", page.data)
        if page.table is not None:
            self.text(f"{page.file}.csv", page.table)

    def text(self, file: str, text: str) -> None:
        """Write a file."""
        within = file.rpartition("/")[0]
        if within not in self._folders:
            (self.folder / within).mkdir(parents=True, exist_ok=True)
            self._folders.add(within)
        data = text.encode("utf-8", "replace")
        path = f"{self._root}/{file}"
        if not (file in self._old and _holds(path, data)):
            with open(path, "wb", buffering=0) as opened:  # noqa: PTH123 - three times as fast
                opened.write(data)
        self.written.add(file)
        self.size += len(data)

    def end(self, site: Site) -> None:
        """Write style, script and feed, and remove files of an earlier build that have gone."""
        self.text(
            "assets/site.css",
            "".join(_asset(name) for name in ("tokens.css", "components.css", "judgement.css")) + _own("site.css"),
        )
        self.text("assets/site.js", _own("site.js"))
        self.text("changes.xml", rss(site.editions, site.entries, site.base_url))
        for file in sorted(self._old - self.written):
            path = (self.folder / file).resolve()
            if path.is_relative_to(self.folder.resolve()):
                path.unlink(missing_ok=True)
        self.text(MARK, json.dumps({"kind": "undazzle-site", "files": sorted(self.written)}, indent=0) + "\n")


def _holds(path: str, data: bytes) -> bool:
    """Return whether a file of an earlier build holds these bytes already; writing it again would take far longer."""
    try:
        with open(path, "rb", buffering=0) as opened:  # noqa: PTH123 - as above
            return opened.read(len(data) + 1) == data
    except OSError:
        return False


@cache
def _asset(name: str) -> str:
    return files("undazzle.publish").joinpath("assets", name).read_text("utf-8")


@cache
def _own(name: str) -> str:
    return files("undazzle.publish.site").joinpath("assets", name).read_text("utf-8")


@cache
def _environment() -> Any:
    """Return the one environment: every text is escaped."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    loader = ChoiceLoader([PackageLoader("undazzle.publish.site"), PackageLoader("undazzle.publish.report")])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
