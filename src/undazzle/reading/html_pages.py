"""A saved web page becomes text in blocks. Scripts, styles and hidden parts are dropped and nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from undazzle.errors import SourceError
from undazzle.reading.document import Block, BlockKind, Document, Note
from undazzle.reading.plain_text import clean, kind_of
from undazzle.reading.spans import Span

MOST_NODES = 400_000
MOST_DEPTH = 4_000  # elements inside each other; the time a parser takes grows with the square of it
_DROPPED = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video form button input select option "
    "textarea nav head link meta base applet frame frameset dialog map area".split()
)
_BLOCKS = frozenset(
    "p div section article main aside header footer ul ol li dl dt dd table tr td th blockquote pre figure figcaption "
    "h1 h2 h3 h4 h5 h6 hr address details summary body html center".split()
)
_KINDS = {
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], BlockKind.HEADING),
    "figcaption": BlockKind.CAPTION,
    "blockquote": BlockKind.QUOTATION,
}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b")
_SELF_CLOSING = frozenset(
    "p li br img hr input meta link td tr th option dd dt source wbr col area base embed param track".split()
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.I
)
_PUBLISHED = ("article:published_time", "date", "dc.date", "datepublished", "pubdate", "article.published")


@dataclass(slots=True)
class _Writing:
    """The text that grows while a page is walked."""

    notes: list[Note]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    dropped: dict[str, int] = field(default_factory=dict)

    def close(self) -> None:
        """End a block, if anything stands in it."""
        words = " ".join(clean("".join(self.line), self.notes).split())
        self.line = []
        if not words:
            return
        if self.length:
            self.parts.append("\n\n")
            self.length += 2
        kind = kind_of(words) if self.kind is BlockKind.PARAGRAPH else self.kind
        self.blocks.append(Block(Span(self.length, self.length + len(words)), kind))
        self.parts.append(words)
        self.length += len(words)

    def drop(self, what: str) -> None:
        """Count a part that is not read."""
        self.dropped[what] = self.dropped.get(what, 0) + 1


def read_html(path: Path, data: bytes, sha256: str) -> Document:
    """Return the text of a saved page, in blocks."""
    from selectolax.lexbor import LexborHTMLParser

    page = _decoded(data)
    if (depth := _depth(page)) > MOST_DEPTH:
        problem = f"Its elements are nested {depth:,} deep, which no page made by a person is"
        raise SourceError(path, problem, "Save the words of the page as plain text and read that.")
    tree = LexborHTMLParser(page)
    writing = _Writing([])
    root = tree.body or tree.root
    if root is not None:
        _walk(root, writing)
    writing.close()
    if writing.dropped:
        listed = ", ".join(f"{count:,} {what}" for what, count in sorted(writing.dropped.items()))
        writing.notes.append(Note("dropped", f"Not read: {listed}."))
    return Document(
        path, sha256, "html", "".join(writing.parts), tuple(writing.blocks),
        _title(tree), _attribute(tree, "html", "lang"), _published(tree), tuple(_merged(writing.notes)),
    )  # fmt: skip


def _decoded(data: bytes) -> str:
    head = data[:4096].lower()
    found = re.search(rb"charset\s*=\s*[\"']?\s*([a-z0-9_\-]{2,20})", head)
    names = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else []
    names += ["utf-8-sig", found.group(1).decode() if found else "cp1252"]
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _depth(page: str) -> int:
    """Return how deep elements can be nested at most; those that close themselves are left out."""
    depth = most = 0
    for tag in _TAG.finditer(page):
        if tag.group(2).casefold() in _SELF_CLOSING:
            continue
        depth = max(0, depth + (-1 if tag.group(1) else 1))
        most = max(most, depth)
    return most


def _walk(root: Any, writing: _Writing) -> None:
    """Walk a page without recursion: markup can be nested as deep as an attacker likes."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    nodes = 0
    while stack:
        node, is_end = stack.pop()
        if is_end:
            writing.close()
            writing.kind = BlockKind.PARAGRAPH
            continue
        nodes += 1
        if nodes > MOST_NODES:
            writing.notes.append(Note("cut-off", f"Only the first {MOST_NODES:,} parts of the page were read."))
            break
        if _enter(node, writing):
            if node.tag in _BLOCKS:
                stack.append((node, True))
            stack += [(child, False) for child in reversed(list(node.iter(include_text=True)))]


def _enter(node: Any, writing: _Writing) -> bool:
    """Take in a node and return whether to walk into it."""
    tag = node.tag
    if tag == "-text":
        writing.line.append(node.text_content or "")
        return False
    if tag.startswith(("-", "_", "!")):
        return False
    if tag in _DROPPED:
        writing.drop(f"<{tag}>")
        return False
    if _is_hidden(node):
        writing.drop("hidden parts")
        return False
    if tag == "br":
        writing.line.append(" ")
    elif tag in _BLOCKS:
        writing.close()
        writing.kind = _KINDS.get(tag, writing.kind if writing.kind is BlockKind.QUOTATION else BlockKind.PARAGRAPH)
        if tag in {"hr", "article"} and writing.blocks:
            writing.blocks.append(Block(Span(writing.length, writing.length), BlockKind.DIVIDER))
    return True


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(attributes.get("style") or ""))


def _title(tree: Any) -> str | None:
    node = tree.css_first("title")
    words = " ".join(clean(node.text(), []).split()) if node is not None else ""
    return words[:400] or None


def _attribute(tree: Any, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    value = node.attributes.get(name) if node is not None else None
    return value[:40] if value else None


def _published(tree: Any) -> str | None:
    """Return the day a page says it was published, from its own marks."""
    for node in tree.css("meta")[:200]:
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").casefold()
        found = re.match(r"\d{4}-\d{2}-\d{2}", attributes.get("content") or "")
        if name in _PUBLISHED and found:
            return found.group()
    return None


def _merged(notes: list[Note]) -> list[Note]:
    return list({note.code: note for note in notes}.values())
