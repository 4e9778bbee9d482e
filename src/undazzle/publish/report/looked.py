"""What was computed of narratives, targets and impact, ready for the templates; or why there is nothing.

Reads ``runs``, ``narratives``, ``narrative_posts``, ``posts``, ``members``; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from undazzle.publish.report.content import Content
from undazzle.publish.report.facts import PostFact
from undazzle.store import Store


@dataclass(frozen=True, slots=True)
class Behind:
    """A post that stands behind a figure, and why it is shown."""

    role: str
    post: PostFact


@dataclass(frozen=True, slots=True)
class Posts:
    """Looks up posts by their ids and shows them as the report may."""

    store: Store
    content: Content

    def behind(self, wanted: Iterable[tuple[str, str | None]]) -> tuple[Behind, ...]:
        """Return posts by role and id; a post that is wanted twice is shown once, with both roles."""
        roles: dict[str, list[str]] = {}
        for role, post_id in wanted:
            if post_id:
                roles.setdefault(post_id, []).append(role)
        keys: Mapping[str, int] = dict(
            self.store.rows(
                "SELECT post_id, min(post_key) FROM posts WHERE list_contains($ids, post_id) GROUP BY post_id",
                {"ids": list(roles)},
            )
        )
        posts = self.content.posts(keys.values())
        return tuple(
            Behind("; ".join(roles[post_id]), posts[keys[post_id]]) for post_id in roles if keys.get(post_id) in posts
        )
