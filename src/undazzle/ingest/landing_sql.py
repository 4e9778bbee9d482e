"""The SQL with which staged posts are judged, merged and turned into rows of ``posts``."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial

from undazzle.model import POST_FIELDS

JUDGED_VIEW = "judged_posts"
LIST_FIELDS = ("links", "domains", "hashtags", "mentions", "objects", "media", "media_hashes")
_MERGED_LISTS = ("objects", "links", "hashtags", "domains", "mentions", "media", "media_hashes")
_SHORT_TEXT = 1_000  # bytes; shorter texts need no bounds
LONGEST_TEXT = 100_000  # characters looked at for links, hashtags and mentions
MOST_IN_TEXT = 200  # entries taken from one text
_OTHER_IDS = ("reply_to", "reply_to_account", "quote_of", "quote_of_account", "conversation_id")
_ALWAYS_WRITTEN = frozenset(
    "post_key post_id platform account_key account_id posted_at is_repost repost_of repost_of_account "
    "links hashtags mentions source_id source_row".split()
)  # the other columns only if the file has them
MOST_MERGED = 10_000  # entries of one post after merging rows

# What makes a row without a post id the same post: who, when, and what; not how often it was liked.
_CONTENT = (
    "text", "url", "links", "objects", "domains", "hashtags", "media", "media_hashes",
    "repost_of", "reply_to", "quote_of",
)  # fmt: skip

_LINK = r"""https?://[^\s<>"“”„«»`{}|\\^\x00-\x20]+"""
# A sign in the middle of a word or address makes no hashtag and no mention: the character before it is taken along
# and the find dropped (looking behind would be many times slower). Most hashtags are plain and need no second look.
_WORD_BEFORE = r"[\pL\pN_&/]?"
_TAG = r"([\pL\pN\pM_]+)"
_BEFORE_MENTION = r"[\pL\pN_./]?"
_MENTIONED = r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:@[A-Za-z0-9.-]+)?"
_REPOST_MARK = r"^\s*RT @([A-Za-z0-9_]{1,60}):?\s"


def judged_sql(present: AbstractSet[str], *, derive_reposts: bool, latest: datetime) -> str:
    """Return SQL that makes the view of staged posts with final ids and the reason why a row is set aside.

    Parameters
    ----------
    present
        Fields the file has.
    derive_reposts
        Whether the text may show that a post is a repost.
    latest
        Times after this are not plausible, UTC.
    """
    platform = "coalesce(nullif(lower(trim(platform)), ''), 'unknown')" if "platform" in present else "'unknown'"
    marked = "NULL::VARCHAR"
    if derive_reposts and "text" in present:
        is_open = "is_repost IS NULL AND repost_of IS NULL AND contains(text, 'RT @')"
        marked = f"CASE WHEN {is_open} THEN nullif(regexp_extract(text, '{_REPOST_MARK}', 1), '') END"
    handle = f"nullif(ltrim({_trimmed('handle')}, '@'), '')"
    content = f"md5(concat_ws('\x1f', account, epoch_us(posted_at){_content(present)}))"
    return f"""
    CREATE TEMP VIEW {JUDGED_VIEW} AS
    SELECT *, {_with_platform("account")} AS final_account_id,
        CASE WHEN own_id <> '' THEN {_with_platform("own_id")}
            ELSE final_platform || ':row-' || left({content}, 16) END AS final_post_id,
        {_reason(latest)} AS reason
    FROM (SELECT *, CASE WHEN own_account <> '' THEN own_account ELSE {handle} END AS account
        FROM (SELECT *, {platform} AS final_platform, {_trimmed("account_id")} AS own_account,
            {_trimmed("post_id")} AS own_id, {marked} AS marked_account FROM staged_posts))
    """


