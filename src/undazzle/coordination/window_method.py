"""The classic method: co-actions within a fixed window, thresholded by weight.

It answers "who acted together how often", never "is that surprising": popular items, fans, newsrooms and
busy accounts pass a threshold too. The definitions follow CooRTweet 2.1 (Righetti & Balluff); the counts
``posts_a`` and ``posts_b`` are those of the Coordination Network Toolkit (Graham & QUT 2020).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from undazzle.coordination.co_actions import CoActions, enumerate_co_actions, join_co_actions
from undazzle.coordination.events import BoolArray, Events, IntArray
from undazzle.coordination.pairs import Pairs, count_pairs
from undazzle.coordination.participation import active_enough, counting_posts
from undazzle.coordination.windows import count_window_pairs, has_other_account_near
from undazzle.errors import TooLargeError


@dataclass(frozen=True)
class WindowResult:
    """What the classic method found in one window.

    ``pair_of`` gives for each co-action the position of its pair; ``weight`` is the weight of each pair; ``above``
    marks pairs whose weight is above the ``edge_weight`` quantile; ``threshold`` is that quantile; ``looked_at``
    counts the pairs of events within the window.
    """

    pairs: Pairs
    co_actions: CoActions
    pair_of: IntArray
    weight: npt.NDArray[np.float64]
    above: BoolArray
    threshold: float
    looked_at: int


def find_window_pairs(
    events: Events,
    *,
    window: int,
    min_participation: int,
    edge_weight: float,
    weight: str = "posts",
    min_items: int = 1,
    max_co_actions: int,
    listed: CoActions | None = None,
) -> WindowResult:
    """Return all pairs of accounts with a co-action within the window, with the co-actions.

    Parameters
    ----------
    events
        All traces, sorted by item and time.
    window
        Ticks, inclusive.
    min_participation
        Least number of traces of an account, before and after pairing (CooRTweet).
    edge_weight
        Quantile of the weights (0 to 1) above which a pair enters the network; strict, type 7.
    weight
        What a pair weighs, see ``weigh``.
    min_items
        Least number of distinct items of a pair.
    max_co_actions
        Most co-actions to keep.
    listed
        All co-actions of accounts that are active enough within this window or a longer one, if they are known
        already (``list_once``): they are then chosen from instead of found again.

    Raises
    ------
    TooLargeError
        If there are more co-actions than that; says how many and what to change.
    """
    meeting, counts, looked_at = what_meets(events, window, min_participation)
    if listed is None:
        found = _collect(meeting, window, counts, min_items, looked_at, max_co_actions)
    else:
        found = _choose(listed, window, meeting, counts)
    return finish_window(found, looked_at, edge_weight=edge_weight, weight=weight, min_items=min_items)


def finish_window(found: CoActions, looked_at: int, *, edge_weight: float, weight: str, min_items: int) -> WindowResult:
    """Return pairs and weights of co-actions, wherever they were found; parameters as of ``find_window_pairs``."""
    pairs, pair_of = count_pairs(found)
    if min_items > 1:
        enough = pairs.items >= min_items
        found = found.take(enough[pair_of])
        pairs, pair_of = count_pairs(found)
    weights = weigh(pairs, weight)
    above, threshold = above_quantile(weights, edge_weight)
    return WindowResult(pairs, found, pair_of, weights, above, threshold, looked_at)


def what_meets(events: Events, window: int, min_participation: int) -> tuple[Events, BoolArray | None, int]:
    """Return the events that can meet, which of them count (``None``: all), and how many pairs of them are near."""
    active = events.take(active_enough(events, min_participation))
    near = has_other_account_near(active, window)
    meeting, counts = active.take(near), None
    if min_participation > 1:
        counts = np.isin(meeting.post, counting_posts(active, near, min_participation))
    return meeting, counts, count_window_pairs(meeting, window)


def list_once(events: Events, window: int, min_participation: int, max_co_actions: int) -> CoActions | None:
    """Return all co-actions within the longest of several windows, or ``None`` where there are too many to keep.

    Parameters are those of ``find_window_pairs``.
    """
    active = events.take(active_enough(events, min_participation))
    meeting = active.take(has_other_account_near(active, window))
    if count_window_pairs(meeting, window) > max_co_actions:
        return None
    return join_co_actions(list(enumerate_co_actions(meeting, window)))


def _choose(listed: CoActions, window: int, meeting: Events, counts: BoolArray | None) -> CoActions:
    """Return the co-actions within a shorter window that count, in the order they have."""
    keep = listed.gap <= window
    if counts is not None:
        posts = np.zeros(int(meeting.post.max(initial=-1)) + 2, dtype=bool)
        posts[meeting.post[counts]] = True
        last = len(posts) - 1  # never true: posts that meet nobody within this window
        keep &= posts[np.minimum(listed.post_a, last)] | posts[np.minimum(listed.post_b, last)]
    return listed.take(keep)


WEIGHTS = ("posts", "co_actions")


def weigh(pairs: Pairs, weight: str) -> npt.NDArray[np.float64]:
    """Return the weight of each pair.

    Parameters
    ----------
    pairs
        The pairs.
    weight
        ``posts``: the smaller of ``posts_a`` and ``posts_b``, so that neither one post with several items, nor a
        text shared together with its link, nor one account's flood counts more than once per post.
        ``co_actions``: pairs of posts times shared items, as CooRTweet counts.
    """
    counted = pairs.co_actions if weight == "co_actions" else np.minimum(pairs.posts_a, pairs.posts_b)
    return np.asarray(counted, dtype=np.float64)


def _collect(
    events: Events, window: int, counts: BoolArray | None, min_items: int, looked_at: int, limit: int
) -> CoActions:
    """Enumerate directly while that is cheap, else let the kernel say first which pairs matter."""
    if looked_at <= limit:
        return join_co_actions(list(enumerate_co_actions(events, window, counts=counts)))
    from undazzle.coordination.listing import list_range, sums_by_account
    from undazzle.coordination.pruning import make_rows
    from undazzle.coordination.row_ranges import cut_ranges
    from undazzle.coordination.rows import row_work_compiled

    rows = make_rows(events.item, events.account, events.at, window, min_items, counts)
    pairs, co_actions = sums_by_account(rows, cut_ranges(row_work_compiled(rows), 16), min_items)
    if (total := int(co_actions.sum())) > limit:
        raise too_many_co_actions(int(pairs.sum()), total, min_items, limit)
    return list_range(events, rows, 0, len(co_actions), min_items)


def too_many_co_actions(pairs: int, total: int, min_items: int, limit: int) -> TooLargeError:
    """Return the refusal to keep so many co-actions."""
    return TooLargeError(
        f"Co-actions of {pairs:,} pairs with at least {min_items} shared items",
        total,
        limit,
        f"Shorten --time-window, ask for pairs with more shared items (--min-items {min_items + 1}), give fewer "
        f"traces, or allow more with --max-co-actions {total}.",
    )


def above_quantile(weight: npt.NDArray[np.float64], edge_weight: float) -> tuple[BoolArray, float]:
    """Return which weights lie strictly above their ``edge_weight`` quantile (R's type 7), and the quantile."""
    if not len(weight):
        return np.zeros(0, dtype=bool), 0.0
    threshold = float(np.quantile(weight, edge_weight))
    return weight > threshold, threshold
