"""Indicators as reports print them, made unusable on purpose, become what they stand for."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"\b(?:h[tx]{2}p|f[tx]p|meow)(s?)(?:\[:\]|\(:\)|:|\[://\])?(?=//|\[//\])", re.IGNORECASE)
_SCHEME_WHOLE = re.compile(r"\bh[tx]{2}p(s?)\[://\]", re.IGNORECASE)
_DOT = re.compile(
    r"\s?(?:\[\s?\.\s?\]|\(\s?\.\s?\)|\{\s?\.\s?\}|\[dot\]|\(dot\)|\{dot\}|\\\.|\[\.|\.\])\s?", re.IGNORECASE
)
_AT = re.compile(r"\s?(?:\[\s?@\s?\]|\(\s?@\s?\)|\[at\]|\(at\)|\{at\})\s?", re.IGNORECASE)
_COLON = re.compile(r"\[:\]|\(:\)")
_SLASHES = re.compile(r"\[//\]|\[/\]")


def refang(text: str) -> str:
    """Return a text with its defanged addresses made whole. Nothing is opened by that.

    Examples
    --------
    >>> refang("hxxps://ferry[.]example(.)org and desk[at]ferry[dot]example")
    'https://ferry.example.org and desk@ferry.example'
    >>> refang("http[:]//t[.]me/timetable")
    'http://t.me/timetable'
    """
    if not any(sign in text for sign in "[({\\") and "xx" not in text.lower() and "meow" not in text.lower():
        return text
    text = _SCHEME_WHOLE.sub(r"http\1://", text)
    text = _DOT.sub(".", text)
    text = _AT.sub("@", text)
    text = _SLASHES.sub("/", _COLON.sub(":", text.replace("[//]", "//")))
    return _SCHEME.sub(lambda match: f"http{match[1].lower()}:", text)
