"""What every staged post has to satisfy, whatever reader it came from."""

from __future__ import annotations

from datetime import datetime

from undazzle.ingest.formats import BadRow
from undazzle.model import POST_FIELDS

TYPES = {"id": str, "text": str, "time": datetime, "count": int, "flag": bool, "list": list}
KINDS = {field.name: field.kind for field in POST_FIELDS}


def posts_of(reader, record):
    """Return the posts of a record; a bad row in it fails the test."""
    found = list(reader.read_record(record))
    assert not [one for one in found if isinstance(one, BadRow)], found
    for post in found:
        check(post)
    return found


def post_of(reader, record):
    (post,) = posts_of(reader, record)
    return post


def check(post):
    assert post.keys() <= KINDS.keys(), post.keys() - KINDS.keys()
    for name in ("post_id", "account_id", "posted_at", "posted_at_raw"):
        assert post[name], f"{name} is empty"
    for name, value in post.items():
        if value is None:
            continue
        assert type(value) is TYPES[KINDS[name]], (name, value)
        if isinstance(value, datetime):
            assert value.tzinfo is None, name
        for text in value if isinstance(value, list) else [value] if isinstance(value, str) else []:
            assert isinstance(text, str), (name, text)
            assert "\0" not in text, name
            text.encode()
