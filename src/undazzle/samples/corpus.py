"""What a sample corpus is: posts, accounts, and the truth about who was planted and who only looks like it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from undazzle.errors import UnknownNameError

GroupKind = Literal["planted", "look_alike", "background"]


@dataclass(frozen=True, slots=True)
class PlantedGroup:
    """Some accounts of a sample and why they behave alike.

    Attributes
    ----------
    label
        Short name, as in ``Corpus.truth``.
    kind
        ``planted``: acts in concert. ``look_alike``: resembles it and is innocent. ``background``: ordinary.
    title
        A few words for a person.
    explanation
        What was planted, or why it is innocent and how a reader could notice.
    members
        Account ids.
    post_ids
        The posts that the group made as a group; its ordinary posts are not among them.
    items
        What it shared: links, hashtags, texts of stories or ids of reposted posts.
    """

    label: str
    kind: GroupKind
    title: str
    explanation: str
    members: tuple[str, ...]
    post_ids: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """A neutral synthetic data set with known truth.

    Attributes
    ----------
    seed
        The same seed and settings give the same corpus.
    start, days
        All posts lie from ``start`` (UTC, without time zone) to ``days`` days later.
    posts
        Staged posts in order of time: field names of ``model.POST_FIELDS``.
    accounts
        One record per account, with the account fields of ``model.POST_FIELDS``.
    truth
        Account id to label of its group. Account ids are unique across the platforms.
    groups
        Every group, planted ones first.
    """

    seed: int
    start: datetime
    days: int
    posts: list[dict[str, Any]] = field(repr=False)
    accounts: list[dict[str, Any]] = field(repr=False)
    truth: dict[str, str] = field(repr=False)
    groups: tuple[PlantedGroup, ...] = field(repr=False)

    def group(self, label: str) -> PlantedGroup:
        """Return the group called ``label``.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        found = next((one for one in self.groups if one.label == label), None)
        if found is None:
            raise UnknownNameError("sample group", label, [one.label for one in self.groups])
        return found

    def posts_of(self, label: str) -> list[dict[str, Any]]:
        """Return the posts that a group made as a group, in order of time."""
        wanted = set(self.group(label).post_ids)
        return [post for post in self.posts if post["post_id"] in wanted]
