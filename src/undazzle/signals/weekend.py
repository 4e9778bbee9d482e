"""Signal ``weekend``: the group rests, or does not rest, on Saturdays and Sundays."""

from __future__ import annotations

from undazzle.model import InnocentExplanation, Parameter
from undazzle.signals.descriptor import Reading, Signal, untestable
from undazzle.signals.group import Group
from undazzle.signals.reading import value_reading

FEWEST_POSTS, FEWEST_DAYS = 20, 10
_SHARES = """
SELECT is_member, count(*) FILTER (isodow(posted_at) >= 6) / count(*)
FROM signal_times JOIN (SELECT account_key, is_member FROM signal_activity
    WHERE free_posts >= $posts AND free_days >= $days)
USING (account_key) GROUP BY account_key, is_member ORDER BY account_key
"""


def read(group: Group) -> Reading:
    """Return what the weekends of the group say."""
    days = group.store.rows(
        "SELECT count(DISTINCT posted_at::DATE) FILTER (isodow(posted_at) >= 6), count(DISTINCT posted_at::DATE)"
        " FROM signal_times SEMI JOIN (SELECT account_key FROM signal_accounts WHERE is_member) USING (account_key)"
    )[0]
    if days[0] < 4 or days[1] - days[0] < FEWEST_DAYS:
        return untestable(
            f"The group posts on {days[0]} days of weekends only; four are needed.{group.left_out()}", int(days[0])
        )
    rows = group.store.rows(_SHARES, {"posts": FEWEST_POSTS, "days": FEWEST_DAYS})
    return value_reading(
        [share for is_member, share in rows if is_member],
        [share for is_member, share in rows if not is_member],
        "of its posts at the weekend",
        needs=f"with {FEWEST_POSTS} posts on {FEWEST_DAYS} days",
        left_out=group.left_out(),
    )


WEEKEND = Signal(
    signal_id="weekend",
    version="1",
    title="Weekends",
    summary="Compares how much of the posting falls on Saturdays and Sundays.",
    family="hours",
    method=(
        "For each account with 20 posts on ten days, the share of its posts on Saturdays and Sundays in UTC; two in "
        "seven (29 %) would be even. The shares of the group are ranked among those of the others."
    ),
    needs=("posted_at",),
    needs_words="posts",
    innocent_explanations=(
        InnocentExplanation("People at work", "Newsrooms, agencies and offices rest at weekends, wherever they are."),
        InnocentExplanation("Another week", "In much of the Near East the week ends on Friday."),
        InnocentExplanation("The zone", "Weekends are those of UTC; far from it they begin up to 14 hours off."),
    ),
    error_rates=(
        "Among the categories of the Internet Research Agency only the hashtag gamers "
        "stand out (16 % of posts at the weekend, 24 % elsewhere)."
    ),
    read=read,
    parameters=(Parameter("fewest_posts", FEWEST_POSTS, "posts", "Accounts with fewer are not looked at"),),
)
