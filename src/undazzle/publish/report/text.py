"""Hostile text becomes harmless text: control characters out, length bounded, language codes checked."""

from __future__ import annotations

import re
from datetime import datetime

from markupsafe import Markup

# C0 and C1 controls but tab and line feed, bidi embeddings, overrides and isolates, and lone surrogates.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
# Languages as collectors spell them out, where a browser wants a code.
_LANGUAGE_NAMES = {
    "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "chinese": "zh", "croatian": "hr", "czech": "cs", "dutch": "nl",
    "english": "en", "estonian": "et", "farsi": "fa", "french": "fr", "german": "de", "greek": "el", "hebrew": "he",
    "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko",
    "latvian": "lv", "lithuanian": "lt", "macedonian": "mk", "norwegian": "no", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk", "slovenian": "sl",
    "spanish": "es", "swahili": "sw", "swedish": "sv", "tagalog": "tl", "thai": "th", "turkish": "tr",
    "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi",
}  # fmt: skip
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def as_markup(text: str) -> Markup:
    """Mark text as finished HTML: our own parts, or parts that were escaped one by one."""
    return Markup(text)  # noqa: S704 - the callers escape whatever came from posts


def clean(text: object) -> str:
    r"""Return text without control characters; line ends become one line feed.

    Examples
    --------
    >>> clean("ferry\r\ntimes\x00 \u202enow")
    'ferry\ntimes now'
    """
    if text is None:
        return ""
    return _CONTROLS.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n")).strip()


def cut(text: str, limit: int) -> tuple[str, int]:
    """Return at most ``limit`` characters, cut between words where possible, and how many were left out.

    Examples
    --------
    >>> cut("The ferry leaves at ten", 12)
    ('The ferry', 14)
    """
    if len(text) <= limit:
        return text, 0
    head = text[:limit]
    space = head.rfind(" ")
    if space > limit * 0.6:
        head = head[:space]
    return head, len(text) - len(head)


def language_tag(language: str) -> str:
    """Return a language code if it is one a browser understands, else an empty text.

    Examples
    --------
    >>> language_tag("ar"), language_tag("pt_BR"), language_tag("Russian"), language_tag("und")
    ('ar', 'pt-BR', 'ru', '')
    """
    tag = language.strip().replace("_", "-")
    tag = _LANGUAGE_NAMES.get(tag.lower(), tag)
    if tag in ("und", "qme", "qht", "zxx", "art", "qam", "qct", "qst"):
        return ""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def day(at: datetime) -> str:
    """Return a date as people write it: ``1 March 2026``."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def short_day(at: datetime) -> str:
    """Return day and short month: ``1 Mar``."""
    return f"{at.day} {_MONTHS[at.month - 1][:3]}"


def period(first: datetime, last: datetime) -> str:
    """Return a span of days in words.

    Examples
    --------
    >>> period(datetime(2026, 3, 1), datetime(2026, 3, 28))
    '1 to 28 March 2026'
    """
    if first.date() == last.date():
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} to {day(last)}"
    return f"{day(first)} to {day(last)}"


def short_period(first: datetime, last: datetime) -> str:
    """Return a span of days, short.

    Examples
    --------
    >>> short_period(datetime(2015, 9, 1), datetime(2016, 6, 28))
    '1 Sep 2015 to 28 Jun 2016'
    """
    end = f"{short_day(last)} {last.year}"
    if first.date() == last.date():
        return end
    return f"{short_day(first)} to {end}" if first.year == last.year else f"{short_day(first)} {first.year} to {end}"


def clock(at: datetime, resolution: float) -> str:
    """Return a time in UTC, only as exact as its source.

    Examples
    --------
    >>> clock(datetime(2026, 3, 17, 9, 14, 2), 1), clock(datetime(2026, 3, 17, 9, 14), 60)
    ('2026-03-17 09:14:02 UTC', '2026-03-17 09:14 UTC')
    """
    if resolution >= 86400:
        return f"{at:%Y-%m-%d}"
    return f"{at:%Y-%m-%d %H:%M} UTC" if resolution >= 60 else f"{at:%Y-%m-%d %H:%M:%S} UTC"


def number(value: float) -> str:
    """Return a count with thousands separated."""
    return f"{value:,.0f}"


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> plural(1, "co-action"), plural(1673, "co-action"), plural(0, "day")
    ('1 co-action', '1,673 co-actions', '0 days')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def one_line(text: str) -> str:
    """Return text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


_PLATFORMS = {
    "x": "X", "twitter": "Twitter", "facebook": "Facebook", "instagram": "Instagram", "telegram": "Telegram",
    "tiktok": "TikTok", "youtube": "YouTube", "reddit": "Reddit", "bluesky": "Bluesky", "mastodon": "Mastodon",
    "threads": "Threads", "vk": "VK", "gab": "Gab", "parler": "Parler", "weibo": "Weibo", "linkedin": "LinkedIn",
    "unknown": "an unnamed platform",
}  # fmt: skip


def platform_name(platform: str) -> str:
    """Return the name of a platform as people write it; unknown ones stay as they are."""
    return _PLATFORMS.get(platform.lower(), platform)
