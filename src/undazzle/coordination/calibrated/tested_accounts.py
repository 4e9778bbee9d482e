"""Every account that was tested beside some group, named or not: how well it did, as an order for a reader's attention.

A list of named accounts ends where the level says so; who comes next is worth a look, and no more. The order is that of
the best test of each account on things kept back. Being tested in many groups makes a good best test likelier, which
``account_p`` allows for (Simes 1986: the smallest of ``n p / rank`` over its ``n`` tests) and ``account_q`` goes on
from (Benjamini and Hochberg over the accounts tested). Looking decides who is tested at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from undazzle.coordination.calibrated.candidates import Candidate
from undazzle.coordination.calibrated.multiplicity import false_discovery_q, simes_p
from undazzle.coordination.calibrated.slots import FloatArray
from undazzle.coordination.events import IntArray
from undazzle.coordination.work import Detection


@dataclass(frozen=True)
class TestedAccounts:
    """By account that was tested, in ascending order.

    Attributes
    ----------
    account, tests
        The account, and in how many groups it was tested.
    best_p, items, expected, window
        The smallest p-value, and of that test the held-out items with company, their number by chance, and ticks.
    account_p, account_q
        The p-value of all tests together, and that corrected over the accounts tested.
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


def sum_up_accounts(candidates: list[Candidate]) -> TestedAccounts:
    """Return the tests of every member of every candidate, by account."""
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
    )


def _joined(parts: list[IntArray] | list[FloatArray]) -> FloatArray:
    return np.concatenate(parts) if parts else np.zeros(0)


def write_tested_accounts(work: Detection, tested: TestedAccounts, seconds_of: Mapping[int, float]) -> None:
    """Write every account that was tested. Writes ``tested_accounts``.

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
        "time_window": np.array([seconds_of[one] for one in tested.window.tolist()], dtype=np.float64),
        "account_p": tested.account_p,
        "account_q": tested.account_q,
    }
    with work.store.view("_tested", columns):
        work.store.execute(
            "INSERT INTO tested_accounts (run_id, account_key, tests, best_p, items, expected, time_window, account_p,"
            " account_q) SELECT ?, account_key, tests, best_p, items, expected, time_window, account_p, account_q"
            " FROM _tested ORDER BY account_key",
            [work.run_id],
        )
