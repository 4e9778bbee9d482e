"""Small synthetic streams, operations and grafts."""

from __future__ import annotations

import numpy as np

from undazzle.evaluation.data_sets import Carrier
from undazzle.evaluation.grafts import Graft, draw_replay, graft
from undazzle.evaluation.operations import DAY, Operation
from undazzle.evaluation.shares import Shares, make_shares, shuffle_labels

START = 1_700_006_400  # a midnight


def some_stream(seed: int = 0, *, accounts: int = 400, items: int = 500, shares: int = 6_000, days: int = 28) -> Shares:
    """Return ordinary shares: skewed activity and popularity, each item alive for some hours."""
    random = np.random.default_rng(seed)
    account = (accounts * random.random(shares) ** 1.8).astype(np.int64)
    item = (items * random.random(shares) ** 1.5).astype(np.int64)
    born = random.uniform(0, days * DAY, items)
    at = born[item] + random.lognormal(8.5, 1.2, shares)
    return make_shares(account, item, START + (at % (days * DAY)).astype(np.int64), accounts, items)


def some_operation(seed: int = 0, *, days: int = 150, cells: int = 4, members: int = 6) -> Operation:
    """Return an operation whose cells post the same texts within half a minute, several times a day."""
    random = np.random.default_rng([seed, 1])
    rows: list[tuple[int, int, int]] = []
    texts = 0
    for cell in range(cells):
        for day in range(days):
            for _ in range(3):
                at = START + day * DAY + int(random.integers(8 * 3_600, 18 * 3_600))
                acting = np.flatnonzero(random.random(members) < 0.7)
                rows += [(cell * members + int(one), texts, at + int(random.integers(0, 30))) for one in acting]
                texts += 1
    table = np.array(rows)
    return Operation(make_shares(table[:, 0], table[:, 1], table[:, 2]), ("NonEnglish",) * (cells * members))


def some_carrier(seed: int = 0) -> Carrier:
    """Return a carrier of four weeks."""
    return Carrier("synthetic", some_stream(seed), 21)


def some_graft(seed: int = 0, *, dose: int = 40, swapped: bool = True) -> Graft:
    """Return synthetic cells planted into a label-shuffled synthetic stream."""
    carrier = some_carrier(seed)
    replay = draw_replay(some_operation(seed), carrier.plant_days, np.random.default_rng([seed, 2]))
    clean = shuffle_labels(carrier.shares, np.random.default_rng([seed, 3]))
    return graft(carrier, clean, replay, dose, np.random.default_rng([seed, 4]), swapped=swapped)
