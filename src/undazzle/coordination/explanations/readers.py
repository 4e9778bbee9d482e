"""Explanation ``readers``: people who read one site and share what it has just published."""

from __future__ import annotations

from undazzle.coordination.explanations.contagion import HUMAN_LAG_SECONDS
from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding, untested
from undazzle.coordination.explanations.page_choice import RATIO, PageChoice, page_choices
from undazzle.coordination.explanations.page_family import FEWEST_OTHERS
from undazzle.coordination.explanations.wording import counted, percent
from undazzle.model import Parameter

PART = 0.5
# Readers post many things; an account that gives nearly all its links to the site is rather the site's own.
OWN_PAGES = 0.5
# A calibrated network was tested against how closely others share the same items.
SURPRISING = 0.05

_SEEN = """
WITH met AS (
    SELECT m.network_id, s.site, count(DISTINCT (m.post_a, m.post_b)) AS meetings
    FROM explained_meetings m JOIN explained_act_sites s ON s.post_key = m.post_a
    JOIN explained_act_sites t ON t.post_key = m.post_b AND t.site = s.site
    GROUP BY m.network_id, s.site
),
top AS (
    SELECT network_id, site, meetings FROM met
    QUALIFY row_number() OVER (PARTITION BY network_id ORDER BY meetings DESC, site) = 1
),
whole AS (
    SELECT network_id, count(DISTINCT (post_a, post_b)) AS meetings, median(gap_seconds) AS gap,
        count(DISTINCT item_key) AS items
    FROM explained_meetings GROUP BY network_id
),
own AS (
    SELECT m.network_id, count(*) FILTER (s.own >= 0.8 * s.links) AS own
    FROM explained_members m JOIN top t USING (network_id)
    JOIN (SELECT account_key, site, links AS own, sum(links) OVER (PARTITION BY account_key) AS links
        FROM explained_sites) s ON s.account_key = m.account_key AND s.site = t.site
    GROUP BY m.network_id
)
SELECT t.network_id, t.meetings AS on_site, w.meetings, w.gap, coalesce(o.own, 0) AS own, n.q_value,
    (SELECT count(DISTINCT account_key) FROM explained_all_sites a
        ANTI JOIN explained_insiders USING (account_key) WHERE a.site = t.site) AS others
FROM top t JOIN whole w USING (network_id) JOIN explained_networks n USING (network_id)
LEFT JOIN own o USING (network_id)
"""


def judge(
    on_site: int,
    meetings: int,
    others: int,
    members: int,
    gap: float,
    own: int = 0,
    *,
    is_surprising: bool = False,
    choice: PageChoice | None = None,
) -> Finding:
    """Return whether readers of one site make the network.

    Parameters
    ----------
    on_site, meetings
        Pairs of posts that met on pages of one site, and all.
    others
        Outside accounts that link to the site.
    members
        Accounts in the network.
    gap
        Median gap of the co-actions, in seconds, as short as rounded times allow.
    own
        Members that give nearly all their links to the site.
    is_surprising
        Whether members are closer in time than others who share the same.
    choice
        How many of its pages members have in common, and readers would; ``None`` if its pages are not known.
    """
    share = on_site / meetings if meetings else 0.0
    figure = f"{on_site:,} of {counted(meetings, 'co-action')} on pages of one site"
    seen = (
        f"{percent(share)} of the co-actions are on one site, which {counted(others, 'outside account')} link to as "
        f"well; the median gap is {gap:.0f} s; {own:,} of {members:,} accounts link to little else."
    )
    if choice is not None:
        seen += f" {choice.words}"
    is_told = choice is not None and choice.is_alike
    is_public = others >= max(FEWEST_OTHERS, members)
    is_human = gap >= HUMAN_LAG_SECONDS
    if share >= MOST and is_public and is_human and own < OWN_PAGES * members and not is_surprising and not is_told:
        return Finding("fits", figure, seen, share, meetings)
    is_part = share >= PART and is_public and is_human
    return Finding("fits_in_part" if is_part else "does_not_fit", figure, seen, share, meetings)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    if context.missing_public:
        return {network: untested(context.missing_public, "needs a public") for network in context.network_ids}
    context.gather_sites()
    rounded = context.resolution_seconds if context.resolution_seconds > 1 else 0.0
    missing = untested("The sites behind the links of this network are not known.", "needs sites")
    seen, choices = context.by_network(_SEEN), page_choices(context.store)
    return {
        network: judge(
            seen[network]["on_site"],
            seen[network]["meetings"],
            seen[network]["others"],
            members,
            max(0.0, seen[network]["gap"] - rounded),
            seen[network]["own"],
            is_surprising=_is_surprising(context, network, seen[network]["q_value"]),
            choice=choices.get(network),
        )
        if network in seen
        else missing
        for network, members in context.sizes.items()
    }


def _is_surprising(context: NetworkContext, network: int, q_value: float | None) -> bool:
    chance = context.chance.get(network)
    return (q_value is not None and q_value <= SURPRISING) or (chance is not None and chance.is_clear)


READERS = Explanation(
    "readers",
    "Readers of one site",
    "Pages that one well-known site has just published, minutes apart, by accounts that post other things too",
    explain,
    limits="People who are asked to spread one outlet slowly, each another part of it, look like its readers.",
    needs=("links", "domains"),
    needs_words="links",
    parameters=(
        Parameter("most", MOST, "share", "Co-actions on one site from which the explanation fits"),
        Parameter("human_lag", HUMAN_LAG_SECONDS, "seconds", "Median gap from which people act one by one"),
        Parameter("fewest_others", FEWEST_OTHERS, "accounts", "Outsiders that make a site known to the public"),
        Parameter("alike", RATIO, "times", "Pages in common, beside what readers have, from which it does not fit"),
    ),
)
