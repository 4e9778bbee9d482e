"""What a file is by its bytes: which kind of table or document, in which encoding, and clean UTF-8 of it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from undazzle.errors import ParameterError, SourceError
from undazzle.ingest.files import (
    CHUNK,
    Compression,
    Fingerprint,
    Progress,
    check_path,
    detect_compression,
    fingerprint,
    head_of,
    unpacked,
    write_chunks,
)

Kind = Literal["csv", "jsonl", "json", "parquet", "excel"]
KINDS: tuple[Kind, ...] = ("csv", "jsonl", "json", "parquet", "excel")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASK = (
    "Say which one with --encoding, e.g. cp1252 (Western Europe), cp1250 (Central Europe), cp1251 (Cyrillic), "
    "gb18030 (Chinese) or shift_jis (Japanese)."
)


@dataclass
class SourceFile:
    """A file that was looked at: its fingerprint, packing, kind and encoding, and its clean text.

    Attributes
    ----------
    path, fingerprint, compression, kind
        What it is.
    encoding
        Name of the text encoding; "" for Parquet and workbooks.
    lines
        Lines of the clean text: of the file itself if it is clean, else of the last reading by ``clean``.
    removed_nuls, replaced_characters
        NUL bytes taken out, and characters that could not be decoded, in the last reading by ``clean``.
    """

    path: Path
    fingerprint: Fingerprint
    compression: Compression
    kind: Kind
    encoding: str
    lines: int = 0
    removed_nuls: int = 0
    replaced_characters: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether the file itself is plain UTF-8 without NUL bytes, so that no copy is needed."""
        is_text = self.kind not in ("parquet", "excel")
        return self.compression == "none" and not (is_text and (self.encoding != "utf-8" or self.fingerprint.has_nul))

    def clean(self) -> Iterator[bytes]:
        """Yield the unpacked text as UTF-8, without a byte order mark and without NUL bytes, in chunks.

        Bytes that are no valid UTF-8 stay as they are if the file claims to be UTF-8: their rows are set aside
        later, one by one.
        """
        self.removed_nuls = self.replaced_characters = 0
        line_ends, last = 0, b""
        chunks = unpacked(self.path, self.compression)
        if self.encoding != "utf-8":
            chunks = self._transcoded(chunks)
        is_first = True
        for chunk in chunks:
            body = chunk.removeprefix(codecs.BOM_UTF8) if is_first else chunk
            is_first = False
            nuls = body.count(b"\0")
            self.removed_nuls += nuls
            line_ends += body.count(b"\n")
            last = body or last
            yield body.replace(b"\0", b"") if nuls else body
        self.lines = line_ends + (not last.endswith(b"\n") and bool(last))

    def _transcoded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self.encoding)(errors="replace")
        done = 0
        for chunk in chain(chunks, [b""]):
            text = decoder.decode(chunk, final=not chunk)
            done += len(text)
            self.replaced_characters += text.count("\ufffd")
            if self.replaced_characters * 50 > done > 0:
                raise SourceError(self.path, f"The text is not {self.encoding}", _ASK)
            yield text.encode("utf-8", "replace")

    def plain_path(self, folder: Path, progress: Progress | None = None) -> Path:
        """Return a path whose bytes can be read as they are: the file itself, or a copy in ``folder``."""
        if self.is_clean:
            return self.path
        target = folder / "unpacked"
        is_text = self.kind not in ("parquet", "excel")
        chunks = self.clean() if is_text else unpacked(self.path, self.compression)
        write_chunks(self.path, chunks, target, progress)
        return target


