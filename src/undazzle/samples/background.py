"""What ordinary accounts post: topics they care for, links of heavy-tailed popularity, replies and reposts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from undazzle.samples.drafts import DAY, HOUR, Draft, Floats, Integers, repost, within
from undazzle.samples.phrases import BITS_PER_POST, BY_LANGUAGE, TOPICS
from undazzle.samples.population import Population, zipf_mandelbrot

# Share of ordinary posts that are people's own (and of these, with a link), answers, and reposts.
ORIGINAL_SHARE = 0.7
_LINKED, _REPLIES, _REPOSTS = 0.45, 0.12, 0.18
_WAKING = np.array([2, 1, 1, 1, 1, 2, 5, 8, 9, 9, 9, 9, 10, 9, 8, 8, 9, 10, 11, 12, 12, 10, 7, 4], dtype=np.float64)
_SITES = ("town-diary", "merrowby-notes", "riverside-pages", "low-tide", "weaver-square", "harbour-board", "slow-news")


@dataclass(frozen=True, slots=True)
class Clock:
    """The span of a corpus in seconds and who is awake when."""

    end: int

    def moments(self, zones: Integers, random: np.random.Generator) -> Integers:
        """Return one moment for each of ``zones`` (hours ahead of UTC), by the habits of waking people."""
        hours = random.choice(24, size=len(zones), p=_WAKING / _WAKING.sum()) - zones
        days = random.integers(0, self.end // DAY, size=len(zones))
        return (days * DAY + hours % 24 * HOUR + random.integers(0, HOUR, size=len(zones))).astype(np.int64)

    def after(
        self, first: Floats, median: float, spread: float, zones: Integers, random: np.random.Generator
    ) -> Integers:
        """Return moments after ``first``: lognormal delays, drawn again (four times) for people who sleep then."""
        moments = within(first + median * random.lognormal(0, spread, len(first)), first, self.end, random)
        for _ in range(4):
            local = (moments // HOUR + zones) % 24
            asleep = random.random(len(first)) * _WAKING.max() > _WAKING[local]
            again = within(first + median * random.lognormal(0, spread, len(first)), first, self.end, random)
            moments = np.where(asleep, again, moments)
        return moments


def build_originals(people: Population, count: int, clock: Clock, random: np.random.Generator) -> list[Draft]:
    """Return ``count`` posts of people's own; every account with activity makes at least one, if there is room."""
    return _originals(people, _authors(people, count, random), clock, random)


def build_responses(
    people: Population, originals: list[Draft], count: int, clock: Clock, random: np.random.Generator
) -> list[Draft]:
    """Return ``count`` answers to and reposts of ``originals``."""
    authors = random.choice(len(people), size=count, p=people.activity / people.activity.sum())
    answers = round(count * _REPLIES / (_REPLIES + _REPOSTS))
    return [
        *_answers(people, originals, authors[:answers], clock, random),
        *_passed_on(people, originals, authors[answers:], clock, random),
    ]


def ordinary_text(people: Population, account: int, random: np.random.Generator) -> str:
    """Return a post such as ``account`` would write of its own accord."""
    phrases = BY_LANGUAGE[people.language[account]]
    topic = TOPICS[people.topics[account, int(random.integers(2))]]
    return phrases.post(topic, random.integers(0, 1 << 60, size=BITS_PER_POST).tolist())


def _authors(people: Population, count: int, random: np.random.Generator) -> Integers:
    everyone = random.permutation(np.flatnonzero(people.activity > 0))[:count]
    more = random.choice(len(people), size=count - len(everyone), p=people.activity / people.activity.sum())
    return np.concatenate([everyone, more])


def _topics(people: Population, authors: Integers, random: np.random.Generator) -> Integers:
    """Return a topic per post: one of the author's two in 85 of 100 cases."""
    preferred = people.topics[authors, random.integers(0, 2, size=len(authors))]
    any_topic = random.integers(0, len(TOPICS), size=len(authors))
    return np.where(random.random(len(authors)) < 0.85, preferred, any_topic)


