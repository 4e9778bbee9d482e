"""Every method that is compared, the detection under test among them, asked the same question of the same shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from undazzle.coordination.communities import find_communities
from undazzle.evaluation.baselines import BASELINES, Pairing, Verdict
from undazzle.evaluation.detector import Named, detect_calibrated
from undazzle.evaluation.shares import BoolArray, FloatArray, IntArray, Shares

CALIBRATED, CALIBRATED_RANK, CALIBRATED_COUNT = "calibrated", "calibrated_rank", "calibrated_count"
TITLES = {
    CALIBRATED: "Undazzle, calibrated: named accounts only",
    CALIBRATED_RANK: "Undazzle, calibrated: named accounts, then attention (best test, best pair)",
    CALIBRATED_COUNT: "Undazzle, calibrated: named accounts, then count (60 s)",
    "centrality_tuned": "Fused network, node pruning, threshold chosen with the labels",
    **{one.baseline_id: one.title for one in BASELINES.values()},
}
LABEL_FREE = tuple(BASELINES)
_MOST_PAIRS = 50_000  # kept pairs beyond which no groups are looked for: the network is one lump, and Leiden is slow


@dataclass(frozen=True)
class Answer:
    """What one method says: a ranking, whom it names, and in which groups.

    ``named`` is ``None`` where a method only ranks.
    """

    ranking: FloatArray
    named: BoolArray | None
    groups: tuple[IntArray, ...]


def ask_baselines(shares: Shares, which: Sequence[str] = LABEL_FREE) -> dict[str, Answer]:
    """Return the answers of the baselines."""
    return {name: _answer(BASELINES[name].run(shares)) for name in which}


def _answer(verdict: Verdict) -> Answer:
    return Answer(verdict.ranking, verdict.flagged, groups_of(verdict.kept) if verdict.kept else ())


def groups_of(kept: Pairing) -> tuple[IntArray, ...]:
    """Return the communities of kept pairs (Leiden), as their authors look for them; none for very many pairs."""
    positive = kept.take(kept.weight > 0)
    if len(positive.weight) > _MOST_PAIRS:
        return ()
    found = find_communities(positive.account_a, positive.account_b, positive.weight)
    return tuple(np.array(group, dtype=np.int64) for group in found)


def ask_calibrated(shares: Shares, *, max_q: float = 0.05, seed: int = 0) -> tuple[Answer, Named]:
    """Return the answer of the detection under test, and everything it said."""
    found = detect_calibrated(shares, max_q=max_q, seed=seed)
    return answer_of_named(found, shares.accounts), found


def answer_of_named(found: Named, accounts: int) -> Answer:
    """Return named accounts, in the order of their networks, as an answer."""
    ranking = np.zeros(accounts)
    for account, strength in found.strength.items():
        ranking[account] = strength
    return Answer(ranking, ranking > 0, found.networks)


def ranking_beyond_named(found: Named, accounts: int) -> FloatArray:
    """Return who comes after the named: by the best test and the best pair of an account, 0 if it had neither."""
    ranking = np.zeros(accounts)
    for account, attention in found.attention.items():
        ranking[account] = attention
    return ranking


def then_by(first: Answer, then: FloatArray) -> Answer:
    """Return an answer that goes on with another ranking after its named accounts."""
    beyond = float(then.max(initial=0.0)) + 1.0
    return Answer(np.where(first.ranking > 0, beyond + first.ranking, then), first.named, first.groups)
