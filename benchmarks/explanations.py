"""Innocent explanations on data that took no part in choosing their thresholds: how often right, how often fooled.

Three carriers: the first and the second half of the weeks of a real election collection, and synthetic corpora of
seeds that no test uses. Into the real ones groups are put whose truth is known: ordinary accounts drawn at random
that read one well-known site (innocent), and invented accounts that spread one site slowly, with other posts beside
(amplifiers) or without (devoted amplifiers). Nothing here is a real person's name.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from undazzle.coordination import DetectionSettings, detect
from undazzle.coordination.explanations import explain_network
from undazzle.ingest.formats import ReadOptions
from undazzle.ingest.load import ingest_file
from undazzle.samples import build_corpus, write_corpus
from undazzle.store import Store, finish_run, start_run
from undazzle.traces import extract_traces

TELL = False
TITLE = "Innocent explanations, held out"
WATCHED = ("readers", "page_family")
_SITES, _MEMBERS, _PAGES, _OTHERS, _WINDOW = 12, 5, 15, 20, 3600.0
_LAGS = {"2 min": 120.0, "10 min": 600.0, "20 min": 1200.0}
_SEEDS, _QUICK_SEEDS = range(21, 26), range(21, 22)

Row = dict[str, Any]


def run(*, quick: bool = False, data: Path | None = None) -> dict[str, Any]:
    """Measure and print; returns the counts by carrier, group and verdict.

    Parameters
    ----------
    quick
        One synthetic corpus only.
    data
        Wide CooRTweet data as Parquet (accounts, posts, numbered links and domains, times); left out if not given.
    """
    found: dict[str, dict[str, Counter[str]]] = {}
    if data and not quick:
        for part, name in enumerate(("first half of the weeks", "second half of the weeks")):
            found[name] = real_half(data, part)
    corpora: dict[str, Counter[str]] = defaultdict(Counter)
    for seed in _QUICK_SEEDS if quick else _SEEDS:
        for group, counts in synthetic(seed).items():
            corpora[group] += counts
    found["synthetic corpora"] = corpora
    for carrier, groups in found.items():
        print(f"### {carrier}\n")
        for group, counts in sorted(groups.items()):
            print(f"- {group}: {', '.join(f'{name} {count}' for name, count in sorted(counts.items()))}")
        print()
    return {"counts": {carrier: {name: dict(one) for name, one in groups.items()} for carrier, groups in found.items()}}


# ------------------------------------------------------------------ real carriers


def real_half(data: Path, part: int) -> dict[str, Counter[str]]:
    """Return verdicts by group and explanation in one half of a real collection.

    Parameters
    ----------
    data
        The collection.
    part
        0 for the first half of the time, 1 for the second.
    """
    dice = random.Random(100 + part)
    rows = _half(data, part)
    planted: dict[str, list[list[str]]] = defaultdict(list)
    more = list(_planted(rows, planted, dice))
    store = _ingested(rows + more)
    groups = {**planted, "readers (real accounts, drawn at random)": list(_real_readers(rows, dice))}
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, some in groups.items():
        for accounts in some:
            results = explain_network(store, declare(store, accounts, _WINDOW), 1).results
            if TELL:
                print(name, results["readers"].verdict, results["readers"].seen)
            for one in WATCHED:
                verdicts[name][f"{one}: {results[one].verdict}"] += 1
    return verdicts


def _half(data: Path, part: int) -> list[Row]:
    from pyarrow import compute, parquet

    table = parquet.read_table(data)
    at = compute.cast(table["timestamp"], "double").to_numpy()
    middle = (float(np.nanmin(at)) + float(np.nanmax(at))) / 2
    return list(table.filter(np.nan_to_num(at) >= middle if part else np.nan_to_num(at) < middle).to_pylist())


def _public_pages(rows: Sequence[Row]) -> dict[int, dict[int, list[Row]]]:
    """Return the sites that most accounts link to, each with the posts of its pages."""
    accounts: dict[int, set[str]] = defaultdict(set)
    pages: dict[int, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["url_id"] is not None and row["domain_id"] is not None:
            accounts[row["domain_id"]].add(row["account_id"])
            pages[row["domain_id"]][row["url_id"]].append(row)
    wide = [site for site in accounts if len(pages[site]) >= 2 * _PAGES]
    return {site: pages[site] for site in sorted(wide, key=lambda one: (-len(accounts[one]), one))[:_SITES]}


def _planted(rows: Sequence[Row], planted: dict[str, list[list[str]]], dice: random.Random) -> Iterator[Row]:
    links = [row for row in rows if row["url_id"] is not None and row["domain_id"] is not None]
    number = 10_000_000
    for site, pages in _public_pages(rows).items():
        for lag_name, lag in _LAGS.items():
            for is_devoted in (False, True):
                kind = "devoted amplifiers" if is_devoted else "amplifiers"
                names = [f"fb_9{site:05d}{len(planted) % 10}{place}{int(lag)}" for place in range(_MEMBERS)]
                names = [f"{name}{'d' if is_devoted else 's'}" for name in names]
                planted[f"{kind} (planted), {lag_name} apart"].append(names)
                for page in dice.sample(sorted(pages), _PAGES):
                    first = min(pages[page], key=lambda row: row["timestamp"])
                    at = first["timestamp"] + dice.uniform(300, 3600)
                    for name in names:
                        number += 1
                        yield {**first, "account_id": name, "post_id": number, "timestamp": at}
                        at += round(dice.expovariate(1 / lag))
                for name in names if not is_devoted else ():
                    for other in dice.sample(links, _OTHERS):
                        number += 1
                        yield {
                            **other,
                            "account_id": name,
                            "post_id": number,
                            "timestamp": dice.choice(rows)["timestamp"],
                        }


def _real_readers(rows: Sequence[Row], dice: random.Random) -> Iterator[list[str]]:
    """Yield groups of accounts drawn at random among those that link to one site, with at least five meetings."""
    for pages in _public_pages(rows).values():
        sharers = Counter(row["account_id"] for posts in pages.values() for row in posts)
        eligible = sorted(name for name, count in sharers.items() if 3 <= count <= 30)
        for _ in range(200):
            some = dice.sample(eligible, min(len(eligible), 4 * _MEMBERS))
            chosen = _meeting(pages, set(some))
            if len(chosen) >= _MEMBERS:
                yield sorted(chosen)[:_MEMBERS]
                break


def _meeting(pages: dict[int, list[Row]], some: set[str]) -> set[str]:
    met: set[str] = set()
    for posts in pages.values():
        ours = sorted((row["timestamp"], row["account_id"]) for row in posts if row["account_id"] in some)
        for (at, one), (later, two) in pairwise(ours):
            if one != two and later - at <= _WINDOW:
                met |= {one, two}
    return met


def _ingested(rows: Sequence[Row]) -> Store:
    import pyarrow as pa
    from pyarrow import parquet

    store = Store()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.parquet"
        parquet.write_table(pa.Table.from_pylist(list(rows)), path)
        ingest_file(store, path, format="auto", options=ReadOptions({}, None, None, None), max_rejected=1.0)
    extract_traces(store, "link", {})
    return store


def declare(store: Store, accounts: Sequence[str], window: float) -> int:
    """Write a run with one network of these accounts and their meetings on links; return the run's number."""
    run_id = start_run(store, command="benchmark", method="window", parameters={})
    ends = [f"%:{name}" for name in accounts]
    store.execute(
        "INSERT INTO members (run_id, network_id, account_key, account_id) SELECT ?, 1, account_key, account_id"
        " FROM accounts WHERE list_bool_or(list_transform(?, lambda one: account_id LIKE one))",
        [run_id, ends],
    )
    member = "(SELECT account_key FROM members WHERE run_id = $run)"
    store.execute(
        "INSERT INTO co_actions SELECT $run, $window, 'link', a.item_key, a.account_key, b.account_key, a.post_key,"
        " b.post_key, abs(epoch(a.acted_at) - epoch(b.acted_at)) FROM traces a JOIN traces b"
        " ON b.item_key = a.item_key AND b.trace_set = a.trace_set AND b.account_key > a.account_key"
        f" WHERE a.account_key IN {member} AND b.account_key IN {member}"
        " AND abs(epoch(a.acted_at) - epoch(b.acted_at)) <= $window",
        {"run": run_id, "window": window},
    )
    store.execute(
        "INSERT INTO pairs (run_id, time_window, kind, account_a, account_b, co_actions, items, in_network)"
        " SELECT run_id, time_window, 'link', account_a, account_b, count(*), count(DISTINCT item_key), true"
        " FROM co_actions WHERE run_id = ? GROUP BY ALL",
        [run_id],
    )
    store.execute(
        "INSERT INTO networks (run_id, network_id, name, time_window, members, co_actions, kinds)"
        " VALUES (?, 1, 'quiet-heron', ?, ?, 1, ['link'])",
        [run_id, window, len(accounts)],
    )
    finish_run(store, run_id, warnings=[], summary={}, cpu_started=time.process_time())
    return run_id


