"""Which posts count: as SQL, and as Python for the brute-force references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Parameter
from undazzle.traces.kinds import Post

# A post that passes on another one; the file may say so, or name the other post, or both.
IS_REPOST_SQL = "(coalesce(is_repost, false) OR repost_of IS NOT NULL)"

INCLUDE_REPOSTS = Parameter(
    "include_reposts",
    False,
    "",
    "Whether reposts count too. A repost carries everything of the first post along and is counted by the "
    "repost trace already.",
)

SAME_HOURS = InnocentExplanation(
    "Same news, same hour",
    "People who follow one event post about it at the same time. Look at how many other accounts did so then.",
)
SAME_PUBLISHER = InnocentExplanation(
    "One publisher",
    "Pages of one newsroom, party or company post from one desk. Look for a common name, owner or imprint.",
)
DECLARED_AUTOMATION = InnocentExplanation(
    "Declared automation",
    "Feeds of weather, traffic or news post by program and say so. Look at the profile and the client.",
)
FANS = InnocentExplanation(
    "Fans and supporters",
    "People who admire the same person or club act on the same things day after day, each on their own account.",
)


def posts_where(settings: Mapping[str, Any]) -> str:
    """Return the SQL condition on ``posts`` for the posts that count."""
    return "true" if settings.get("include_reposts") else f"NOT {IS_REPOST_SQL}"


def is_repost(post: Post) -> bool:
    """Whether a post passes on another one."""
    return bool(post.get("is_repost")) or post.get("repost_of") is not None


def counts(post: Post, settings: Mapping[str, Any]) -> bool:
    """Whether a post counts, as ``posts_where`` says in SQL."""
    return bool(settings.get("include_reposts")) or not is_repost(post)
