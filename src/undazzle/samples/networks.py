"""The planted networks: link queues, a paraphrasing network, and a ring with content of its own."""

from __future__ import annotations

import numpy as np

from undazzle.samples.drafts import DAY, HOUR, Draft
from undazzle.samples.phrases import LINK_STORIES, TEMPLATE_STORIES, Story
from undazzle.samples.population import Cast
from undazzle.samples.scene import Act, Scene

QUEUE_SIZES = (10, 8, 5)
LINK_DAYS = (3, 4, 5, 9, 10, 11, 16, 17, 18, 23, 24)  # days since the start
TEXT_DAYS = (2, 4, 7, 10, 13, 15, 19, 22, 26)
NETWORK_CASTS = {
    "link_queues": Cast(sum(QUEUE_SIZES), 26),
    "paraphrasers": Cast(11, 20, platform=1),
    "closed_ring": Cast(9, 22),
}
_LINK_SITES = ("ferry-news", "harbour-notes", "quay-letters")
_QUEUE_STORIES = ((0, 1, 2, 3, 4, 5, 6), (0, 7, 1, 3, 7, 6), (8, 2, 9, 8, 4))


def plant_link_queues(scene: Scene) -> Act:
    """Return network A: three queues post the same link, with nearly the same text, within a minute."""
    random, members = scene.random, scene.people.members["link_queues"].tolist()
    edges = np.cumsum([0, *QUEUE_SIZES])
    queues = [members[edges[number] : edges[number + 1]] for number in range(len(QUEUE_SIZES))]
    days = [day for day in LINK_DAYS if day < scene.days]
    used = dict.fromkeys(members, 0.0)
    drafts, bystanders, links = [], [], []
    for wave in range(scene.planting.link_waves):
        queue = 0 if wave % 7 < 3 else 1 if wave % 7 < 5 else 2
        stories = _QUEUE_STORIES[queue]
        story = LINK_STORIES[stories[wave // 2 % len(stories)]]
        link = f"https://{_LINK_SITES[wave % 3]}.example/{story.slug}-{wave + 1}"
        chosen = _least_used(queues[queue], int(random.integers(4, min(7, len(queues[queue])) + 1)), used, random)
        if wave % 8 == 7:
            chosen[-1] = _least_used(queues[(queue + 1) % 3], 1, used, random)[0]
        first = days[wave % len(days)] * DAY + _office_second(wave, random)
        drafts += _wave(scene, story, chosen, first, (link,))
        bystanders += _link_sharers(scene, link, first)
        links.append(link)
    return Act(
        "link_queues", "planted", "Three queues that post the same links within a minute",
        f"{len(members)} accounts in three groups that rarely overlap; {len(links)} links from three sites on "
        f"{len(days)} of {scene.days} days; the text is copied with at most one part exchanged. Other people share "
        "the same links in their own words and hours apart.",
        drafts, bystanders, tuple(links),
    )  # fmt: skip


def plant_paraphrasers(scene: Scene) -> Act:
    """Return network B: the same message in slightly other words, without any link."""
    random, members = scene.random, scene.people.members["paraphrasers"].tolist()
    days = [day for day in TEXT_DAYS if day < scene.days]
    used = dict.fromkeys(members, 0.0)
    drafts, bystanders, texts = [], [], []
    for wave in range(scene.planting.text_waves):
        story = TEMPLATE_STORIES[wave % len(TEMPLATE_STORIES)]
        chosen = _least_used(members, int(random.integers(6, 10)), used, random)
        first = days[wave % len(days)] * DAY + _office_second(wave, random)
        drafts += _wave(scene, story, chosen, first)
        copiers = scene.bystanders(scene.planting.ordinary_sharers // 2)
        moments = scene.later(first - 20 * HOUR, copiers, 20 * HOUR, 1.0)
        for account, seconds in zip(copiers, moments, strict=True):
            bystanders.append(Draft(seconds, account, story.wording([0] * len(story.parts)), story.language))
        texts.append(story.wording([0] * len(story.parts)))
    return Act(
        "paraphrasers", "planted", "A network that repeats sentences in slightly other words",
        f"{len(members)} accounts post {len(set(texts))} messages without links, on {len(days)} days, within "
        "a minute of each other; parts of the sentence are exchanged. Some ordinary accounts repeat the sentences "
        "too, at other hours.",
        drafts, bystanders, tuple(dict.fromkeys(texts)),
    )  # fmt: skip


def plant_closed_ring(scene: Scene) -> Act:
    """Return the closed ring: items that nobody else shares, minutes to hours apart."""
    random, members = scene.random, scene.people.members["closed_ring"].tolist()
    drafts, links = [], []
    longest = len(members) * 5_400  # thirteen and a half hours
    for number in range(scene.planting.ring_items):
        link = f"https://heron-letters.example/issue-{number + 1}"
        chosen = random.permutation(members)[: int(random.integers(5, len(members) + 1))].tolist()
        gaps = random.integers(300, 5_400, size=len(chosen))
        day = int(random.integers(0, scene.days)) * DAY
        moments = day + int(random.integers(6 * HOUR, 24 * HOUR - longest)) + np.cumsum(gaps)
        for account, seconds in zip(chosen, moments.tolist(), strict=True):
            drafts.append(Draft(seconds, account, scene.own_words(account), scene.people.language[account], (link,)))
        links.append(link)
    return Act(
        "closed_ring", "planted", "A ring that shares what nobody else shares",
        f"{len(members)} accounts share {len(links)} links of one site that no other account touches, never within "
        "five minutes of each other. Timing within the link says nothing here; the choice of items does.",
        drafts, items=tuple(links),
    )  # fmt: skip


def _least_used(accounts: list[int], count: int, used: dict[int, float], random: np.random.Generator) -> list[int]:
    """Return ``count`` accounts, those first that took part least; ties fall at random."""
    tie = dict(zip(accounts, random.random(len(accounts)).tolist(), strict=True))
    chosen = sorted(accounts, key=lambda account: used[account] + 2.5 * tie[account])[:count]
    for account in chosen:
        used[account] += 1
    return [chosen[place] for place in random.permutation(count).tolist()]


def _office_second(wave: int, random: np.random.Generator) -> int:
    """Return a second of the working day; every third wave starts on a full minute, as planned posts do."""
    second = int(random.integers(8 * HOUR, 18 * HOUR))
    return second - second % 60 if wave % 3 == 0 else second


def _wave(scene: Scene, story: Story, accounts: list[int], first: int, links: tuple[str, ...] = ()) -> list[Draft]:
    """Return one post of every account within ``jitter_seconds`` after ``first``."""
    random, planting = scene.random, scene.planting
    gaps = np.sort(random.integers(0, planting.jitter_seconds + 1, size=len(accounts)))
    gaps -= gaps[0]
    drafts = []
    for account, gap in zip(accounts, gaps.tolist(), strict=True):
        wording = _wording(story, planting.paraphrase, random, only_one=bool(links))
        drafts.append(Draft(min(first + gap, scene.clock.end - 1), account, wording, story.language, links))
    return drafts


def _wording(story: Story, paraphrase: float, random: np.random.Generator, *, only_one: bool) -> str:
    """Return the story with parts exchanged: each with probability ``paraphrase``, or one at most."""
    exchangeable = [place for place, part in enumerate(story.parts) if len(part) > 1]
    if only_one:
        exchangeable = [exchangeable[int(random.integers(len(exchangeable)))]]
    choices = [0] * len(story.parts)
    for place in exchangeable:
        if random.random() < paraphrase:
            choices[place] = int(random.integers(1, len(story.parts[place])))
    return story.wording(choices)


def _link_sharers(scene: Scene, link: str, first: int) -> list[Draft]:
    """Return ordinary posts with ``link``: the page is a few hours old when the queue takes it up."""
    sharers = scene.bystanders(scene.planting.ordinary_sharers)
    born = first - int(scene.random.integers(HOUR // 2, 5 * HOUR))
    moments = scene.later(born, sharers, 9 * HOUR, 1.2)
    return [
        Draft(seconds, account, scene.own_words(account), scene.people.language[account], (link,))
        for account, seconds in zip(sharers, moments, strict=True)
    ]
