"""What is gathered for the explanations equals a count by brute force, and depends on no order or name."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordination.explanations.builders import MEMBERS, Post, World, declare, explained, together
from undazzle import coordination
from undazzle.coordination.explanations.context import gathered

WINDOW = 60.0


def mixed(seed: int, items: int = 3) -> list[Post]:
    """Members and outsiders on a few links at random times of two hours."""
    random = Random(seed)
    names = [*MEMBERS, *(f"other{number}" for number in range(9))]
    return [
        Post(name, random.randrange(7_200), "words", f"https://quay.example/p-{item}")
        for name in names
        for item in range(items)
        for _ in range(random.randrange(3))
    ]


def acts(posts: list[Post], inside: bool) -> list[tuple[str, str, float]]:
    return [(post.link or "", post.account, post.at) for post in posts if (post.account in MEMBERS) == inside]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_others_around_a_burst_are_counted_right(seed: int) -> None:
    posts = mixed(seed)
    store = World(posts).store()
    run = declare(store, MEMBERS, ["link"], WINDOW)
    with gathered(store, run, [1]) as context:
        rows = context.store.rows(
            "SELECT item, epoch(starts_at), epoch(ends_at), accounts, others FROM explained_bursts"
            " JOIN items USING (item_key)"
        )
    start = 1_772_323_200  # the builders' first of March
    for item, first, last, accounts, others in rows:
        near = [one for one in acts(posts, inside=True) if one[0] == item and first <= one[2] + start <= last]
        assert accounts == len({name for _, name, _ in near})
        around = [
            (name, at // WINDOW)
            for link, name, at in acts(posts, inside=False)
            if link == item and first - 10 * WINDOW <= at + start <= last + 10 * WINDOW
        ]
        # An outsider counts once per window's length; one whose first post in that length lies before is left out.
        assert len(set(around)) - len({name for name, _ in around}) <= others <= len(set(around))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_expected_meetings_are_those_of_any_pair_on_the_item(seed: int) -> None:
    posts = [post for post in mixed(seed) if post.at < 3_600]
    slots = {(post.link, post.account, post.at // WINDOW): post for post in sorted(posts, key=lambda one: -one.at)}
    posts = sorted(slots.values(), key=lambda post: post.at)
    store = World(posts).store()
    run = declare(store, MEMBERS, ["link"], WINDOW)
    met = store.rows("SELECT DISTINCT item FROM co_actions JOIN items USING (item_key) WHERE run_id = ?", [run])
    if not met:
        return
    observed, expected = 0, 0.0
    for (item,) in met:
        here = [post for post in posts if post.link == item]
        ours = [post for post in here if post.account in MEMBERS]
        near = [abs(a.at - b.at) <= WINDOW for a, b in combinations(here, 2)]
        observed += sum(abs(a.at - b.at) <= WINDOW for a, b in combinations(ours, 2))
        expected += len(ours) * (len(ours) - 1) / 2 * sum(near) / len(near)
    with gathered(store, run, [1]) as context:
        found = context.chance[1]
    assert found.observed == observed
    assert abs(found.expected - expected) < 1e-9


def test_one_post_with_link_and_text_is_one_burst() -> None:
    posts = [
        Post(name, 100.0 + place, "The same words", "https://quay.example/p") for place, name in enumerate(MEMBERS)
    ]
    store = World(posts).store()
    run = declare(store, MEMBERS, ["link", "text"], WINDOW)
    with gathered(store, run, [1]) as context:
        assert store.rows("SELECT count(*) FROM explained_bursts") == [(1,)]
        assert context.sizes == {1: 5}


def test_members_of_a_sister_network_are_no_public() -> None:
    posts = together(2) + [Post(f"sister{n}", 1_240.0, "x", "https://quay.example/p-0") for n in range(4)]
    store = World(posts).store()
    run = declare(store, MEMBERS, ["link"], WINDOW)
    store.execute(
        "INSERT INTO members (run_id, network_id, account_key, account_id)"
        " SELECT ?, 2, account_key, account_id FROM accounts WHERE account_id LIKE '%sister%'",
        [run],
    )
    with gathered(store, run, [1]):
        assert store.rows("SELECT sum(others) FROM explained_bursts") == [(0,)]


def test_nothing_is_left_behind() -> None:
    store = World(together(2)).crowd().store()
    before = store.rows("SELECT table_name FROM information_schema.tables ORDER BY ALL")
    explained(store, MEMBERS, ["link"])
    after = store.rows("SELECT table_name FROM information_schema.tables ORDER BY ALL")
    assert before == after


def test_order_of_rows_changes_nothing() -> None:
    made = World(together(4)).crowd()
    turned = World(list(reversed(made.posts)), made.people)
    first, second = (explained(one.store(), MEMBERS, ["link"]).results for one in (made, turned))
    assert {name: (one.verdict, one.figure) for name, one in first.items()} == {
        name: (one.verdict, one.figure) for name, one in second.items()
    }


def test_no_tie_is_left_to_the_order_of_rows() -> None:
    """Threads hand rows over in any order: a most frequent value needs a rule for ties, or runs differ by chance."""
    source = Path(coordination.__file__).parent
    for path in source.rglob("*.py"):
        for found in re.finditer(r"\bmode\(([^;]*?)\) AS", path.read_text(encoding="utf-8")):
            assert "ORDER BY" in found[1], f"{path.name}: {found[0]}"
