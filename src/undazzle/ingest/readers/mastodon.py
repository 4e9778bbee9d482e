"""Posts of Mastodon and programs that speak its API: statuses as JSON or one per line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.html_text import HtmlText, read_html
from undazzle.ingest.readers.json_times import posted, time_at
from undazzle.ingest.readers.json_values import (
    JsonObject,
    count_at,
    distinct,
    flag_at,
    id_at,
    items_at,
    object_at,
    objects_at,
    required_id,
    text_at,
    value_at,
)
from undazzle.ingest.readers.pages import first_object, read_each, share_of


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the post that the record is, or the posts of a search answer (``statuses``)."""
    statuses = items_at(record, "statuses", most=None)
    yield from read_status(record) if statuses is None else read_each(statuses, read_status)


def read_status(status: JsonObject, platform: str = "mastodon") -> Iterator[StagedPost]:
    """Yield one post, under the name of the platform it came from."""
    shared = object_at(status, "reblog")
    told = shared or status
    account = object_at(status, "account")
    content = read_html(text_at(told, "content") or "")
    yield {
        "platform": platform,
        "post_id": required_id(status, "uri", "url", "id"),
        "account_id": full_handle(account),
        **posted(status, "created_at"),
        "text": _text(told, content),
        "language": text_at(told, "language"),
        "url": text_at(status, "url"),
        "client": text_at(status, "application.name"),
        "is_repost": bool(shared),
        "repost_of": required_id(shared, "uri", "url", "id") if shared else None,
        "repost_of_account": full_handle(object_at(shared, "account")) if shared else None,
        **_contents(told, content),
        **_account(account),
        **({} if shared else _answers(status, account) | _metrics(status)),
    }


def full_handle(account: JsonObject) -> str:
    """Return ``user@server``; ids and short handles hold for one server only, and files mix servers.

    Raises
    ------
    ValueError
        If the account has no handle.
    """
    handle = required_id(account, "acct", "username").removeprefix("@")
    if "@" in handle:
        return handle
    try:
        host = urlsplit(text_at(account, "url", "uri") or "").hostname
    except ValueError as error:
        raise ValueError("account.url is no address") from error
    return f"{handle}@{host}" if host else handle


def _text(status: JsonObject, content: HtmlText) -> str:
    warning = text_at(status, "spoiler_text")
    return f"{warning}\n\n{content.text}" if warning else content.text


def _contents(status: JsonObject, content: HtmlText) -> dict[str, Any]:
    media = objects_at(status, "media_attachments")
    return {
        "links": content.links or distinct([text_at(status, "card.url")]),
        "hashtags": [tag for one in objects_at(status, "tags") if (tag := text_at(one, "name"))],
        "mentions": distinct(full_handle(one) for one in objects_at(status, "mentions")),
        "media": distinct(text_at(one, "remote_url", "url", "preview_url") for one in media),
    }


def _answers(status: JsonObject, account: JsonObject) -> dict[str, Any]:
    local_ids = {id_at(one, "id"): full_handle(one) for one in (*objects_at(status, "mentions"), account)}
    quoted = object_at(status, "quote.quoted_status") or object_at(status, "quote")
    return {
        "reply_to": id_at(status, "in_reply_to_id"),
        "reply_to_account": local_ids.get(id_at(status, "in_reply_to_account_id") or ""),
        "quote_of": id_at(quoted, "uri", "quoted_status_id", "id") or id_at(status, "quote_id"),
        "quote_of_account": full_handle(object_at(quoted, "account")) if value_at(quoted, "account") else None,
    }


def _metrics(status: JsonObject) -> dict[str, Any]:
    return {
        "likes": count_at(status, "favourites_count"),
        "reposts": count_at(status, "reblogs_count"),
        "replies": count_at(status, "replies_count"),
        "quotes": count_at(status, "quotes_count"),
    }


def _account(account: JsonObject) -> dict[str, Any]:
    return {
        "handle": full_handle(account),
        "display_name": text_at(account, "display_name"),
        "account_created_at": time_at(account, "created_at"),
        "account_description": read_html(text_at(account, "note") or "").text or None,
        "account_profile_image": text_at(account, "avatar"),
        "account_is_automated": flag_at(account, "bot"),
        "account_is_verified": flag_at(account, "verified"),
        "followers": count_at(account, "followers_count"),
        "following": count_at(account, "following_count"),
        "account_posts": count_at(account, "statuses_count"),
    }


def _fits(record: JsonObject) -> float:
    status = first_object(record, "statuses")
    is_status = {"content", "created_at"} <= status.keys() and "acct" in object_at(status, "account")
    return 0.95 if is_status else 0.0


READER = Reader(
    format_id="mastodon",
    title="Mastodon statuses (JSON)",
    summary="Posts as the API of Mastodon and compatible servers gives them: timelines, searches, account exports.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    constants={"platform": "mastodon"},
    documentation="https://docs.joinmastodon.org/entities/Status/",
    caveats=(
        "Posts are known by their address and accounts as user@server, because ids hold for one server only.",
        "The post that was answered is known by the id of the server that was asked, so it may not be found again.",
        "Counts are those that the asked server knows of, and are left out for reposts.",
    ),
    record_paths=("statuses",),
)