def merged_sql(present: AbstractSet[str]) -> str:
    """Return SQL that makes ``merged`` from ``repeats``: one row per post, with the lists of all its rows.

    Lists keep the order of the file. Of the other fields the earliest filled one counts, of counts the largest.
    """
    lists = [name for name in _MERGED_LISTS if name in present]
    wanted = ["arg_min(s.rid, (s.posted_at, s.rid)) AS rid", "count(*) AS merged_rows", _distinct_rows(lists)]
    for field in POST_FIELDS:
        name = field.name
        if name not in present or name in ("posted_at", "platform", "post_id", "account_id"):
            continue
        if name in lists:
            wanted.append(f"{_joined(name)} AS {name}")
        elif field.kind == "count":
            wanted.append(f"max(s.{name}) AS {name}")
        elif field.kind == "flag":
            wanted.append(f"bool_or(s.{name}) AS {name}")
        else:
            wanted.append(f"arg_min(s.{name}, (s.posted_at, s.{name})) AS {name}")
    return (
        f"CREATE TEMP TABLE merged AS SELECT {', '.join(wanted)} FROM {JUDGED_VIEW} s "
        "JOIN repeats r ON r.rid = s.rid GROUP BY r.post_id"
    )


def post_columns_sql(
    present: AbstractSet[str], source_id: int, first_key: int, *, has_merged: bool, is_sorted: bool
) -> str:
    """Return SQL that inserts the posts at the places ``$start <= place < $end`` of ``ordered`` into ``posts``.

    Parameters
    ----------
    present
        Fields the file has.
    source_id
        Source of the posts.
    first_key
        Key of the first post of the file.
    has_merged
        Whether the table ``merged`` exists; its values go before those of single rows.
    is_sorted
        Whether the file is in the order of time already.
    """
    columns = {
        "post_key": f"{first_key} + place",
        "post_id": "new_post_id",
        "platform": "final_platform",
        "account_key": "account_key",
        "account_id": "final_account_id",
        "posted_at": "posted_at",
        **{name: name for name in ("posted_at_raw", "text", "language", "url", "client")},
        **_relations(),
        **_lists(),
        **{name: name for name in ("likes", "reposts", "replies", "quotes", "views")},
        "source_id": str(source_id),
        "source_row": '"row"',
    }
    columns = {name: sql for name, sql in columns.items() if name in present or name in _ALWAYS_WRITTEN}
    wanted = ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
    return (
        f"INSERT INTO posts ({', '.join(columns)}) SELECT {wanted} FROM ({_rows_sql(present, has_merged)})"
        f"{'' if is_sorted else ' ORDER BY place'}"
    )


def _rows_sql(present: AbstractSet[str], has_merged: bool) -> str:
    """Judged rows with their new keys, and merged values where a post had several rows."""
    fields = [field.name for field in POST_FIELDS if field.name not in ("post_id", "account_id", "posted_at")]
    merged = {
        field for field in present if has_merged and field not in ("post_id", "account_id", "posted_at", "platform")
    }
    values = ", ".join(f"coalesce(m.{name}, s.{name}) AS {name}" if name in merged else f"s.{name}" for name in fields)
    join = "LEFT JOIN merged m ON m.rid = s.rid" if has_merged else ""
    chosen = "(SELECT rowid AS place, rid, post_id FROM ordered WHERE rowid >= $start AND rowid < $end)"
    return (
        f'SELECT o.place, o.post_id AS new_post_id, s.final_account_id, a.account_key, s."row", s.posted_at, '
        f"s.final_platform, s.marked_account, {values} FROM {JUDGED_VIEW} s JOIN {chosen} o ON o.rid = s.rid "
        f"JOIN accounts a ON a.account_id = s.final_account_id {join}"
    )


def _trimmed(name: str) -> str:
    """A text without blanks around it; looking for a blank first is much cheaper than trimming every text."""
    return f"CASE WHEN contains({name}, ' ') THEN trim({name}) ELSE {name} END"


def _with_platform(name: str) -> str:
    """A trimmed id with its platform in front, unless it has that already."""
    return f"CASE WHEN starts_with({name}, final_platform || ':') THEN {name} ELSE final_platform || ':' || {name} END"


