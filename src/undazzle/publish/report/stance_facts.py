"""How people read posts that name a target, for the section on targets; nothing is ever guessed about the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from undazzle.narratives.kept import KeptStance, stored_stance
from undazzle.narratives.stance import TargetStance
from undazzle.publish.report.text import clean, number
from undazzle.store import Store

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class StanceRow:
    """One target: coded posts and negative ones of the network and of everybody, and how far readers agree."""

    target: str
    mine: str
    everybody: str
    agreement: str


@dataclass(frozen=True, slots=True)
class StanceFacts:
    """What labels of people say; without them ``computed`` is false."""

    computed: bool = False
    sentence: str = ""
    rows: tuple[StanceRow, ...] = ()
    total: int = 0
    notes: tuple[str, ...] = ()


NOT_READ = StanceFacts()


def read_stance(store: Store, run_id: int, network_id: int) -> StanceFacts:
    """Return the stance of coded posts, those of a network beside all; or that nobody coded any. Reads ``runs``."""
    kept = stored_stance(store)
    if kept is None:
        return NOT_READ
    mine = _of_network(store, kept, run_id, network_id)
    coded = None if mine is None else sum(counts.total() for counts in mine.values())
    order = sorted(kept.targets, key=lambda one: (-(mine or {}).get(one.target, Counter()).total(), -one.posts))
    rows = tuple(_row(one, None if mine is None else mine.get(one.target, Counter())) for one in order[:_SHOWN])
    posts = sum(one.posts for one in kept.targets)
    of_network = "" if coded is None else f", {number(coded)} of them posts of this network"
    sentence = f"People labelled how posts stand to {number(len(kept.targets))} targets: {number(posts)} readings of a"
    notes = ["The share is of the posts that were read. It holds for other posts only if those were drawn at random."]
    if kept.unknown_posts:
        notes.append(f"{number(kept.unknown_posts)} labelled posts are not in these data.")
    if mine is None:
        notes.append("There were too many labels to keep post by post: the part of this network is not known.")
    return StanceFacts(True, f"{sentence} post for a target{of_network}.", rows, len(kept.targets), tuple(notes))


def _row(one: TargetStance, mine: Counter[str] | None) -> StanceRow:
    low, high = one.interval
    disputed = f", {number(one.disputed)} disputed" if one.disputed else ""
    return StanceRow(
        target=clean(one.target),
        mine="not known" if mine is None else _of(mine["negative"], mine.total()),
        everybody=f"{_of(one.negative, one.posts)} ({low:.0%} to {high:.0%}{disputed})",
        agreement=clean(one.agreement),
    )


def _of(negative: int, posts: int) -> str:
    return f"{number(negative)} of {number(posts)} negative" if posts else "none was read"


def _of_network(store: Store, kept: KeptStance, run_id: int, network_id: int) -> Mapping[str, Counter[str]] | None:
    """Return by target how many posts of the network got which label."""
    if kept.label is None:
        return None
    ids = sorted({post for posts in kept.label.values() for post in posts})
    rows = store.rows(
        "SELECT DISTINCT p.post_id FROM posts p SEMI JOIN members m ON m.account_key = p.account_key"
        " AND m.run_id = $run AND m.network_id = $network WHERE list_contains($ids, p.post_id)",
        {"ids": ids, "run": run_id, "network": network_id},
    )
    inside = {str(row[0]) for row in rows}
    return {
        target: Counter(label for post, label in posts.items() if post in inside)
        for target, posts in kept.label.items()
    }