def _originals(people: Population, authors: Integers, clock: Clock, random: np.random.Generator) -> list[Draft]:
    topics = _topics(people, authors, random)
    linked = random.random(len(authors)) < _LINKED
    moments = clock.moments(people.zone[authors], random)
    pages, page_moments = _pages(people, authors, topics, clock, random)
    moments = np.where(linked, page_moments, moments)
    bits = random.integers(0, 1 << 60, size=(len(authors), BITS_PER_POST)).tolist()
    mood = random.random((len(authors), 2)).tolist()
    drafts = []
    for number, (account, topic) in enumerate(zip(authors.tolist(), topics.tolist(), strict=True)):
        phrases = BY_LANGUAGE[people.language[account]]
        tags, text = phrases.hashtags[TOPICS[topic]], phrases.post(TOPICS[topic], bits[number])
        hashtags: tuple[str, ...] = ()
        if linked[number]:
            links: tuple[str, ...] = (f"https://{_SITES[pages[number] % len(_SITES)]}.example/{pages[number]}",)
        else:
            links = ()
            if mood[number][0] < 0.04:
                text = phrases.greetings[bits[number][0] % len(phrases.greetings)]
            elif mood[number][0] < 0.3:
                hashtags = _some_tags(tags, bits[number][0], mood[number][1])
        drafts.append(Draft(int(moments[number]), account, text, phrases.language, links, hashtags))
    return drafts


def _some_tags(tags: tuple[str, ...], bits: int, mood: float) -> tuple[str, ...]:
    """Return one to three of ``tags`` in an order that follows from ``bits``."""
    turned = bits % len(tags)
    order = tags[turned:] + tags[:turned]
    if bits // 7 % 2:
        order = order[::-1]
    return order[: 1 + int(mood * 3)]


def _pages(
    people: Population, authors: Integers, topics: Integers, clock: Clock, random: np.random.Generator
) -> tuple[Integers, Integers]:
    """Return a page per post, popular ones more often, and a moment after the page appeared."""
    per_topic = max(20, len(authors) // 130)
    popularity = zipf_mandelbrot(per_topic, 1.0, 2.0)
    pages = topics * per_topic + random.choice(per_topic, size=len(authors), p=popularity)
    born = random.uniform(-2 * DAY, clock.end - DAY, size=per_topic * len(TOPICS))
    return pages, clock.after(born[pages], 5 * HOUR, 1.4, people.zone[authors], random)


def _answers(
    people: Population, originals: list[Draft], authors: Integers, clock: Clock, random: np.random.Generator
) -> list[Draft]:
    targets = _targets(people, originals, authors, random, exponent=0.0)
    first = np.array([target.seconds for target in targets], dtype=np.float64) + 20
    moments = clock.after(first, 0.4 * HOUR, 1.3, people.zone[authors], random).tolist()
    bits = random.integers(0, 1 << 60, size=(len(authors), 2)).tolist()
    drafts = []
    for account, target, seconds, (choice, fill) in zip(authors.tolist(), targets, moments, bits, strict=True):
        phrases = BY_LANGUAGE[people.language[account]]
        text = phrases.fill(phrases.replies[choice % len(phrases.replies)], fill)
        drafts.append(Draft(seconds, account, text, phrases.language, reply_to=target))
    return drafts


def _passed_on(
    people: Population, originals: list[Draft], authors: Integers, clock: Clock, random: np.random.Generator
) -> list[Draft]:
    targets = _targets(people, originals, authors, random, exponent=0.9)
    first = np.array([target.seconds for target in targets], dtype=np.float64) + 15
    moments = clock.after(first, 2 * HOUR, 1.3, people.zone[authors], random).tolist()
    return [
        repost(target, account, seconds)
        for target, account, seconds in zip(targets, authors.tolist(), moments, strict=True)
    ]


def _targets(
    people: Population, originals: list[Draft], authors: Integers, random: np.random.Generator, exponent: float
) -> list[Draft]:
    """Return a post by somebody else on the author's platform for each author, popular ones more often."""
    platforms = people.platform[[draft.account for draft in originals]]
    targets = np.empty(len(authors), dtype=np.int64)
    for platform in np.unique(platforms):
        here = random.permutation(np.flatnonzero(platforms == platform))
        asking = np.flatnonzero(people.platform[authors] == platform)
        weights = zipf_mandelbrot(len(here), exponent, 8.0)
        targets[asking] = here[random.choice(len(here), size=len(asking), p=weights)]
    chosen = [originals[number] for number in targets.tolist()]
    for place, account in enumerate(authors.tolist()):
        if chosen[place].account == account:
            chosen[place] = _somebody_else(people, originals, int(targets[place]), account)
    return chosen


def _somebody_else(people: Population, originals: list[Draft], number: int, account: int) -> Draft:
    """Return the next original on the same platform that ``account`` did not write."""
    for step in range(1, len(originals)):
        other = originals[(number + step) % len(originals)]
        if other.account != account and people.platform[other.account] == people.platform[account]:
            return other
    return originals[number]
