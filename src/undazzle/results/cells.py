"""One value becomes the text of one cell: in a terminal, in a CSV file, in a web page, in XML.

Values may come from posts, and posts are hostile: control characters, formulas and direction marks
are dealt with here, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

# What spreadsheets take for the beginning of a formula; the full-width forms count in East Asian editions.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
# What a spreadsheet may drop before it looks for a formula: spaces, controls, zero-width marks.
_IGNORED_AT_START = "^[\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\u200b-\u200f\u2060\ufeff]+"
_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
_DIRECTION_MARKS = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_XML_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_SPACES = r"\s+"


def harmless_cell(value: object) -> object:
    r"""Return a value for a CSV cell that no spreadsheet takes for a formula.

    Text that starts like a formula gets an apostrophe in front; numbers stay numbers; lists are joined
    with ``"; "``; times are written in ISO 8601 with ``Z``.

    Examples
    --------
    >>> harmless_cell('=HYPERLINK("x")'), harmless_cell(-3), harmless_cell("ferry at 9")
    ('\'=HYPERLINK("x")', -3, 'ferry at 9')
    """
    if value is None:
        return ""
    if isinstance(value, bool | int | float | Decimal):
        return value
    text = value if isinstance(value, str) else plain_value(value)
    if text[:1].isalnum():  # nearly all cells; the rest is looked at more closely
        return text
    start = re.sub(_IGNORED_AT_START, "", text)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or start.startswith(_FORMULA_STARTS) else text


def plain_value(value: object) -> str:
    """Return a value as text without any decoration (empty for ``None``)."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return written_time(value)
    if isinstance(value, date | str):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Iterable):
        return "; ".join(plain_value(one) for one in value)
    return str(value)


def written_time(value: datetime) -> str:
    """Return a UTC time in ISO 8601, with fractions of a second only where there are any.

    Examples
    --------
    >>> written_time(datetime(2024, 3, 1, 9, 0, 5))
    '2024-03-01T09:00:05Z'
    """
    return value.replace(tzinfo=None).isoformat() + "Z"


def shown_value(value: object) -> str:
    """Return a value as a person reads it: thousands separated, four digits of a fraction, no controls.

    Examples
    --------
    >>> shown_value(12345), shown_value(0.123456), shown_value(None), shown_value(True)
    ('12,345', '0.1235', '', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, datetime):
        return written_time(value).replace("T", " ").removesuffix("Z")
    return one_line(plain_value(value))


def one_line(text: str) -> str:
    """Return text on one line, without control characters and marks that turn the writing direction."""
    return re.sub(_DIRECTION_MARKS, "", re.sub(_CONTROLS, "", re.sub(_SPACES, " ", text))).strip()


def xml_text(text: str) -> str:
    """Return text without the characters that XML 1.0 forbids."""
    return re.sub(_XML_ILLEGAL, "", text)
