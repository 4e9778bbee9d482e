"""A second simulation of operations and look-alikes, harder than the first; no playbook was changed after it.

Written from the published descriptions alone, with another mechanism than ``simulated``: every account draws its habits
from a profile of its role (hours, mixture of acts, audience, age of the account), activity is heavy-tailed, and groups
are small, mixed with ordinary accounts, or seen through a collection that lacks fields and days. Text is neutral.
"""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

BEGIN = datetime(2024, 8, 5)
SPAN = 45
NOUNS = (
    "kettle scarf ladder button window pocket basket carpet marble thread violin copper island valley saddle engine "
    "pillow candle anchor magnet turnip walnut bucket hammer needle parcel ribbon shovel teapot wallet yogurt zipper"
).split()
VERBS = "keeps finds lends mends sorts stirs lifts folds packs fills".split()
COLUMNS = (
    "id",
    "platform",
    "created_at",
    "user_id",
    "username",
    "text",
    "is_retweet",
    "retweeted_id",
    "retweeted_user_id",
    "reply_to_user_id",
    "reply_to_id",
    "urls",
    "hashtags",
    "likes",
    "reposts",
    "replies",
    "account_created_at",
    "lang",
)
NULLS = ("fandom", "partisans", "spam", "city-name-spam")
CONDITIONS = ("whole", "small", "mixed", "thin")


@dataclass(frozen=True)
class Role:
    """Habits of an account: how many there are, how much they post, and which share of it is what."""

    count: tuple[int, int]
    posts: tuple[int, int]
    age_days: tuple[int, int]
    hours: str = "leisure"  # leisure, office+8, office+3, round-the-clock
    repost: float = 0.15
    link: float = 0.2
    reply: float = 0.15
    tag: float = 0.2
    echo: float = 0.45  # share of own posts that draw anything
    copied: float = 0.0  # share of own posts out of a common stock
    stock: int = 20
    batches: int = 0  # registered in so many batches
    sites: str = "papers"  # papers, own, throw-away
    own_sites: int = 3
    tags: tuple[str, ...] = ()
    trade: float = 0.0
    earlier_life: float = 0.0
    numbers: bool = False
    storms: float = 0.0  # share of accounts that pass on a common post at once
    platforms: int = 1
    lives_hours: float = 0.0  # posts within so many hours of registration, then never again
    city: bool = False


OPERATIONS: dict[str, tuple[Role, ...]] = {
    # many cheap accounts on several platforms, shifts at UTC+8, mostly copied filler, no echo, bought in batches
    "spamouflage": (
        Role(
            (45, 160), (6, 30), (20, 700), "office+8", 0.05, 0.1, 0.05, 0.3, 0.05, 0.6, 40, 4, numbers=True, platforms=3
        ),
        Role((10, 40), (10, 40), (200, 1500), "office+8", 0.1, 0.1, 0.05, 0.3, 0.06, 0.4, 40, platforms=2),
    ),
    # a dozen personas, some with an earlier life in another language, hours of UTC+8, little echo
    "spamouflage-persona": (
        Role((8, 20), (50, 150), (800, 2800), "office+8", 0.1, 0.08, 0.15, 0.5, 0.2, earlier_life=0.65),
    ),
    # throw-away accounts with one post and a link to a fresh site, under posts of strangers; others pass it on at once
    "doppelganger": (
        Role(
            (50, 160),
            (1, 2),
            (0, 2),
            "round-the-clock",
            0.0,
            1.0,
            0.6,
            0.1,
            0.04,
            0.7,
            10,
            5,
            "throw-away",
            numbers=True,
            lives_hours=24,
        ),
        Role((60, 150), (1, 2), (0, 3), "round-the-clock", 1.0, storms=0.9, batches=4, numbers=True, lives_hours=24),
    ),
    # few sources, loud amplifiers with real followings, links to a handful of made-up local papers
    "storm-1516": (
        Role((4, 10), (4, 12), (200, 3000), "leisure", 0.1, 0.8, 0.1, 0.1, 0.8, sites="own"),
        Role((18, 60), (6, 25), (1200, 5000), "leisure", 0.5, 0.6, 0.1, 0.2, 0.75, sites="own"),
    ),
    # roles on both sides over years, office hours of Petersburg, own posts that draw answers, much passed on
    "ira": (
        Role((15, 45), (15, 50), (400, 1000), "office+3", 0.45, 0.12, 0.1, 0.4, 0.55, batches=4),
        Role((10, 30), (15, 50), (400, 1000), "office+3", 0.6, 0.1, 0.15, 0.4, 0.5, batches=3),
    ),
    # a handful of personas that link to mirrored left and right sites, next to no echo
    "storm-2035": (
        Role((6, 20), (8, 35), (60, 1200), "leisure", 0.05, 0.85, 0.05, 0.2, 0.1, sites="own", own_sites=5),
    ),
    "fandom": (
        Role(
            (25, 140),
            (5, 30),
            (60, 3800),
            "leisure",
            0.4,
            0.08,
            0.25,
            0.85,
            0.6,
            0.35,
            8,
            tags=("bestband",),
            storms=0.7,
        ),
    ),
    "partisans": (
        Role(
            (20, 110),
            (8, 40),
            (200, 5200),
            "leisure",
            0.45,
            0.3,
            0.25,
            0.35,
            0.55,
            0.05,
            5,
            tags=("lake", "bridge", "harbour"),
        ),
    ),
    "spam": (
        Role(
            (40, 170),
            (6, 30),
            (1, 500),
            "round-the-clock",
            0.02,
            0.4,
            0.02,
            0.2,
            0.03,
            0.5,
            15,
            4,
            trade=0.85,
            numbers=True,
        ),
    ),
    "city-name-spam": (
        Role(
            (60, 220),
            (8, 40),
            (700, 3500),
            "round-the-clock",
            0.0,
            0.1,
            0.0,
            1.0,
            0.01,
            0.0,
            1,
            4,
            trade=0.95,
            numbers=True,
            city=True,
        ),
    ),
}
ORDINARY = Role((240, 300), (3, 20), (90, 5200))


