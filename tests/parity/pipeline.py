"""The whole way from a file to the pairs of a run, as a user goes it, and the pairs in the oracle's form."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.parity.oracle import Edge, Network, Share
from undazzle.results import Run
from undazzle.workspace import Workspace

TOOLKIT_COLUMNS = ("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls")
START = 1_700_000_000  # times in examples are seconds after this

_PAIRS = """
SELECT a.account_id, b.account_id, weight::BIGINT, posts_a, posts_b, mean_gap_seconds
FROM pairs JOIN accounts a ON a.account_key = account_a JOIN accounts b ON b.account_key = account_b
WHERE run_id = ? AND time_window = ?
"""


def ingested(*files: Path) -> Workspace:
    """Return a workspace in memory that holds the files, read without any mapping and without loss."""
    ws = Workspace(":memory:")
    for summary in ws.ingest(*files):
        assert not summary.rejected, summary
    return ws


def detected(
    ws: Workspace,
    traces: str | Sequence[str],
    windows: Sequence[float],
    min_participation: int = 1,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[float, Network]:
    """Run the classic method and return its network for each window."""
    run = classic_run(
        ws,
        traces,
        time_window=list(windows),
        min_participation=min_participation,
        weight="co_actions",
        trace_settings=settings,
    )
    return {window: network_of_run(ws, run.run_id, window) for window in windows}


def classic_run(ws: Workspace, traces: str | Sequence[str], **settings: Any) -> Run:
    """Run the classic method, without the tests of innocent explanations that no peer makes."""
    return ws.detect(traces, method="window", explain=False, **settings)


def network_of_run(ws: Workspace, run_id: int, window: float) -> Network:
    """Return the pairs of a run as the oracle gives them, ids without the platform in front."""
    network: Network = {}
    for account_a, account_b, weight, posts_a, posts_b, gap in ws.store.rows(_PAIRS, [run_id, window]):
        a, b = own_id(account_a), own_id(account_b)
        if a < b:
            network[a, b] = Edge(weight, posts_a, posts_b, gap)
        else:
            network[b, a] = Edge(weight, posts_b, posts_a, gap)
    return network


def own_id(full_id: str) -> str:
    """Return the platform's own id: what follows the platform and the colon."""
    return full_id.partition(":")[2]


def assert_same(found: Network, expected: Network) -> None:
    """Fail with the edges that differ; gaps may differ by rounding only."""
    assert found.keys() == expected.keys()
    different = {
        pair: (found[pair], edge)
        for pair, edge in expected.items()
        if found[pair][:3] != edge[:3] or abs(found[pair].gap - edge.gap) > 1e-6 * max(1, edge.gap)
    }
    assert not different


def write_shares(path: Path, shares: Iterable[Share]) -> Path:
    """Write shares as a CSV in CooRTweet's layout."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("object_id", "account_id", "content_id", "timestamp_share"))
        writer.writerows((o, a, c, int(at)) for o, a, c, at in shares)
    return path


def write_messages(path: Path, messages: Iterable[Mapping[str, object]]) -> Path:
    """Write messages as a CSV in the toolkit's layout; ``at`` counts seconds from ``START``.

    Columns that a message does not name stay empty.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TOOLKIT_COLUMNS, restval="")
        writer.writeheader()
        for number, given in enumerate(messages):
            row = {"message_id": f"m{number}", "username": given["user_id"], **given}
            row["timestamp"] = START + int(str(row.pop("at")))
            writer.writerow(row)
    return path
