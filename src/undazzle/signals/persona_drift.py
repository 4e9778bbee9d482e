"""Signal ``persona_drift``: accounts fell silent and came back as somebody else."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log2

from undazzle.coordination.explanations.wording import counted
from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.signals.descriptor import Reading, Signal, untestable
from undazzle.signals.group import Group
from undazzle.signals.languages import plain_language
from undazzle.signals.reading import share_reading

SILENCE_DAYS = 90
FEWEST_POSTS = 10
LEAST_DIVERGENCE = 0.5

# The longest silence of each account cuts its life in two.
_CUTS = f"""
WITH gaps AS (
    SELECT account_key, is_member, posted_at,
        lag(posted_at) OVER (PARTITION BY account_key ORDER BY posted_at, post_key) AS before
    FROM posts JOIN (SELECT account_key, is_member FROM signal_activity WHERE posts >= {2 * FEWEST_POSTS})
    USING (account_key)
)
SELECT account_key, any_value(is_member) AS is_member, max(posted_at - before) AS silence,
    arg_max(posted_at, posted_at - before) AS back_at
FROM gaps GROUP BY account_key HAVING max(posted_at - before) >= INTERVAL {SILENCE_DAYS} DAY
"""
_SIDES = f"""
SELECT account_key, any_value(is_member), posted_at >= back_at AS is_after, 'language' AS kind,
    lower(language) AS word, count(*)
FROM posts JOIN ({_CUTS}) USING (account_key) WHERE language IS NOT NULL GROUP BY account_key, is_after, word
UNION ALL
SELECT account_key, any_value(is_member), is_after, 'hashtag', lower(word), count(*) FROM (
    SELECT account_key, is_member, posted_at >= back_at AS is_after, unnest(hashtags) AS word
    FROM posts JOIN ({_CUTS}) USING (account_key)
) GROUP BY account_key, is_after, lower(word)
"""
_NAMES = """
SELECT is_member, count(*) FILTER (names > 1), count(*) FROM (
    SELECT a.account_key, a.is_member, greatest(count(DISTINCT o.handle), count(DISTINCT o.display_name)) AS names
    FROM signal_accounts a JOIN account_observations o USING (account_key)
    WHERE o.handle IS NOT NULL OR o.display_name IS NOT NULL GROUP BY a.account_key, a.is_member HAVING count(*) > 1
) GROUP BY is_member
"""


def divergence(before: Counter[str], after: Counter[str]) -> float:
    """Return the Jensen-Shannon divergence of two distributions: 0 if they are equal, 1 if they share nothing.

    Examples
    --------
    >>> divergence(Counter(en=5), Counter(ru=5)), divergence(Counter(en=5), Counter(en=9))
    (1.0, 0.0)
    """
    total = 0.0
    for word in before | after:
        one, other = before[word] / before.total(), after[word] / after.total()
        middle = (one + other) / 2
        total += sum(share / 2 * log2(share / middle) for share in (one, other) if share)
    return round(total, 12)


def read(group: Group) -> Reading:
    """Return what the past of the group's accounts says."""
    sides: defaultdict[tuple[bool, int], dict[str, dict[bool, Counter[str]]]] = defaultdict(
        lambda: {"language": {True: Counter(), False: Counter()}, "hashtag": {True: Counter(), False: Counter()}}
    )
    for key, is_member, is_after, kind, word, number in group.store.rows(_SIDES):
        plain = plain_language(word) if kind == "language" else word
        if plain:
            sides[bool(is_member), key][kind][bool(is_after)][plain] += number
    judged: dict[bool, list[bool]] = {True: [], False: []}
    for (is_member, _), kinds in sides.items():
        verdict = _has_changed(kinds)
        if verdict is not None:
            judged[is_member].append(verdict)
    renamed = {bool(row[0]): (int(row[1]), int(row[2])) for row in group.store.rows(_NAMES)}
    names = renamed.get(True, (0, 0))
    topics = sum(is_member and _has_other_topics(kinds) for (is_member, _), kinds in sides.items())
    if not judged[True]:
        return untestable(
            f"No account of the group was silent for {SILENCE_DAYS} days with {FEWEST_POSTS} posts before and after.", 0
        )
    return share_reading(
        sum(judged[True]), len(judged[True]), sum(judged[False]), len(judged[False]),
        f"changed language after {SILENCE_DAYS} days of silence",
        seen=f"{counted(len(judged[True]), 'account')} of the group fell silent so long; {topics:,} use none of their "
        "earlier hashtags."
        + (f" {names[0]:,} of {names[1]:,} that were seen more than once changed their name." if names[1] else ""),
        details={"renamed": names, "control_renamed": renamed.get(False, (0, 0))},
    )  # fmt: skip


def _has_changed(kinds: dict[str, dict[bool, Counter[str]]]) -> bool | None:
    """Return whether an account changed its language; ``None`` if it posted too little before or after."""
    before, after = kinds["language"][False], kinds["language"][True]
    if min(before.total(), after.total()) < FEWEST_POSTS:
        return None
    return divergence(before, after) >= LEAST_DIVERGENCE


def _has_other_topics(kinds: dict[str, dict[bool, Counter[str]]]) -> bool:
    before, after = kinds["hashtag"][False], kinds["hashtag"][True]
    return min(before.total(), after.total()) >= FEWEST_POSTS and not set(before) & set(after)


PERSONA_DRIFT = Signal(
    signal_id="persona_drift",
    version="1",
    title="Back as somebody else",
    summary="Finds accounts that fell silent and came back in another language.",
    family="past",
    method=(
        "The longest silence of an account, if it lasted 90 days, cuts its life in two. It came back as somebody else "
        "if its languages diverge by half (Jensen-Shannon, 0 equal to 1 disjoint), with ten posts on either side. The "
        "share of such accounts is compared with that among the others that were silent as long (Fisher). Changed "
        "names, and hashtags that were all given up, are counted beside it; hashtags follow events and change in every "
        "account."
    ),
    needs=("posted_at",),
    needs_words="posts",
    innocent_explanations=(
        InnocentExplanation("A new life", "People move, change jobs, learn a language, and stop posting meanwhile."),
        InnocentExplanation("A stolen or sold account", "The first owner has nothing to do with what it does now."),
        InnocentExplanation("What was collected", "Data that was collected by topic lacks the posts between."),
    ),
    error_rates=(
        "Not measured: no data with known changes of owner was at hand. Of the accounts of the Internet Research "
        "Agency that were silent for 90 days, 2015 to 2016, none changed its language."
    ),
    read=read,
    parameters=(
        Parameter("silence", SILENCE_DAYS, "days", "Pause that cuts the life of an account in two"),
        Parameter("fewest_posts", FEWEST_POSTS, "posts", "Posts or hashtags needed on either side"),
        Parameter("least_divergence", LEAST_DIVERGENCE, "0 to 1", "Change of languages that counts"),
    ),
    references=(
        Reference(
            "Institute for Strategic Dialogue 2024, on accounts that came back as Americans (notice of 26 April; the "
            "dispatch itself was not looked up)",
            "https://www.isdglobal.org/isd-in-the-news/elise-thomas-on-the-new-tactics-used-by-pro-ccp-"
            "spamouflage-network-real-shift-and-really-concerning/",
        ),
    ),
)
