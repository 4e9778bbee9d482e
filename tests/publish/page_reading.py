"""Reads a report back, as a browser or a suspicious reader would."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """Elements, ids, visible text and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.raw: dict[str, str] = {}
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._inside: tuple[str, dict[str, str]] | None = None
        self._texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag in ("script", "style"):
            self._inside = (tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is None:
            self._texts.append(data)
            return
        tag, given = self._inside
        if "id" in given:
            self.raw[given["id"]] = self.raw.get(given["id"], "") + data
        elif tag == "script":
            self.scripts.append(data)
        else:
            self.styles.append(data)

    @property
    def text(self) -> str:
        """Everything a reader can read, white space collapsed."""
        return re.sub(r"\s+", " ", " ".join(self._texts))

    @property
    def ids(self) -> list[str]:
        """All ids, in order."""
        return [given["id"] for _, given in self.tags if "id" in given]

    def attributes(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [given[name] for _, given in self.tags if name in given]

    @property
    def policy(self) -> str:
        """The content security policy."""
        return next(given["content"] for _, given in self.tags if given.get("http-equiv"))

    @property
    def data(self) -> dict[str, Any]:
        """The readable data block."""
        found: dict[str, Any] = json.loads(self.raw["undazzle-data"])
        return found

    @property
    def evidence(self) -> dict[str, Any]:
        """The compressed evidence block."""
        found: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(self.raw["undazzle-evidence"].strip())))
        return found


def policy_hash(content: str) -> str:
    """Return a hash as a content security policy writes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
