"""Simulated groups, drawn from published descriptions with neutral text, among ordinary accounts.

Everything about a group is drawn anew for each seed within wide ranges. The ranges were written from the reports, not
from the playbooks' thresholds; still, the same hand wrote both, and a real operation will differ from them.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

START = datetime(2024, 9, 2)
DAYS = 40
WORDS = (
    "ferry harbour library weather timetable bridge market garden river school festival bakery museum tram station "
    "lake forest village concert bicycle lantern orchard meadow lighthouse pier canal theatre square fountain hill "
    "autumn morning evening weekend ticket window captain reader baker gardener musician teacher visitor neighbour "
    "opens closes waits arrives leaves sings paints repairs plants reads counts carries finds follows crosses"
).split()
COLUMNS = (
    "id", "platform", "created_at", "user_id", "username", "text", "is_retweet", "retweeted_id", "retweeted_user_id",
    "reply_to_user_id", "reply_to_id", "urls", "hashtags", "likes", "reposts", "replies", "account_created_at", "lang",
    "bio",
)  # fmt: skip
Draw = random.Random


class Scene:
    """Posts of a made-up platform, with the accounts of the group."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.rows: list[dict[str, Any]] = []
        self.group: list[str] = []
        self._number = 0

    def words(self, low: int = 8, high: int = 16) -> str:
        return " ".join(self.draw.choices(WORDS, k=self.draw.randint(low, high)))

    def account(
        self, *, is_member: bool = False, born: datetime | None = None, name: str = "", platform: str = "x"
    ) -> dict[str, Any]:
        self._number += 1
        made = born or START - timedelta(days=self.draw.randint(200, 5_000), minutes=self.draw.randint(0, 1_440))
        middle = self.draw.choice(["", "_", "s", "er"])
        chosen = name or f"{self.draw.choice(WORDS)}{middle}{self.draw.choice(WORDS)}{self._number}"
        found = {"user_id": f"u{self._number}", "username": chosen, "platform": platform,
                 "account_created_at": made.isoformat(), "lang": "en", "bio": self.words(3, 6)}  # fmt: skip
        if is_member:
            self.group.append(f"{platform}:u{self._number}")
        return found

    def post(self, who: dict[str, Any], at: datetime, text: str = "", *, liked: float = 0.5, **more: Any) -> str:
        post_id = f"p{len(self.rows)}"
        is_liked = self.draw.random() < liked
        self.rows.append({
            "id": post_id, "created_at": at.isoformat() + "Z", "text": text or self.words(), "is_retweet": "false",
            "likes": self.draw.randint(1, 40) if is_liked else 0, "reposts": self.draw.randint(0, 9) if is_liked else 0,
            "replies": self.draw.randint(0, 5) if is_liked else 0, **who, **more,
        })  # fmt: skip
        return post_id

    def repost(self, who: dict[str, Any], at: datetime, of: str, whose: str) -> None:
        self.post(who, at, "RT", is_retweet="true", retweeted_id=of, retweeted_user_id=whose, liked=0.0)

    def day(self) -> datetime:
        return START + timedelta(days=self.draw.randrange(DAYS))

    def at_leisure(self) -> datetime:
        """Return a time as people post: evenings and weekends, in several zones."""
        hour = self.draw.choices(range(24), [1, 1, 1, 1, 1, 1, 2, 3, 4, 4, 4, 4, 5, 5, 4, 4, 5, 6, 8, 9, 9, 8, 5, 2])[0]
        zone = self.draw.choice([-5, -5, -6, -8, 0, 1])
        return self.day() + timedelta(
            hours=hour - zone, minutes=self.draw.randrange(60), seconds=self.draw.randrange(60)
        )

    def at_the_office(self, zone: int) -> datetime:
        """Return a time in the working hours of a zone, on a working day."""
        day = self.day()
        while day.weekday() > 4:
            day = self.day()
        hour = self.draw.choice([9, 9, 10, 10, 11, 14, 14, 15, 15, 16, 17])
        return day + timedelta(hours=hour - zone, minutes=self.draw.randrange(60), seconds=self.draw.randrange(60))

    def ordinary(self, count: int) -> None:
        """Add everybody else: people, some papers, some who only pass on."""
        sites = [f"paper{n}.example" for n in range(12)]
        known: list[tuple[str, str]] = []
        for _ in range(25):  # some write much, and for years
            who = self.account(born=START - timedelta(days=self.draw.randint(1_000, 5_000)))
            for _ in range(self.draw.randint(25, 60)):
                self.post(who, self.at_leisure() - timedelta(days=self.draw.randint(100, 700)))
            for _ in range(self.draw.randint(110, 160)):
                self.post(who, self.at_leisure())
        for _ in range(count):
            who = self.account(platform="x" if self.draw.random() < 0.9 else "facebook")
            for _ in range(self.draw.randint(4, 18)):
                kind = self.draw.random()
                at = self.at_leisure()
                if kind < 0.25 and known:
                    self.repost(who, at, *self.draw.choice(known))
                elif kind < 0.4 and known:
                    self.post(who, at, reply_to_user_id=self.draw.choice(known)[1], reply_to_id="p0")
                elif kind < 0.55:
                    link = f"https://{self.draw.choice(sites)}/{self.draw.randrange(400)}"
                    known.append((self.post(who, at, f"{self.words()} {link}", urls=link), who["user_id"]))
                else:
                    tag = self.draw.choice(WORDS) if self.draw.random() < 0.3 else ""
                    text = f"{self.words()} #{tag}" if tag else self.words()
                    known.append((self.post(who, at, text, hashtags=tag), who["user_id"]))

    def write(self, path: Path) -> Path:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(self.rows)
        return path


