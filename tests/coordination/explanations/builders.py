"""Small worlds with one network in them, and the sample corpus with its groups declared as networks."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from undazzle.coordination.explanations import Explained, explain_network
from undazzle.ingest.formats import ReadOptions
from undazzle.ingest.load import ingest_file
from undazzle.samples import Corpus, build_corpus, write_corpus
from undazzle.store import Store, finish_run, start_run
from undazzle.traces import extract_traces

START = datetime(2026, 3, 1)
MEMBERS = ("ann", "bob", "cy", "dee", "eve")


@dataclass(frozen=True)
class Post:
    """One post; ``at`` in seconds since the start."""

    account: str
    at: float
    text: str = ""
    link: str | None = None
    tags: tuple[str, ...] = ()
    client: str | None = None
    answers: str | None = None


@dataclass(frozen=True)
class Person:
    """What an account says of itself."""

    name: str | None = None
    description: str | None = None
    is_automated: bool | None = None


@dataclass
class World:
    """Posts and accounts; ``resolution`` of the times in seconds."""

    posts: list[Post] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    resolution: float = 1.0

    def crowd(self, size: int = 60, each: int = 6, days: int = 10, seed: int = 1) -> World:
        """Add ordinary accounts that post on their own, at random times."""
        random = Random(seed)
        for number in range(size):
            name = f"reader{number}"
            self.people.setdefault(name, Person(f"Reader Number {number}", "Likes boats and bread"))
            for place in range(each):
                at, site = random.uniform(0, days * 86_400), random.randrange(12)
                link = f"https://site-{site}.example/page-{number}-{place}"
                self.posts.append(Post(name, at, f"My day {number} {place}", link, client="Web"))
        return self

    def store(self) -> Store:
        """Return a workspace that holds it."""
        lines = []
        for number, post in enumerate(self.posts):
            person = self.people.get(post.account, Person())
            record: dict[str, Any] = {
                "post_id": str(1_000_000 + number),
                "platform": "x",
                "account_id": f"id-{post.account}",
                "handle": post.account if person.name else None,
                "display_name": person.name,
                "posted_at": (START + timedelta(seconds=post.at // self.resolution * self.resolution)).isoformat()
                + "Z",
                "text": post.text or None,
                "links": [post.link] if post.link else [],
                "hashtags": list(post.tags),
                "client": post.client,
                "reply_to_account": f"id-{post.answers}" if post.answers else None,
                "account_description": person.description,
                "account_is_automated": person.is_automated,
            }
            lines.append(json.dumps({key: value for key, value in record.items() if value is not None}))
        return _ingested("\n".join(lines))


def _ingested(lines: str) -> Store:
    store = Store()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.jsonl"
        path.write_text(lines, encoding="utf-8")
        ingest_file(store, path, format="auto", options=ReadOptions({}, None, None, None), max_rejected=1.0)
    return store


def declare(store: Store, accounts: Iterable[str], kinds: Sequence[str], window: float = 60.0) -> int:
    """Write a run with one network of these accounts and all they did together; return the run's number."""
    names = [f"%:{'' if one.isdigit() else 'id-'}{one}" for one in accounts]
    sets = [extract_traces(store, kind, {}).trace_set for kind in kinds]
    run = start_run(store, command="test", method="test", parameters={})
    store.execute(
        "INSERT INTO members (run_id, network_id, account_key, account_id)"
        " SELECT ?, 1, account_key, account_id FROM accounts"
        " WHERE list_bool_or(list_transform(?, lambda one: account_id LIKE one)) ORDER BY account_key",
        [run, names],
    )
    store.execute(
        "INSERT INTO co_actions SELECT $run, $window, s.kind, a.item_key, a.account_key, b.account_key, a.post_key,"
        " b.post_key, abs(epoch(a.acted_at) - epoch(b.acted_at))"
        " FROM (SELECT * FROM traces SEMI JOIN members USING (account_key)) a"
        " JOIN traces b ON b.trace_set = a.trace_set AND b.item_key = a.item_key AND b.account_key > a.account_key"
        " JOIN trace_sets s ON s.trace_set = a.trace_set"
        " WHERE a.trace_set IN (SELECT unnest($sets))"
        " AND a.account_key IN (SELECT account_key FROM members WHERE run_id = $run)"
        " AND b.account_key IN (SELECT account_key FROM members WHERE run_id = $run)"
        " AND abs(epoch(a.acted_at) - epoch(b.acted_at)) <= $window",
        {"run": run, "window": window, "sets": sets},
    )
    store.execute(
        "INSERT INTO pairs (run_id, time_window, kind, account_a, account_b, co_actions, items, in_network)"
        " SELECT run_id, time_window, string_agg(DISTINCT kind, '+' ORDER BY kind), account_a, account_b, count(*),"
        " count(DISTINCT item_key), true FROM co_actions WHERE run_id = ? GROUP BY ALL",
        [run],
    )
    store.execute(
        "INSERT INTO networks (run_id, network_id, name, time_window, members, co_actions, kinds)"
        " SELECT $run, 1, 'quiet-heron', $window, (SELECT count(*) FROM members WHERE run_id = $run), count(*),"
        " list_sort(list(DISTINCT kind)) FROM co_actions WHERE run_id = $run",
        {"run": run, "window": window},
    )
    finish_run(store, run, warnings=[], summary={}, cpu_started=time.process_time())
    return run


def explained(store: Store, accounts: Iterable[str], kinds: Sequence[str], window: float = 60.0) -> Explained:
    """Declare a network and explain it."""
    return explain_network(store, declare(store, accounts, kinds, window), 1)


def together(
    items: int, members: Sequence[str] = MEMBERS, *, gap: float = 4.0, every: float = 40_000.0, **post: Any
) -> list[Post]:
    """Return posts in which all members share one link after the other, ``gap`` seconds apart."""
    site, first = post.pop("site", "quay.example"), post.pop("first", 1_234.0)
    return [
        Post(name, first + item * every + place * gap, f"Words of {name} {item}", f"https://{site}/p-{item}", **post)
        for item in range(items)
        for place, name in enumerate(members)
    ]


@cache
def sample() -> tuple[Corpus, Store]:
    """Return a sample corpus and its workspace; tests only add runs."""
    corpus = build_corpus(3, posts=12_000, days=14)
    store = Store()
    with tempfile.TemporaryDirectory() as folder:
        path = write_corpus(corpus, Path(folder) / "posts.jsonl", bad_rows=False)
        ingest_file(store, path, format="auto", options=ReadOptions({}, None, None, None), max_rejected=1.0)
    return corpus, store


def meeting_members(label: str, kind: str, window: float, most: int) -> list[str]:
    """Return the members of a sample group with the most acts near another member's on the same item."""
    corpus, store = sample()
    traces = extract_traces(store, kind, {}).trace_set
    rows = store.rows(
        "WITH acts AS (SELECT t.* , split_part(account_id, ':', 2) AS name FROM traces t JOIN accounts USING"
        " (account_key) WHERE trace_set = $set AND list_contains($names, split_part(account_id, ':', 2)))"
        " SELECT a.name FROM acts a JOIN acts b ON a.item_key = b.item_key AND a.account_key <> b.account_key"
        " AND abs(epoch(a.acted_at) - epoch(b.acted_at)) <= $window GROUP BY a.name ORDER BY count(*) DESC, a.name"
        " LIMIT $most",
        {
            "set": traces,
            "names": [one.split(":")[-1] for one in corpus.group(label).members],
            "window": window,
            "most": most,
        },
    )
    return [row[0] for row in rows]