# ------------------------------------------------------------------ synthetic carriers


def synthetic(seed: int) -> dict[str, Counter[str]]:
    """Return, for planted and innocent groups of a corpus, how many of their networks are explained.

    Parameters
    ----------
    seed
        Seed of the corpus.
    """
    corpus, store = build_corpus(seed), Store()
    with tempfile.TemporaryDirectory() as folder:
        path = write_corpus(corpus, Path(folder) / "posts.jsonl", bad_rows=False)
        ingest_file(store, path, format="auto", options=ReadOptions({}, None, None, None), max_rejected=1.0)
    kind_of = {str(name).split(":")[-1]: group.kind for group in corpus.groups for name in group.members}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for method in ("calibrated", "window"):
        run_id = detect(store, DetectionSettings(method=method, trust=False))
        rows = store.rows(
            "SELECT explained_by, list(account_id), any_value(n.co_actions) FROM networks n JOIN members m"
            " USING (run_id, network_id) WHERE run_id = ? GROUP BY n.network_id, explained_by",
            [run_id],
        )
        for explained_by, members, co_actions in rows:
            kinds = Counter(kind_of.get(one.split(":")[-1], "background") for one in members)
            truth = "planted" if kinds["planted"] > len(members) / 2 else "innocent"
            if truth == "innocent" and co_actions < 10:
                continue  # chance meetings of two or three need no explanation
            counts[f"{truth} ({method})"]["explained" if explained_by else "not explained"] += 1
    return counts


if __name__ == "__main__":
    import sys

    print(json.dumps(run(data=Path(sys.argv[1]) if len(sys.argv) > 1 else None), indent=1))