@dataclass
class World:
    """Posts in the making, and the accounts of the group."""

    draw: random.Random
    rows: list[dict[str, object]] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    ordinary: list[str] = field(default_factory=list)
    known: list[tuple[str, str, datetime]] = field(default_factory=list)
    accounts: int = 0

    def words(self) -> str:
        return " ".join(
            f"{self.draw.choice(NOUNS)} {self.draw.choice(VERBS)} {self.draw.choice(NOUNS)}"
            for _ in range(self.draw.randint(2, 5))
        )

    def act(self, role: Role, is_member: bool) -> None:
        """Let the accounts of a role post."""
        draw = self.draw
        stock = [self.words() for _ in range(role.stock)]
        batches = [draw.randint(*role.age_days) for _ in range(role.batches)]
        sites = [
            f"{draw.choice(NOUNS)}-{draw.choice(NOUNS)}{draw.randrange(99)}.example" for _ in range(role.own_sites)
        ]
        star = draw.choice(self.known) if self.known and role.storms else None
        for _ in range(draw.randint(*role.count)):
            self._one(role, is_member, stock, batches, sites, star)

    def _one(
        self,
        role: Role,
        is_member: bool,
        stock: Sequence[str],
        batches: Sequence[int],
        sites: Sequence[str],
        star: tuple[str, str, datetime] | None,
    ) -> None:
        draw = self.draw
        self.accounts += 1
        age = draw.choice(batches) if batches else draw.randint(*role.age_days)
        born = BEGIN - timedelta(days=age, minutes=draw.randint(0, 240 if batches else 1440))
        if role.lives_hours:
            born = BEGIN + timedelta(
                days=draw.choice(batches) % SPAN if batches else draw.randrange(SPAN - 3), minutes=draw.randint(0, 240)
            )
        name = (
            f"{draw.choice(NOUNS).title()}{draw.randrange(10**7, 10**8)}"
            if role.numbers
            else (f"{draw.choice(NOUNS)}{draw.choice(['', '.', '_'])}{draw.choice(NOUNS)}{self.accounts}")
        )
        platform = ("x", "facebook", "tiktok")[self.accounts % role.platforms]
        who = {
            "user_id": f"a{self.accounts}",
            "username": name,
            "platform": platform,
            "lang": "en",
            "account_created_at": born.isoformat(),
        }
        (self.group if is_member else self.ordinary).append(f"{platform}:a{self.accounts}")
        if draw.random() < role.earlier_life:
            for _ in range(draw.randint(12, 35)):
                at = BEGIN - timedelta(days=draw.randint(200, 600), minutes=draw.randrange(1440))
                self._write(
                    who | {"lang": "zh"},
                    at,
                    "，".join(draw.choices("茶杯 围巾 梯子 纽扣 窗户 篮子 地毯".split(), k=9)),
                    0.05,
                )
        amount = max(1, round(draw.randint(*role.posts) * math.exp(draw.gauss(0, 0.5))))
        if star and draw.random() < role.storms:
            self._pass_on(who, star[2] + timedelta(minutes=draw.expovariate(1 / 4)), star)
        for _ in range(amount):
            at = (
                born + timedelta(hours=draw.uniform(0.5, role.lives_hours))
                if role.lives_hours
                else self._when(role.hours)
            )
            self._post(role, who, at, stock, sites)

    def _when(self, hours: str) -> datetime:
        draw, day = self.draw, BEGIN + timedelta(days=self.draw.randrange(SPAN))
        if hours == "round-the-clock":
            return day + timedelta(minutes=draw.randrange(1440))
        if hours == "leisure":
            zone = draw.choice((-8, -6, -5, -5, 0, 1, 2))
            hour = draw.choices(range(24), (2, 1, 1, 1, 1, 1, 2, 4, 5, 5, 4, 4, 5, 5, 4, 4, 5, 6, 7, 9, 9, 8, 6, 3))[0]
            return day + timedelta(hours=hour - zone, minutes=draw.randrange(60))
        zone = int(hours.removeprefix("office"))
        if day.weekday() > 4 and draw.random() < 0.85:
            day -= timedelta(days=2)
        hour = draw.choice((9, 10, 10, 11, 11, 14, 15, 15, 16, 17)) if draw.random() < 0.85 else draw.randrange(24)
        return day + timedelta(hours=hour - zone, minutes=draw.randrange(60), seconds=draw.randrange(60))

    def _post(self, role: Role, who: dict[str, str], at: datetime, stock: Sequence[str], sites: Sequence[str]) -> None:
        draw = self.draw
        if self.known and draw.random() < role.repost:
            self._pass_on(who, at, draw.choice(self.known[-400:]))
            return
        text = draw.choice(stock) if draw.random() < role.copied else self.words()
        if draw.random() < role.trade:
            text = (
                f"{text} order now whatsapp {draw.randrange(10**6)}"
                if not role.city
                else f"escort {self.words()} telegram: {name_of(draw)}"
            )
        more: dict[str, object] = {}
        if draw.random() < role.tag:
            tag = f"city{draw.randrange(25)}" if role.city else draw.choice(role.tags or tuple(NOUNS))
            text, more["hashtags"] = f"{text} #{tag}", tag
        if draw.random() < role.link:
            host = {
                "papers": f"paper{draw.randrange(15)}.example",
                "own": draw.choice(sites),
                "throw-away": f"{draw.choice(NOUNS)}{draw.randrange(10**5)}.example",
            }[role.sites]
            more["urls"] = f"https://{host}/{draw.randrange(500)}"
            text = f"{text} {more['urls']}"
        if self.known and draw.random() < role.reply:
            more |= {"reply_to_user_id": draw.choice(self.known)[1], "reply_to_id": "x"}
        post = self._write(who, at, text, role.echo, **more)
        self.known.append((post, who["user_id"], at))

    def _pass_on(self, who: dict[str, str], at: datetime, what: tuple[str, str, datetime]) -> None:
        self._write(who, at, "RT", 0.0, is_retweet="true", retweeted_id=what[0], retweeted_user_id=what[1])

    def _write(self, who: dict[str, str], at: datetime, text: str, echo: float, **more: object) -> str:
        post, draw = f"q{len(self.rows)}", self.draw
        seen = draw.random() < echo
        self.rows.append(
            {
                "id": post,
                "created_at": f"{at.isoformat()}Z",
                "text": text,
                "is_retweet": "false",
                "likes": max(1, round(draw.lognormvariate(1, 1.2))) if seen else 0,
                "reposts": draw.randint(0, 6) if seen else 0,
                "replies": draw.randint(0, 3) if seen else 0,
                **who,
                **more,
            }
        )
        return post


