"""Every account that was tested beside some group, or has a surprising pair, named or not: an order for attention.

A list of named accounts ends where the level says so; who comes next is worth a look, and no more. Two things make the
order. First, the best test of each account on things kept back. Being tested in many groups makes a good best test
likelier, which ``account_p`` allows for (Simes 1986: the smallest of ``n p / rank`` over its ``n`` tests) and
``account_q`` goes on from (Benjamini and Hochberg over the accounts tested). Looking decides who is tested at all.
Second, the most surprising pair that looking saw of each account: what both share and that they met there
(``joint_test``). That is no p-value, and where people share by interest nearly everybody has such a pair; so it counts
by the share of accounts that have one as surprising, which is near 1 there and small where hardly anybody has. Both are
multiplied: ``attention`` is minus the logarithm of the product. It orders, and names nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from undazzle.coordination.calibrated.candidates import Candidate
from undazzle.coordination.calibrated.multiplicity import false_discovery_q, simes_p
from undazzle.coordination.calibrated.slots import FloatArray
from undazzle.coordination.events import IntArray
from undazzle.coordination.work import Detection

_LEAST = 1e-300
_Number = TypeVar("_Number", np.int64, np.float64)
# column -> what is written: nothing where no test was made, and where no pair was surprising
_COLUMNS = {"tests": "tests"}
_COLUMNS |= {
    one: f"CASE WHEN tests > 0 THEN {one} END"
    for one in ("best_p", "items", "expected", "time_window", "account_p", "account_q")
}
_COLUMNS |= {one: f"CASE WHEN pair_p < 1 THEN {one} END" for one in ("pair_p", "pair_share")}
_COLUMNS |= {"attention": "attention"}


@dataclass(frozen=True)
class TestedAccounts:
    """By account that was tested or has a surprising pair, in ascending order.

    Attributes
    ----------
    account, tests
        The account, and in how many groups it was tested.
    best_p, items, expected, window
        The smallest p-value, and of that test the held-out items with company, their number by chance, and ticks;
        1 and 0 where there was no test.
    account_p, account_q
        The p-value of all tests together, and that corrected over the accounts tested; 1 where there was none.
    pair_p, pair_share
        The surprise of its best pair, 1 if it has none, and the share of accounts with one as surprising.
    """

    __test__ = False  # no test of pytest's

    account: IntArray
    tests: IntArray
    best_p: FloatArray
    items: IntArray
    expected: FloatArray
    window: IntArray
    account_p: FloatArray
    account_q: FloatArray
    pair_p: FloatArray
    pair_share: FloatArray

    @property
    def attention(self) -> FloatArray:
        """What orders accounts for a second look, highest first."""
        return np.asarray(-np.log10(np.maximum(self.best_p, _LEAST)) - np.log10(self.pair_share))


def sum_up_accounts(
    candidates: list[Candidate], surprise: FloatArray | None = None, sharing: int = 1
) -> TestedAccounts:
    """Return the tests of every member of every candidate and the best pair of every account, by account.

    Parameters
    ----------
    candidates
        Tested.
    surprise
        By account, that of its best pair, 1 if it has none; nobody has one if not given.
    sharing
        How many accounts could have a pair: those that share two things or more.
    """
    tested = _tested(candidates)
    if surprise is None:
        return tested
    every = np.union1d(tested.account, np.flatnonzero(surprise < 1.0)).astype(np.int64)
    place, pair_p = np.searchsorted(every, tested.account), surprise[every]

    def spread(values: npt.NDArray[_Number], otherwise: float) -> npt.NDArray[_Number]:
        found = np.full(len(every), otherwise, dtype=values.dtype)
        found[place] = values
        return found

    return TestedAccounts(
        every,
        spread(tested.tests, 0),
        spread(tested.best_p, 1.0),
        spread(tested.items, 0),
        spread(tested.expected, 0.0),
        spread(tested.window, 0),
        spread(tested.account_p, 1.0),
        spread(tested.account_q, 1.0),
        pair_p,
        _share_as_surprising(pair_p, sharing),
    )


def _share_as_surprising(pair_p: FloatArray, sharing: int) -> FloatArray:
    """Return for each account what share of all that could have a pair have one as surprising; 1 without a pair."""
    as_much = np.searchsorted(np.sort(pair_p), pair_p, side="right")
    return np.asarray(np.where(pair_p < 1.0, np.minimum(1.0, as_much / max(1, sharing)), 1.0))


def _tested(candidates: list[Candidate]) -> TestedAccounts:
    sizes = [len(one.accounts) for one in candidates]
    account = _joined([one.accounts for one in candidates]).astype(np.int64)
    p_value = _joined([one.members.p_value for one in candidates])
    window = np.repeat(np.array([one.window for one in candidates], dtype=np.int64), sizes)
    order = np.lexsort((window, p_value, account))
    account, p_value = account[order], p_value[order]
    first = np.flatnonzero(np.append(True, np.diff(account) != 0)) if len(account) else np.zeros(0, dtype=np.int64)
    tests = np.diff(np.append(first, len(account)))
    account_p = simes_p(p_value, np.repeat(np.arange(len(first)), tests))
    best = order[first]
    return TestedAccounts(
        account[first],
        tests.astype(np.int64),
        p_value[first],
        _joined([one.members.observed for one in candidates])[best].astype(np.int64),
        _joined([one.members.expected for one in candidates])[best],
        window[best],
        account_p,
        false_discovery_q(account_p),
        np.ones(len(first)),
        np.ones(len(first)),
    )


def _joined(parts: list[IntArray] | list[FloatArray]) -> FloatArray:
    return np.concatenate(parts) if parts else np.zeros(0)


def write_tested_accounts(work: Detection, tested: TestedAccounts, seconds_of: Mapping[int, float]) -> None:
    """Write every account that was tested or has a surprising pair. Writes ``tested_accounts``.

    Parameters
    ----------
    work
        The detection under way.
    tested
        From ``sum_up_accounts``.
    seconds_of
        Seconds by window in ticks.
    """
    columns = {
        "account_key": work.events.account_keys[tested.account],
        "tests": tested.tests,
        "best_p": tested.best_p,
        "items": tested.items,
        "expected": tested.expected,
        "time_window": np.array([seconds_of.get(one, 0.0) for one in tested.window.tolist()], dtype=np.float64),
        "account_p": tested.account_p,
        "account_q": tested.account_q,
        "pair_p": tested.pair_p,
        "pair_share": tested.pair_share,
        "attention": tested.attention,
    }
    with work.store.view("_tested", columns):
        work.store.execute(
            f"INSERT INTO tested_accounts (run_id, account_key, {', '.join(_COLUMNS)}) SELECT ?, account_key,"
            f" {', '.join(_COLUMNS.values())} FROM _tested ORDER BY account_key",
            [work.run_id],
        )
