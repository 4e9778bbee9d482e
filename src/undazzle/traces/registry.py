"""All trace kinds by name."""

from __future__ import annotations

from collections.abc import Iterable

from undazzle.errors import UnknownNameError
from undazzle.model import post_field
from undazzle.store import Store
from undazzle.traces.domain import DOMAIN
from undazzle.traces.hashtag import HASHTAG
from undazzle.traces.hashtag_sequence import HASHTAG_SEQUENCE
from undazzle.traces.image import IMAGE
from undazzle.traces.kinds import TraceKind
from undazzle.traces.link import LINK
from undazzle.traces.mention import MENTION
from undazzle.traces.near_text import NEAR_TEXT
from undazzle.traces.quote import QUOTE
from undazzle.traces.reply import REPLY
from undazzle.traces.repost import REPOST
from undazzle.traces.shared_object import OBJECT
from undazzle.traces.text import TEXT

TRACE_KINDS: dict[str, TraceKind] = {
    kind.kind_id: kind
    for kind in (
        REPOST,
        LINK,
        TEXT,
        NEAR_TEXT,
        HASHTAG_SEQUENCE,
        IMAGE,
        OBJECT,
        DOMAIN,
        HASHTAG,
        MENTION,
        REPLY,
        QUOTE,
    )
}


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(" ", "-")


_BY_NAME = {_plain(name): kind for kind in TRACE_KINDS.values() for name in (kind.kind_id, *kind.peer_names)}


def trace_kind(name: str) -> TraceKind:
    """Return a trace kind by its name, or by the name that another tool gives it.

    Raises
    ------
    UnknownNameError
        If there is no such kind; the nearest is suggested.

    Examples
    --------
    >>> trace_kind("near-text").kind_id, trace_kind("co-retweet").kind_id
    ('near_text', 'repost')
    """
    found = _BY_NAME.get(_plain(name))
    if found is None:
        raise UnknownNameError("trace kind", name, TRACE_KINDS)
    return found


def possible_kinds(store: Store, kinds: Iterable[str] | None = None) -> dict[str, str | None]:
    """Say of each trace kind whether the posts hold what it needs.

    Reads ``trace_sets``, ``posts`` and ``media``. Posts are never taken out of a workspace, so a kind that gave traces
    once is possible: only the others are looked for in the posts.

    Parameters
    ----------
    store
        An open workspace.
    kinds
        The kinds asked about; all if not given. Asking about few is much cheaper.

    Returns
    -------
    dict
        Kind to ``None`` if it is possible, else what is missing, in words.
    """
    asked = {name: TRACE_KINDS[name] for name in (TRACE_KINDS if kinds is None else kinds)}
    had = {row[0] for row in store.rows("SELECT DISTINCT kind FROM trace_sets WHERE traces > 0")}
    columns = sorted({column for name, kind in asked.items() if name not in had for column in kind.needs})
    if not columns:
        return dict.fromkeys(asked)
    checks = ", ".join(f"EXISTS (SELECT 1 FROM posts WHERE {_filled(column)})" for column in columns)
    filled = dict(zip(columns, store.rows(f"SELECT {checks}")[0], strict=True))
    if "media_hashes" in filled:
        filled["media_hashes"] |= store.rows("SELECT count(*) > 0 FROM media WHERE hash IS NOT NULL")[0][0]
    return {
        kind_id: None if kind_id in had or any(filled[column] for column in kind.needs) else _missing(kind)
        for kind_id, kind in asked.items()
    }


def kinds_from_fields(fields: Iterable[str]) -> dict[str, str | None]:
    """Say of each trace kind whether a file with these fields of posts could hold it, before it is read.

    Returns
    -------
    dict
        Kind to ``None`` if it is possible, else what is missing, in words.
    """
    filled = set(fields)
    return {kind_id: None if filled & set(kind.needs) else _missing(kind) for kind_id, kind in TRACE_KINDS.items()}


def _filled(column: str) -> str:
    field_kind = post_field(column).kind
    if field_kind == "list":
        return f"len({column}) > 0"
    return column if field_kind == "flag" else f"{column} IS NOT NULL"


def _missing(kind: TraceKind) -> str:
    fields = [post_field(column) for column in kind.needs]
    wanted = " or ".join(f"{one.name} ({one.description[:1].lower()}{one.description[1:]})" for one in fields)
    return f"no post has {wanted}"