def name_of(draw: random.Random) -> str:
    return f"{draw.choice(NOUNS)}{draw.randrange(100)}"


def held_out(kind: str, condition: str, seed: int, folder: Path) -> tuple[Path, list[str]]:
    """Return a file of posts that holds one group, and the ids of the accounts to hold against the playbooks."""
    world = World(random.Random(f"{kind}/{condition}/{seed}"))
    world.act(ORDINARY, is_member=False)
    for role in OPERATIONS[kind]:
        low, high = role.count
        world.act(
            replace(role, count=(max(3, low // 4), max(4, high // 4))) if condition == "small" else role, is_member=True
        )
    group = world.group
    if condition == "mixed":
        kept = world.draw.sample(group, max(2, len(group) * 3 // 4))
        group = kept + world.draw.sample(world.ordinary, min(len(world.ordinary), max(1, len(kept) // 3)))
    rows = _thinned(world) if condition == "thin" else world.rows
    path = folder / f"{kind}-{condition}-{seed}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    held = {f"{row['platform']}:{row['user_id']}" for row in rows}
    return path, [one for one in group if one in held]


def _thinned(world: World) -> list[dict[str, object]]:
    """Return what a poorer collection holds: three weeks, two of three posts, and two kinds of fields missing."""
    gone = world.draw.sample(
        (
            ("account_created_at",),
            ("likes", "reposts", "replies"),
            ("reply_to_user_id", "reply_to_id"),
            ("retweeted_id", "retweeted_user_id"),
        ),
        2,
    )
    missing = {name for names in gone for name in names}
    first = BEGIN + timedelta(days=world.draw.randint(0, SPAN - 22))
    last = first + timedelta(days=21)
    return [
        {name: value for name, value in row.items() if name not in missing}
        for row in world.rows
        if first.isoformat() <= str(row["created_at"])[:19] < last.isoformat() and world.draw.random() < 0.67
    ]
