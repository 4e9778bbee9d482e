"""How posts stand to a target, as people read them: shares and agreement from a file of labels, never computed.

Sources: Krippendorff, "Content Analysis" (2018), chapter 12, for alpha; Wilson 1927, 10.1080/01621459.1927.10502953,
for the interval.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from undazzle.errors import SourceError
from undazzle.model import share_interval
from undazzle.store import Store

STANCES = ("negative", "neutral", "positive")
_COLUMNS = ("post_id", "target", "coder", "label")
_HELP = f"Give a CSV with the columns {', '.join(_COLUMNS)}; label is one of {', '.join(STANCES)}."
_WELL_AGREED = 0.667  # Krippendorff: below it, not even tentative conclusions


@dataclass(frozen=True)
class Reading:
    """How one person read one post.

    Attributes
    ----------
    post_id, target, coder
        The post, the target as the file names it, and who read it.
    label
        One of ``STANCES``.
    """

    post_id: str
    target: str
    coder: str
    label: str


@dataclass(frozen=True)
class Readings:
    """The usable rows of a file of labels.

    Attributes
    ----------
    readings
        One per post, target and coder.
    set_aside
        Rows set aside, by reason.
    """

    readings: tuple[Reading, ...]
    set_aside: Mapping[str, int]


@dataclass(frozen=True)
class TargetStance:
    """How the coded posts stand to one target.

    Attributes
    ----------
    target
        As the file names it.
    posts
        Coded posts that are in the workspace.
    negative, neutral, positive
        Posts that most of their readers labelled so.
    disputed
        Posts without such a majority. They count among ``posts`` and never as negative.
    coders
        How many people read them.
    doubly_coded
        Posts that two or more people read.
    alpha
        Krippendorff's alpha (nominal) over those, 1 is full agreement and 0 chance; none if it cannot be computed.
    """

    target: str
    posts: int
    negative: int
    neutral: int
    positive: int
    disputed: int
    coders: int
    doubly_coded: int
    alpha: float | None

    @property
    def negative_share(self) -> float:
        """Share of the coded posts that are negative."""
        return self.negative / self.posts

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of that share, as if the coded posts were drawn at random from all."""
        return share_interval(self.negative, self.posts)

    @property
    def agreement(self) -> str:
        """Agreement of the readers in words, also where it is unknown."""
        if self.coders < 2:
            return "agreement unknown: the share rests on one reader"
        if not self.doubly_coded:
            return "agreement unknown: no post was read by two, so each post rests on one reader"
        posts = "1 post" if self.doubly_coded == 1 else f"{self.doubly_coded:,} posts"
        if self.alpha is None:
            return f"agreement unknown: only one label was used on the {posts} that two or more read"
        low = "; too low to rely on the share" if self.alpha < _WELL_AGREED else ""
        return f"Krippendorff's alpha {self.alpha:.2f} on {posts} that two or more read{low}"

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        low, high = self.interval
        disputed = f", {self.disputed:,} disputed and counted as not negative" if self.disputed else ""
        return (
            f"{self.target}: {self.negative:,} of {self.posts:,} coded posts are negative ({self.negative_share:.0%}; "
            f"95 % interval {low:.0%} to {high:.0%}{disputed}); {self.agreement}."
        )


@dataclass(frozen=True)
class Stance:
    """What a file of labels says about targets.

    Attributes
    ----------
    targets
        Most coded first.
    unknown_posts
        Distinct post ids of the file that are not in the workspace; their labels are not counted.
    set_aside
        Rows set aside, by reason.
    """

    targets: tuple[TargetStance, ...]
    unknown_posts: int
    set_aside: Mapping[str, int]


