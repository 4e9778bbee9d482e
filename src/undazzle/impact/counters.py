"""Counters that platforms give with a post (likes, views …), beside those of ordinary accounts on the same days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from undazzle.store import Store

COUNTERS = ("likes", "reposts", "replies", "quotes", "views")
_ROUNDS = 400
_MOST_POSTS = 50_000  # on either side; of more, so many are drawn
_FEW = 20  # posts with a counter, on either side


@dataclass(frozen=True)
class Counter:
    """One counter of a network's posts, beside posts of accounts in no network, same platforms and days.

    Attributes
    ----------
    name
        ``likes``, ``reposts``, ``replies``, ``quotes`` or ``views``.
    posts, controls
        How many posts with the counter were compared.
    median, control_median
        Medians.
    zero_share, control_zero_share
        Shares of posts at zero.
    exceeds
        Probability that a post of the network has a higher counter than a control (ties count half); 0.5 is alike.
        Accounts weigh alike, however much they post.
    low, high
        95 % interval of ``exceeds``, accounts drawn anew; none with fewer than 5 accounts on a side.
    """

    name: str
    posts: int
    controls: int
    median: float | None = None
    control_median: float | None = None
    zero_share: float | None = None
    control_zero_share: float | None = None
    exceeds: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        if self.exceeds is None:
            return f"{self.name}: not testable with {self.posts:,} posts of the network and {self.controls:,} others."
        drawn = f" ({_MOST_POSTS:,} drawn)" if max(self.posts, self.controls) == _MOST_POSTS else ""
        compared = f"{self.name}{drawn}: median {self.median:,.0f}, of ordinary accounts {self.control_median:,.0f}"
        if self.low is None or self.high is None:
            return f"{compared}; too few accounts to say how sure that is."
        if self.low <= 0.5 <= self.high:
            verdict = "no difference that these data could show"
        else:
            verdict = "more than ordinary accounts get" if self.low > 0.5 else "less than ordinary accounts get"
        share = f"a post of the network has more in {self.exceeds:.0%} of comparisons, ties counted half"
        return f"{compared}: {verdict} ({share})."


def measure_counters(store: Store, run_id: int, network_id: int, *, seed: int = 0) -> tuple[Counter, ...]:
    """Compare the counters of a network's original posts with those of others. Reads ``posts``, ``members``.

    Counters include what members gave each other; a collector that came early saw less on either side.
    """
    scope = {"run": run_id, "network": network_id}
    return tuple(_measure(store, name, scope, seed) for name in COUNTERS)


def _measure(store: Store, name: str, scope: dict[str, int], seed: int) -> Counter:
    own = store.arrays(f"{_POSTS.format(name=name)} AND account_key IN ({_MEMBERS}) {_ORDER}", scope)
    others = store.arrays(
        f"{_POSTS.format(name=name)} AND account_key NOT IN (SELECT account_key FROM members WHERE run_id = $run)"
        f" AND (platform, posted_at::DATE) IN (SELECT (platform, posted_at::DATE) FROM posts"
        f" WHERE account_key IN ({_MEMBERS})) {_ORDER}",
        scope,
    )
    value, account = own["value"], own["account_key"]
    control, control_account = others["value"], others["account_key"]
    if min(len(value), len(control)) < _FEW:
        return Counter(name, len(value), len(control))
    draws = np.random.default_rng(seed)
    by_account = _means_by_account(value, account, np.sort(control))
    # The interval needs the controls' accounts drawn anew too, by the mean rank of each against the network.
    reverse = 1 - _means_by_account(control, control_account, np.sort(value))
    few = min(len(by_account), len(reverse)) < 5
    low, high = (None, None) if few else _interval(by_account, reverse, draws)
    return Counter(
        name=name,
        posts=len(value),
        controls=len(control),
        median=float(np.median(value)),
        control_median=float(np.median(control)),
        zero_share=float(np.mean(value == 0)),
        control_zero_share=float(np.mean(control == 0)),
        exceeds=float(by_account.mean()),
        low=low,
        high=high,
    )


def _means_by_account(
    value: npt.NDArray[np.int64], account: npt.NDArray[np.int64], other: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Return, by account, how often its posts exceed the others (ties half)."""
    below = np.searchsorted(other, value, side="left")
    upto = np.searchsorted(other, value, side="right")
    exceeds = (below + upto) / (2 * len(other))
    _, index = np.unique(account, return_inverse=True)
    means = np.bincount(index, weights=exceeds) / np.bincount(index)
    return np.asarray(means, dtype=np.float64)


def _interval(
    by_account: npt.NDArray[np.float64], reverse: npt.NDArray[np.float64], draws: np.random.Generator
) -> tuple[float, float]:
    """Return a 95 % interval of the first mean; both sides are drawn anew, account by account."""
    own = by_account[draws.integers(0, len(by_account), (_ROUNDS, len(by_account)))].mean(axis=1)
    spread = [reverse[draws.integers(0, len(reverse), len(reverse))].mean() - reverse.mean() for _ in range(_ROUNDS)]
    low, high = np.quantile(own + np.array(spread), (0.025, 0.975))
    return float(max(0.0, low)), float(min(1.0, high))


_MEMBERS = "SELECT account_key FROM members WHERE run_id = $run AND network_id = $network"
_POSTS = "SELECT {name}::BIGINT AS value, account_key FROM posts WHERE {name} IS NOT NULL AND is_repost IS NOT TRUE"
_ORDER = f"ORDER BY hash(post_id), post_id LIMIT {_MOST_POSTS}"
