"""Workspaces made of a few posts, and the traces found in them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from undazzle.store import Store
from undazzle.traces import complete_settings, extract_traces, trace_kind

_DEFAULTS: dict[str, Any] = {
    "platform": "x",
    "posted_at": "2024-10-01 08:00:00",
    "links": [],
    "hashtags": [],
    "mentions": [],
}
_ORDER = "post_key, post_id, account_key, account_id"


def posts_of(posts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Complete posts: numbered from 1, one account each unless they say otherwise."""
    complete = []
    for number, post in enumerate(posts, start=1):
        given = {**_DEFAULTS, "post_key": number, "post_id": f"x:{number}", "account_key": number, **post}
        complete.append({"account_id": f"x:account{given['account_key']}", **given})
    return complete


def workspace_of(posts: Iterable[Mapping[str, Any]]) -> Store:
    """Return a workspace in memory with these posts and one source."""
    store = Store()
    add_posts(store, posts_of(posts), sha256="first")
    return store


def refill(store: Store, posts: Iterable[Mapping[str, Any]]) -> None:
    """Replace everything in a workspace: quicker than a new one for every example of a property test."""
    store.script("; ".join(f"DELETE FROM {table}" for table in ("posts", "sources", "trace_sets", "items", "traces")))
    add_posts(store, posts_of(posts), sha256="first")


def add_posts(store: Store, posts: Sequence[Mapping[str, Any]], *, sha256: str) -> None:
    names = sorted({name for post in posts for name in post})
    if names:
        row = f"({', '.join('?' for _ in names)})"
        values = [_plain(post.get(name)) for post in posts for name in names]
        store.execute(f"INSERT INTO posts ({', '.join(names)}) VALUES {', '.join(row for _ in posts)}", values)
    store.execute("INSERT INTO sources (sha256, posts_added) VALUES (?, 1)", [sha256])


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def traces_of(store: Store, kind: str, **settings: Any) -> set[tuple[int, str]]:
    """Extract and return (post_key, item) of every trace, and see that none is repeated."""
    found = extract_traces(store, kind, settings)
    rows = store.rows(
        "SELECT t.post_key, i.item FROM traces t JOIN items i USING (trace_set, item_key) WHERE trace_set = ?",
        [found.trace_set],
    )
    assert len(rows) == len(set(rows)) == found.traces
    return set(rows)


def items_of(store: Store, kind: str, **settings: Any) -> set[str]:
    return {item for _, item in traces_of(store, kind, **settings)}


def reference_traces(posts: Iterable[Mapping[str, Any]], kind: str, **settings: Any) -> set[tuple[int, str]]:
    """Return what the brute-force reference of a kind says of these posts."""
    found = trace_kind(kind)
    complete = complete_settings(found, settings)
    assert found.reference is not None
    return {(post["post_key"], item) for post in posts_of(posts) for item in found.reference(post, complete)}
