"""The detection under test, called as a user calls it: a file is read, ``detect`` runs, the tables are asked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from undazzle.coordination import DetectionSettings, detect
from undazzle.evaluation.shares import IntArray, Shares
from undazzle.evaluation.stores import store_of_shares
from undazzle.store import Store

RING = "closed_content"  # networks.status of what item choice found


@dataclass(frozen=True)
class Named:
    """What a detection says: networks of certified accounts, in its own order, the strongest first.

    Attributes
    ----------
    networks
        Accounts of each network that timing confirmed.
    strength
        By named account: what ranks it among the named (higher is earlier).
    claimed_q
        By named account: its q-value.
    attention
        By account that is not named and was tested or has a surprising pair: what orders whoever comes after the named.
    rings
        Accounts of each ring that was found by item choice; timing says nothing about them.
    cpu_seconds
        What it took.
    """

    networks: tuple[IntArray, ...]
    strength: dict[int, float]
    claimed_q: dict[int, float]
    attention: dict[int, float]
    rings: tuple[IntArray, ...]
    cpu_seconds: float

    @property
    def accounts(self) -> IntArray:
        """Everyone named."""
        return np.array(sorted(self.strength), dtype=np.int64)


def detect_calibrated(shares: Shares, *, max_q: float = 0.05, seed: int = 0) -> Named:
    """Return what the calibrated method names in shares; accounts keep their numbers."""
    store = store_of_shares(shares)
    try:
        started = time.process_time()
        run = detect(
            store,
            DetectionSettings(method="calibrated", shuffles=0, explain=False, trust=False, max_q=max_q, seed=seed),
        )
        used = time.process_time() - started
        return named_of_run(store, run, used, number=lambda account: int(account.rpartition(":")[2][1:]))
    finally:
        store.close()


def named_of_run(store: Store, run_id: int, cpu_seconds: float, *, number: Any) -> Named:
    """Return the certified members of a run's networks.

    Parameters
    ----------
    store, run_id
        The workspace and the run.
    cpu_seconds
        What the run took.
    number
        Turns an account id into the account's number.
    """
    rows = store.rows(
        "SELECT m.network_id, n.status, a.account_id, m.held_out_items, m.leave_one_out_q FROM members m"
        " JOIN networks n USING (run_id, network_id) JOIN accounts a USING (account_key)"
        " WHERE run_id = ? AND is_certified ORDER BY ALL",
        [run_id],
    )
    found: dict[str, dict[int, list[int]]] = {"confirmed": {}, RING: {}}
    strength, claimed = {}, {}
    for network, status, account_id, items, q_value in rows:
        account = number(account_id)
        found[status].setdefault(network, []).append(account)
        if status != RING:
            strength[account] = float(items or 0) + 1.0 / (1 + network)
            claimed[account] = float(q_value)
    tested = store.rows(
        "SELECT account_id, attention FROM tested_accounts JOIN accounts USING (account_key) WHERE run_id = ?", [run_id]
    )
    attention = {number(account_id): float(value) for account_id, value in tested}
    networks, rings = (tuple(np.array(one, dtype=np.int64) for one in groups.values()) for groups in found.values())
    return Named(
        networks, strength, claimed, {k: a for k, a in attention.items() if k not in strength}, rings, cpu_seconds
    )
