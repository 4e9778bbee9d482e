"""Header lines as text: unfolded, encoded words decoded, eight-bit junk made visible."""

from __future__ import annotations

import binascii
from email.errors import HeaderParseError
from email.header import decode_header

MAX_LINE = 4_000  # characters of one header line that are read


def decoded(value: object) -> str:
    r"""Return a header's value on one line, with encoded words decoded and no control characters.

    Examples
    --------
    >>> decoded("=?utf-8?q?Caf=C3=A9?=\n at ten")
    'Café at ten'
    >>> decoded("=?nonsense?b?####?=")
    '=?nonsense?b?####?='
    """
    text = " ".join(_without_surrogates(str(value)[: MAX_LINE * 2]).split())
    if "=?" in text:
        text = _words(text).strip() or text
    return "".join(one if one.isprintable() else " " for one in " ".join(text.split()))[:MAX_LINE]


def _without_surrogates(text: str) -> str:
    """Turn bytes that Python's parser smuggled through as surrogates back into letters."""
    try:
        raw = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _words(text: str) -> str:
    try:
        pieces = decode_header(text)
        return "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "latin-1", "replace")
            for piece, charset in pieces
        )
    except (HeaderParseError, LookupError, ValueError, binascii.Error):
        return text
