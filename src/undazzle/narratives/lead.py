"""Whether members of networks tend to say it first: more often than their share of the telling accounts gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from undazzle.narratives.paths import find_narratives_run
from undazzle.store import Store

_CLEAR = 0.025  # either tail


@dataclass(frozen=True)
class Lead:
    """How often a member of a network said a narrative first.

    Attributes
    ----------
    narratives
        Narratives told by members and by others, with one account clearly first.
    first
        In how many a member was first.
    expected
        How many it would be if who is first were drawn among the accounts that told it.
    p_value
        Chance of at least as many; exact, given the accounts of each narrative.
    left_out
        Narratives told by one side only, or begun by several accounts at one time.
    whom
        Who is meant, as the subject of a sentence.
    p_fewer
        Chance of at most as many, for where they are first less often.
    """

    narratives: int
    first: int
    expected: float
    p_value: float | None
    left_out: int
    whom: str = "Members of networks"
    p_fewer: float | None = None

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        if self.p_value is None:
            return "Not testable who leads: no narrative was told by both sides, with one account clearly first."
        return (
            f"{self.whom} were first in {self.first} of {self.narratives} narratives that others told too; their share "
            f"of the tellers gives {self.expected:.1f}{self._verdict}. First in these data is not first in the world, "
            f"and being first is no influence."
        )

    @property
    def _verdict(self) -> str:
        """Say whether that is more, less, or no difference that these data could show."""
        for tail, word in ((self.p_value, "more"), (self.p_fewer, "less")):
            if tail is not None and tail <= _CLEAR:
                return f": {word} often than their share (p {'below 0.001' if tail < 0.001 else f'{tail:.2g}'})"
        return ", no difference that these data could show"


def who_leads(store: Store, networks_run: int, *, run: int | str | None = None, network_id: int | None = None) -> Lead:
    """Count how often members said it first. Reads ``narrative_posts``, ``posts``, ``members``.

    The null draws the first among the accounts that told the narrative, each alike; the number of first places is
    then a sum of unequal coins, whose distribution is computed exactly.

    With ``network_id``, one network is held against all other accounts.

    Innocent explanations: members follow the news more closely, post more (who posts all day is early), or are the
    source's own accounts.
    """
    rows = store.rows(_FIRSTS, {"run": find_narratives_run(store, run), "networks": networks_run,
                                 "network": network_id})  # fmt: skip
    usable = [(bool(is_member), members / tellers) for is_member, members, tellers, tied in rows
              if 0 < members < tellers and not tied]  # fmt: skip
    if not usable:
        return Lead(0, 0, 0.0, None, len(rows))
    whom = "Members of networks" if network_id is None else "Its accounts"
    shares = np.array([share for _, share in usable])
    first = sum(was for was, _ in usable)
    tail, fewer = poisson_binomial_tail(shares, first), 1 - poisson_binomial_tail(shares, first + 1)
    return Lead(len(usable), first, float(shares.sum()), tail, len(rows) - len(usable), whom, fewer)


def poisson_binomial_tail(chances: npt.NDArray[np.float64], at_least: int) -> float:
    """Return the chance that at least so many of independent coins show heads.

    Examples
    --------
    >>> import numpy as np
    >>> round(poisson_binomial_tail(np.array([0.5, 0.5]), 1), 3)
    0.75
    """
    mass = np.ones(1)
    for chance in chances:
        mass = np.convolve(mass, (1 - chance, chance))
    return float(min(1.0, mass[at_least:].sum()))


_FIRSTS = """
WITH said AS (
    SELECT n.narrative_id, p.account_key, min(p.posted_at) AS first_said,
        bool_or(p.account_key IN (SELECT account_key FROM members WHERE run_id = $networks
            AND ($network IS NULL OR network_id = $network))) AS is_member
    FROM narrative_posts n JOIN posts p USING (post_key) WHERE n.run_id = $run
    GROUP BY ALL
)
SELECT arg_min(is_member, first_said), count(*) FILTER (is_member), count(*),
    count(*) FILTER (first_said = (SELECT min(s.first_said) FROM said s WHERE s.narrative_id = said.narrative_id)) > 1
FROM said GROUP BY narrative_id ORDER BY narrative_id
"""
