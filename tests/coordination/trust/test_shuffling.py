import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.coordination.builders import some_events, some_shares
from undazzle.coordination.trust.shuffling import shuffle_within_items, shuffle_within_time


@given(some_shares(), st.integers(0, 9))
def test_within_items_everybody_keeps_what_was_shared_and_nobody_shares_it_twice(shares, seed):
    events = some_events(shares)[0]
    shuffled = shuffle_within_items(events, np.random.default_rng(seed))
    pairs = list(zip(shuffled.item.tolist(), shuffled.account.tolist(), strict=True))
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == set(zip(events.item.tolist(), events.account.tolist(), strict=True))


@given(some_shares(), st.integers(0, 9))
def test_within_items_the_times_of_first_posts_stay(shares, seed):
    events = some_events(shares)[0]
    first: dict[tuple[int, int], int] = {}
    for item, account, at in zip(events.item.tolist(), events.account.tolist(), events.at.tolist(), strict=True):
        first.setdefault((item, account), at)
    shuffled = shuffle_within_items(events, np.random.default_rng(seed))
    found = sorted(zip(shuffled.item.tolist(), shuffled.at.tolist(), strict=True))
    assert found == sorted((item, at) for (item, _), at in first.items())


@given(some_shares(), st.integers(1, 6), st.integers(0, 9))
def test_within_time_every_account_keeps_its_number_of_posts_in_every_block(shares, block, seed):
    events = some_events(shares)[0]
    shuffled = shuffle_within_time(events, block, np.random.default_rng(seed))

    def activity(one):
        posts = {
            (post, at // block, account)
            for post, at, account in zip(one.post.tolist(), one.at.tolist(), one.account.tolist(), strict=True)
        }
        return sorted((part, account) for _, part, account in posts)

    assert activity(shuffled) == activity(events)


@given(some_shares(), st.integers(0, 9))
def test_within_time_a_post_stays_one_post_of_one_account(shares, seed):
    events = some_events(shares)[0]
    shuffled = shuffle_within_time(events, 4, np.random.default_rng(seed))
    owners = set(zip(shuffled.post.tolist(), shuffled.account.tolist(), strict=True))
    assert len(owners) == len(set(events.post.tolist()))
    assert shuffled.item.tolist() == events.item.tolist()
    assert shuffled.at.tolist() == events.at.tolist()