def spamouflage(scene: Scene) -> None:
    draw, zone = scene.draw, 8
    batches = [START - timedelta(days=draw.randint(30, 300)) for _ in range(3)]
    texts = [scene.words(10, 18) for _ in range(draw.randint(20, 50))]
    for number in range(draw.randint(55, 140)):
        born = draw.choice(batches) + timedelta(minutes=draw.randint(0, 300))
        name = f"{draw.choice(WORDS).title()}{draw.randrange(10**7, 10**8)}"
        who = scene.account(is_member=True, born=born, name=name, platform="facebook" if number % 4 == 0 else "x")
        for _ in range(draw.randint(8, 20)):
            text = draw.choice(texts) if draw.random() < draw.uniform(0.5, 0.9) else scene.words()
            scene.post(who, scene.at_the_office(zone), text, liked=draw.uniform(0.0, 0.1))


CHINESE = "渡轮 图书馆 天气 公园 学校 音乐 早晨 花园 车站 湖边 今天 我们 一起 去看 很好 开放 出发 回来".split()


def spamouflage_persona(scene: Scene) -> None:
    """Accounts with an earlier life in another language, silent for months, then persons of another country."""
    draw = scene.draw
    for _ in range(draw.randint(6, 18)):
        who = scene.account(is_member=True, born=START - timedelta(days=draw.randint(900, 2_500)))
        if draw.random() < 0.7:
            for _ in range(draw.randint(15, 40)):
                at = START - timedelta(days=draw.randint(300, 700), minutes=draw.randrange(1_440))
                scene.post(who | {"lang": "zh"}, at, "，".join(draw.choices(CHINESE, k=12)), liked=0.05)
        for _ in range(draw.randint(60, 160)):
            tag = draw.choice(WORDS)
            text = f"{scene.words()} #{tag}"
            scene.post(who, scene.at_the_office(8), text, hashtags=tag, liked=draw.uniform(0.0, 0.25))