def _content(present: AbstractSet[str]) -> str:
    """The fields that make up a content id; a field that is absent, null or empty counts the same."""
    parts = []
    for name in _CONTENT:
        if name in present:
            value = f"array_to_string({name}, '\x1e')" if name in LIST_FIELDS else name
            parts.append(f", '{name}=' || nullif({value}, '')")
    return "".join(parts)


def _reason(latest: datetime) -> str:
    return f"""CASE WHEN bad_raw IS NOT NULL THEN 'broken JSON'
        WHEN posted_at IS NULL THEN CASE WHEN nullif(trim(posted_at_raw), '') IS NULL THEN 'no time'
            ELSE 'time not understood' END
        WHEN posted_at < TIMESTAMP '1990-01-01' THEN 'time before 1990'
        WHEN posted_at > TIMESTAMP '{latest:%Y-%m-%d %H:%M:%S}' THEN 'time in the future'
        WHEN account IS NULL THEN 'no account' END"""


def _relations() -> dict[str, str]:
    """Reposts, replies and quotes; a repost without an id is known by the text it passes on."""
    passed_on = f"regexp_replace(text, '{_REPOST_MARK}', '')"
    folded = f"trim(regexp_replace({passed_on}, '\\s+', ' ', 'g'))"
    is_repost = "coalesce(is_repost, repost_of IS NOT NULL OR marked_account IS NOT NULL)"
    by_text = f"final_platform || ':text-' || md5({folded})"
    return {
        "is_repost": is_repost,
        "repost_of": f"CASE WHEN repost_of <> '' THEN {_with_platform(_trimmed('repost_of'))} "
        f"WHEN {is_repost} AND text <> '' THEN {by_text} END",
        "repost_of_account": _optional("coalesce(repost_of_account, marked_account)"),
        **{name: _optional(name) for name in _OTHER_IDS},
    }


def _optional(name: str) -> str:
    return f"CASE WHEN {_trimmed(name)} <> '' THEN {_with_platform(_trimmed(name))} END"


def _lists() -> dict[str, str]:
    """Lists as given; links, hashtags and mentions from the text where the file does not say."""
    return {
        **{name: name for name in LIST_FIELDS},
        "links": _from_text("links", "://", _links_in),
        "hashtags": _from_text("hashtags", "#", partial(_hashtags_in, sign="#"), "＃", _hashtags_in),
        "mentions": _from_text("mentions", "@", _plain_mentions_in, "＠", _mentions_in),
    }


def _from_text(
    name: str,
    mark: str,
    within: Callable[[str], str],
    wide_mark: str | None = None,
    within_wide: Callable[[str], str] | None = None,
) -> str:
    """A list as given, or what stands in the text; texts with the rare wide form of a sign are read another way."""
    wide = ""
    if wide_mark and within_wide:
        wide = f"WHEN contains(text, '{wide_mark}') THEN {_bounded(within_wide)} "
    return (
        f"CASE WHEN {name} IS NOT NULL THEN {name} WHEN text IS NULL THEN NULL {wide}"
        f"WHEN NOT contains(text, '{mark}') THEN []::VARCHAR[] "
        f"WHEN strlen(text) <= {_SHORT_TEXT} THEN {within('text')} ELSE {_bounded(within)} END"
    )


def _bounded(within: Callable[[str], str]) -> str:
    return f"list_slice({within(f'left(text, {LONGEST_TEXT})')}, 1, {MOST_IN_TEXT})"


