"""Innocent groups that arise from people watching people: friends, a share button, one beloved post."""

from __future__ import annotations

import numpy as np

from undazzle.samples.drafts import DAY, HOUR, Draft, repost
from undazzle.samples.phrases import BY_LANGUAGE
from undazzle.samples.phrases.occasions import BELOVED_TEXT, CALL_TEXT, PREFILLED_TEXT
from undazzle.samples.population import Cast
from undazzle.samples.scene import Act, Scene

SHARE_BUTTON_CLIENT = "Share button"
LETTER_LINK = "https://open-letter.example/reading-room"
SHORTEST_LAG = 75  # seconds: reading and passing on takes longer than a minute
_FRIENDS, _CASCADES = 14, 55


def crowd_casts(ordinary: int) -> dict[str, Cast]:
    """Return the casts; the share button and the beloved post draw on more people in a larger town.

    Parameters
    ----------
    ordinary
        Number of ordinary people, of whom these are a part.
    """
    return {
        "friends": Cast(_FRIENDS, 24),
        "petition": Cast(max(20, round(0.17 * ordinary)), None, platform=-1, language=""),
        "viral_post": Cast(max(20, round(0.2 * ordinary)), None, language=""),
    }


def stage_friends(scene: Scene) -> Act:
    """Return the friends: one passes a post on, and those who follow do so minutes later."""
    random, members = scene.random, scene.people.members["friends"].tolist()
    follows = _follows(members, random)
    background = set(scene.people.members["background"].tolist())
    sources = [
        draft
        for draft in scene.originals
        if draft.account in background
        and scene.people.platform[draft.account] == scene.people.platform[members[0]]
        and draft.seconds < scene.clock.end - DAY
    ]
    drafts: list[Draft] = []
    chosen = random.permutation(len(sources))[:_CASCADES].tolist()
    for number in chosen:
        source = sources[number]
        leader = members[int(random.integers(len(members)))]
        first = scene.later(source.seconds, [leader], 0.7 * HOUR, 0.8)[0]
        drafts += _cascade(source, leader, first, follows, scene)
    drafts += _small_talk(follows, scene)
    return Act(
        "friends", "look_alike", "Friends who pass on what their friends pass on",
        f"{len(members)} people who follow and answer each other repost the same posts, each some minutes after "
        "a friend, hardly ever within one. The delays add up along the ties; that is contagion, not a plan.",
        drafts,
    )  # fmt: skip


def _follows(members: list[int], random: np.random.Generator) -> dict[int, list[int]]:
    """Return whom each friend follows: two neighbours in a circle and one more."""
    follows = {}
    for place, account in enumerate(members):
        others = [members[place - 1], members[(place + 1) % len(members)]]
        others.append(members[(place + int(random.integers(3, len(members) - 3))) % len(members)])
        follows[account] = others
    return follows


def _cascade(source: Draft, leader: int, first: int, follows: dict[int, list[int]], scene: Scene) -> list[Draft]:
    """Return the reposts of ``source``, the leader's first; followers join with a lag after someone they follow."""
    random = scene.random
    reached, queue = {leader: first}, [leader]
    while queue:
        friend = queue.pop(0)
        for account, followed in follows.items():
            if account not in reached and friend in followed and random.random() < 0.4:
                lag = SHORTEST_LAG + int(420 * random.lognormal(0, 0.7))
                if reached[friend] + lag < scene.clock.end:
                    reached[account] = reached[friend] + lag
                    queue.append(account)
    return [repost(source, account, seconds) for account, seconds in reached.items()]


def _small_talk(follows: dict[int, list[int]], scene: Scene) -> list[Draft]:
    """Return answers along every tie, by which a reader can see that these people know each other."""
    random = scene.random
    own: dict[int, list[Draft]] = {account: [] for account in follows}
    for draft in scene.originals:
        if draft.account in own:
            own[draft.account].append(draft)
    answers = []
    for account, followed in follows.items():
        for friend in followed:
            for _ in range(2):
                target = own[friend][int(random.integers(len(own[friend])))]
                phrases = BY_LANGUAGE[scene.people.language[account]]
                bits = [int(value) for value in random.integers(0, 1 << 60, size=2)]
                text = phrases.fill(phrases.replies[bits[0] % len(phrases.replies)], bits[1])
                seconds = scene.later(target.seconds + 30, [account], 0.5 * HOUR, 1.0)[0]
                answers.append(Draft(seconds, account, text, phrases.language, reply_to=target))
    return answers


def stage_petition(scene: Scene) -> Act:
    """Return the share button: after a public call, many ordinary people post the same prefilled text once."""
    members = scene.people.members["petition"].tolist()
    caller, signers = members[0], members[1:]
    called = 8 * DAY + 10 * HOUR
    call = Draft(called, caller, CALL_TEXT, "en", (LETTER_LINK,))
    moments = scene.later(called + 60, signers, 6 * HOUR, 1.1)
    drafts = [call] + [
        Draft(seconds, account, PREFILLED_TEXT, "en", (LETTER_LINK,), client=SHARE_BUTTON_CLIENT)
        for account, seconds in zip(signers, moments, strict=True)
    ]
    return Act(
        "petition", "look_alike", "A share button that writes the post",
        f"{len(signers)} ordinary people post the same prefilled text and link, once each, after a public call "
        "that is in the data. One item, one program named as a share button, spread over days.",
        drafts, items=(LETTER_LINK,),
    )  # fmt: skip


def stage_viral_post(scene: Scene) -> Act:
    """Return the beloved post: one item that a great many ordinary accounts pass on."""
    members = scene.people.members["viral_post"].tolist()
    author, admirers = members[0], members[1:]
    posted = 9 * DAY + 7 * HOUR
    original = Draft(posted, author, BELOVED_TEXT, "en")
    moments = scene.later(posted + 30, admirers, 3 * HOUR, 0.9)
    reposts = [repost(original, account, seconds) for account, seconds in zip(admirers, moments, strict=True)]
    return Act(
        "viral_post", "look_alike", "One post that everybody loved",
        f"{len(admirers)} ordinary accounts pass on one and the same post within a few days. So many pairs meet "
        "within a minute by its popularity alone, and on nothing else.",
        [original, *reposts],
    )  # fmt: skip
