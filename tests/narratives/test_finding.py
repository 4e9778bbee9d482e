from __future__ import annotations

import pytest

from tests.narratives.stories import b_cubed, told, workspace_of
from undazzle.errors import ParameterError, UndazzleError
from undazzle.narratives import NarrativeSettings, find_narratives
from undazzle.store import Store, find_run

pytest.importorskip("sklearn", reason="scikit-learn is an extra")


def groups_by_post(store: Store, run_id: int) -> dict[int, int]:
    return dict(store.rows("SELECT post_key, narrative_id FROM narrative_posts WHERE run_id = ?", [run_id]))


@pytest.mark.parametrize("seed", [11, 12])
def test_stories_in_four_languages_and_several_wordings_come_back_as_narratives(seed: int) -> None:
    rows = told(seed)
    store = workspace_of(rows)
    found = groups_by_post(store, find_narratives(store, NarrativeSettings(bootstraps=0)))
    stories = [
        (one["story"], found.get(number, f"none {number}")) for number, one in enumerate(rows, 1) if one["story"]
    ]
    # background posts in the same narrative count against precision
    grouped = {group for _, group in stories}
    strangers = [
        (f"none {number}", found[number]) for number, one in enumerate(rows, 1)
        if not one["story"] and found.get(number) in grouped
    ]  # fmt: skip
    key, label = zip(*(stories + strangers), strict=True)
    precision, recall, f1 = b_cubed(key, label)
    assert f1 >= 0.9, f"precision {precision:.3f}, recall {recall:.3f}"


def test_languages_are_joined_by_a_common_link_and_the_narrative_says_so() -> None:
    store = workspace_of(told(13))
    run_id = find_narratives(store, NarrativeSettings(bootstraps=0))
    joined = store.rows(
        "SELECT languages, joined_by FROM narratives WHERE run_id = ? AND contains(joined_by, 'example/timetable')",
        [run_id],
    )
    assert [sorted(one[0]) for one in joined] == [["ar", "en", "es"]]


def test_a_translation_without_a_common_link_stays_apart() -> None:
    rows = [{**one, "links": []} for one in told(14)]
    store = workspace_of(rows)
    run_id = find_narratives(store, NarrativeSettings(bootstraps=0))
    mixed = store.rows("SELECT count(*) FROM narratives WHERE run_id = ? AND len(languages) > 1", [run_id])
    assert mixed[0][0] == 0
    assert any("links, images and hashtags only" in one for one in find_run(store, run_id).warnings)


def test_texts_beyond_the_most_that_are_compared_join_the_nearest_narrative() -> None:
    rows = told(15)
    store = workspace_of(rows)
    whole = groups_by_post(store, find_narratives(store, NarrativeSettings(bootstraps=0)))
    run_id = find_narratives(store, NarrativeSettings(bootstraps=0, most_texts=900))
    part = groups_by_post(store, run_id)
    stories = [number for number, one in enumerate(rows, 1) if one["story"]]
    assert sum(number in part for number in stories) >= 0.8 * sum(number in whole for number in stories)
    assert any("were compared with each other" in one for one in find_run(store, run_id).warnings)


def test_the_same_search_gives_the_same_narratives_and_says_how_stable_they_are() -> None:
    store = workspace_of(told(16, background=400))
    first, second = (find_narratives(store, NarrativeSettings(bootstraps=2)) for _ in range(2))
    assert groups_by_post(store, first) == groups_by_post(store, second)
    stability = find_run(store, first).summary["stability"]
    assert 0.5 < stability[1] <= stability[0] <= 1


def test_posts_without_enough_text_are_an_error_that_names_the_setting() -> None:
    with pytest.raises(UndazzleError, match="min_letters"):
        find_narratives(workspace_of([{"account": "a", "text": "short"}]))


def test_a_similarity_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ParameterError, match="similarity"):
        NarrativeSettings(similarity=1.5)
