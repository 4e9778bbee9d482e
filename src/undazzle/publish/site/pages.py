"""What a page is before it is written: a template with its values, and its JSON and CSV siblings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from undazzle.casebook import Case, Claim
from undazzle.publish.report.text import clean
from undazzle.publish.site.citations import Citation, cite
from undazzle.publish.site.feed import Entry, edition_of, find_entries
from undazzle.publish.site.index import SiteIndex
from undazzle.publish.site.links import Links
from undazzle.publish.site.rows import ClaimRows

LADDER = "ladder.html"
NAV = (
    ("Timeline", "index.html"),
    ("Claims", "claims.html"),
    ("Incidents", "incidents.html"),
    ("Actors", "actors.html"),
    ("Sources", "sources.html"),
    ("Targets", "targets.html"),
    ("Contradictions", "contradictions.html"),
    ("Places", "places.html"),
    ("Judgements", LADDER),
    ("Download", "download.html"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site.

    Attributes
    ----------
    file
        Its file without ending, relative to the front page.
    title
        Its title.
    template
        The template it is drawn with.
    values
        What the template asks for.
    current
        The entry of the navigation it belongs to.
    data
        Its JSON sibling, as text; nothing for a further page of a list.
    table
        Its CSV sibling.
    citation
        How to cite it.
    downloads
        Further files, as label and path.
    """

    file: str
    title: str
    template: str
    values: Mapping[str, Any]
    current: str = ""
    data: str | None = None
    table: str | None = None
    citation: Citation | None = None
    downloads: Sequence[tuple[str, str]] = ()

    @property
    def root(self) -> str:
        """Return the way from the page to the folder of the front page."""
        return "../" * self.file.count("/")


@dataclass(frozen=True, eq=False)
class Site:
    """A case with its rows and links, and where it will be published."""

    index: SiteIndex
    editions: tuple[SiteIndex, ...]
    base_url: str = ""
    rows: ClaimRows = field(init=False)
    links: dict[str, Links] = field(init=False)

    def __post_init__(self) -> None:
        """Make the rows and the links of the two depths at which pages lie."""
        object.__setattr__(self, "rows", ClaimRows(self.index))
        object.__setattr__(self, "links", {root: Links(self.index, root) for root in ("", "../")})

    @property
    def case(self) -> Case:
        """Return the case."""
        return self.index.case

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Changes between editions, newest first."""
        return find_entries(self.editions)

    @cached_property
    def entries_of(self) -> Mapping[str, list[Entry]]:
        """Changes of each record."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for one in self.entries:
            found[one.record_id].append(one)
        return found

    def citation(self, title: str, what: str, file: str) -> Citation:
        """Return how to cite a page."""
        url = urljoin(self.base_url, f"{file}.html") if self.base_url else None
        return cite(self.case.head, title, what, url)

    def envelope(self, kind: str, citation: Citation | None, **values: Any) -> str:
        """Return a JSON file's text: what it is, of which edition, how to cite it, and the values."""
        head = self.case.head
        made = {
            "kind": kind, "case": head.id, "edition": edition_of(self.case), "updated": head.updated,
            "licence": head.licence, "notice": "Claims are recorded, not verified.",
            "citation": citation.as_json() if citation else None,
        }  # fmt: skip
        return _object(made | values)

    def claims_json(self, kind: str, citation: Citation | None, claims: Sequence[Claim], **values: Any) -> str:
        """Return a JSON file whose ``claims`` are the rows of claims."""
        text = self.envelope(kind, citation, **values).removesuffix("\n}\n")
        return f'{text},\n"claims": {self.rows.json(claims)}\n}}\n'

    @property
    def has_judgements(self) -> bool:
        """Whether anybody has judged, pinned or weighed anything in this case."""
        return bool(self.case.assessments or self.case.findings or self.case.matrices)

    @cached_property
    def globals(self) -> dict[str, Any]:
        """Return what every page shows of the case."""
        head = self.case.head
        return {
            "title": clean(head.title),
            "edition": f"Casebook, edition {edition_of(self.case)}" if head.edition else "Casebook",
            "nav": [one for one in NAV if one[1] != LADDER or self.has_judgements],
            "licence": clean(head.licence),
            "updated": head.updated,
        }


def _object(values: Mapping[str, Any]) -> str:
    """Return an object as JSON with a line for each name: far faster than indenting all of it, and still readable."""
    lines = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"
