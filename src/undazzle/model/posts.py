"""The fields of a post as every reader delivers them (table ``staged_posts``).

Ids are the platform's own, without the platform in front; landing adds it. ``None`` in a list field
means "the file does not say" (links, hashtags and mentions are then taken from the text); an empty
list means "the file says there are none".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "time", "count", "flag", "list", "id"]


@dataclass(frozen=True, slots=True)
class PostField:
    """One field of a staged post.

    Attributes
    ----------
    name
        Column name in ``staged_posts`` and the word to use in ``--map name=column``.
    kind
        ``id`` (text that identifies), ``text``, ``time`` (UTC), ``count`` (whole number), ``flag``
        (true/false) or ``list`` (of text).
    description
        What it means, in words for a user.
    """

    name: str
    kind: Kind
    description: str

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the staged column."""
        types = {
            "id": "VARCHAR",
            "text": "VARCHAR",
            "time": "TIMESTAMP",
            "count": "BIGINT",
            "flag": "BOOLEAN",
        }
        return types.get(self.kind, "VARCHAR[]")


POST_FIELDS: tuple[PostField, ...] = (
    PostField("platform", "text", "Platform the post was made on, in lower case, e.g. x, facebook, telegram"),
    PostField("post_id", "id", "The platform's id of the post"),
    PostField("account_id", "id", "The platform's id of the account that posted, or its handle if no id is known"),
    PostField("handle", "text", "Handle (user name) of the account, without @"),
    PostField("display_name", "text", "Name shown for the account"),
    PostField("posted_at", "time", "When it was posted"),
    PostField("posted_at_raw", "text", "The time as written in the file"),
    PostField("text", "text", "The text of the post"),
    PostField("language", "text", "Language as the platform or collector names it"),
    PostField("url", "text", "Permanent link of the post itself"),
    PostField("client", "text", "Program the post was made with, if the platform tells"),
    PostField("is_repost", "flag", "Whether the post passes on another post unchanged"),
    PostField("repost_of", "id", "Id of the post that was passed on"),
    PostField("repost_of_account", "id", "Account whose post was passed on"),
    PostField("reply_to", "id", "Id of the post that was answered"),
    PostField("reply_to_account", "id", "Account that was answered"),
    PostField("quote_of", "id", "Id of the post that was quoted"),
    PostField("quote_of_account", "id", "Account that was quoted"),
    PostField("conversation_id", "id", "Id of the thread or the first post of it"),
    PostField("links", "list", "Web addresses in the post"),
    PostField("domains", "list", "Web domains in the post, where the file gives them itself"),
    PostField("hashtags", "list", "Hashtags in the post, in order, without #"),
    PostField("mentions", "list", "Accounts named in the post, without @"),
    PostField("objects", "list", "Shared things that the file itself names (an object_id column)"),
    PostField("media", "list", "Media attached: addresses or file names; never fetched"),
    PostField("media_hashes", "list", "Perceptual hashes of attached images, as given by the file"),
    PostField("likes", "count", "Likes when collected"),
    PostField("reposts", "count", "Reposts or shares when collected"),
    PostField("replies", "count", "Replies or comments when collected"),
    PostField("quotes", "count", "Quotes when collected"),
    PostField("views", "count", "Views when collected"),
    PostField("account_created_at", "time", "When the account was registered"),
    PostField("account_description", "text", "Self-description of the account"),
    PostField("account_location", "text", "Location the account states"),
    PostField("account_language", "text", "Interface or profile language of the account"),
    PostField("account_category", "text", "Label of the account given by the file (a coder's or platform's word)"),
    PostField("account_profile_image", "text", "Address of the profile image; never fetched"),
    PostField("account_is_automated", "flag", "Whether the account declares itself automated"),
    PostField("account_is_verified", "flag", "Whether the platform marks the account as verified"),
    PostField("followers", "count", "Followers when collected"),
    PostField("following", "count", "Accounts followed when collected"),
    PostField("account_posts", "count", "Posts the account had made when collected"),
)

_BY_NAME = {field.name: field for field in POST_FIELDS}


def post_field(name: str) -> PostField:
    """Return the field called ``name``.

    Raises
    ------
    UnknownNameError
        If there is no such field.
    """
    from undazzle.errors import UnknownNameError

    if name not in _BY_NAME:
        raise UnknownNameError("post field", name, _BY_NAME)
    return _BY_NAME[name]
