"""How far single posts of a network travelled: depth and structural virality of their cascades.

Source: Goel, Anderson, Hofman, Watts 2016, "The structural virality of online diffusion", 10.1287/mnsc.2015.2158.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from undazzle.impact.reach import OWN_FILES
from undazzle.store import Store

_ONLY_DATA = "Only posts in the data are counted."


@dataclass(frozen=True)
class Spread:
    """Cascades that began with a post of the network.

    Attributes
    ----------
    cascades
        Posts of the network with at least one repost, quote or reply in the data.
    largest, deepest
        Posts in the largest cascade; steps of the deepest.
    virality
        Mean distance between two posts of the largest cascade (2 is a star, a long chain has more); none if the
        data give no parents but the first post.
    note
        What limits it.
    untested
        Ways of travelling that these data do not give, in words; empty if they give all three.
    """

    cascades: int
    largest: int
    deepest: int
    virality: float | None
    note: str
    untested: str = ""

    @property
    def sentence(self) -> str:
        """Say it in one sentence, also when nothing travelled."""
        if not self.cascades:
            return f"{self.note} {self.untested}".strip()
        count = "1 cascade" if self.cascades == 1 else f"{self.cascades:,} cascades"
        virality = "unknown" if self.virality is None else f"{self.virality:.2f}"
        return (
            f"{count}, the largest of {self.largest:,} posts, the deepest of {self.deepest:,} "
            f"step{'' if self.deepest == 1 else 's'}; structural virality of the largest {virality}. "
            f"{self.note} {self.untested}"
        ).strip()


def structural_virality(parents: Mapping[str, str | None]) -> float:
    """Return the mean distance between two posts of one cascade.

    Parameters
    ----------
    parents
        Post → the post it answers or reposts; the first post → ``None``.

    Raises
    ------
    ValueError
        If there is not exactly one first post, or posts point at each other in a ring.

    Examples
    --------
    >>> structural_virality({"a": None, "b": "a", "c": "a"})
    1.3333333333333333
    """
    size = dict.fromkeys(parents, 1)
    total = len(parents)
    if total < 2:
        return 0.0
    distances = 0
    for post in reversed(_from_the_root(parents)):
        parent = parents[post]
        if parent is not None:
            # An edge lies between every post below it and every post not below it.
            distances += size[post] * (total - size[post])
            size[parent] += size[post]
    return 2 * distances / (total * (total - 1))


def _from_the_root(parents: Mapping[str, str | None]) -> list[str]:
    children: dict[str, list[str]] = {}
    roots = []
    for post, parent in parents.items():
        if parent is None:
            roots.append(post)
        else:
            children.setdefault(parent, []).append(post)
    if len(roots) != 1:
        raise ValueError(f"A cascade has one first post, not {len(roots)}.")
    order = roots
    for post in order:
        order += children.get(post, [])
    if len(order) != len(parents):
        raise ValueError("Posts of the cascade point at each other in a ring, or at a post that is not in it.")
    return order


def measure_spread(store: Store, run_id: int, network_id: int) -> Spread:
    """Measure the cascades that began with a post of the network. Reads ``posts`` and ``members``."""
    edges = store.rows(_EDGES, {"run": run_id, "network": network_id})
    cascades = _cascades(edges)
    untested = _untested(store, run_id, network_id)
    if not cascades:
        none = "No repost, quote or reply in the data points at a post of the network."
        return Spread(0, 0, 0, None, none, untested)
    largest = max(cascades, key=lambda parents: (len(parents), min(parents)))
    deepest = max(_depth(parents) for parents in cascades)
    star = deepest <= 1
    note = "Every repost and reply points at the first post, as some platforms give it: depth is unknown."
    return Spread(
        cascades=len(cascades),
        largest=len(largest),
        deepest=deepest,
        virality=None if star else structural_virality(largest),
        note=note if star else _ONLY_DATA if deepest < _MOST_STEPS else f"Cut after {_MOST_STEPS} steps. {_ONLY_DATA}",
        untested=untested,
    )


def _untested(store: Store, run_id: int, network_id: int) -> str:
    """Say which ways of travelling no post in the network's files points at; a cascade that went so is not seen."""
    given = store.records(_GIVEN, {"run": run_id, "network": network_id})[0]
    missing = [kind for kind in ("repost", "quote", "reply") if not given[kind]]
    if not missing:
        return ""
    words = {"repost": "reposts", "quote": "quotes", "reply": "replies"}
    kinds = " or ".join(filter(None, (", ".join(words[one] for one in missing[:-1]), words[missing[-1]])))
    files = "no post in the files that hold the network's posts names one that it so passes on or answers"
    return f"Spread by {kinds} cannot be tested: {files}."


def _cascades(edges: list[tuple[str, str | None]]) -> list[dict[str, str | None]]:
    parents = dict(edges)
    root_of: dict[str, str] = {}
    found: dict[str, dict[str, str | None]] = {}
    for post, parent in parents.items():  # ordered by steps from the first post
        root = post if parent is None else root_of[parent]
        root_of[post] = root
        found.setdefault(root, {})[post] = parent
    return [one for one in found.values() if len(one) > 1]


def _depth(parents: Mapping[str, str | None]) -> int:
    depth: dict[str, int] = {}
    for post in _from_the_root(parents):
        parent = parents[post]
        depth[post] = 0 if parent is None else depth[parent] + 1
    return int(np.max(list(depth.values())))


# Each post once, with the first step at which it is reached: a ring cannot repeat, and steps are bounded.
_MOST_STEPS = 200
_EDGES = f"""
WITH RECURSIVE links AS (
    SELECT post_id, coalesce(repost_of, reply_to, quote_of) AS parent FROM posts
    WHERE coalesce(repost_of, reply_to, quote_of) IS NOT NULL
), cascade(post_id, parent, step) AS (
    SELECT DISTINCT p.post_id, NULL::VARCHAR, 0
    FROM posts p JOIN members m USING (account_key)
    WHERE m.run_id = $run AND m.network_id = $network
      AND coalesce(p.repost_of, p.reply_to, p.quote_of) IS NULL
  UNION
    SELECT l.post_id, l.parent, c.step + 1
    FROM links l JOIN cascade c ON l.parent = c.post_id
    WHERE c.step < {_MOST_STEPS}
)
SELECT post_id, arg_min(parent, step) FROM cascade GROUP BY post_id ORDER BY min(step), post_id
"""
# An id made from the text, where a file gives none of the original, names no post.
_GIVEN = (
    "SELECT "
    + ", ".join(
        f"count({post}) FILTER (NOT contains({post}, ':text-')) > 0 AS {kind}"
        for kind, post in (("repost", "repost_of"), ("quote", "quote_of"), ("reply", "reply_to"))
    )
    + f" FROM {OWN_FILES}"
)
