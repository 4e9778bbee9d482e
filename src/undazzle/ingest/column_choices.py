"""One column read as one field: the SQL for it, and what its values say for and against."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from undazzle.ingest.columns import Check, ColumnChoice, ColumnSample
from undazzle.ingest.formats import Reader, ReadOptions
from undazzle.ingest.list_expressions import read_list_column
from undazzle.ingest.name_hints import normalised_name
from undazzle.ingest.plain_expressions import (
    count_expression,
    flag_expression,
    handle_expression,
    id_expression,
    looks_like_flag,
    rounded_id_expression,
    text_expression,
    without_at,
    word_expression,
)
from undazzle.ingest.sample_table import SampleTable, literal, one_of, quoted
from undazzle.ingest.time_expressions import TimeColumn, TimeSettings, read_time_column
from undazzle.ingest.value_checks import (
    Rounding,
    are_addresses,
    distinct,
    filled_texts,
    id_rounding,
    is_numeric,
    is_structured,
    looks_like_handles,
    permalink_platform,
    share_containing,
)
from undazzle.model import post_field

_REPOST_WORDS = ("r", "rt", "retweet", "retweeted", "repost", "reposted", "reblog", "share", "shared", "forward")
_CLIENT_WORDS = ("Twitter", "Web", "iPhone", "Android", "App", "Tweet", "Buffer", "Hootsuite", "IFTTT", "dlvr", "<a ")
_OWN_IDS = ("post_id", "account_id")
_PLATFORM_WORDS = {
    "twitter": "x",
    "x.com": "x",
    "twitter.com": "x",
    "fb": "facebook",
    "ig": "instagram",
    "yt": "youtube",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What every choice may look at: the sampled rows, what the user said, and the layout if one was recognised."""

    table: SampleTable
    options: ReadOptions
    reader: Reader | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A choice that could be made, with the times if the field is one."""

    choice: ColumnChoice
    time: TimeColumn | None = None

    @property
    def blocked(self) -> bool:
        """Whether something speaks against it that cannot be overlooked."""
        return any(check.level == "block" for check in self.choice.checks)

    @property
    def doubts(self) -> int:
        """How many things a person should look at."""
        return sum(check.level == "ask" for check in self.choice.checks)

    def messages(self, level: str) -> list[str]:
        """Return the messages of one level."""
        return [check.message for check in self.choice.checks if check.level == level]


def candidate(field: str, sample: ColumnSample, why: str, context: Context) -> Candidate:
    """Return a column read as a field, with everything that its values say for and against.

    Parameters
    ----------
    field
        Name of a field of a post.
    sample
        The column.
    why
        Why it is considered, in words for a user.
    context
        The sampled rows, the user's options and the layout.
    """
    kind = post_field(field).kind
    if kind == "time":
        return _time(field, sample, why, context)
    if kind == "list":
        complete = context.reader is not None and field in context.reader.complete_lists
        column = read_list_column(sample, field, is_complete=complete)
        checks = (*_meaning(field, sample), *column.checks)
        return Candidate(ColumnChoice(field, sample.name, column.expression, f"{why}; {column.label}", checks))
    expression, checks = _plain(field, kind, sample)
    return Candidate(ColumnChoice(field, sample.name, expression, why, (*checks, *_meaning(field, sample))))


def _time(field: str, sample: ColumnSample, why: str, context: Context) -> Candidate:
    reader, options = context.reader, context.options
    is_post = field == "posted_at"
    settings = TimeSettings(
        timezone=options.timezone,
        date_format=options.date_format if is_post else None,
        known_format=reader.time_formats.get(field) if reader else None,
        is_utc=reader.times_are_utc if reader else False,
    )
    column = read_time_column(context.table, sample, settings)
    # A registration date does not enter any window: its zone and its step need not be asked about.
    checks = column.checks if is_post else tuple(one for one in column.checks if one.level != "ask")
    why = f"{why}; {column.label}" if column.label else why
    return Candidate(ColumnChoice(field, sample.name, column.expression, why, checks), column)


def _plain(field: str, kind: str, sample: ColumnSample) -> tuple[str, tuple[Check, ...]]:
    if kind == "id":
        return _id(field, sample)
    reading = _FIELD_READINGS.get(field) or _KIND_READINGS.get(kind, word_expression)
    return reading(sample), ()


def _id(field: str, sample: ColumnSample) -> tuple[str, tuple[Check, ...]]:
    rounding = id_rounding(sample)
    example = max(filled_texts(sample), key=_digits, default="")
    if rounding is Rounding.DISPLAY:
        return id_expression(sample), (Check("block", f"The ids were {rounding.value} (e.g. {example})."),)
    if rounding is Rounding.FLOAT and field in _OWN_IDS:
        return rounded_id_expression(sample), (Check("block", f"The ids were {rounding.value} (e.g. {example})."),)
    if rounding is Rounding.FLOAT:
        message = f"The ids were {rounding.value} (e.g. {example}); two posts or accounts may share one."
        return rounded_id_expression(sample), (Check("ask", message),)
    expression = id_expression(sample)
    if field.endswith("_account") or field == "account_id":
        expression = without_at(expression, sample)
    return expression, ()


def _digits(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0


def platform_expression(sample: ColumnSample) -> str:
    """Return SQL for the platform, in lower case and under its present name."""
    word = f"lower({word_expression(sample)})"
    renamed = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in _PLATFORM_WORDS.items())
    return f"CASE {word} {renamed} ELSE {word} END"


def _repost_flag(sample: ColumnSample) -> str:
    if all(looks_like_flag(text) for text in filled_texts(sample)):
        return flag_expression(sample)
    word = f"lower(trim(CAST({quoted(sample.name)} AS VARCHAR)))"
    return f"COALESCE({one_of(word, _REPOST_WORDS)}, false)"


def _client(sample: ColumnSample) -> str:
    word = word_expression(sample)
    if any(text.startswith("<a ") for text in filled_texts(sample)):
        return f"regexp_replace({word}, '<[^>]*>', '', 'g')"
    return word


def _meaning(field: str, sample: ColumnSample) -> tuple[Check, ...]:
    texts = filled_texts(sample)
    if not texts:
        return (Check("ok", "empty in the rows looked at"),)
    checks = _MEANINGS.get(field) or _KIND_MEANINGS.get(post_field(field).kind)
    problem = checks(sample, texts) if checks else None
    return (Check("block", problem),) if problem else (Check("ok", f"{len(texts):,} values, e.g. {texts[0][:60]}"),)


def _wrong_id(sample: ColumnSample, texts: list[str]) -> str | None:
    if is_structured(sample):
        return "The values are records, not ids."
    if distinct(sample) <= 2 and all(text.lower() in {"true", "false", "yes", "no"} for text in texts):
        return "The values are yes or no, not ids."
    if sum(text.count(" ") > 3 for text in texts) > len(texts) / 2:
        return "The values are sentences, not ids."
    return None


def _wrong_handle(sample: ColumnSample, _: list[str]) -> str | None:
    if is_structured(sample):
        return "The values are records, not names."
    if normalised_name(sample.name) == "user_name" and not looks_like_handles(sample):
        return "The values are display names, not handles."
    return None


def _wrong_count(sample: ColumnSample, _: list[str]) -> str | None:
    return None if is_numeric(sample) else "The values are no numbers."


def _wrong_flag(_: ColumnSample, texts: list[str]) -> str | None:
    return None if all(looks_like_flag(text) for text in texts) else "The values are not yes or no."


def _wrong_repost(_: ColumnSample, texts: list[str]) -> str | None:
    words = {text.lower() for text in texts}
    if all(looks_like_flag(word) for word in words) or words & set(_REPOST_WORDS):
        return None
    return "The values do not say what is a repost."


def _wrong_text(sample: ColumnSample, _: list[str]) -> str | None:
    return "The values are numbers, not text." if is_numeric(sample) else None


def _wrong_word(_: ColumnSample, texts: list[str]) -> str | None:
    return "The values are too long." if sum(len(text) > 40 for text in texts) > len(texts) / 2 else None


def _wrong_permalink(sample: ColumnSample, _: list[str]) -> str | None:
    if permalink_platform(sample) or (normalised_name(sample.name) not in {"url", "link"} and are_addresses(sample)):
        return None
    return "The values are not the permanent links of posts."


def _wrong_links(sample: ColumnSample, _: list[str]) -> str | None:
    if normalised_name(sample.name) in {"url", "link", "full_url"} and permalink_platform(sample):
        return "The values are the permanent links of the posts themselves."
    return None if are_addresses(sample) or share_containing(sample, "[]") > 0 else "The values are no addresses."


def _wrong_client(sample: ColumnSample, _: list[str]) -> str | None:
    if normalised_name(sample.name) not in {"source", "via"}:
        return None
    known = sum(share_containing(sample, word) for word in _CLIENT_WORDS)
    return None if known >= 0.2 else "The values do not look like programs that post."


def _wrong_platform(sample: ColumnSample, texts: list[str]) -> str | None:
    short = all(len(text) <= 20 and "/" not in text for text in texts)
    return None if short and distinct(sample) <= 20 else "The values are not names of platforms."


_FIELD_READINGS: Mapping[str, Callable[[ColumnSample], str]] = {
    "is_repost": _repost_flag,
    "platform": platform_expression,
    "client": _client,
    "handle": handle_expression,
    "text": text_expression,
    "account_description": text_expression,
}
_KIND_READINGS: Mapping[str, Callable[[ColumnSample], str]] = {"count": count_expression, "flag": flag_expression}
_Problem = Callable[[ColumnSample, list[str]], str | None]
_MEANINGS: Mapping[str, _Problem] = {
    "handle": _wrong_handle,
    "display_name": _wrong_handle,
    "is_repost": _wrong_repost,
    "text": _wrong_text,
    "language": _wrong_word,
    "url": _wrong_permalink,
    "links": _wrong_links,
    "client": _wrong_client,
    "platform": _wrong_platform,
    "account_location": _wrong_handle,
}
_KIND_MEANINGS: Mapping[str, _Problem] = {"id": _wrong_id, "count": _wrong_count, "flag": _wrong_flag}
