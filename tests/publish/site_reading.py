"""Reads the pages of a built site: links, tags, texts, and what could do harm."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

OUTWARD = ("http://", "https://")


@dataclass
class ReadPage(HTMLParser):
    """What one page holds."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append((tag, held))
        if held.get("id"):
            self.ids.append(str(held["id"]))
        if tag in {"a", "link", "use"} and held.get("href") is not None:
            self.links.append(str(held["href"]))
        if tag == "script" and held.get("src"):
            self.links.append(str(held["src"]))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def read(path: Path) -> ReadPage:
    page = ReadPage()
    page.feed(path.read_text("utf-8"))
    return page


def read_site(folder: Path) -> dict[str, ReadPage]:
    """Return every page by its path from the front page."""
    return {path.relative_to(folder).as_posix(): read(path) for path in sorted(folder.rglob("*.html"))}


def inward(file: str, link: str) -> tuple[str, str]:
    """Return the file and the anchor that a link of a page leads to."""
    path, _, anchor = link.partition("#")
    path = path.partition("?")[0]
    return (posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file), anchor


def clicks_from(pages: dict[str, ReadPage], start: str, most: int) -> set[str]:
    """Return the pages that can be reached from one with at most so many clicks."""
    reached, edge = {start}, {start}
    for _ in range(most):
        edge = {inward(file, link)[0] for file in edge if file in pages
                for link in pages[file].links if not link.startswith(OUTWARD)} - reached  # fmt: skip
        reached |= edge
    return reached
