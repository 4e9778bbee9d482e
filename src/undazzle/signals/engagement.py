"""Signal ``engagement``: nobody answers."""

from __future__ import annotations

from undazzle.model import InnocentExplanation, Parameter
from undazzle.signals.descriptor import Reading, Signal
from undazzle.signals.group import Group
from undazzle.signals.reading import value_reading

FEWEST_POSTS = 3
# A post of which no count is known says nothing; one of which some are known is taken to have none of the others.
_SHARES = f"""
SELECT is_member, count(*) FILTER (coalesce(likes, 0) + coalesce(reposts, 0) + coalesce(replies, 0) = 0) / count(*)
FROM posts JOIN (SELECT account_key, is_member FROM signal_accounts) USING (account_key)
WHERE coalesce(likes, reposts, replies) IS NOT NULL AND NOT coalesce(is_repost, false)
GROUP BY account_key, is_member HAVING count(*) >= {FEWEST_POSTS} ORDER BY account_key
"""


def read(group: Group) -> Reading:
    """Return what the echo of the group's posts says."""
    rows = group.store.rows(_SHARES)
    return value_reading(
        [share for is_member, share in rows if is_member],
        [share for is_member, share in rows if not is_member],
        "of its posts without any like, repost or reply",
        needs=f"with {FEWEST_POSTS} posts of their own",
    )


ENGAGEMENT = Signal(
    signal_id="engagement",
    version="1",
    title="Posts without an echo",
    summary="Compares how many posts nobody liked, passed on or answered.",
    family="reception",
    method=(
        "For each account with three posts of its own (no reposts), the share that had no like, repost or reply when "
        "collected. The shares of the group are ranked among those of the others."
    ),
    needs=("likes", "reposts", "replies"),
    needs_words="counts of likes, reposts or replies",
    innocent_explanations=(
        InnocentExplanation("Small accounts", "Most honest accounts with few followers have no echo either."),
        InnocentExplanation("Collected at once", "A post that was collected a minute after it was made had no time."),
    ),
    error_rates="How often it is right was not measured: most honest small accounts have no echo either.",
    read=read,
    parameters=(Parameter("fewest_posts", FEWEST_POSTS, "posts", "Accounts with fewer are not looked at"),),
)
