"""Plain measures of a group of accounts that playbooks test, each beside the same measure of everybody else.

Reads ``posts`` and ``account_observations``. None of them looks at what language or script somebody writes in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from undazzle.store import Store

_LEAST_LETTERS = 20  # shorter texts are alike by accident
_PLATFORMS = (
    "('x.com','twitter.com','facebook.com','instagram.com','youtube.com','youtu.be','tiktok.com','t.me','t.co',"
    "'reddit.com','bit.ly','vk.com','medium.com','tumblr.com','pinterest.com')"
)
# Words of trade, in several languages; also ways to get in touch.
_TRADE = (
    "wha[t]s ?app|wechat|微信|telegram:|discount|% off|buy now|order now|free shipping|promo code|casino|betting|"
    "博彩|赌|escort|约炮|外围|上门|dating|onlyfans|airdrop|presale|giveaway|earn \\$|make money|click to buy|in stock|"
    "rabatt|kaufen|comprar|descuento|купить|скидк|acheter|promo"
)


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value for the group, the same for the other accounts, and over how many things it was counted.

    ``reason`` says why it could not be measured; then ``value`` is ``None``.
    """

    value: float | None
    control: float | None = None
    n: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: what it is, its unit, and the SQL that gives value and count for each side.

    ``sql`` reads ``measured`` (posts with ``is_member``) and returns ``is_member, value, n``. ``needs`` is SQL that
    says whether the data could show it at all, ``missing`` the words for when it could not.
    """

    measure_id: str
    says: str
    unit: str
    sql: str
    needs: str = "true"
    missing: str = ""


# Words without links: a caption stays the same while its link changes.
_BARE = "regexp_replace(regexp_replace(lower(text), 'https?://\\S+', '', 'g'), '[^\\p{L}\\p{N}]+', '', 'g')"
_HOST = "regexp_extract(lower(unnest(links)), '^https?://(?:www\\.)?([^/?#:]+)', 1)"


def _share(condition: str, where: str = "true") -> str:
    """Return SQL for a share of posts, averaged over accounts, so that a few busy ones do not decide."""
    return (
        f"SELECT is_member, avg(share), count(*) FROM (SELECT is_member, account_key, avg(CASE WHEN {condition} THEN"
        f" 1.0 ELSE 0.0 END) AS share FROM measured WHERE {where} GROUP BY ALL) GROUP BY 1"
    )


MEASURES: dict[str, Measure] = {
    one.measure_id: one
    for one in (
        Measure(
            "same-words", "Own posts whose words at least three accounts of the same side posted", "share of posts",
            "WITH alike AS (SELECT is_member, bare, count(DISTINCT account_key) AS accounts FROM measured WHERE NOT"
            f" is_repost AND length(bare) >= {_LEAST_LETTERS} GROUP BY ALL) SELECT is_member, avg(share), count(*) FROM"
            " (SELECT m.is_member, account_key, avg(CASE WHEN accounts >= 3 THEN 1.0 ELSE 0.0 END) AS share FROM"
            " measured m JOIN alike USING (is_member, bare) WHERE NOT is_repost GROUP BY ALL) GROUP BY 1",
        ),
        Measure(
            "platforms", "Platforms the accounts are on", "platforms",
            "SELECT is_member, count(DISTINCT platform), count(*) FROM measured GROUP BY 1",
            "(SELECT count(DISTINCT platform) > 1 FROM measured)", "The data holds one platform only.",
        ),
        Measure(
            "short-lived", "Accounts with at most three own posts, all within a day", "share of accounts",
            "SELECT is_member, avg(CASE WHEN own <= 3 AND span <= 1 THEN 1.0 ELSE 0.0 END), count(*) FROM (SELECT"
            " is_member, account_key, count(*) FILTER (NOT is_repost) AS own, date_diff('day', min(posted_at),"
            " max(posted_at)) AS span FROM measured GROUP BY ALL) GROUP BY 1",
            "(SELECT date_diff('day', min(posted_at), max(posted_at)) >= 3 FROM measured)",
            "The data spans fewer than three days.",
        ),
        Measure(
            "many-hosts", "Distinct sites for each post with a link (platforms left out)", "sites for a link",
            f"SELECT is_member, count(DISTINCT host) * 1.0 / count(*), count(*) FROM hosts WHERE host NOT IN"
            f" {_PLATFORMS} GROUP BY 1",
        ),
        Measure(
            "own-sites", "Links that lead to one of five sites hardly anybody else links to", "share of links",
            "SELECT true, coalesce(sum(c) FILTER (r <= 5 AND own >= 0.75), 0) * 1.0 / sum(c), sum(c)::BIGINT FROM"
            " (SELECT host, count(*) FILTER (is_member) AS c, row_number() OVER (ORDER BY count(*) FILTER (is_member)"
            " DESC, host) AS r, count(DISTINCT account_key) FILTER (is_member) / count(DISTINCT account_key) AS own"
            f" FROM hosts WHERE host NOT IN {_PLATFORMS} GROUP BY 1) HAVING sum(c) > 0",
        ),
        Measure(
            "links", "Own posts with a link", "share of posts",
            _share("len(links) > 0", "NOT is_repost"),
            "(SELECT bool_or(len(links) > 0) FROM measured)", "The data holds no links.",
        ),
        Measure(
            "reposts", "Posts that pass on another's", "share of posts",
            _share("is_repost"),
            "(SELECT bool_or(is_repost) FROM measured)", "The data holds no reposts.",
        ),
        Measure(
            "repost-storm", "Accounts that passed on one and the same post within ten minutes of the first of them",
            "share of accounts",
            "SELECT is_member, max(c) * 1.0 / any_value(total), any_value(total) FROM (SELECT is_member, repost_of,"
            " count(DISTINCT account_key) FILTER (posted_at <= first + INTERVAL 10 MINUTE) AS c FROM (SELECT *,"
            " min(posted_at) OVER (PARTITION BY is_member, repost_of) AS first FROM measured WHERE repost_of IS NOT"
            " NULL) GROUP BY ALL) JOIN (SELECT is_member, count(DISTINCT account_key) AS total FROM measured GROUP BY"
            " 1) USING (is_member) GROUP BY 1",
            "(SELECT bool_or(repost_of IS NOT NULL) FROM measured)", "The data does not say which post is passed on.",
        ),
        Measure(
            "replies-out", "Posts that answer accounts outside the group", "share of posts",
            _share("reply_to_account IS NOT NULL AND NOT is_inside"),
            "(SELECT bool_or(reply_to_account IS NOT NULL) FROM measured)", "The data does not say who is answered.",
        ),
        Measure(
            "trade", "Own posts with words of trade or a way to get in touch", "share of posts",
            _share(f"regexp_matches(lower(text), '{_TRADE}')", "NOT is_repost"),
        ),
        Measure(
            "one-subject",
            "Own posts with the hashtag that most accounts of the side use",
            "share of posts",
            "WITH top AS (SELECT is_member, arg_max(tag, (accounts, tag)) AS tag FROM (SELECT is_member, tag,"
            " count(DISTINCT account_key) AS accounts FROM (SELECT is_member, account_key, lower(unnest(hashtags)) AS"
            " tag FROM measured WHERE NOT is_repost) GROUP BY ALL) GROUP BY 1) SELECT is_member, avg(share), count(*)"
            " FROM (SELECT m.is_member, account_key, avg(CASE WHEN list_contains(list_transform(hashtags, lambda one:"
            " lower(one)), top.tag) THEN 1.0 ELSE 0.0 END) AS share FROM measured m JOIN top USING (is_member) WHERE"
            " NOT is_repost GROUP BY ALL) GROUP BY 1",
            "(SELECT bool_or(len(hashtags) > 0) FROM measured)", "The data holds no hashtags.",
        ),
        Measure(
            "long-standing", "Accounts registered at least three years before their last post here",
            "share of accounts",
            "SELECT is_member, avg(CASE WHEN created <= last - INTERVAL 3 YEAR THEN 1.0 ELSE 0.0 END), count(*) FROM"
            " (SELECT account_key, is_member, max(posted_at) AS last FROM measured GROUP BY ALL) JOIN (SELECT"
            " account_key, min(created_at) AS created FROM account_observations WHERE created_at IS NOT NULL GROUP BY"
            " 1) USING (account_key) GROUP BY 1",
            "(SELECT bool_or(created_at IS NOT NULL) FROM account_observations)",
            "The data does not say when accounts were registered.",
        ),
        Measure(
            "answered", "Own posts that drew at least one answer, like or repost", "share of posts",
            _share(
                "coalesce(likes, 0) + coalesce(reposts, 0) + coalesce(replies, 0) > 0",
                "NOT is_repost AND coalesce(likes, reposts, replies) IS NOT NULL",
            ),
            "(SELECT bool_or(coalesce(likes, reposts, replies) IS NOT NULL) FROM measured)",
            "The data does not say how posts were received.",
        ),
        Measure(
            "accounts", "Accounts in the group", "accounts",
            "SELECT is_member, count(DISTINCT account_key), count(*) FROM measured GROUP BY 1",
        ),
    )
}  # fmt: skip

# Kinds of trace by which a network may have been found, and the measures that then show by construction.
SAME_AS_TRACES = {
    "same-words": {"text", "near_text"},
    "own-sites": {"link", "domain"},
    "links": {"link", "domain"},
    "reposts": {"repost"},
    "repost-storm": {"repost"},
    "replies-out": {"reply"},
    "one-subject": {"hashtag", "hashtag_sequence"},
}


@contextmanager
def measured(store: Store, accounts: Iterable[str]) -> Iterator[Callable[[str], Measurement]]:
    """Make a group of accounts measurable for a while; yields a function from a measure's id to its measurement.

    Parameters
    ----------
    store
        The workspace; temporary tables are made in it.
    accounts
        Ids of the accounts.
    """
    import pyarrow as pa

    with store.view("measured_ids", pa.table({"account_id": pa.array(sorted(set(accounts)), pa.string())})):
        store.execute(
            "CREATE OR REPLACE TEMP TABLE measured AS SELECT p.* EXCLUDE (is_repost), coalesce(p.is_repost, false) AS"
            f" is_repost, p.account_id IN (FROM measured_ids) AS is_member, coalesce({_BARE}, '') AS bare,"
            " p.reply_to_account IN (FROM measured_ids) AS is_inside FROM posts p"
        )
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE hosts AS SELECT is_member, account_key, {_HOST} AS host FROM measured"
        " WHERE len(links) > 0"
    )
    known: dict[str, Measurement] = {}

    def measure(measure_id: str) -> Measurement:
        if measure_id not in known:
            known[measure_id] = _measurement(store, MEASURES[measure_id])
        return known[measure_id]

    try:
        yield measure
    finally:
        store.script("DROP TABLE measured; DROP TABLE hosts")


def _measurement(store: Store, measure: Measure) -> Measurement:
    if not store.rows(f"SELECT coalesce({measure.needs}, false)")[0][0]:
        return Measurement(None, reason=measure.missing)
    sides = {bool(side): (value, n) for side, value, n in store.rows(measure.sql)}
    value, n = sides.get(True, (None, 0))
    control = sides.get(False, (None, 0))[0]
    if value is None:
        return Measurement(None, reason="The group has nothing to count.")
    return Measurement(float(value), None if control is None else float(control), int(n))
