"""Groups that say nothing in common are split or given up; stories told in many ways are kept."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.choosing_stories import STORIES, posts_of

from undazzle.narratives.cohesion import LEAST_APART, LEAST_NEAR, cohesive_groups, near_share, share_apart
from undazzle.narratives.similarity import NONE, groups_of, near_pairs, vectors

pytest.importorskip("sklearn", reason="scikit-learn is an extra")
NEAR = 0.45


def grouped(*, rough: bool, seed: int = 3):
    """Return story of each text, vectors, near pairs and groups."""
    rows = posts_of(seed, rough=rough, background=400)
    story_of = {one["text"].lower(): one["story"] for one in rows}
    held = vectors(list(story_of))
    pairs = near_pairs(held, NEAR)
    return list(story_of.values()), held, pairs, cohesive_groups(held, pairs, NEAR, 0)


@pytest.mark.parametrize("rough", [False, True])
def test_stories_stay_whole_and_talk_no_longer_ends_in_large_groups(rough: bool) -> None:
    stories, _, pairs, labels = grouped(rough=rough)
    before = groups_of(len(stories), pairs, 0)
    talk = np.array([one is None for one in stories])
    largest = np.bincount(labels[talk & (labels != NONE)]).max()
    assert largest < 0.5 * np.bincount(before[talk & (before != NONE)]).max()
    for story in STORIES:
        mine = labels[[place for place, one in enumerate(stories) if one == story]]
        was = before[[place for place, one in enumerate(stories) if one == story]]
        assert np.bincount(mine[mine != NONE]).max() >= 0.9 * np.bincount(was[was != NONE]).max()


def test_every_group_is_dense_or_apart_by_comparing_all_with_all() -> None:
    stories, held, _, labels = grouped(rough=True)
    cosine = (held @ held.T).toarray()
    np.fill_diagonal(cosine, 0)
    for group in range(labels.max() + 1):
        inside = labels == group
        size = int(inside.sum())
        near = (cosine[np.ix_(inside, inside)] >= NEAR).sum() / (size * (size - 1))
        like = cosine[inside] >= NEAR * 2 / 3
        # Groups of more than 60 texts are judged by a draw; none here is that large.
        assert size <= 60
        apart = like[:, inside].sum() / max(1, like.sum())
        assert near >= LEAST_NEAR or apart >= LEAST_APART - 0.1, (group, near, apart, stories)


def test_the_shares_are_those_of_a_plain_count() -> None:
    held = vectors(["the ferry leaves at nine", "the ferry leaves at ten", "the ferry left at nine", "rain at noon"])
    cosine = (held @ held.T).toarray()
    draws = np.random.default_rng(0)
    near = np.mean([cosine[a, b] >= 0.3 for a, b in ((0, 1), (0, 2), (1, 2))])
    assert near_share(held, np.array([0, 1, 2]), 0.3, draws) == pytest.approx(near)
    like = [(a, b) for a in (0, 1) for b in range(4) if a != b and cosine[a, b] >= 0.2]
    inside = [pair for pair in like if pair[1] in (0, 1)]
    found = share_apart(held, held.T.tocsr(), np.array([0, 1]), 0.3, draws)
    assert found == pytest.approx(len(inside) / len(like))


def test_the_same_texts_and_seed_give_the_same_groups() -> None:
    first, second = (grouped(rough=False)[3] for _ in range(2))
    assert np.array_equal(first, second)
