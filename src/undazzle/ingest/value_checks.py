"""What the values of a column say about its meaning: rounded ids, repeated ids, handles, permanent links, platforms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from enum import Enum

from undazzle.ingest.columns import ColumnSample
from undazzle.ingest.plain_expressions import MISSING_WORDS

_EXACT_FLOAT = 2**53
_SCIENTIFIC = re.compile(r"^\d(?:[.,](\d+))?[eE]\+?(\d{1,3})$")
_LONG_NUMBER = re.compile(r"^\d{16,20}(?:\.0)?$")
_SHORT_MANTISSA = 12  # a float keeps 16 or 17 digits; a spreadsheet's display keeps 3 to 6
_FEW = 20
# Permanent links of posts, and the part that names the platform.
_PERMALINKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("x", re.compile(r"^https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/[^/]+(?:/web)?/status(?:es)?/\d+", re.I)),
    (
        "facebook",
        re.compile(r"^https?://[^/]*(?:facebook|fb)\.com/.*(?:posts|permalink|videos|photos?|story|reel|/\d{6,})"),
    ),
    ("instagram", re.compile(r"^https?://(?:www\.)?instagram\.com/(?:[^/]+/)?(?:p|reel|tv)/", re.I)),
    ("tiktok", re.compile(r"^https?://(?:www\.)?tiktok\.com/@[^/]*/(?:video|photo)/\d+", re.I)),
    ("telegram", re.compile(r"^https?://(?:www\.)?t(?:elegram)?\.me/(?:s/|c/)?[^/]+/\d+", re.I)),
    ("youtube", re.compile(r"^https?://(?:(?:www\.)?youtube\.com/(?:watch\?|shorts/)|youtu\.be/)", re.I)),
    ("reddit", re.compile(r"^https?://(?:\w+\.)?reddit\.com/r/[^/]+/comments/", re.I)),
    ("bluesky", re.compile(r"^https?://bsky\.app/profile/[^/]+/post/", re.I)),
    ("threads", re.compile(r"^https?://(?:www\.)?threads\.(?:net|com)/@[^/]+/post/", re.I)),
    ("vk", re.compile(r"^https?://(?:m\.)?vk\.com/.*wall-?\d+_\d+", re.I)),
    ("mastodon", re.compile(r"^https?://[^/]+/(?:@[^/]+|users/[^/]+/statuses)/\d+", re.I)),
)
_STATUS_ID = re.compile(r"/status(?:es)?/\d+")
_HANDLE = re.compile(r"^@?[\w.\-]{1,64}(?:@[\w.\-]+)?$")


class Rounding(Enum):
    """What happened to the ids of a column on their way."""

    NONE = "exact"
    FLOAT = "rounded to floating-point numbers"
    DISPLAY = "cut to a few digits by a spreadsheet"


def filled_texts(sample: ColumnSample) -> list[str]:
    """Return the sampled values that hold something, as trimmed text."""
    texts = (str(value).strip() for value in sample.values if value is not None)
    return [text for text in texts if text not in MISSING_WORDS]


def id_rounding(sample: ColumnSample) -> Rounding:
    """Return whether ids were rounded: ``1.8e18``, ``1.82E+18``, or long numbers that are all multiples of a step."""
    texts = filled_texts(sample)
    scientific = [found for text in texts if (found := _SCIENTIFIC.match(text)) and int(found[2]) >= 15]
    if len(scientific) > 0.01 * len(texts) and scientific:
        digits = sorted(len(found[1] or "") for found in scientific)
        return Rounding.DISPLAY if digits[len(digits) // 2] < _SHORT_MANTISSA else Rounding.FLOAT
    return _long_number_rounding([int(text.removesuffix(".0")) for text in texts if _LONG_NUMBER.match(text)], sample)


def _long_number_rounding(numbers: Sequence[int], sample: ColumnSample) -> Rounding:
    if sample.sql_type.upper().startswith(("DOUBLE", "FLOAT", "REAL")):
        return Rounding.FLOAT if any(abs(number) > _EXACT_FLOAT for number in numbers) else Rounding.NONE
    large = [number for number in numbers if number > _EXACT_FLOAT]
    if len(large) < _FEW:
        return Rounding.NONE
    if sum(number % 1_000 == 0 for number in large) > 0.9 * len(large):
        return Rounding.DISPLAY if sum(number % 10**6 == 0 for number in large) > 0.9 * len(large) else Rounding.FLOAT
    # Genuine ids made in a quiet millisecond are multiples of 4096 as well; rounded ones only of the float's step.
    on_step = sum(number == int(float(number)) for number in large)
    quiet = sum(number % 4096 == 0 for number in large)
    return Rounding.FLOAT if on_step > 0.98 * len(large) and quiet < 0.5 * len(large) else Rounding.NONE


def repeats(sample: ColumnSample) -> int:
    """Return how many sampled rows repeat an id that came before."""
    texts = filled_texts(sample)
    return len(texts) - len(set(texts))


def contradictions(ids: ColumnSample, others: Sequence[ColumnSample]) -> int:
    """Return how many ids stand in rows that differ in one of the other columns (account, time)."""
    seen: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    rows = zip(ids.values, *(other.values for other in others), strict=False)
    for post, *rest in rows:
        if post is not None and str(post).strip():
            seen[str(post)].add(tuple(str(value) for value in rest))
    return sum(len(versions) > 1 for versions in seen.values())


def is_structured(sample: ColumnSample) -> bool:
    """Say whether the values are lists or records written as text."""
    texts = filled_texts(sample)
    return bool(texts) and sum(text[:1] in "[{" for text in texts) > len(texts) / 2


def is_numeric(sample: ColumnSample, share: float = 0.8) -> bool:
    """Say whether at least a share of the filled values are numbers."""
    texts = filled_texts(sample)
    return bool(texts) and sum(_is_number(text) for text in texts) >= share * len(texts)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True


def looks_like_handles(sample: ColumnSample) -> bool:
    """Say whether the values could be handles: one word each, not plain numbers."""
    texts = filled_texts(sample)
    return bool(texts) and sum(bool(_HANDLE.match(text)) for text in texts) > 0.9 * len(texts)


def permalink_platform(sample: ColumnSample) -> str | None:
    """Return the platform whose posts the addresses lead to, if most of them are permanent links of posts."""
    texts = filled_texts(sample)
    counts = Counter(platform for text in texts if (platform := _platform_of(text)))
    if not counts or sum(counts.values()) < 0.8 * len(texts):
        return None
    return counts.most_common(1)[0][0]


def _platform_of(address: str) -> str | None:
    return next((platform for platform, pattern in _PERMALINKS if pattern.match(address)), None)


def has_status_ids(sample: ColumnSample) -> bool:
    """Say whether nearly all addresses carry the id of a post (``/status/123``)."""
    texts = filled_texts(sample)
    return bool(texts) and sum(bool(_STATUS_ID.search(text)) for text in texts) >= 0.95 * len(texts)


def are_addresses(sample: ColumnSample) -> bool:
    """Say whether most values are web addresses or lists of them."""
    texts = filled_texts(sample)
    return bool(texts) and sum("://" in text or text.startswith("www.") for text in texts) > len(texts) / 2


def share_containing(sample: ColumnSample, piece: str) -> float:
    """Return the share of filled values that contain a piece of text."""
    texts = filled_texts(sample)
    return sum(piece in text for text in texts) / len(texts) if texts else 0.0


def looks_like_value(name: str) -> bool:
    """Say whether the name of a column is rather a value: a number, a time, an address or a sentence."""
    return bool(re.match(r"^(?:\d{3,}|\d[\d.:/ T-]{5,}|https?://)", name)) or name.count(" ") > 5


def distinct(sample: ColumnSample) -> int:
    """Return how many different values the sample holds."""
    return len(set(filled_texts(sample)))
