"""Text and links of the HTML that some platforms deliver as the content of a post.

Not ``html.parser``: on Pythons in use it needs minutes for 200 kB of unclosed ``<a ``. A tag here is what stands
between ``<`` and the next ``>`` with no ``<`` in between, which is all that sanitised posts hold, and is found in
one pass whatever the input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

MAX_HTML = 1_000_000  # characters
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*|!)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b(href|class)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BREAKS = {"br": "\n", "p": "\n\n", "div": "\n", "li": "\n", "blockquote": "\n\n"}
_SILENT = {"script", "style", "template"}
_NOT_LINKS = {"mention", "hashtag"}  # classes of anchors that lead to accounts and tags


@dataclass(frozen=True, slots=True)
class HtmlText:
    """What a reader sees, and where its links lead (mentions and hashtags left out)."""

    text: str = ""
    links: list[str] = field(default_factory=list)


def read_html(html: str) -> HtmlText:
    r"""Return the text and the links of a piece of HTML; nothing in it is run or fetched.

    Raises
    ------
    ValueError
        If it is longer than ``MAX_HTML`` characters.

    Examples
    --------
    >>> read_html('<p>The ferry<br>sails. <a href="https://example.org/">More</a></p>')
    HtmlText(text='The ferry\nsails. More', links=['https://example.org/'])
    """
    if len(html) > MAX_HTML:
        raise ValueError(f"the HTML is longer than {MAX_HTML:,} characters")
    pieces: list[str] = []
    links: dict[str, None] = {}
    silent = 0
    for text, closing, tag, attributes in _tokens(html):
        if text and not silent:
            pieces.append(unescape(text))
        if tag in _SILENT:
            silent = max(0, silent + (-1 if closing else 1))
        elif not closing and tag in _BREAKS and pieces:
            pieces.append(_BREAKS[tag])
        elif not closing and tag == "a" and (link := _link(attributes)):
            links[link] = None
    return HtmlText("".join(pieces).strip(), list(links))


def _tokens(html: str) -> Iterator[tuple[str, bool, str, str]]:
    """Yield the text before each tag, whether the tag closes, its name and its attributes."""
    end = 0
    for match in _TAG.finditer(html):
        yield html[end : match.start()], bool(match[1]), match[2].lower(), match[3]
        end = match.end()
    yield html[end:], False, "", ""


def _link(attributes: str) -> str | None:
    given = {match[1].lower(): unescape(match[2] or match[3] or "") for match in _ATTRIBUTE.finditer(attributes)}
    href = given.get("href", "").strip()
    is_page = href.lower().startswith(("http://", "https://"))
    return href if is_page and not set(given.get("class", "").split()) & _NOT_LINKS else None
