"""Groups in different languages become one narrative where both carry the same rare link, image or hashtag."""

from __future__ import annotations

import networkx as nx
import numpy as np
import numpy.typing as npt

from undazzle.store import Store

IntArray = npt.NDArray[np.int64]

_CARRIED_BY = 0.3  # share of a group's posts that must carry the anchor, in both groups
_FEW_GROUPS = 6  # an anchor in more groups says what the talk is about, not that it is the same talk
_LEAST_POSTS = 2


def join_by_anchors(store: Store, post: IntArray, group: IntArray) -> tuple[dict[int, int], dict[int, list[str]]]:
    """Return the joined number of each group, and by joined number the anchors that joined it. Reads ``posts``.

    Without a model, two languages can only be told to say the same by what they carry: a narrative translated
    without a common link, image or hashtag stays in two groups.
    """
    with store.view("_grouped", {"post_key": post, "group_number": group}):
        rows = store.rows(_ANCHORS, {"share": _CARRIED_BY, "few": _FEW_GROUPS, "least": _LEAST_POSTS})
        language = dict(store.rows(_LANGUAGES))
    rows = [(anchor, joins) for anchor, groups in rows if len(joins := _joined_by(anchor, groups, language)) > 1]
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(np.unique(group).tolist())
    for _, groups in rows:
        nx.add_path(graph, groups)
    joined: dict[int, int] = {}
    for component in nx.connected_components(graph):
        joined |= dict.fromkeys(component, min(component))
    by: dict[int, list[str]] = {}
    for anchor, groups in rows:
        by.setdefault(joined[groups[0]], []).append(anchor)
    return joined, by


def _joined_by(anchor: str, groups: list[int], language: dict[int, str | None]) -> list[int]:
    """Return the groups that an anchor joins; a hashtag joins only languages, each by the group that carries it most.

    Two groups of one language with one hashtag are two things said about one topic.
    """
    if not anchor.startswith("#"):
        return groups
    first: dict[str, int] = {}
    for one in groups:  # the group that carries it most often stands first
        known = language.get(one)
        if known is not None:
            first.setdefault(known, one)
    return sorted(first.values())


_LANGUAGES = """
SELECT group_number, mode(p.language) FROM _grouped JOIN posts p USING (post_key) GROUP BY group_number
"""

_ANCHORS = """
WITH anchored AS (
    SELECT g.group_number, p.post_key, unnest(list_concat(
        list_transform(coalesce(p.links, []), lambda l: 'link ' || l),
        list_transform(coalesce(p.hashtags, []), lambda h: '#' || lower(h)),
        list_transform(coalesce(p.media_hashes, []), lambda m: 'image ' || m))) AS anchor
    FROM _grouped g JOIN posts p USING (post_key)
), sizes AS (
    SELECT group_number, count(*) AS posts FROM _grouped GROUP BY group_number
), carried AS (
    SELECT anchor, group_number, count(DISTINCT post_key) AS carrying
    FROM anchored GROUP BY ALL
), spread AS (
    SELECT anchor, count(*) AS groups FROM carried WHERE carrying >= $least GROUP BY anchor
)
SELECT anchor, list(group_number ORDER BY carrying DESC, group_number)
FROM carried JOIN sizes USING (group_number) JOIN spread USING (anchor)
WHERE carrying >= $share * posts AND carrying >= $least AND groups <= $few
GROUP BY anchor HAVING count(*) > 1 ORDER BY anchor
"""
