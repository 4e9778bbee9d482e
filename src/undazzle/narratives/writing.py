"""Writes narratives: who said it first in these data, how much of it, and one post that stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from undazzle.store import Store

if TYPE_CHECKING:
    from undazzle.narratives.settings import NarrativeSettings

IntArray = npt.NDArray[np.int64]


def write_narratives(
    store: Store,
    run_id: int,
    post: IntArray,
    number: IntArray,
    is_exemplar: npt.NDArray[np.bool_],
    anchors: dict[int, list[str]],
    settings: NarrativeSettings,
) -> int:
    """Write groups that are large enough, largest first; returns how many. Writes ``narratives``, ``narrative_posts``.

    Parameters
    ----------
    store, run_id
        Where to.
    post, number, is_exemplar
        Keys of posts, the group of each, and whether it is one of the texts that stand for the group.
    anchors
        By group: links, images and hashtags that joined it from several.
    settings
        Least posts and accounts.
    """
    numbers = np.array(sorted(anchors), dtype=np.int64)
    words = np.array([_in_words(anchors[int(one)]) for one in numbers], dtype=object)
    with (
        store.view("_said", {"post_key": post, "number": number, "is_exemplar": is_exemplar}),
        store.view("_anchors", {"number": numbers, "joined_by": words.astype(str)}),
    ):
        store.execute(_RANKED, {"posts": settings.min_posts, "accounts": settings.min_accounts})
        store.execute(_POSTS, {"run": run_id})
        store.execute(_NARRATIVES, {"run": run_id})
    store.execute("DROP TABLE _ranked")
    return int(store.rows("SELECT count(*) FROM narratives WHERE run_id = ?", [run_id])[0][0])


def _in_words(anchors: list[str]) -> str:
    more = f"; … and {len(anchors) - 10} more" if len(anchors) > 10 else ""
    return "; ".join(anchors[:10]) + more


_RANKED = """
CREATE OR REPLACE TEMP TABLE _ranked AS
SELECT number, row_number() OVER (ORDER BY count(DISTINCT account_key) DESC, count(*) DESC, min(p.post_id)) AS id
FROM _said JOIN posts p USING (post_key)
GROUP BY number HAVING count(*) >= $posts AND count(DISTINCT account_key) >= $accounts
"""

_POSTS = """
INSERT INTO narrative_posts (run_id, narrative_id, post_key, is_exemplar)
SELECT $run, id, post_key, is_exemplar FROM _said JOIN _ranked USING (number) ORDER BY id, post_key
"""

_NARRATIVES = """
INSERT INTO narratives (run_id, narrative_id, posts, accounts, platforms, languages, first_at, last_at, first_account,
    first_accounts, text, joined_by)
SELECT $run, id, count(*), count(DISTINCT p.account_key), list_sort(list(DISTINCT p.platform)),
    list_sort(list(DISTINCT p.language) FILTER (p.language IS NOT NULL)), min(p.posted_at), max(p.posted_at),
    arg_min(p.account_id, (p.posted_at, p.post_id)),
    count(DISTINCT p.account_key) FILTER (p.posted_at = f.first_at),
    coalesce(arg_min(p.text, (p.posted_at, p.post_id)) FILTER (s.is_exemplar),
        arg_min(p.text, (p.posted_at, p.post_id))),
    any_value(a.joined_by)
FROM _said s JOIN _ranked r USING (number) JOIN posts p USING (post_key)
JOIN (SELECT number, min(posted_at) AS first_at FROM _said JOIN posts USING (post_key) GROUP BY number) f
    USING (number)
LEFT JOIN _anchors a USING (number)
GROUP BY id ORDER BY id
"""
