"""Values of decoded JSON, looked up by dotted path and checked: what has the wrong type is a ``ValueError``.

Files come from strangers. Every function here ends in a value of the promised type or in a ``ValueError`` whose
text is short enough to be counted as a reason; nothing recurses and nothing grows beyond its input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

JsonObject = Mapping[str, Any]

MAX_TEXT = 1_000_000  # characters; no platform allows a post this long
MAX_ID = 2_000  # characters; addresses serve as ids on some networks
MAX_ENTRIES = 10_000  # links, hashtags, ... of one post
_SHORT = 1_000  # characters of a text that needs no second look if it is plain ASCII
MAX_COUNT = 2**63 - 1  # what a BIGINT column holds

_EMPTY: JsonObject = {}


@lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def value_at(record: JsonObject, *paths: str) -> Any:
    """Return the first value that is present and not null.

    Parameters
    ----------
    record
        A decoded JSON object.
    paths
        Keys joined with dots, tried in order.

    Returns
    -------
    Any
        The value, or ``None`` if no path leads to one.

    Raises
    ------
    ValueError
        If something on the way is no object.

    Examples
    --------
    >>> value_at({"user": {"id": 7}}, "author.id", "user.id")
    7
    """
    for path in paths:
        if "." not in path:
            value = record.get(path)
        else:
            value = record
            for step in _steps(path):
                if value is None:
                    break
                if not is_object(value):
                    raise ValueError(f"{path} is inside {_kind(value)}, not an object")
                value = value.get(step)
        if value is not None:
            return value
    return None


def is_object(value: object) -> bool:
    """Return whether a value is an object; the decoder's own type is asked first because the other is slow."""
    return type(value) is dict or isinstance(value, Mapping)


def text_at(record: JsonObject, *paths: str) -> str | None:
    """Return text, with NUL bytes and broken surrogates made visible as U+FFFD.

    Raises
    ------
    ValueError
        If it is no text, or longer than ``MAX_TEXT`` characters.
    """
    value = value_at(record, *paths)
    if value is None or (type(value) is str and len(value) < _SHORT and value.isascii() and "\0" not in value):
        return value
    return as_text(value, paths[0])


def as_text(value: object, name: str) -> str:
    """Return ``value`` as clean text, or raise ``ValueError`` naming the field."""
    if not isinstance(value, str):
        raise ValueError(f"{name} is {_kind(value)}, not text")
    if len(value) > MAX_TEXT:
        raise ValueError(f"{name} is longer than {MAX_TEXT:,} characters")
    return _clean(value)


def id_at(record: JsonObject, *paths: str) -> str | None:
    """Return an id as text; whole numbers are written out, empty text is no id.

    Raises
    ------
    ValueError
        If it is neither text nor a whole number (a fraction is an id that a spreadsheet has rounded), or
        longer than ``MAX_ID`` characters.
    """
    for path in paths:
        value = value_at(record, path)
        if value is not None and (found := as_id(value, path)):
            return found
    return None


def as_id(value: object, name: str) -> str:
    """Return ``value`` as an id, or raise ``ValueError`` naming the field."""
    if isinstance(value, int) and not isinstance(value, bool) and -MAX_COUNT <= value < 2**64:
        return str(value)
    if isinstance(value, float):
        raise ValueError(f"{name} is a rounded number, so the id is lost")
    if not isinstance(value, str):
        raise ValueError(f"{name} is {_kind(value)}, not an id")
    if len(value) > MAX_ID:
        raise ValueError(f"{name} is longer than {MAX_ID:,} characters")
    return _clean(value).strip()


def required_id(record: JsonObject, *paths: str) -> str:
    """Return an id, or raise ``ValueError`` if the record has none."""
    found = id_at(record, *paths)
    if not found:
        raise ValueError(f"no {paths[0]}")
    return found


def count_at(record: JsonObject, *paths: str) -> int | None:
    """Return a whole number; platforms write unknown counts as negative numbers, which become ``None``.

    Raises
    ------
    ValueError
        If it is no whole number, or too large for a 64-bit column.
    """
    value = value_at(record, *paths)
    if value is None or value == "":
        return None
    if isinstance(value, str) and len(value) < 20 and value.isascii() and value.lstrip("-").isdigit():
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{paths[0]} is {_kind(value)}, not a whole number")
    if value > MAX_COUNT:
        raise ValueError(f"{paths[0]} is too large for a count")
    return value if value >= 0 else None


def flag_at(record: JsonObject, *paths: str) -> bool | None:
    """Return true or false, or ``None`` if the record does not say.

    Raises
    ------
    ValueError
        If it is neither true nor false.
    """
    value = value_at(record, *paths)
    if value is None or isinstance(value, bool):
        return value
    raise ValueError(f"{paths[0]} is {_kind(value)}, not true or false")


def object_at(record: JsonObject, *paths: str) -> JsonObject:
    """Return an object; an empty one if there is none.

    Raises
    ------
    ValueError
        If it is something else.
    """
    value = value_at(record, *paths)
    if value is None:
        return _EMPTY
    if not is_object(value):
        raise ValueError(f"{paths[0]} is {_kind(value)}, not an object")
    return cast("JsonObject", value)


def items_at(record: JsonObject, *paths: str, most: int | None = MAX_ENTRIES) -> Sequence[Any] | None:
    """Return a list, or ``None`` if there is none.

    Parameters
    ----------
    record, paths
        As in `value_at`.
    most
        Entries allowed; ``None`` for the posts of a page, whose number is bounded by the file alone.

    Raises
    ------
    ValueError
        If it is something else, or longer than ``most``.
    """
    value = value_at(record, *paths)
    if value is None:
        return None
    if not isinstance(value, list | tuple):
        raise ValueError(f"{paths[0]} is {_kind(value)}, not a list")
    if most is not None and len(value) > most:
        raise ValueError(f"{paths[0]} has more than {most:,} entries")
    return value


def objects_at(record: JsonObject, *paths: str) -> Sequence[JsonObject]:
    """Return a list of objects; an empty one if there is none.

    Raises
    ------
    ValueError
        If it is something else, or one of its entries is no object.
    """
    entries = items_at(record, *paths) or ()
    for entry in entries:
        if not is_object(entry):
            raise ValueError(f"{paths[0]} holds {_kind(entry)} where an object belongs")
    return entries


def texts_at(record: JsonObject, *paths: str) -> list[str] | None:
    """Return a list of distinct texts in order, or ``None`` if there is none.

    Raises
    ------
    ValueError
        If it is something else, or one of its entries is no text.
    """
    entries = items_at(record, *paths)
    return None if entries is None else distinct(as_text(entry, paths[0]) for entry in entries)


def distinct(texts: Any) -> list[str]:
    """Return the texts that say something, each once, in their order.

    Examples
    --------
    >>> distinct(["ferry", None, "", "library", "ferry"])
    ['ferry', 'library']
    """
    return list(dict.fromkeys(text for text in texts if text))


def _clean(text: str) -> str:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:  # half a surrogate pair cannot be stored as UTF-8
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "\ufffd") if "\0" in text else text


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", type(None): "null"}
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list | tuple) else names.get(type(value), "something else")
