"""Innocent groups with a clock of their own: fans at a match, a declared news feed, a weather service."""

from __future__ import annotations

from undazzle.samples.drafts import DAY, HOUR, Draft
from undazzle.samples.phrases import ENGLISH, TOPICS
from undazzle.samples.phrases.occasions import FAN_CALLS, FAN_HASHTAGS, SKIES, STATIONS, WINDS
from undazzle.samples.population import Cast
from undazzle.samples.scene import Act, Scene

FEED_CLIENT, FORECAST_CLIENT = "Estuary Wire Relay", "Forecast Desk"
FEED_LATENCY = tuple(4 + 7 * place for place in range(10))  # seconds after the feed, fixed per account
FORECAST_HOURS = (6, 12, 18)
SERVICE_CASTS = {
    "fan_club": Cast(48, 9, platform=-1, description="Merrowby Rovers, home and away, since I could walk."),
    "news_syndicate": Cast(
        10, 0, client=FEED_CLIENT, is_automated=True,
        description="Member of the Estuary Wire syndicate. Headlines are posted automatically from one feed.",
    ),
    "weather_service": Cast(
        6, 0, platform=1, client=FORECAST_CLIENT, is_automated=True,
        description="Regional forecast, posted automatically at 6, 12 and 18 o'clock.",
    ),
}  # fmt: skip


def stage_fan_club(scene: Scene) -> Act:
    """Return the fan club: short bursts of calls with the same hashtags when something happens on the pitch."""
    random, members = scene.random, scene.people.members["fan_club"].tolist()
    drafts: list[Draft] = []
    bystanders: list[Draft] = []
    tags: set[str] = set()
    matches = [day for day in range(scene.days) if day % 7 in (2, 6)]
    for match, day in enumerate(matches):
        kick_off = day * DAY + (15 if day % 7 == 6 else 19) * HOUR
        moments = [kick_off, kick_off + 6_300, *(kick_off + random.integers(300, 6_000, size=4)).tolist()]
        hashtags = (*FAN_HASHTAGS, f"Round{match + 1}")
        tags |= set(hashtags)
        for share, crowd, target in ((0.6, members, drafts), (1.0, scene.bystanders(14), bystanders)):
            for account in crowd:
                for _ in range(int(random.integers(1, 4)) if random.random() < share else 0):
                    seconds = moments[int(random.integers(6))] + 10 + int(random.exponential(150))
                    tagged = hashtags[: int(random.integers(2, 4))]
                    target.append(Draft(seconds, account, _call(scene), "en", hashtags=tagged))
    return Act(
        "fan_club", "look_alike", "Fans of a football club on match days",
        f"{len(members)} people with the same hashtags, in bursts when something happens on the pitch. Many other "
        f"people use the tags too; the calls are in everybody's own words, and all falls on {len(matches)} match days.",
        drafts, bystanders, tuple(sorted(tags)),
    )  # fmt: skip


def _call(scene: Scene) -> str:
    """Return two or three calls of a fan in one breath."""
    bits = [int(value) for value in scene.random.integers(0, 1 << 60, size=4)]
    count = 2 + bits[3] % 2
    calls = dict.fromkeys(ENGLISH.fill(FAN_CALLS[value % len(FAN_CALLS)], value // 64) for value in bits[:count])
    return " ".join(calls)


def stage_news_syndicate(scene: Scene) -> Act:
    """Return the news syndicate: one feed, a fixed delay per account, one program, all declared."""
    random, members = scene.random, scene.people.members["news_syndicate"].tolist()
    drafts, bystanders, links = [], [], []
    for number in range(3 * scene.days):
        link = f"https://estuary-wire.example/story/{number + 1}"
        released = number // 3 * DAY + int(random.integers(7 * HOUR, 20 * HOUR))
        bits = [int(value) for value in random.integers(0, 1 << 60, size=2)]
        clauses = ENGLISH.clauses[TOPICS[number % len(TOPICS)]]
        headline = ENGLISH.fill(clauses[bits[0] % len(clauses)], bits[1])
        text = f"{headline[0].upper()}{headline[1:]} | Estuary Wire"
        for account, latency in zip(members, FEED_LATENCY, strict=True):
            drafts.append(Draft(released + latency, account, text, "en", (link,), client=FEED_CLIENT))
        readers = scene.bystanders(2)
        for account, seconds in zip(readers, scene.later(released, readers, 4 * HOUR, 1.2), strict=True):
            own = scene.own_words(account)
            bystanders.append(Draft(seconds, account, own, scene.people.language[account], (link,)))
        links.append(link)
    return Act(
        "news_syndicate", "look_alike", "A declared news syndicate",
        f"{len(members)} accounts repeat one feed within about a minute. All declare it in their profile, use one "
        "program, link to one site, and each has its own fixed delay after the feed.",
        drafts, bystanders, tuple(links),
    )  # fmt: skip


def stage_weather_service(scene: Scene) -> Act:
    """Return the weather service: near-identical forecasts at fixed hours, declared as automatic."""
    random, members = scene.random, scene.people.members["weather_service"].tolist()
    drafts = []
    for day in range(scene.days):
        for hour in FORECAST_HOURS:
            sky, wind = SKIES[int(random.integers(len(SKIES)))], WINDS[int(random.integers(len(WINDS)))]
            for place, account in enumerate(members):
                degrees, knots = random.integers(4, 16), random.integers(3, 25)
                air = f"{degrees} degrees, wind {wind} {knots} knots, {sky}"
                text = f"Forecast for {STATIONS[place]}, {hour}:00: {air}."
                link = f"https://forecast-desk.example/{STATIONS[place].lower().replace(' ', '-')}"
                seconds = day * DAY + hour * HOUR + int(random.integers(0, 8))
                drafts.append(Draft(seconds, account, text, "en", (link,), client=FORECAST_CLIENT))
    return Act(
        "weather_service", "look_alike", "A weather service with one account per place",
        f"{len(members)} accounts post near-identical forecasts at {', '.join(map(str, FORECAST_HOURS))} o'clock every "
        "day. A fixed timetable, one program, declared as automatic; each links to a page of its own.",
        drafts,
    )  # fmt: skip
