"""Workspaces that hold results, and of the posts only a part: the rest lies where a cluster read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undazzle.errors import UndazzleError

if TYPE_CHECKING:
    from undazzle.store.database import Store

# ``sources.format`` of posts that a cluster read in place.
POSTS_ELSEWHERE = "parquet, read on a cluster"


def check_holds_all_posts(store: Store, what: str) -> None:
    """Refuse what would count posts where only a part of them is.

    Reads ``sources``.

    Parameters
    ----------
    store
        The workspace.
    what
        What cannot be done, e.g. ``narratives``.

    Raises
    ------
    UndazzleError
        If a cluster read the posts in place; says where they are and what to do.
    """
    found = store.rows("SELECT path FROM sources WHERE format = ? ORDER BY source_id LIMIT 1", [POSTS_ELSEWHERE])
    if found:
        raise UndazzleError(
            f"{store.path} holds of the posts in {found[0][0]} only a part, those behind co-actions among them, so "
            f"that {what} would count a selection as if it were everything. Read the posts into another workspace "
            "with undazzle ingest, or ask for networks with --engine spark --posts."
        )
