"""Power: what share of planted accounts is named, while the network tries harder and harder not to be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from undazzle.coordination import DetectionSettings, detect
from undazzle.evaluation.evasion import DIALS, planting_of, rotated
from undazzle.evaluation.stores import store_of_corpus
from undazzle.samples import Corpus, planted_corpus

Row = dict[str, Any]
NETWORKS = ("link_queues", "paraphrasers", "closed_ring")


def run_power(
    *,
    seeds: Sequence[int] = (0,),
    posts: int = 20_000,
    dials: Mapping[str, Sequence[float]] = DIALS,
    say: Callable[[str], None],
) -> Iterator[Row]:
    """Yield one row for each dial, setting, seed and planted network.

    Parameters
    ----------
    seeds
        Of the corpora.
    posts
        Size of each.
    dials
        Settings to go through.
    say
        Told about progress.
    """
    for dial, values in dials.items():
        for value in values:
            for seed in seeds:
                corpus = planted_corpus(seed, planting_of(dial, value), posts=posts)
                if dial == "waves_per_account" and value:
                    for label in NETWORKS:
                        corpus = rotated(corpus, label, int(value))
                rows = _measure(corpus, seed)
                for row in rows:
                    yield {"dial": dial, "value": float(value), "seed": seed, **row}
                found = ", ".join(f"{row['named']} of {row['members']} {row['network']}" for row in rows)
                say(f"{dial} {value:g}, seed {seed}: {found}; {rows[0]['others']} others")


def _measure(corpus: Corpus, seed: int) -> list[Row]:
    store = store_of_corpus(corpus)
    try:
        plain = DetectionSettings(method="calibrated", shuffles=0, explain=False, trust=False, seed=seed)
        run = detect(store, plain)
        rows = store.rows("SELECT account_id FROM members WHERE run_id = ? AND is_certified", [run])
    finally:
        store.close()
    named = {account.partition(":")[2] or account for (account,) in rows}
    acting = {post["account_id"] for label in NETWORKS for post in corpus.posts_of(label)}
    others = sum(corpus.truth.get(account, "background") not in NETWORKS for account in named)
    return [
        {
            "network": label,
            "members": len(acting & set(corpus.group(label).members)),
            "named": len(named & set(corpus.group(label).members)),
            "others": others,
        }
        for label in NETWORKS
    ]
