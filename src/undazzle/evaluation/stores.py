"""Workspaces in memory for shares, corpora and files: the way of a user's data, from a file on."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from undazzle.evaluation.shares import Shares, make_shares
from undazzle.ingest.formats import ReadOptions
from undazzle.ingest.load import ingest_file
from undazzle.samples import Corpus, write_corpus
from undazzle.store import Store


def store_of_shares(shares: Shares) -> Store:
    """Return a workspace in memory that holds shares as posts of objects."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table(
        {
            "object_id": [f"item {number}" for number in shares.item.tolist()],
            "account_id": [f"a{number}" for number in shares.account.tolist()],
            "content_id": [f"p{number}" for number in range(len(shares))],
            "timestamp_share": shares.at.tolist(),
        }
    )
    with tempfile.TemporaryDirectory(prefix="undazzle-") as folder:
        path = Path(folder) / "shares.parquet"
        parquet.write_table(table, path)
        return store_of_file(path, "coortweet")


def store_of_file(path: Path, format_id: str = "auto", mapping: dict[str, str] | None = None) -> Store:
    """Return a workspace in memory that holds the posts of one file."""
    store = Store(":memory:", threads=1)
    ingest_file(
        store,
        path,
        format=format_id,
        options=ReadOptions(mapping or {}, "UTC", None, None),
        citation=None,
        max_rejected=0.05,
        dry_run=False,
        progress=None,
    )
    return store


def store_of_corpus(corpus: Corpus) -> Store:
    """Return a workspace in memory that holds a sample corpus."""
    with tempfile.TemporaryDirectory(prefix="undazzle-") as folder:
        return store_of_file(write_corpus(corpus, Path(folder) / "corpus.jsonl", bad_rows=False))


def shares_of_store(store: Store, kinds: tuple[str, ...] = ()) -> tuple[Shares, list[str]]:
    """Return the extracted traces of a workspace, stacked, and the account id behind each number.

    Parameters
    ----------
    store
        A workspace in which a detection has run.
    kinds
        Trace kinds; all that were extracted if empty.
    """
    chosen = [kind for (kind,) in store.rows("SELECT DISTINCT kind FROM trace_sets") if not kinds or kind in kinds]
    accounts = store.rows("SELECT account_key, account_id FROM accounts ORDER BY account_id")
    number = np.zeros(max((key for key, _ in accounts), default=0) + 1, dtype=np.int64)
    number[[key for key, _ in accounts]] = np.arange(len(accounts))
    raw = store.arrays(
        "SELECT account_key, item_key, epoch(acted_at)::BIGINT AS at FROM traces JOIN trace_sets USING (trace_set)"
        " WHERE list_contains(?, kind)",
        [chosen],
    )
    _, item = np.unique(raw["item_key"], return_inverse=True)
    shares = make_shares(number[raw["account_key"]], item.astype(np.int64), raw["at"], len(accounts))
    return shares, [name for _, name in accounts]