def doppelganger(scene: Scene) -> None:
    draw = scene.draw
    texts = [scene.words(10, 18) for _ in range(draw.randint(8, 20))]
    strangers = [row["user_id"] for row in scene.rows[:300]]
    batches = [START + timedelta(days=draw.randint(0, DAYS - 3)) for _ in range(4)]
    seeds: list[tuple[str, str, datetime]] = []
    for _ in range(draw.randint(80, 200)):
        born = draw.choice(batches) + timedelta(minutes=draw.randint(0, 200))
        name = f"{draw.choice(WORDS).title()}{draw.randrange(10**4, 10**5)}"
        who = scene.account(is_member=True, born=born, name=name)
        at = born + timedelta(hours=draw.uniform(1, 20))
        host = f"{draw.choice(WORDS)}{draw.randrange(10**5)}.{draw.choice(['top', 'site', 'online'])}.example"
        link = f"https://{host}/{draw.randrange(10**6)}"
        more = {"reply_to_user_id": draw.choice(strangers), "reply_to_id": "p0"} if draw.random() < 0.5 else {}
        seeds.append(
            (scene.post(who, at, f"{draw.choice(texts)} {link}", urls=link, liked=0.05, **more), who["user_id"], at)
        )
    for seed in draw.sample(seeds, 6):
        born = seed[2] - timedelta(days=1)
        for _ in range(draw.randint(20, 40)):
            name = f"{draw.choice(WORDS).title()}{draw.randrange(10**4, 10**5)}"
            who = scene.account(is_member=True, born=born, name=name)
            scene.repost(who, seed[2] + timedelta(minutes=draw.uniform(0, 8)), *seed[:2])


def storm_1516(scene: Scene) -> None:
    draw = scene.draw
    sites = [f"{draw.choice(WORDS)}-{draw.choice(WORDS)}-post.example" for _ in range(draw.randint(2, 4))]
    told: list[tuple[str, str]] = []
    for number in range(draw.randint(20, 60)):
        who = scene.account(is_member=True, born=START - timedelta(days=draw.randint(1_200, 5_000)))
        for _ in range(draw.randint(5, 15)):
            if told and draw.random() < draw.uniform(0.35, 0.6):
                scene.repost(who, scene.at_leisure(), *draw.choice(told))
            else:
                link = f"https://{draw.choice(sites)}/{draw.randrange(12)}"
                is_linking = number < 3 or draw.random() < 0.75
                text = f"{scene.words()} {link}" if is_linking else scene.words()
                post = scene.post(
                    who, scene.at_leisure(), text, urls=link if is_linking else "", liked=draw.uniform(0.6, 0.95)
                )
                told.append((post, who["user_id"]))


def ira(scene: Scene) -> None:
    draw = scene.draw
    waves = [START - timedelta(days=draw.randint(400, 900)) for _ in range(4)]
    partisans = [(row["id"], row["user_id"]) for row in scene.rows[:2_000] if row["is_retweet"] == "false"]
    for _ in range(draw.randint(30, 80)):
        who = scene.account(is_member=True, born=draw.choice(waves) + timedelta(minutes=draw.randint(0, 400)))
        for _ in range(draw.randint(10, 30)):
            at = scene.at_the_office(3)
            if draw.random() < draw.uniform(0.35, 0.65):
                scene.repost(who, at, *draw.choice(partisans))
            else:
                tag = draw.choice(WORDS)
                scene.post(who, at, f"{scene.words()} #{tag}", hashtags=tag, liked=draw.uniform(0.35, 0.8))


def storm_2035(scene: Scene) -> None:
    draw = scene.draw
    sites = [f"{draw.choice(WORDS)}-thinker{n}.example" for n in range(draw.randint(3, 5))]
    for _ in range(draw.randint(8, 20)):
        who = scene.account(is_member=True, born=START - timedelta(days=draw.randint(60, 900)))
        for _ in range(draw.randint(8, 30)):
            link = f"https://{draw.choice(sites)}/{draw.randrange(300)}"
            scene.post(who, scene.at_leisure(), f"{scene.words()} {link}", urls=link, liked=draw.uniform(0.0, 0.2))


def commercial_spam(scene: Scene) -> None:
    """City names, escorts of pages and coins: as in November 2022, in masses, by a program."""
    draw = scene.draw
    batches = [START - timedelta(days=draw.randint(5, 400)) for _ in range(3)]
    offers = [f"{scene.words(5, 9)} discount order now whatsapp" for _ in range(12)]
    cities = [f"city{n}" for n in range(30)]
    for _ in range(draw.randint(60, 160)):
        born = draw.choice(batches) + timedelta(minutes=draw.randint(0, 120))
        who = scene.account(
            is_member=True, born=born, name=f"{draw.choice(WORDS).title()}{draw.randrange(10**7, 10**8)}"
        )
        for number in range(draw.randint(6, 24)):
            text = f"{draw.choice(cities)} {draw.choice(offers)}"
            scene.post(who, scene.day() + timedelta(hours=number % 24, minutes=draw.choice([0, 30])), text, liked=0.02)