def open_source(path: Path, encoding: str | None = None, progress: Progress | None = None) -> SourceFile:
    """Look at a file and say what it is; nothing is read beyond one pass for the hash.

    Parameters
    ----------
    path
        The file.
    encoding
        Text encoding, if the user knows it.
    progress
        Called with stage, bytes done and bytes in all.

    Raises
    ------
    SourceError
        If it cannot be posts: missing, a folder, empty, damaged, an archive, no text, in an unknown encoding.
    ParameterError
        If ``encoding`` is not known.
    """
    check_path(path)
    compression = detect_compression(path)
    head = head_of(path, compression)
    kind = detect_kind(path, head)
    chosen = "" if kind in ("parquet", "excel") else detect_encoding(path, head, encoding)
    if kind not in ("parquet", "excel"):
        kind = _text_kind(_decoded(head, chosen))
    found = fingerprint(path, progress)
    return SourceFile(path, found, compression, kind, chosen, found.lines)


def detect_kind(path: Path, head: bytes) -> Kind:
    """Return what kind of file the first unpacked bytes belong to.

    Raises
    ------
    SourceError
        If there is nothing in it, or it is a tar archive or packed twice.
    """
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise SourceError(path, "The file is empty", "Download or export it again.")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"\xd0\xcf\x11\xe0", b"PK\x03\x04")):
        return "excel"
    if head.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")):
        raise SourceError(path, "The file is packed twice", "Unpack it once and give the result.")
    if head[257:262] == b"ustar":
        raise SourceError(path, "This is a tar archive", "Unpack it and ingest the files one by one.")
    return _text_kind(head.decode("utf-8", "replace"))


def detect_encoding(path: Path, head: bytes, given: str | None = None) -> str:
    """Return the encoding of a text by its first bytes.

    Parameters
    ----------
    path
        The file, for messages.
    head
        Its first bytes.
    given
        The user's word; it wins.

    Raises
    ------
    SourceError
        If the bytes are no text, or neither UTF-8 nor UTF-16.
    ParameterError
        If ``given`` is not a known encoding.
    """
    if given:
        try:
            name = codecs.lookup(given).name
        except LookupError:
            raise ParameterError("encoding", given, "Known are e.g. utf-8, utf-16, cp1252, cp1251, gb18030.") from None
        return "utf-8" if name in ("utf-8", "utf-8-sig", "ascii") else name
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if head.count(b"\0") * 10 > len(head):
        return _wide_encoding(path, head)
    if _is_other_encoding(head):
        raise SourceError(path, "The text is neither UTF-8 nor UTF-16", _ASK)
    return "utf-8"


def _wide_encoding(path: Path, head: bytes) -> str:
    """Tell UTF-16 without a mark from data that are no text, by where the NUL bytes stand."""
    half = max(1, len(head) // 2)
    if head[1::2].count(0) * 3 > half and head[::2].count(0) * 20 < half:
        return "utf-16-le"
    if head[::2].count(0) * 3 > half and head[1::2].count(0) * 20 < half:
        return "utf-16-be"
    raise SourceError(path, "The file holds binary data, not text", "Export it to CSV, JSON, Parquet or Excel first.")


def _is_other_encoding(head: bytes) -> bool:
    """Whether more of the lines beyond ASCII are broken than valid, and not just a few."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < CHUNK)
    except UnicodeDecodeError:
        lines = head.split(b"\n")
        beyond_ascii = [line for line in lines if not line.isascii()]
        broken = sum(not _is_utf8(line) for line in beyond_ascii)
        return broken > len(beyond_ascii) - broken and broken * 50 > len(lines)
    return False


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(head: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)


def _text_kind(text: str) -> Kind:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        return "json"
    if start.startswith("{"):
        return "jsonl" if _is_lines(start) else "json"
    return "csv"


def _is_lines(text: str) -> bool:
    """Whether most of the first lines are JSON objects of their own (a single line is taken as a document)."""
    import orjson

    lines = [line for line in text.split("\n") if line.strip()]
    if len(text) >= CHUNK // 2 and len(lines) > 1:
        lines.pop()  # cut off in the middle
    lines = lines[:50]
    objects = 0
    for line in lines:
        try:
            objects += line.startswith("{") and isinstance(orjson.loads(line), dict)
        except orjson.JSONDecodeError:
            continue
    return len(lines) > 1 and objects * 2 >= len(lines)
