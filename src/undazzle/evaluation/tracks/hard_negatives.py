"""Innocent groups that look alike: how many of each a method names, and how many remain unexplained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from undazzle.coordination import DetectionSettings, detect
from undazzle.evaluation.look_alikes import LOOK_ALIKES, sampled_in_bursts, with_readers
from undazzle.evaluation.methods import ask_baselines
from undazzle.evaluation.stores import shares_of_store, store_of_corpus
from undazzle.samples import Corpus, Planting, planted_corpus

Row = dict[str, Any]
FLAGGING = ("threshold_60s", "coortweet", "coornet", "cosine", "centrality", "svn", "bicm")
_NOBODY = Planting(link_waves=0, text_waves=0, ring_items=0)


def run_hard_negatives(
    *, seeds: tuple[int, ...] = (0,), posts: int = 20_000, say: Callable[[str], None]
) -> Iterator[Row]:
    """Yield one row for each look-alike group and seed: its size, and how many accounts each method names.

    Parameters
    ----------
    seeds
        Of the corpora.
    posts
        Size of each corpus.
    say
        Told about progress.
    """
    for seed in seeds:
        quiet = planted_corpus(seed, _NOBODY, posts=posts)
        random = np.random.default_rng([seed, 11])
        yield from _rows(quiet, "samples", seed, say)
        for name, add in LOOK_ALIKES.items():
            yield from _rows(add(quiet, random), name, seed, say, only=name)
        yield from _rows(sampled_in_bursts(quiet, random), "sampled in bursts", seed, say, together="bursts")
        both = with_readers(planted_corpus(seed, Planting(look_alikes=False), posts=posts), random)
        yield from _rows(both, "readers", seed, say, only="readers")


def _rows(
    corpus: Corpus, world: str, seed: int, say: Callable[[str], None], *, only: str = "", together: str = ""
) -> Iterator[Row]:
    store = store_of_corpus(corpus)
    try:
        run = detect(store, DetectionSettings(method="calibrated", shuffles=0, trust=False, seed=seed))
        named = dict(
            store.rows(
                "SELECT m.account_id, bool_and(n.explained_by IS NOT NULL) FROM members m"
                " JOIN networks n USING (run_id, network_id) WHERE run_id = ? AND is_certified GROUP BY 1",
                [run],
            )
        )
        shares, accounts = shares_of_store(store)
    finally:
        store.close()
    group_of = {account: label for account, label in corpus.truth.items() if label is not None}
    labels = np.array([group_of.get(_plain(account), "background") for account in accounts])
    answers = ask_baselines(shares, FLAGGING)
    headlined = np.array([not named.get(account, True) for account in accounts])
    explained = np.array([named.get(account, False) for account in accounts])
    innocent = [group.label for group in corpus.groups if group.kind != "planted"]
    for label in [only] if only else innocent:
        inside = labels == label
        row: Row = {"world": world, "group": label, "seed": seed, "accounts": int(inside.sum())}
        row |= {"headlined": int(headlined[inside].sum()), "explained": int(explained[inside].sum())}
        row["baselines"] = {
            name: int(answer.named[inside].sum()) for name, answer in answers.items() if answer.named is not None
        }
        if together:
            row["group"] = f"{label}, {together}"
        found = f"{row['headlined']} headlined, {row['explained']} explained"
        say(f"{row['group']:28} {row['accounts']:5} accounts: {found}")
        yield row


def _plain(account_id: str) -> str:
    """Return an account id as the file has it, without the platform in front."""
    return account_id.partition(":")[2] or account_id
