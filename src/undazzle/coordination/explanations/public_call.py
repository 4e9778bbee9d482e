"""Explanation ``public_call``: somebody outside asks the public to act, and the public does."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding, untested
from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import Parameter

# A call is answered while it is fresh; after an hour most people see something else.
LOOK_BACK_SECONDS = 3600
# The last posts before a burst are looked at, so that very popular items stay cheap.
LOOKED_AT = 20
# A caller must also be followed by the public: by as many others as members, around half of the bursts.
CROWDED = 0.5
PART = 0.5
# One post before one burst is no pattern.
FEWEST_BURSTS = 3

_CALLERS = f"""
CREATE OR REPLACE TEMP TABLE explained_callers AS
WITH times AS (SELECT item_key, acted_at, max(place) AS place FROM explained_others GROUP BY item_key, acted_at),
before AS (
    SELECT b.network_id, b.item_key, b.starts_at, t.place FROM explained_bursts b
    ASOF JOIN times t ON b.item_key = t.item_key AND b.starts_at > t.acted_at
),
places AS (
    SELECT network_id, item_key, starts_at, unnest(range(greatest(1, place - {LOOKED_AT - 1}), place + 1)) AS place
    FROM before
)
SELECT DISTINCT p.network_id, p.item_key, p.starts_at, o.account_key AS caller
FROM places p JOIN explained_others o USING (item_key, place)
WHERE epoch(p.starts_at) - epoch(o.acted_at) <= {LOOK_BACK_SECONDS}
"""

_SEEN = """
WITH bursts AS (
    SELECT network_id, count(*) AS bursts, count(*) FILTER (others >= accounts) AS crowded
    FROM explained_bursts GROUP BY network_id
),
called AS (
    SELECT network_id, count(*) AS called FROM (SELECT DISTINCT network_id, item_key, starts_at FROM explained_callers)
    GROUP BY network_id
),
leaders AS (
    SELECT network_id, max(bursts) AS led FROM (
        SELECT network_id, caller, count(*) AS bursts FROM explained_callers GROUP BY network_id, caller
    ) GROUP BY network_id
)
SELECT b.*, coalesce(c.called, 0) AS called, coalesce(l.led, 0) AS led
FROM bursts b LEFT JOIN called c USING (network_id) LEFT JOIN leaders l USING (network_id)
"""


def judge(leading: int, called: int, crowded: int, bursts: int, *, is_surprising: bool = False) -> Finding:
    """Return whether one outsider leads and the public follows.

    Parameters
    ----------
    leading
        Bursts before which the same outside account posted the item, within an hour.
    called
        Bursts before which any outside account did.
    crowded
        Bursts around which at least as many others did the same.
    bursts
        All bursts.
    is_surprising
        Whether members met clearly more often than others who followed.
    """
    share = leading / bursts if bursts else 0.0
    figure = f"the same outsider before {leading:,} of {counted(bursts, 'burst')}"
    seen = (
        f"An outside account had posted the item within the hour before {called:,} of the bursts; the most frequent "
        f"one before {leading:,}. Others joined in as many numbers in {percent(crowded / bursts if bursts else 0.0)}."
    )
    if bursts < FEWEST_BURSTS:
        return untested(f"With {counted(bursts, 'burst')} no account can lead repeatedly.", figure)
    if share >= MOST and crowded >= CROWDED * bursts and not is_surprising:
        return Finding("fits", figure, seen, share, bursts)
    return Finding("fits_in_part" if share >= PART else "does_not_fit", figure, seen, share, bursts)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    if context.missing_public:
        return {network: untested(context.missing_public, "needs a public") for network in context.network_ids}
    context.store.execute(_CALLERS)
    found = {
        network: judge(
            row["led"],
            row["called"],
            row["crowded"],
            row["bursts"],
            is_surprising=network in context.chance and context.chance[network].is_clear,
        )
        for network, row in context.by_network(_SEEN).items()
    }
    context.store.execute("DROP TABLE explained_callers")
    return found


PUBLIC_CALL = Explanation(
    "public_call",
    "A public call to action",
    "A post by one outsider before each burst, and many others who follow it too",
    explain,
    limits="A call made elsewhere, in a chat or on television, is not in the data. Reposting one account quickly and "
    "without the public fits in part at most.",
    parameters=(
        Parameter("look_back", LOOK_BACK_SECONDS, "seconds", "How long before a burst a call may stand"),
        Parameter("most", MOST, "share", "Bursts with the same caller from which the explanation fits"),
        Parameter("crowded", CROWDED, "share", "Bursts in which the public must follow as well"),
    ),
)
