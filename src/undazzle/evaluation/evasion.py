"""The evasion dial: what a planted network can do so as not to be found, one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from undazzle.samples import Corpus, Planting

# Dial: settings from easy to hard. A Planting changes what is planted; rotation changes who posts it afterwards.
DIALS: Mapping[str, tuple[float, ...]] = {
    "jitter_seconds": (15, 45, 120, 300, 900, 3_600),
    "paraphrase": (0.0, 0.35, 0.7, 1.0),
    "ordinary_sharers": (0, 2, 5, 10, 20),
    "link_waves": (112, 56, 28, 14, 7),
    "waves_per_account": (0, 12, 6, 3),
}
TITLES = {
    "jitter_seconds": "Jitter: longest gap of a wave, seconds",
    "paraphrase": "Paraphrase: chance that a part of a sentence is exchanged",
    "ordinary_sharers": "Dilution: ordinary accounts that share each planted link",
    "link_waves": "Dose: waves of the link network",
    "waves_per_account": "Rotation: waves after which an account is replaced (0: never)",
}


def planting_of(dial: str, value: float) -> Planting:
    """Return the planting for one setting of one dial; everything else as in the demo."""
    if dial == "waves_per_account":
        return Planting(look_alikes=False)
    changed: dict[str, Any] = {dial: value if dial == "paraphrase" else int(value)}
    if dial == "link_waves":
        changed["text_waves"] = max(2, round(value * 20 / 56))
    return replace(Planting(look_alikes=False), **changed)


def rotated(corpus: Corpus, label: str, waves: int) -> Corpus:
    """Return the corpus with a fresh account in the place of each member after some posts of the group.

    Parameters
    ----------
    corpus
        A corpus with planted networks.
    label
        The network.
    waves
        Posts of the group that an account makes before it is replaced.
    """
    made = dict.fromkeys(corpus.group(label).members, 0)
    of_group = set(corpus.group(label).post_ids)
    posts, truth = [], dict(corpus.truth)
    for post in corpus.posts:
        account = post["account_id"]
        if post["post_id"] in of_group:
            generation = made[account] // waves
            made[account] += 1
            if generation:
                fresh = f"{account}9{generation}"
                truth[fresh] = label
                post = {**post, "account_id": fresh, "handle": f"{post['handle']}_{generation}"}  # noqa: PLW2901  # a changed copy
        posts.append(post)
    members = tuple(account for account, own in truth.items() if own == label)
    groups = tuple(replace(one, members=members) if one.label == label else one for one in corpus.groups)
    return replace(corpus, posts=posts, truth=truth, groups=groups)