def city_name_spam(scene: Scene) -> None:
    """The same with the names of cities and little else: what was called a state operation in November 2022."""
    draw = scene.draw
    batches = [START - timedelta(days=draw.randint(900, 3_000)) for _ in range(3)]
    cities = [f"city{n}" for n in range(20)]
    for _ in range(draw.randint(80, 200)):
        born = draw.choice(batches) + timedelta(minutes=draw.randint(0, 400))
        who = scene.account(
            is_member=True, born=born, name=f"{draw.choice(WORDS).title()}{draw.randrange(10**7, 10**8)}"
        )
        for _ in range(draw.randint(10, 30)):
            city = draw.choice(cities)
            offer = f"{draw.choice(WORDS)} {draw.choice(WORDS)} telegram: {draw.choice(WORDS)}{draw.randrange(99)}"
            text = f"#{city} escort {offer}"
            scene.post(who, scene.day() + timedelta(minutes=draw.randrange(1_440)), text, hashtags=city, liked=0.01)


def domestic_partisans(scene: Scene) -> None:
    draw = scene.draw
    told: list[tuple[str, str]] = []
    slogan = scene.words(9, 12)
    for _ in range(draw.randint(20, 120)):
        who = scene.account(is_member=True, born=START - timedelta(days=draw.randint(300, 5_000)))
        for _ in range(draw.randint(8, 25)):
            if told and draw.random() < draw.uniform(0.3, 0.6):
                scene.repost(who, scene.at_leisure(), *draw.choice(told))
                continue
            link = f"https://paper{draw.randrange(12)}.example/{draw.randrange(400)}" if draw.random() < 0.3 else ""
            text = slogan if draw.random() < 0.05 else scene.words()
            tag = draw.choice(WORDS[:8])
            post = scene.post(
                who, scene.at_leisure(), f"{text} {link}".strip(), urls=link, hashtags=tag, liked=draw.uniform(0.4, 0.8)
            )
            told.append((post, who["user_id"]))


def fandom(scene: Scene) -> None:
    draw = scene.draw
    slogans = [scene.words(8, 12) for _ in range(6)]
    stars = [
        (row["id"], row["user_id"], datetime.fromisoformat(row["created_at"][:19]))
        for row in scene.rows[:40]
        if row["is_retweet"] == "false"
    ]
    stars = stars[:5]
    for _ in range(draw.randint(30, 150)):
        who = scene.account(is_member=True, born=START - timedelta(days=draw.randint(100, 3_500)))
        for star in stars:
            if draw.random() < 0.8:
                scene.repost(who, star[2] + timedelta(minutes=draw.uniform(0, 20)), *star[:2])
        for _ in range(draw.randint(3, 10)):
            text = draw.choice(slogans) if draw.random() < 0.5 else scene.words()
            scene.post(who, scene.at_leisure(), f"{text} #bestband", hashtags="bestband", liked=draw.uniform(0.4, 0.9))


GROUPS: dict[str, tuple[Callable[[Scene], None], str]] = {
    "spamouflage": (spamouflage, "spamouflage"),
    "spamouflage-persona": (spamouflage_persona, "spamouflage-persona"),
    "doppelganger": (doppelganger, "doppelganger"),
    "storm-1516": (storm_1516, "storm-1516"),
    "ira": (ira, "ira"),
    "storm-2035": (storm_2035, "storm-2035"),
    "commercial-spam": (commercial_spam, ""),
    "city-name-spam": (city_name_spam, ""),
    "domestic-partisans": (domestic_partisans, ""),
    "fandom": (fandom, ""),
}  # what it should be called; empty: none


def simulated(kind: str, seed: int, folder: Path) -> tuple[Path, list[str]]:
    """Return a file of posts that holds one group of a kind, and the ids of its accounts."""
    scene = Scene(seed * 1_000 + sorted(GROUPS).index(kind))
    scene.ordinary(250)
    GROUPS[kind][0](scene)
    return scene.write(folder / f"{kind}-{seed}.csv"), scene.group
