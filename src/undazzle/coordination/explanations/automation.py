"""Explanation ``automation``: programs and feeds that say what they are, or evidently are."""

from __future__ import annotations

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding
from undazzle.coordination.explanations.wording import beside, percent
from undazzle.model import Parameter, Reference

# What accounts write of themselves when a program posts for them, in several languages.
DECLARED_WORDS = (
    r"(?i)(^|[^\pL])(automated|automatically|automatisch\pL*|automatisiert\pL*|automatis[ée]\pL*|automatiquement"
    r"|autom[aá]tic[ao]s?|autom[aá]ticamente|автоматическ\pL*|автоматично|otomatik|rss[- ]feed|news ?bot"
    r"|(this|i) (is|am) a bot|bot account|bot by)([^\pL]|$)|自动|自動|تلقائي|آلي|स्वचालित"
)
# "Not automated" declares nothing.
DENIED_WORDS = r"(?i)\b(not|no|never|nicht|kein|pas|non?|не|sin)\s+(an? )?(automat|bot)"
# A feed read by programs reaches each account after its own fixed delay: half of its posts stray by two seconds at
# most. People, and queues that add chance, stray by ten and more.
FIXED_SECONDS = 2.0
# Order within bursts can be judged from this many on.
FEWEST_BURSTS = 5
# Posts in nearly every hour of the day: nobody sleeps. Judged for accounts with at least this many posts.
CLOCK_HOURS, CLOCK_POSTS = 23, 200
PART = 0.2

_DECLARED = f"""
SELECT account_key, max((coalesce(is_automated, false) OR coalesce(regexp_matches(description, '{DECLARED_WORDS}')
    AND NOT regexp_matches(description, '{DENIED_WORDS}'), false))::INTEGER) AS value
FROM account_observations SEMI JOIN explained_accounts USING (account_key) GROUP BY account_key
"""

# Delay of each account after the first of its burst; its spread is the median distance from its own median.
_DELAYS = f"""
WITH delays AS (
    SELECT a.network_id, a.account_key, epoch(min(a.acted_at)) - epoch(b.starts_at) AS delay
    FROM explained_bursts b JOIN explained_acts a ON a.network_id = b.network_id AND a.item_key = b.item_key
        AND a.acted_at BETWEEN b.starts_at AND b.ends_at
    GROUP BY a.network_id, a.account_key, b.item_key, b.starts_at
),
accounts AS (
    SELECT network_id, account_key, mad(delay) AS spread, median(delay) AS usual
    FROM delays GROUP BY network_id, account_key HAVING count(*) >= {FEWEST_BURSTS}
)
SELECT network_id, count(*) AS accounts, count(*) FILTER (spread <= {FIXED_SECONDS}) AS fixed,
    median(spread) AS spread, max(usual) - min(usual) AS range
FROM accounts GROUP BY network_id HAVING count(*) >= 2
"""

_SLEEPLESS = f"""
SELECT account_key, (count(DISTINCT hour(posted_at)) >= {CLOCK_HOURS})::INTEGER AS value
FROM posts SEMI JOIN explained_accounts USING (account_key) GROUP BY account_key HAVING count(*) >= {CLOCK_POSTS}
"""


def judge(
    declared: int,
    members: int,
    control: float | None,
    fixed: tuple[int, int, float] | None,
    sleepless: float | None,
) -> Finding:
    """Return whether programs that declare themselves, or evidently are programs, make the network.

    Parameters
    ----------
    declared, members
        Accounts that declare themselves automated, and all.
    control
        Share that declares it among other accounts as active.
    fixed
        Accounts with a fixed delay, accounts with enough bursts to tell, median spread of the delay in seconds;
        ``None`` if times do not allow it.
    sleepless
        Share of the busy members that post in nearly every hour of the day; ``None`` if none is busy enough.
    """
    share = declared / members
    figure = f"{declared:,} of {members:,} accounts declare themselves automated"
    seen = f"{declared:,} of {members:,} accounts say that a program posts for them{beside(control)}."
    is_evident = False
    if fixed is not None:
        seen += f" {fixed[0]:,} of {fixed[1]:,} follow the first of a burst by a fixed delay (spread {fixed[2]:.1f} s)."
        is_evident = fixed[0] >= MOST * fixed[1]
    if sleepless is not None:
        seen += f" {percent(sleepless)} of the busy ones post in nearly every hour of the day."
        is_evident |= sleepless >= MOST
    if share >= MOST:
        return Finding("fits", figure, seen, share, members, control)
    if is_evident:
        seen += " Evident automation that nobody declares is no innocent explanation by itself."
    is_part = is_evident or share >= PART
    return Finding("fits_in_part" if is_part else "does_not_fit", figure, seen, share, members, control)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    declared = context.numbers(
        f"SELECT network_id, sum(value) FROM explained_members JOIN ({_DECLARED}) USING (account_key)"
        " GROUP BY network_id"
    )
    controls = context.controls(_DECLARED)
    # Delays of seconds cannot be seen in times that are rounded to minutes.
    delays = context.by_network(_DELAYS) if context.resolution_seconds <= FIXED_SECONDS else {}
    sleepless = context.numbers(
        f"SELECT network_id, avg(value) FROM explained_members JOIN ({_SLEEPLESS}) USING (account_key)"
        " GROUP BY network_id"
    )
    return {
        network: judge(
            int(declared.get(network, 0)),
            members,
            controls.get(network),
            (delays[network]["fixed"], delays[network]["accounts"], delays[network]["spread"])
            if network in delays
            else None,
            sleepless.get(network),
        )
        for network, members in context.sizes.items()
    }


AUTOMATION = Explanation(
    "automation",
    "Declared automation or syndication",
    "Profiles that say a program posts for them; one feed, a fixed delay for each account",
    explain,
    limits="Only a declaration makes it innocent: a fixed delay or sleepless accounts show a program, not whose.",
    needs=("is_automated", "description"),
    needs_words="self-descriptions",
    parameters=(
        Parameter("most", MOST, "share", "Declared accounts from which the explanation fits"),
        Parameter("fixed", FIXED_SECONDS, "seconds", "Spread up to which an account's delay counts as fixed"),
        Parameter("clock_hours", CLOCK_HOURS, "hours", "Hours of the day with posts from which nobody sleeps"),
    ),
    references=(
        Reference(
            "Pacheco et al. 2021, Uncovering Coordinated Networks on Social Media", "https://arxiv.org/abs/2001.05658"
        ),
    ),
)