def read_readings(path: Path) -> Readings:
    """Return the labels of a CSV file with the columns post_id, target, coder, label.

    Rows with an empty cell or another label are set aside and counted. So are repeats of one reader's label, and all
    labels of a reader who labelled one post differently: which of them is meant cannot be known.

    Raises
    ------
    SourceError
        If the file cannot be read, or a column is missing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise SourceError(path, f"The columns {', '.join(missing)} are missing", _HELP)
            return _usable(rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(path, f"The labels cannot be read ({str(error)[:100]})", _HELP) from error


def _usable(rows: Iterable[Mapping[str, str | None]]) -> Readings:
    aside: Counter[str] = Counter()
    labels: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        post, target, coder, label = ((row[name] or "").strip() for name in _COLUMNS)
        if not (post and target and coder):
            aside["a cell is empty"] += 1
        elif label.lower() not in STANCES:
            aside[f"the label is none of {', '.join(STANCES)}"] += 1
        else:
            labels.setdefault((post, target, coder), []).append(label.lower())
    found = []
    for (post, target, coder), given in labels.items():
        if len(set(given)) > 1:
            aside["one reader gave one post different labels"] += len(given)
            continue
        found.append(Reading(post, target, coder, given[0]))
        if len(given) > 1:
            aside["the same label again"] += len(given) - 1
    return Readings(tuple(found), dict(aside))


def measure_stance(store: Store, read: Readings) -> Stance:
    """Count per target how coded posts stand to it, and how far their readers agree. Reads ``posts``.

    Parameters
    ----------
    store
        An open workspace.
    read
        What people labelled (``read_readings``). Nothing is guessed about posts that nobody read.
    """
    known = _known_posts(store, [one.post_id for one in read.readings])
    by_target: dict[str, list[Reading]] = defaultdict(list)
    for one in read.readings:
        if one.post_id in known:
            by_target[one.target].append(one)
    found = [_of_target(target, some) for target, some in by_target.items()]
    return Stance(
        tuple(sorted(found, key=lambda one: (-one.posts, one.target))),
        len({one.post_id for one in read.readings} - known),
        read.set_aside,
    )


def majorities(store: Store, read: Readings) -> dict[str, dict[str, str]]:
    """Return by target the label that most readers gave each post of the workspace; empty where none has a majority.

    Reads ``posts``.
    """
    known = _known_posts(store, [one.post_id for one in read.readings])
    given: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in read.readings:
        if one.post_id in known:
            given[one.target][one.post_id].append(one.label)
    return {target: {post: _majority(some) for post, some in posts.items()} for target, posts in given.items()}


def krippendorff_alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Return Krippendorff's alpha for nominal labels.

    Parameters
    ----------
    units
        For each post, the labels its readers gave; posts with one label take no part.

    Returns
    -------
    float or None
        1 for full agreement, 0 for chance, below 0 for disagreement beyond chance; none if no post has two labels, or
        if only one label was ever used, so that chance cannot be told from agreement.

    Examples
    --------
    >>> round(krippendorff_alpha([("a", "a"), ("b", "b"), ("a", "b")]), 3)
    0.444
    """
    totals: Counter[str] = Counter()
    disagreeing = 0.0  # off the diagonal of the coincidence matrix
    for labels in units:
        if len(labels) < 2:
            continue
        counts = Counter(labels)
        totals.update(counts)
        differing = len(labels) ** 2 - sum(count**2 for count in counts.values())
        disagreeing += differing / (len(labels) - 1)
    everything = totals.total()
    by_chance = everything**2 - sum(count**2 for count in totals.values())
    return 1 - (everything - 1) * disagreeing / by_chance if by_chance else None


def _of_target(target: str, some: Sequence[Reading]) -> TargetStance:
    labels: dict[str, list[str]] = defaultdict(list)
    for one in some:
        labels[one.post_id].append(one.label)
    counts = Counter(_majority(given) for given in labels.values())
    doubly = [given for given in labels.values() if len(given) > 1]
    return TargetStance(
        target=target,
        posts=len(labels),
        negative=counts["negative"],
        neutral=counts["neutral"],
        positive=counts["positive"],
        disputed=counts[""],
        coders=len({one.coder for one in some}),
        doubly_coded=len(doubly),
        alpha=krippendorff_alpha(doubly),
    )


def _majority(labels: Sequence[str]) -> str:
    label, count = Counter(labels).most_common(1)[0]
    return label if 2 * count > len(labels) else ""


def _known_posts(store: Store, ids: Sequence[str]) -> set[str]:
    wanted = {"ids": list(dict.fromkeys(ids))}
    return {str(row[0]) for row in store.rows(_KNOWN, wanted)}


_KNOWN = "SELECT DISTINCT post_id FROM posts SEMI JOIN (SELECT unnest($ids) AS post_id) USING (post_id)"
