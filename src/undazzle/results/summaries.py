"""What was measured, as a sentence: never more than the numbers say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from undazzle.model import format_duration
from undazzle.results.surprise import surprise_words

_THINGS = {
    "link": "links",
    "domain": "domains",
    "repost": "reposted posts",
    "reply": "posts replied to",
    "quote": "quoted posts",
    "hashtag": "hashtags",
    "hashtag_sequence": "hashtag sequences",
    "mention": "mentioned accounts",
    "text": "texts",
    "near_text": "near-identical texts",
    "image": "images",
    "object": "objects",
}


def network_summary(name: str, facts: Mapping[str, Any]) -> str:
    """Return one sentence on a network from its row.

    Examples
    --------
    >>> facts = dict.fromkeys(["time_window", "kinds", "first_at", "last_at", "expected", "q_value"])
    >>> facts |= {"members": 3, "co_actions": 40, "items": 12, "days": 1}
    >>> print(network_summary("amber-otter", facts))  # doctest: +NORMALIZE_WHITESPACE
    amber-otter: 3 accounts did the same 40 times, on 12 distinct items, on 1 day.
    How often chance would do that was not computed.
    """
    window = facts["time_window"]
    within = f" within {format_duration(window)} of each other" if window is not None else ""
    things = _things(facts["kinds"] or (), facts["items"] or 0)
    return (
        f"{name}: {count_of(facts['members'], 'account')} did the same{within}"
        f" {count_of(facts['co_actions'], 'time')}, on {things}, on {count_of(facts['days'], 'day')}"
        f"{_between(facts['first_at'], facts['last_at'])}. {surprise_words(facts)}{_explained(facts)}"
    )


def explained_words(explained_by: str) -> str:
    """Return an innocent explanation in the words of a reader.

    Examples
    --------
    >>> explained_words("viral_item")
    'one viral item'
    """
    from undazzle.coordination.explanations import EXPLANATIONS

    known = EXPLANATIONS.get(explained_by)
    return known.title[:1].lower() + known.title[1:] if known else explained_by


def _explained(facts: Mapping[str, Any]) -> str:
    name = facts.get("explained_by")
    return f" Explained by: {explained_words(name)}." if name else ""


def _things(kinds: Sequence[str], count: int) -> str:
    if not kinds:
        return count_of(count, "distinct item")
    words = [_THINGS.get(kind, f"items of kind {kind}") for kind in kinds]
    listed = words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" and {words[-1]}"
    return f"{count:,} distinct item{'' if count == 1 else 's'} ({listed})"


def _between(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None:
        return ""
    if first.date() == last.date():
        return f" ({first:%Y-%m-%d}, UTC)"
    return f" between {first:%Y-%m-%d} and {last:%Y-%m-%d} (UTC)"


def count_of(number: int | None, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count_of(1, "pair"), count_of(1200, "pair")
    ('1 pair', '1,200 pairs')
    """
    count = number or 0
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
