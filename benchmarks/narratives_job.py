"""Groups and first tellers of held-out stories, in a process of its own; prints JSON.

``python -m benchmarks.narratives_job DRAWS CHAINS SIMULATIONS``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from statistics import mean
from typing import Any

import pyarrow as pa

from benchmarks import choosing_stories
from benchmarks.held_out_stories import MECHANICS, Row, b_cubed, chain, posts_of
from benchmarks.influence_stories import coverage
from undazzle.narratives import NarrativeSettings, find_narratives, follow
from undazzle.store import Store

_SETTINGS = NarrativeSettings(bootstraps=0)


def grouped(mechanics: str, draws: int) -> dict[str, Any]:
    """Return the mean B-cubed figures over several draws; a post of no story is a group of its own in the key."""
    return _figures(mechanics, [posts_of(mechanics, seed) for seed in range(draws)])


def chosen_on(rough: bool, draws: int) -> dict[str, Any]:
    """Return the same for the stories and the talk on which settings were chosen."""
    name = f"chosen on, {'rough' if rough else 'plain'}"
    return _figures(name, [choosing_stories.posts_of(seed, rough=rough) for seed in range(draws)])


def _figures(name: str, collections: Sequence[Sequence[Row]]) -> dict[str, Any]:
    everything, stories, posts = [], [], 0
    for rows in collections:
        labels = [f"alone {n}" if one is None else str(one) for n, one in enumerate(_labels(rows))]
        key = [one["story"] or f"alone {n}" for n, one in enumerate(rows)]
        told = [n for n, one in enumerate(rows) if one["story"]]
        everything.append(b_cubed(key, labels))
        stories.append(b_cubed([key[n] for n in told], [labels[n] for n in told]))
        posts += len(told)
    return {
        "mechanics": name,
        "story_posts": posts,
        "stories": [mean(some) for some in zip(*stories, strict=True)],
        "with_talk": [mean(some) for some in zip(*everything, strict=True)],
    }


def chains(number: int) -> dict[str, int]:
    """Return in how many chains the first teller was right, and how often the beginning was called uncertain."""
    counts = dict.fromkeys(("chains", "first_right", "certain", "cut_uncertain", "split"), 0)
    counts["chains"] = number
    for seed in range(number):
        for cut in (False, True):
            rows, first = chain(seed, cut=cut)
            store = _workspace(rows)
            run = find_narratives(store, _SETTINGS)
            told = [label for label, one in zip(_of_posts(store, run, len(rows)), rows, strict=True) if one["story"]]
            largest = max((one for one in told if one is not None), key=told.count, default=None)
            counts["split"] += largest is None or told.count(largest) < len(told)
            if largest is None:
                continue
            path = follow(store, largest, run=run)
            if cut:
                counts["cut_uncertain"] += path.origin_is_uncertain
            else:
                counts["first_right"] += path.steps[0].account_id == f"x:{first}"
                counts["certain"] += not path.origin_is_uncertain
    return counts


def _labels(rows: Sequence[Row]) -> list[int | None]:
    store = _workspace(rows)
    return _of_posts(store, find_narratives(store, _SETTINGS), len(rows))


def _of_posts(store: Store, run: int, posts: int) -> list[int | None]:
    known = dict(store.rows("SELECT post_key, narrative_id FROM narrative_posts WHERE run_id = ?", [run]))
    return [known.get(number) for number in range(1, posts + 1)]


def _workspace(rows: Sequence[Row]) -> Store:
    store = Store(":memory:")
    keys = {name: number for number, name in enumerate(dict.fromkeys(one["account"] for one in rows), start=1)}
    empty: list[list[str]] = [[] for _ in rows]
    columns = {
        "post_key": list(range(1, len(rows) + 1)),
        "post_id": [f"x:{number}" for number in range(1, len(rows) + 1)],
        "platform": ["x"] * len(rows),
        "account_key": [keys[one["account"]] for one in rows],
        "account_id": [f"x:{one['account']}" for one in rows],
        "posted_at": [one["at"].replace(tzinfo=None) for one in rows],
        "text": [one["text"] for one in rows],
        "links": empty,
        "domains": empty,
        "hashtags": empty,
    }
    store.append("posts", pa.table(columns))
    return store


if __name__ == "__main__":
    drawn, told, simulated = (int(one) for one in sys.argv[1:])
    groups = [grouped(one, drawn) for one in MECHANICS] + [chosen_on(one, drawn) for one in (False, True)]
    print(json.dumps({"groups": groups, **chains(told), "influence": coverage(simulated, bootstraps=100)}))
