"""A real operation: posts of the Internet Research Agency, and the cells of accounts that worked together in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from undazzle.coordination.communities import find_communities
from undazzle.coordination.kernel import count_pairs_compiled
from undazzle.evaluation.data_sets import numbered
from undazzle.evaluation.shares import IntArray, Shares, make_shares

DAY = 86_400
HISTORY_DAYS = 90
_MINUTE = 60
_SHORTEST_TEXT = 20  # characters; shorter texts are greetings that anybody writes


@dataclass(frozen=True)
class Operation:
    """Shares of texts by the accounts of an operation, and the published category of each account."""

    shares: Shares
    categories: tuple[str, ...]


def read_operation(folder: Path, *, seed: int = 0) -> Operation:
    """Return who of the operation posted which text when; a text is compared without addresses and names.

    Times are given to the minute. Each post gets a second of its own within its minute, so that planted posts do not
    stand out by sharing a second; what was together within a minute may then lie up to 59 s apart.
    """
    from pyarrow import parquet

    table = parquet.read_table(
        folder / "ira_2015_2016/tweets.parquet", columns=["author_id", "account_category", "posted_at", "text"]
    )
    text = _texts(table["text"].to_pylist())
    usable = np.array([len(one) >= _SHORTEST_TEXT for one in text])
    author = table["author_id"].to_numpy(zero_copy_only=False)
    account = numbered(author)
    categories = dict(zip(account.tolist(), table["account_category"].to_pylist(), strict=True))
    at = table["posted_at"].to_numpy(zero_copy_only=False).astype("datetime64[s]").astype(np.int64)
    at = at - at % _MINUTE + np.random.default_rng(seed).integers(0, _MINUTE, len(at))
    item = numbered(np.array(text, dtype=object)[usable])
    accounts = int(account.max()) + 1
    shares = make_shares(account[usable], item, at[usable], accounts)
    return Operation(shares, tuple(categories[number] or "Unknown" for number in range(accounts)))


def _texts(texts: list[str | None]) -> list[str]:
    from undazzle.traces.normal_text import normalise_text

    forms = {one: normalise_text(one) for one in set(texts) if one}
    return [forms.get(one or "", "") for one in texts]


def find_cells(shares: Shares, start: int, *, window: int = 60, least_items: int = 3) -> list[IntArray]:
    """Return groups of accounts that posted the same texts together in the 90 days before ``start``.

    Parameters
    ----------
    shares
        Of the operation.
    start
        Second at which the planted time begins; nothing after it is looked at.
    window
        Seconds.
    least_items
        Least number of texts that two accounts posted together.
    """
    before = shares.take((shares.at >= start - HISTORY_DAYS * DAY) & (shares.at < start))
    pairs = count_pairs_compiled(before.events(), window, least_items)
    found = find_communities(pairs.account_a, pairs.account_b, pairs.items.astype(np.float64))
    return [np.array(group, dtype=np.int64) for group in found if len(group) >= 3]
