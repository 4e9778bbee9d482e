"""Builds whole corpora: people first, then the planted groups, then ordinary posts up to the wanted number."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from undazzle.errors import ParameterError
from undazzle.samples.assembly import account_records, group_records, post_records
from undazzle.samples.background import ORIGINAL_SHARE, Clock, build_originals, build_responses
from undazzle.samples.corpus import Corpus
from undazzle.samples.crowds import crowd_casts, stage_friends, stage_petition, stage_viral_post
from undazzle.samples.drafts import DAY, Draft
from undazzle.samples.look_alikes import SERVICE_CASTS, stage_fan_club, stage_news_syndicate, stage_weather_service
from undazzle.samples.networks import NETWORK_CASTS, plant_closed_ring, plant_link_queues, plant_paraphrasers
from undazzle.samples.planting import Planting
from undazzle.samples.population import Population, build_population
from undazzle.samples.scene import Act, Scene

FEWEST_POSTS, FEWEST_DAYS = 12_000, 14
_START = datetime(2026, 3, 1)
_PEOPLE_PER_POST = 0.095
_ORDINARY_SHARE = 0.78  # of all posts; groups that need more or less of the rest change the number of responses
_PLANTED = (plant_link_queues, plant_paraphrasers, plant_closed_ring)
_INNOCENT = (
    stage_fan_club,
    stage_news_syndicate,
    stage_friends,
    stage_petition,
    stage_weather_service,
    stage_viral_post,
)


def build_corpus(seed: int = 0, *, posts: int = 20_000, days: int = 28, start: datetime = _START) -> Corpus:
    """Return the neutral corpus of the demo: planted networks, innocent look-alikes, and ordinary accounts.

    The same arguments give the same corpus, post by post.

    Parameters
    ----------
    seed
        Number from which everything is drawn.
    posts
        Number of posts, exactly.
    days
        Length in days.
    start
        First moment, UTC.

    Raises
    ------
    ParameterError
        If there is no room for the groups.

    Examples
    --------
    >>> corpus = build_corpus(posts=12_000, days=14)
    >>> len(corpus.posts), len(corpus.group("link_queues").members)
    (12000, 23)
    """
    return planted_corpus(seed, Planting(), posts=posts, days=days, start=start)


def planted_corpus(
    seed: int = 0,
    planting: Planting | None = None,
    *,
    posts: int = 20_000,
    days: int = 28,
    start: datetime = _START,
) -> Corpus:
    """Return a corpus whose networks are as strong as ``planting`` says, for power curves.

    Parameters
    ----------
    seed, posts, days, start
        As for ``build_corpus``.
    planting
        Dose, jitter, paraphrase and dilution; the demo's by default.

    Raises
    ------
    ParameterError
        If there is no room for the groups.
    """
    _check(posts, days)
    planting = planting or Planting()
    start = start.astimezone(UTC).replace(tzinfo=None) if start.tzinfo else start
    clock = Clock(days * DAY)
    # One source of randomness per part, so that a change to one part leaves the others as they were.
    children = np.random.SeedSequence(seed).spawn(4 + len(_PLANTED) + len(_INNOCENT))
    for_people, for_records, *for_play = [np.random.default_rng(child) for child in children]
    people = _people(posts, planting, for_people)
    acts, ordinary = _play(people, clock, planting, posts, for_play)
    drafts = [*ordinary, *(draft for act in acts for draft in (*act.drafts, *act.bystanders))]
    accounts = account_records(people, start)
    records, ids = post_records(drafts, accounts, people, start, for_records)
    groups = group_records(acts, people, ids)
    truth = {account: group.label for group in groups for account in group.members}
    return Corpus(seed, start, days, records, accounts, truth, groups)


def _people(posts: int, planting: Planting, random: np.random.Generator) -> Population:
    """Return the accounts: some 95 ordinary ones for 1,000 posts, and the casts of the groups."""
    ordinary = round(posts * _PEOPLE_PER_POST)
    casts = {**NETWORK_CASTS}
    if planting.look_alikes:
        crowds = crowd_casts(ordinary)
        casts |= SERVICE_CASTS | crowds
        ordinary -= sum(cast.size for cast in crowds.values() if cast.ordinary_posts is None)
    return build_population(casts, ordinary, round(posts * _ORDINARY_SHARE), random)


def _play(
    people: Population, clock: Clock, planting: Planting, posts: int, sources: list[np.random.Generator]
) -> tuple[list[Act], list[Draft]]:
    """Return what the groups did and the ordinary posts; together exactly ``posts``."""
    for_originals, for_responses, *for_groups = sources
    stages = [*_PLANTED, *(_INNOCENT if planting.look_alikes else ())]
    originals = build_originals(people, round(posts * _ORDINARY_SHARE * ORIGINAL_SHARE), clock, for_originals)
    acts = [
        stage(Scene(people, clock, planting, originals, random))
        for stage, random in zip(stages, for_groups, strict=False)
    ]
    room = posts - len(originals) - sum(len(act.drafts) + len(act.bystanders) for act in acts)
    if room < 0:
        raise ParameterError(
            "posts", posts, f"The groups need {-room:,} more: raise it, take fewer days, or plant less."
        )
    return acts, originals + build_responses(people, originals, room, clock, for_responses)


def _check(posts: int, days: int) -> None:
    if posts < FEWEST_POSTS:
        raise ParameterError("posts", posts, f"The planted groups need at least {FEWEST_POSTS:,} posts.")
    if days < FEWEST_DAYS:
        raise ParameterError("days", days, f"The planted groups need at least {FEWEST_DAYS} days.")
