"""Fills a workspace with one plausible, invented network, as a detection run would leave it."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from undazzle.store import Store

START = datetime(2026, 3, 1)
BYSTANDER = 100_000
VERSIONS = {"undazzle": "0.1.0", "python": "3.11.9", "duckdb": "1.4.0"}

SUBJECTS = [
    ("timetable", "The new ferry timetable is out. Read it {when}: the last boat now leaves at {time}."),
    ("pier-4", "Pier 4 closes for repairs in April. {tail}"),
    ("library", "The library opens on Sundays from now on. Doors at ten, {tail}"),
    ("weather", "Strong wind from the west is expected {when}, so check the harbour board. {tail}"),
    ("timetable-ar", "جدول العبارات الجديد متاح الآن. اقرأه {when_ar}."),
]
WHEN = ["before Monday", "this weekend", "today", "before you travel"]
WHEN_AR = ["قبل يوم الاثنين", "في عطلة نهاية الأسبوع", "اليوم"]
TAILS = ["Worth knowing if you commute.", "Good to know for commuters!", "Tell a friend.", "See you there."]
TIMES = ["22.40", "22:40", "half past ten"]


@dataclass
class BuiltNetwork:
    """What a test may want to say of the network; every field has a plausible default."""

    groups: Sequence[int] = (10, 8, 5)
    days: Sequence[int] = (3, 4, 5, 9, 10, 11, 16, 17, 18, 23, 24)
    bursts_per_day: int = 2
    seed: int = 7
    kinds: Sequence[str] = ("link",)
    window: float = 60.0
    clock: float = 1.0
    expected: float | None = None
    handles: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    bystanders: int = 12
    crowd: tuple[int, int] = (4, 7)
    noise: int = 30


def build_workspace(spec: BuiltNetwork | None = None, store: Store | None = None) -> Store:
    """Return a workspace with one finished run that holds network 1 (and a small network 2)."""
    spec, store = spec or BuiltNetwork(), store or Store()
    plan = _Plan(spec)
    plan.add_bursts()
    plan.add_noise()
    plan.write(store)
    return store


class _Plan:
    def __init__(self, spec: BuiltNetwork) -> None:
        self.spec, self.dice = spec, random.Random(spec.seed)
        self.members = list(range(1, sum(spec.groups) + 1))
        bounds = list(itertools.accumulate(spec.groups, initial=0))
        self.groups = [self.members[a:b] for a, b in itertools.pairwise(bounds)]
        self.posts: list[dict[str, Any]] = []
        self.items: dict[str, tuple[int, str]] = {}
        self.hits: dict[int, list[int]] = defaultdict(list)

    def handle(self, key: int) -> str:
        return self.spec.handles.get(key, f"harbour_note_{key:02d}")

    def post(self, account: int, at: datetime, text: str, item: str = "", language: str = "en") -> int:
        key = 80_000 + len(self.posts)
        if self.spec.clock >= 60:
            at = at.replace(second=0)
        text = self.spec.texts.get(len(self.posts), text)
        self.posts.append(
            {
                "post_key": key,
                "post_id": f"x:17{key}00",
                "platform": "x",
                "account_key": account,
                "account_id": f"x:{5000 + account}",
                "posted_at": at,
                "text": text,
                "language": language,
                "source_id": 1,
                "source_row": len(self.posts) + 2,
                "url": f"https://x.example/{self.handle(account)}/status/17{key}00",
            }
        )
        if item:
            number = self.items.setdefault(
                item, (len(self.items) + 1, self.spec.kinds[len(self.items) % len(self.spec.kinds)])
            )[0]
            self.hits[number].append(len(self.posts) - 1)
        return key

    def add_bursts(self) -> None:
        for day, group, turn in itertools.product(self.spec.days, self.groups, range(self.spec.bursts_per_day)):
            if self.dice.random() < 0.35:
                continue
            base = START + timedelta(
                days=day,
                hours=self.dice.choice([8, 9, 14, 19]),
                minutes=self.dice.randrange(60),
                seconds=self.dice.randrange(60),
            )
            subject, template = self.dice.choice(SUBJECTS)
            site = self.dice.choice(["ferry-news", "harbour-notes", "town-board"])
            item = f"https://{site}.example/{subject}/{day + 1}-{turn}"
            crowd = self.dice.sample(group, min(len(group), self.dice.randint(*self.spec.crowd)))
            if self.dice.random() < 0.15:
                crowd.append(self.dice.choice(self.members))
            for account in dict.fromkeys(crowd):
                text = self.worded(template) + " " + item.removeprefix("https://")
                self.post(
                    account,
                    base + timedelta(seconds=self.dice.randint(0, 40)),
                    text,
                    item,
                    "ar" if subject.endswith("ar") else "en",
                )
            for _ in range(self.dice.randint(0, 2)):
                self.post(
                    BYSTANDER + self.dice.randrange(self.spec.bystanders),
                    base + timedelta(hours=self.dice.randint(1, 9)),
                    self.worded(template),
                    item,
                )

    def worded(self, template: str) -> str:
        pick = self.dice.choice
        return template.format(when=pick(WHEN), time=pick(TIMES), tail=pick(TAILS), when_ar=pick(WHEN_AR))

    def add_noise(self) -> None:
        for account in self.members:
            for _ in range(self.dice.randint(self.spec.noise // 2, self.spec.noise)):
                at = START + timedelta(minutes=self.dice.randrange(28 * 24 * 60))
                self.post(
                    account, at, self.dice.choice(["Low tide at six.", "Queue at the bakery again.", "Tram 4 is late."])
                )

    def co_actions(self) -> list[dict[str, Any]]:
        found = []
        kind_of = dict(self.items.values())
        for number, places in self.hits.items():
            for one, two in itertools.combinations(places, 2):
                a, b = sorted((self.posts[one], self.posts[two]), key=lambda post: post["account_key"])
                gap = abs((a["posted_at"] - b["posted_at"]).total_seconds())
                if a["account_key"] == b["account_key"] or gap > self.spec.window or b["account_key"] >= BYSTANDER:
                    continue
                found.append(
                    {
                        "run_id": 1,
                        "time_window": self.spec.window,
                        "kind": kind_of[number],
                        "item_key": number,
                        "account_a": a["account_key"],
                        "account_b": b["account_key"],
                        "post_a": a["post_key"],
                        "post_b": b["post_key"],
                        "gap_seconds": gap,
                    }
                )
        return found

    def write(self, store: Store) -> None:
        found = self.co_actions()
        append(store, "posts", self.posts)
        accounts = sorted({post["account_key"] for post in self.posts})
        append(
            store,
            "accounts",
            [
                {
                    "account_key": key,
                    "account_id": f"x:{5000 + key}",
                    "platform": "x",
                    "handle": self.handle(key),
                    "display_name": self.spec.names.get(key, f"Harbour note {key}"),
                }
                for key in accounts
            ],
        )
        self._write_traces(store)
        append(store, "co_actions", found)
        append(store, "pairs", self._pairs(found))
        append(store, "members", self._members(found))
        self._write_networks(store, found)
        self._write_run(store)

    def _write_traces(self, store: Store) -> None:
        numbers = {kind: place for place, kind in enumerate(self.spec.kinds, start=1)}
        append(
            store,
            "trace_sets",
            [
                {
                    "trace_set": numbers[kind],
                    "kind": kind,
                    "version": "1",
                    "parameters": "{}",
                    "traces": 0,
                    "items": 0,
                    "warnings": [],
                }
                for kind in self.spec.kinds
            ],
        )
        append(
            store,
            "items",
            [
                {"trace_set": numbers[kind], "item_key": number, "item": item}
                for item, (number, kind) in self.items.items()
            ],
        )
        kind_of = dict(self.items.values())
        append(
            store,
            "traces",
            [
                {
                    "trace_set": numbers[kind_of[number]],
                    "item_key": number,
                    "account_key": self.posts[place]["account_key"],
                    "post_key": self.posts[place]["post_key"],
                    "acted_at": self.posts[place]["posted_at"],
                }
                for number, places in self.hits.items()
                for place in places
            ],
        )

    def _pairs(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        grouped: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
        for one in found:
            grouped[one["account_a"], one["account_b"]].append(one)
        return [
            {
                "run_id": 1,
                "time_window": self.spec.window,
                "kind": "+".join(sorted({x["kind"] for x in many})),
                "account_a": a,
                "account_b": b,
                "co_actions": len(many),
                "items": len({x["item_key"] for x in many}),
                "posts_a": len({x["post_a"] for x in many}),
                "posts_b": len({x["post_b"] for x in many}),
                "mean_gap_seconds": sum(x["gap_seconds"] for x in many) / len(many),
                "weight": float(len(many)),
                "in_network": True,
            }
            for (a, b), many in grouped.items()
        ]

    def _members(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        times = {post["post_key"]: post["posted_at"] for post in self.posts}
        totals = Counter(post["account_key"] for post in self.posts)
        by_account: dict[int, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
        for one in found:
            by_account[one["account_a"]].append((one["post_a"], one))
            by_account[one["account_b"]].append((one["post_b"], one))
        return [
            {
                "run_id": 1,
                "network_id": 1,
                "account_key": key,
                "account_id": f"x:{5000 + key}",
                "co_actions": len(many),
                "partners": len({x["account_a"] + x["account_b"] - key for _, x in many}),
                "items": len({x["item_key"] for _, x in many}),
                "posts_in_co_actions": len({post for post, _ in many}),
                "posts": totals[key],
                "days": len({times[post].date() for post, _ in many}),
                "weight": float(len(many)),
            }
            for key, many in by_account.items()
        ]

    def _write_networks(self, store: Store, found: list[dict[str, Any]]) -> None:
        times = {post["post_key"]: post["posted_at"] for post in self.posts}
        ends = [(times[one["post_a"]], times[one["post_b"]]) for one in found]
        accounts = {one[side] for one in found for side in ("account_a", "account_b")}
        base = {"run_id": 1, "time_window": self.spec.window, "expected": self.spec.expected}
        append(
            store,
            "networks",
            [
                {
                    **base,
                    "network_id": 1,
                    "name": "amber-otter",
                    "members": len(accounts),
                    "pairs": len({(one["account_a"], one["account_b"]) for one in found}),
                    "co_actions": len(found),
                    "items": len({one["item_key"] for one in found}),
                    "days": len({max(pair).date() for pair in ends}),
                    "kinds": sorted({one["kind"] for one in found}),
                    "first_at": min(map(min, ends)),
                    "last_at": max(map(max, ends)),
                    "weight": float(len(found)),
                },
                {
                    **base,
                    "network_id": 2,
                    "name": "quiet-finch",
                    "members": 4,
                    "pairs": 5,
                    "co_actions": 31,
                    "items": 9,
                    "days": 3,
                    "kinds": ["link"],
                    "first_at": START,
                    "last_at": START + timedelta(days=2),
                    "weight": 31.0,
                },
            ],
        )

    def _write_run(self, store: Store) -> None:
        append(
            store,
            "sources",
            [
                {
                    "source_id": 1,
                    "path": "/home/someone/posts.csv",
                    "file_name": "posts.csv",
                    "sha256": "9d0c41e7" * 8,
                    "bytes": 1,
                    "format": "csv",
                    "citation": "Invented posts, 2026",
                    "timezone": "UTC",
                    "time_resolution_seconds": self.spec.clock,
                    "rows_in": len(self.posts) + 3,
                    "posts_added": len(self.posts),
                    "duplicates": 1,
                    "rejected": 2,
                    "first_at": START,
                    "last_at": START + timedelta(days=28),
                    "warnings": ["Column 'mood' was not read."],
                }
            ],
        )
        append(
            store,
            "rejected_rows",
            [
                {"source_id": 1, "source_row": 12, "reason": "no time", "raw": ",,"},
                {"source_id": 1, "source_row": 90, "reason": "no time", "raw": ",,"},
            ],
        )
        append(
            store,
            "runs",
            [
                {
                    "run_id": 1,
                    "name": "first",
                    "command": "undazzle detect /home/someone/demo.duckdb --method window --time-window 60s",
                    "method": "window",
                    "parameters": json.dumps(
                        {
                            "traces": list(self.spec.kinds),
                            "time_windows": [self.spec.window],
                            "min_participation": 2,
                            "edge_weight": 0.5,
                        }
                    ),
                    "input_fingerprint": "c7e10a94" * 8,
                    "versions": json.dumps(VERSIONS),
                    "seed": 0,
                    "warnings": list(self.spec.warnings),
                    "summary": "{}",
                    "started_at": datetime(2026, 4, 1, 9),
                    "finished_at": datetime(2026, 4, 1, 9, 1),
                    "cpu_seconds": 2.0,
                    "state": "finished",
                }
            ],
        )


def append(store: Store, table: str, rows: list[dict[str, Any]]) -> None:
    """Append rows given as dictionaries."""
    if rows:
        store.append(table, pa.Table.from_pylist(rows))
