"""Explanation ``share_button``: a button or petition that writes the post for everybody."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding, untested
from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import Parameter

# Three strangers with the members' very words: the words come from somewhere that is open to all.
FEWEST_SAME_WORDS = 3
# People press a button or sign once; with links they happen to share, two or three times.
MOST_REPEATS = 3.0
PART = 0.5

# Reposts repeat the words of a person by their nature; they are no prefilled text.
# The words of a post without addresses, names and case: what a button leaves the same for everybody.
_WORDS = r"hash(lower(regexp_replace(regexp_replace(text, 'https?://\S+|@\w+', '', 'g'), '\s+', ' ', 'g')))"

_SEEN = f"""
WITH own AS (
    SELECT a.network_id, a.item_key, mode({_WORDS} ORDER BY {_WORDS}) AS words
    FROM (SELECT DISTINCT network_id, item_key, post_key FROM explained_acts
        WHERE kind NOT IN ('repost', 'quote', 'reply')) a
    JOIN (SELECT post_key, text FROM posts WHERE length(text) > 0) p USING (post_key)
    GROUP BY a.network_id, a.item_key
),
theirs AS (
    SELECT e.item_key, e.account_key, {_WORDS} AS words
    FROM explained_events e JOIN (SELECT post_key, text FROM posts WHERE length(text) > 0) p USING (post_key)
),
same AS (
    SELECT o.network_id, o.item_key, count(DISTINCT t.account_key) AS accounts
    FROM own o JOIN theirs t USING (item_key, words) GROUP BY o.network_id, o.item_key
),
prefilled AS (
    SELECT b.network_id, count(*) AS bursts, count(*) FILTER (s.accounts >= {FEWEST_SAME_WORDS}) AS prefilled,
        coalesce(median(s.accounts), 0) AS same_words
    FROM explained_bursts b LEFT JOIN same s USING (network_id, item_key) GROUP BY b.network_id
),
repeats AS (
    SELECT network_id, median(bursts) AS repeats FROM (
        SELECT a.network_id, a.account_key, count(DISTINCT (b.starts_at, b.ends_at)) AS bursts
        FROM (SELECT DISTINCT network_id, account_key, item_key, acted_at FROM explained_acts) a
        JOIN explained_bursts b ON b.network_id = a.network_id AND b.item_key = a.item_key
            AND a.acted_at BETWEEN b.starts_at AND b.ends_at
        GROUP BY a.network_id, a.account_key
    ) GROUP BY network_id
),
elsewhere AS (
    SELECT network_id, avg(items) AS items FROM (
        SELECT i.network_id, e.account_key, count(DISTINCT e.item_key) AS items
        FROM (SELECT DISTINCT network_id, item_key FROM explained_bursts) i JOIN explained_events e USING (item_key)
        GROUP BY i.network_id, e.account_key
    ) GROUP BY network_id
)
SELECT p.*, r.repeats, e.items AS others_repeat
FROM prefilled p JOIN repeats r USING (network_id) LEFT JOIN elsewhere e USING (network_id)
"""


def judge(
    prefilled: int, bursts: int, repeats: float, same_words: float, others_repeat: float | None = None
) -> Finding:
    """Return whether a prefilled text makes the network.

    Parameters
    ----------
    prefilled, bursts
        Bursts on items that at least three outsiders posted in the members' words, and all bursts.
    repeats
        Bursts of the median member.
    same_words
        Outside accounts with the same words, median over bursts.
    others_repeat
        Items per outside account that touched any of them.
    """
    share = prefilled / bursts if bursts else 0.0
    figure = f"{prefilled:,} of {counted(bursts, 'burst')} in words that others use too, {repeats:.0f} per account"
    beside = "" if others_repeat is None else f" (other accounts: {others_repeat:.1f} items)"
    seen = (
        f"{percent(share)} of the bursts are on items that at least {FEWEST_SAME_WORDS} outside accounts posted in the "
        f"same words (median {same_words:.0f}). The median member takes part in {repeats:.0f}{beside}."
    )
    if share >= MOST and repeats <= MOST_REPEATS:
        return Finding("fits", figure, seen, share, bursts, None)
    is_part = share >= PART and repeats <= 2 * MOST_REPEATS
    return Finding("fits_in_part" if is_part else "does_not_fit", figure, seen, share, bursts, None)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    if context.missing_public:
        return {network: untested(context.missing_public, "needs a public") for network in context.network_ids}
    return {
        network: judge(row["prefilled"], row["bursts"], row["repeats"], row["same_words"], row["others_repeat"])
        for network, row in context.by_network(_SEEN).items()
    }


SHARE_BUTTON = Explanation(
    "share_button",
    "A share button or a petition",
    "Many unrelated accounts with the very same words, each once or twice",
    explain,
    needs=("text",),
    needs_words="texts",
    limits="Headlines that a site fills in count as prefilled. Members must repeat themselves to be told apart.",
    parameters=(
        Parameter("fewest_same_words", FEWEST_SAME_WORDS, "accounts", "Outsiders with the same words on an item"),
        Parameter("most_repeats", MOST_REPEATS, "bursts", "Bursts per member up to which a button explains it"),
        Parameter("most", MOST, "share", "Such bursts from which the explanation fits"),
    ),
)
