"""CooRnet, PyCooRnet and coordinatedActivity in plain Python, from their published definitions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise
from math import floor, log, sqrt

from tests.parity.oracle import Share

Weights = dict[tuple[str, str], float]


def coornet(shares: Iterable[Share], seconds: int) -> Weights:
    """CooRnet: accounts that shared a link in any of its bins with more than one share."""
    return _projection({link: _in_full_bins(rows, seconds) for link, rows in _by_object(shares).items()})


def pycoornet_differential(shares: Iterable[Share], seconds: int) -> Weights:
    """PyCooRnet: accounts with a share that follows another one of the link within the seconds, or is followed."""
    return _projection({link: _chained(rows, seconds) for link, rows in _by_object(shares).items()})


def cosine(shares: Iterable[Share]) -> Weights:
    """coordinatedActivity: cosine of TF-IDF vectors over items that more than one account used."""
    users = {item: {row.account_id for row in rows} for item, rows in _by_object(shares).items()}
    users = {item: accounts for item, accounts in users.items() if len(accounts) > 1}
    number = len({account for accounts in users.values() for account in accounts})
    idf = {item: log((1 + number) / (1 + len(accounts))) + 1 for item, accounts in users.items()}
    length: dict[str, float] = defaultdict(float)
    for item, accounts in users.items():
        for account in accounts:
            length[account] += idf[item] ** 2
    found: Weights = defaultdict(float)
    for item, accounts in users.items():
        for a, b in combinations(sorted(accounts), 2):
            found[a, b] += idf[item] ** 2 / sqrt(length[a] * length[b])
    return dict(found)


def _by_object(shares: Iterable[Share]) -> dict[str, list[Share]]:
    found: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        found[share.object_id].append(share)
    return found


def _in_full_bins(rows: list[Share], seconds: int) -> set[str]:
    first = min(row.at for row in rows)
    bins: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        bins[floor((row.at - first) / seconds)].append(row.account_id)
    return {account for accounts in bins.values() if len(accounts) > 1 for account in accounts}


def _chained(rows: list[Share], seconds: int) -> set[str]:
    ordered = sorted(rows, key=lambda row: row.at)
    close = [(one, two) for one, two in pairwise(ordered) if two.at - one.at <= seconds]
    return {row.account_id for pair in close for row in pair}


def _projection(accounts_of_links: Mapping[str, set[str]]) -> Weights:
    found: Counter[tuple[str, str]] = Counter()
    for accounts in accounts_of_links.values():
        found.update(combinations(sorted(accounts), 2))
    return {pair: float(weight) for pair, weight in found.items()}
