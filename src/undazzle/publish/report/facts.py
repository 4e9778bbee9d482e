"""What a report needs to know of a network, as plain records: the contract between collecting and drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from undazzle.publish.report.tested import ExplanationResult


@dataclass(frozen=True, slots=True)
class Overview:
    """One row of ``networks``; ``explained_by`` is the title of the innocent explanation that fits."""

    network_id: int
    name: str
    time_window: float
    members: int
    pairs: int
    co_actions: int
    items: int
    days: int
    kinds: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None
    weight: float | None
    expected: float | None
    p_value: float | None
    q_value: float | None
    explained_by: str | None = None
    status: str | None = None
    held_out_items: int | None = None
    held_out_observed: int | None = None
    held_out_expected: float | None = None
    held_out_days: int | None = None
    drop_best_item_p: float | None = None
    drop_best_day_p: float | None = None
    verdicts: tuple[tuple[str, str], ...] = ()
    open_co_actions: int | None = None
    open_expected: float | None = None

    @property
    def met(self) -> int:
        """Co-actions that can be compared with chance: those on items that others share too, where that is known."""
        return self.co_actions if self.open_co_actions is None else self.open_co_actions

    @property
    def chance(self) -> float | None:
        """What chance would give of these; ``None`` if that was not computed."""
        return self.expected if self.open_expected is None or self.expected is None else self.open_expected

    @property
    def is_closed(self) -> bool:
        """Whether nobody outside shares what the members share, so that timing cannot be tested."""
        return self.status == "closed_content"


@dataclass(frozen=True, slots=True)
class Member:
    """One account of the network; ``row`` counts from 1, the account with most co-actions first."""

    row: int
    key: int
    label: str
    platform: str
    co_actions: int
    partners: int
    items: int
    posts_in: int
    posts: int
    days: int
    weight: float | None
    leave_one_out_p: float | None
    account_id: str
    handle: str
    display_name: str
    group: int = 0
    is_certified: bool | None = None
    leave_one_out_q: float | None = None
    held_out_items: int | None = None
    held_out_expected: float | None = None
    is_taken_in: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts, by member row (``a`` before ``b``), with their co-actions of all kinds; strongest first."""

    number: int
    a: int
    b: int
    co_actions: int
    items: int
    kinds: tuple[tuple[str, int], ...]
    closest_gap: float
    mean_gap: float
    weight: float | None
    expected: float | None


@dataclass(frozen=True, slots=True)
class CoAction:
    """One co-action of a pair: post of ``a``, post of ``b``, the shared item and the gap in seconds."""

    pair: int
    kind: str
    item_key: int
    post_a: int
    post_b: int
    gap: float


@dataclass(frozen=True, slots=True)
class PostFact:
    """One post as it is shown: text cleaned and masked, time in UTC."""

    key: int
    account: int
    at: datetime
    text: str
    language: str
    platform: str
    post_id: str
    url: str
    source: int
    source_row: int | None


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One shared item: how often the network met on it and how many of all its posts are the network's."""

    key: int
    kind: str
    label: str
    co_actions: int
    accounts: int
    posts_by_network: int
    posts_in_all: int | None
    wordings: int
    first_at: datetime
    examples: tuple[PostFact, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """When it happened: co-actions per day or hour, and every member's posts on one time line.

    ``strips`` gives, by member row, the positions (0 to ``bins`` - 1) of posts in co-actions and of other
    posts on a line from ``start`` to ``stop``. ``expected`` gives what chance alone gives, bucket by bucket, ``met``
    the co-actions that can be compared with it (on items that others share too), ``expected_outside`` what chance gives
    before or after them; empty if it was not computed.
    """

    buckets: tuple[tuple[datetime, int], ...]
    bucket: str
    start: datetime
    stop: datetime
    bins: int
    strips: Mapping[int, tuple[tuple[int, ...], tuple[int, ...]]]
    expected: tuple[float, ...] = ()
    met: tuple[int, ...] = ()
    expected_outside: float = 0.0

    @property
    def drawn(self) -> tuple[int, ...]:
        """What the bars show: the co-actions that can be compared with chance, or all where there is no comparison."""
        return self.met if self.expected else tuple(count for _, count in self.buckets)

    @property
    def span_days(self) -> int:
        """Calendar days from the first to the last co-action, both counted."""
        days = [at.date() for at, count in self.buckets if count] or [date.min]
        return (max(days) - min(days)).days + 1


@dataclass(frozen=True, slots=True)
class SourceFact:
    """One ingested file."""

    number: int
    file_name: str
    sha256: str
    format: str
    citation: str
    timezone: str
    resolution: float | None
    rows_in: int
    posts_added: int
    duplicates: int
    rejected: int
    first_at: datetime | None
    last_at: datetime | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the run read and how: sources, rejected rows by reason, traces by kind, platforms, totals."""

    sources: tuple[SourceFact, ...]
    rejected: tuple[tuple[str, int], ...]
    traces: tuple[tuple[str, str, int, int, tuple[str, ...]], ...]
    platforms: tuple[str, ...]
    posts: int
    accounts: int
    first_at: datetime | None
    last_at: datetime | None

    @property
    def resolution(self) -> float:
        """Coarsest clock among the sources, in seconds."""
        return max((one.resolution or 0.0 for one in self.sources), default=0.0)


@dataclass(frozen=True, slots=True)
class RunFacts:
    """The run behind the report, free of absolute paths."""

    run_id: int
    command: str
    method: str
    parameters: Mapping[str, Any]
    fingerprint: str
    versions: Mapping[str, str]
    seed: int
    warnings: tuple[str, ...]
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Weight:
    """One count that bears on an innocent explanation, and the question it bears on."""

    question: str
    counted: str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Packed:
    """The compressed block of the page and what it holds."""

    block: str
    pairs: int
    co_actions: int
    text_limit: int
    is_complete: bool


NOTHING_PACKED = Packed("", 0, 0, 0, is_complete=False)


@dataclass(frozen=True)
class NetworkFacts:
    """Everything a report says of one network."""

    overview: Overview
    members: tuple[Member, ...]
    groups: tuple[int, ...]
    pairs: tuple[Pair, ...]
    items: tuple[ItemFact, ...]
    item_count: int
    activity: Activity
    masked: bool
    positions: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    weights: tuple[Weight, ...] = ()
    tested: tuple[ExplanationResult, ...] = ()

    @property
    def co_actions(self) -> int:
        """Co-actions found in the workspace for this network."""
        return sum(pair.co_actions for pair in self.pairs)