def cut_texts_sql(present: AbstractSet[str]) -> str:
    """Return SQL that counts posts whose text holds more links, hashtags or mentions than are taken from it.

    Parameters
    ----------
    present
        Fields the file has; lists that it gives are not cut.
    """
    within = {"links": ("://", _links_in), "hashtags": ("#", _hashtags_in), "mentions": ("@", _mentions_in)}
    tests = [f"length(text) > {LONGEST_TEXT}"]
    for name, (mark, entries) in within.items():
        # counting marks is cheap and rules out nearly every text
        marks = f"strlen(text) - strlen(replace(text, '{mark}', '')) > {MOST_IN_TEXT * len(mark)}"
        wide = {"#": "＃", "@": "＠"}.get(mark)
        either = f"({marks} OR contains(text, '{wide}'))" if wide else marks
        given = f"{name} IS NULL AND " if name in present else ""
        tests.append(f"({given}{either} AND len({entries(f'left(text, {LONGEST_TEXT})')}) > {MOST_IN_TEXT})")
    return f"SELECT count(*) FROM staged_posts WHERE strlen(text) > {_SHORT_TEXT} AND ({' OR '.join(tests)})"


def cut_merged_sql(present: AbstractSet[str]) -> str:
    """Return SQL that counts posts of several rows that name more items than are kept of one post."""
    lengths = [f"sum(len(s.{name})) > {MOST_MERGED}" for name in _MERGED_LISTS if name in present]
    counted = (
        f"SELECT 1 FROM repeats r JOIN staged_posts s USING (rid) GROUP BY r.post_id HAVING {' OR '.join(lengths)}"
    )
    return f"SELECT count(*) FROM ({counted})" if lengths else "SELECT 0"


def _links_in(text: str) -> str:
    # a closing bracket belongs to the address only if one was opened in it; one that ends in … was cut off
    end = "CASE WHEN contains(x, '(') THEN rtrim(x, '.,;:!?') ELSE rtrim(x, '.,;:!?)]''’') END"
    return f"[{end} FOR x IN regexp_extract_all({text}, '{_LINK}') IF NOT ends_with(x, '…')]"


def _hashtags_in(text: str, sign: str = "[#＃]") -> str:
    """Hashtags in a text; a text without the wide sign is searched for the plain one alone, which is faster."""
    careful = (
        f"[ltrim(x, '#＃') FOR x IN regexp_extract_all({text}, '{_WORD_BEFORE}{sign}{_TAG}') "
        "IF ltrim(x, '#＃') <> x AND ltrim(x, '#＃0123456789_') <> '']"
    )
    odd = f"{_WORD_BEFORE.removesuffix('?')}{sign}|{sign}[0-9_]"
    plain = f"regexp_extract_all({text}, '{sign}{_TAG}', 1)"
    return f"CASE WHEN regexp_matches({text}, '{odd}') THEN {careful} ELSE {plain} END"


def _mentions_in(text: str) -> str:
    found = f"regexp_extract_all({text}, '{_BEFORE_MENTION}[@＠]{_MENTIONED}')"
    return f"[rtrim(ltrim(x, '@＠'), '.-@') FOR x IN {found} IF ltrim(x, '@＠') <> x]"


def _plain_mentions_in(text: str) -> str:
    """The same for a text without the wide sign; trimming by a set of characters is slow, and rarely needed."""
    found = f"regexp_extract_all({text}, '{_BEFORE_MENTION}@{_MENTIONED}')"
    name = "substr(x, 2)"
    ends = f"CASE WHEN ends_with(x, '.') OR ends_with(x, '-') THEN rtrim({name}, '.-@') ELSE {name} END"
    return f"[{ends} FOR x IN {found} IF starts_with(x, '@')]"


def _joined(name: str) -> str:
    """All entries of the rows of one post in the order of the file, each once."""
    entries = (
        f"list_slice(flatten(list(s.{name} ORDER BY s.rid) FILTER (WHERE s.{name} IS NOT NULL)), 1, {MOST_MERGED})"
    )
    return f"list_filter({entries}, lambda x, i: list_position({entries}, x) = i)"


def _distinct_rows(lists: list[str]) -> str:
    listed = ", ".join(f"s.{name}" for name in lists)
    return f"count(DISTINCT hash({listed})) AS distinct_rows" if lists else "1 AS distinct_rows"
