"""Innocent groups beside those of the samples: activists, one publisher, a contest, rows of hashtags, readers, bursts.

Each takes a corpus without planted networks and returns it with one more group of innocent accounts in it. All texts
are neutral templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from undazzle.samples import Corpus, PlantedGroup

Post = dict[str, Any]
_HOUR = 3_600
_CAUSES = (("LibraryHours", "OpenOnSunday"), ("FerryForAll", "HarbourRoad"), ("OpenOnSunday", "ReadingRoom"))
_PRIZES = ("kettle", "bicycle bell", "rain hat", "tea tray", "garden chair", "map of the harbour")
_TRENDS = ("Harvest", "FirstSnow", "MarketDay", "LateFerry", "OldBridge", "RowingCup", "CityWalk", "BookFair")


def with_activists(corpus: Corpus, random: np.random.Generator) -> Corpus:
    """Add people who answer public calls: the same two hashtags on announced evenings, in their own words."""
    members = _people(corpus, 60, random)
    posts: list[Post] = []
    for evening in range(1, corpus.days, 3):
        tags = _CAUSES[evening % len(_CAUSES)]
        opened = evening * 86_400 + 18 * _HOUR
        call = f"Tonight from six: everybody please post with #{tags[0]} and #{tags[1]}, in your own words."
        posts.append(_post(corpus, members[0], opened - 5 * _HOUR, call, hashtags=tags))
        for account in members[1:]:
            for _ in range(int(random.integers(1, 4)) if random.random() < 0.7 else 0):
                words = _own_words(corpus, random)
                posts.append(_post(corpus, account, opened + random.exponential(2_400), words, hashtags=tags))
    return _added(corpus, "activists", "Activists who answer a public call", members, posts)


def with_publisher(corpus: Corpus, random: np.random.Generator) -> Corpus:
    """Add the pages of one publisher: the same article of one site within a minute, planned by one newsroom."""
    members = _people(corpus, 8, random)
    for place, account in enumerate(members):
        account |= {
            "account_description": f"The Valley Papers, edition {place + 1}. News from your side of the valley.",
            "client": "Newsroom Planner",
            "display_name": f"Valley Papers {place + 1}",
        }
    others = _people(corpus, 120, random)
    posts: list[Post] = []
    for number in range(3 * corpus.days):
        link = f"https://valley-papers.example/article/{number + 1}"
        out = number // 3 * 86_400 + int(random.integers(7 * _HOUR, 20 * _HOUR))
        words = _own_words(corpus, random)
        lags = random.integers(0, 45, size=len(members)).tolist()
        posts += [
            _post(corpus, account, out + lag, words, links=(link,)) for account, lag in zip(members, lags, strict=True)
        ]
        for place in random.integers(0, len(others), 5).tolist():
            own = _own_words(corpus, random)
            posts.append(_post(corpus, others[place], out + random.exponential(4 * _HOUR), own, links=(link,)))
    return _added(corpus, "publisher", "The pages of one publisher", members, posts)


def with_contest(corpus: Corpus, random: np.random.Generator) -> Corpus:
    """Add people who love contests: whoever posts the given sentence takes part, day after day."""
    members = _people(corpus, 70, random)
    posts: list[Post] = []
    for day in range(2, corpus.days):
        prize = _PRIZES[day % len(_PRIZES)]
        opened = day * 86_400 + 9 * _HOUR
        text = f"I would like to win the {prize} of day {day}, thank you dear harbour shop!"
        tags = ("HarbourShopContest",)
        posts += [
            _post(corpus, account, opened + random.exponential(1_800), text, hashtags=tags)
            for account in members
            if random.random() < 0.5
        ]
    return _added(corpus, "contest", "A contest with a given sentence", members, posts)


def with_rows_of_hashtags(corpus: Corpus, random: np.random.Generator) -> Corpus:
    """Add people who put whatever is in fashion into a post: several hashtags at once, all at the same hour."""
    members = _people(corpus, 80, random)
    posts = []
    for hour in range(12, 24 * corpus.days, 31):
        fashion = [_TRENDS[place] for place in random.permutation(len(_TRENDS))[:5].tolist()]
        for account in members:
            if random.random() < 0.3:
                tags = tuple(fashion[: int(random.integers(3, 6))])
                words = _own_words(corpus, random)
                posts.append(_post(corpus, account, hour * _HOUR + random.uniform(0, _HOUR), words, hashtags=tags))
    return _added(corpus, "rows_of_hashtags", "Several hashtags in fashion in one post", members, posts)


def with_readers(corpus: Corpus, random: np.random.Generator) -> Corpus:
    """Add readers of the links that a planted network spreads: the same links, at any hour of the day after."""
    members = _people(corpus, 20, random)
    posts = []
    began: dict[str, datetime] = {}
    for post in corpus.posts_of("link_queues"):
        for link in post["links"]:
            began.setdefault(link, post["posted_at"])
    for link, first in began.items():
        since = (first - corpus.start).total_seconds()
        for account in members:
            if random.random() < 0.6:
                words = _own_words(corpus, random)
                posts.append(_post(corpus, account, since + random.uniform(0, 10 * _HOUR), words, links=(link,)))
    return _added(corpus, "readers", "Readers of what a network spreads", members, posts)


def sampled_in_bursts(corpus: Corpus, random: np.random.Generator) -> Corpus:
    """Return what a collector sees who looks for four minutes every hour: everybody is close to everybody."""
    del random
    kept = [post for post in corpus.posts if post["posted_at"].minute < 4]
    return replace(corpus, posts=kept)


LOOK_ALIKES: Mapping[str, Callable[[Corpus, np.random.Generator], Corpus]] = {
    "activists": with_activists,
    "publisher": with_publisher,
    "contest": with_contest,
    "rows_of_hashtags": with_rows_of_hashtags,
}


def _people(corpus: Corpus, count: int, random: np.random.Generator) -> list[Post]:
    """Return some ordinary accounts of one platform, each as one of its posts."""
    background = set(corpus.group("background").members)
    first: dict[str, Post] = {}
    for post in corpus.posts:
        if post["account_id"] in background and post["platform"] == corpus.posts[0]["platform"]:
            first.setdefault(post["account_id"], post)
    chosen = random.choice(len(first), size=min(count, len(first)), replace=False)
    everybody = list(first.values())
    return [dict(everybody[place]) for place in chosen.tolist()]


def _own_words(corpus: Corpus, random: np.random.Generator) -> str:
    """Return the text of an ordinary post, with a mark that no other post has."""
    text = corpus.posts[int(random.integers(len(corpus.posts)))]["text"]
    plain = " ".join(word for word in text.split() if not word.startswith(("#", "http", "@", "RT")))
    return f"{plain} (note {int(random.integers(1 << 40)):x})"


def _post(
    corpus: Corpus,
    account: Mapping[str, Any],
    seconds: float,
    text: str,
    *,
    links: Sequence[str] = (),
    hashtags: Sequence[str] = (),
) -> Post:
    at = corpus.start + timedelta(seconds=min(int(seconds), corpus.days * 86_400 - 1))
    whole = " ".join([text, *(f"#{tag}" for tag in hashtags), *links])
    return {
        **account,
        "posted_at": at,
        "posted_at_raw": f"{at.isoformat()}Z",
        "text": whole,
        "links": list(links),
        "hashtags": list(hashtags),
        "mentions": [],
        "is_repost": False,
        **dict.fromkeys(("repost_of", "repost_of_account", "reply_to", "reply_to_account")),
        **dict.fromkeys(("likes", "reposts", "replies"), 0),
    }


def _added(corpus: Corpus, label: str, title: str, members: list[Post], posts: list[Post]) -> Corpus:
    """Return the corpus with a group's posts in order of time; each gets an id of its own."""
    largest = max(int(post["post_id"]) for post in corpus.posts)
    for number, post in enumerate(posts):
        post["post_id"] = str(largest + 1 + number)
        post["url"] = f"https://{post['platform']}.example/{post['handle']}/{post['post_id']}"
    accounts = tuple(account["account_id"] for account in members)
    group = PlantedGroup(label, "look_alike", title, title, accounts, tuple(post["post_id"] for post in posts))
    return replace(
        corpus,
        posts=sorted([*corpus.posts, *posts], key=lambda post: post["posted_at"]),
        groups=(*corpus.groups, group),
        truth={**corpus.truth, **dict.fromkeys(accounts, label)},
    )
