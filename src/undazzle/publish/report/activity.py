"""SQL → facts: when the network acted, and when its accounts posted at all.

Reads the network's co-actions and ``posts``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from undazzle.publish.report.collect import CO_ACTIONS
from undazzle.publish.report.facts import Activity, Member
from undazzle.store import Store

BINS = 900
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def read_activity(
    store: Store, members: Sequence[Member], *, strips: int, network: tuple[int, int] | None = None
) -> Activity:
    """Return co-actions over time and the post times of the first ``strips`` members.

    Parameters
    ----------
    store
        The workspace, with the network's co-actions gathered.
    members
        The accounts, most co-actions first.
    strips
        How many of them get a strip of their own.
    network
        Numbers of the run and the network, to find what chance gives; not looked for if not given.
    """
    first, last = store.rows(f"SELECT min(first_at), max(last_at) FROM {CO_ACTIONS}")[0]
    if first is None:
        nothing = datetime(1970, 1, 1)
        return Activity((), "day", nothing, nothing + _DAY, BINS, {})
    bucket = choose_bucket(last - first)
    start, stop = _bounds(first, last, bucket)
    counts = dict(store.rows(f"SELECT date_trunc('{bucket}', last_at), count(*) FROM {CO_ACTIONS} GROUP BY ALL"))
    filled = tuple((at, int(counts.get(at, 0))) for at in _steps(start, stop, bucket))
    shown = _read_strips(store, members[:strips], start, stop)
    expected, met, outside = _expected(store, network, bucket, [at for at, _ in filled]) if network else ((), (), 0.0)
    return Activity(filled, bucket, start, stop, BINS, shown, expected, met, outside)


def _expected(
    store: Store, network: tuple[int, int], bucket: str, starts: Sequence[datetime]
) -> tuple[tuple[float, ...], tuple[int, ...], float]:
    """Return what chance gives in each bucket, what can be compared with it, and chance outside all buckets."""
    rows = store.rows(
        f"SELECT date_trunc('{bucket}', starts_at)::TIMESTAMP, sum(expected), sum(observed) FROM expected_hours"
        " WHERE run_id = ? AND network_id = ? GROUP BY ALL",
        list(network),
    )
    if not rows:
        return (), (), 0.0
    found = {at: (float(value), int(met)) for at, value, met in rows}
    inside = tuple(found.get(at, (0.0, 0)) for at in starts)
    expected = tuple(value for value, _ in inside)
    return expected, tuple(met for _, met in inside), max(0.0, sum(one for one, _ in found.values()) - sum(expected))


def choose_bucket(span: timedelta) -> str:
    """Return the width of a bar for a span: ``hour``, ``day``, ``week`` or ``month``."""
    if span <= timedelta(hours=48):
        return "hour"
    if span <= timedelta(days=100):
        return "day"
    return "week" if span <= timedelta(days=700) else "month"


def _bounds(first: datetime, last: datetime, bucket: str) -> tuple[datetime, datetime]:
    if bucket == "hour":
        return first.replace(minute=0, second=0, microsecond=0), _next(
            last.replace(minute=0, second=0, microsecond=0), bucket
        )
    start = datetime(first.year, first.month, 1 if bucket == "month" else first.day)
    if bucket == "week":
        start -= timedelta(days=start.weekday())
    stop = start
    while stop <= last:
        stop = _next(stop, bucket)
    return start, stop


def _next(at: datetime, bucket: str) -> datetime:
    if bucket == "month":
        return datetime(at.year + at.month // 12, at.month % 12 + 1, 1)
    return at + {"hour": _HOUR, "day": _DAY, "week": 7 * _DAY}[bucket]


def _steps(start: datetime, stop: datetime, bucket: str) -> list[datetime]:
    steps, at = [], start
    while at < stop:
        steps.append(at)
        at = _next(at, bucket)
    return steps


def _read_strips(
    store: Store, members: Sequence[Member], start: datetime, stop: datetime
) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    rows_of = {member.key: member.row for member in members}
    found: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    rows = store.rows(
        f"WITH hits AS (SELECT post_a AS post_key FROM {CO_ACTIONS} UNION SELECT post_b FROM {CO_ACTIONS})"
        " SELECT p.account_key, least($bins - 1, floor(epoch(p.posted_at - $start) / $span * $bins))::INTEGER AS bin,"
        " bool_or(h.post_key IS NOT NULL), bool_or(h.post_key IS NULL)"
        " FROM posts p LEFT JOIN hits h USING (post_key)"
        " WHERE list_contains($keys, p.account_key) AND p.posted_at >= $start AND p.posted_at < $stop"
        " GROUP BY p.account_key, bin ORDER BY p.account_key, bin",
        {
            "bins": BINS,
            "start": start,
            "stop": stop,
            "span": (stop - start).total_seconds(),
            "keys": list(rows_of),
        },
    )
    for key, place, is_hit, is_other in rows:
        hits, others = found[rows_of[key]]
        if is_hit:
            hits.add(int(place))
        elif is_other:
            others.add(int(place))
    return {row: (tuple(sorted(hits)), tuple(sorted(others))) for row, (hits, others) in sorted(found.items())}
