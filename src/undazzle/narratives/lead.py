"""Whether members of networks tend to say it first: more often than their share of the telling accounts gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from undazzle.narratives.paths import find_narratives_run
from undazzle.store import Store


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
    """

    narratives: int
    first: int
    expected: float
    p_value: float | None
    left_out: int

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        if self.p_value is None:
            return "Not testable: no narrative was told by members of networks and by others, with one clearly first."
        return (
            f"Members of networks were first in {self.first} of {self.narratives} narratives that others told too; "
            f"their share of the tellers gives {self.expected:.1f} (p {self.p_value:.2g}). First in these data is not "
            f"first in the world, and being first is no influence."
        )


def who_leads(store: Store, networks_run: int, *, run: int | str | None = None) -> Lead:
    """Count how often members said it first. Reads ``narrative_posts``, ``posts``, ``members``.

    The null draws the first among the accounts that told the narrative, each alike; the number of first places is
    then a sum of unequal coins, whose distribution is computed exactly.

    Innocent explanations: members follow the news more closely, post more (who posts all day is early), or are the
    source's own accounts.
    """
    rows = store.rows(_FIRSTS, {"run": find_narratives_run(store, run), "networks": networks_run})
    usable = [(bool(is_member), members / tellers) for is_member, members, tellers, tied in rows
              if 0 < members < tellers and not tied]  # fmt: skip
    if not usable:
        return Lead(0, 0, 0.0, None, len(rows))
    shares = np.array([share for _, share in usable])
    first = sum(was for was, _ in usable)
    tail = poisson_binomial_tail(shares, first)
    return Lead(len(usable), first, float(shares.sum()), tail, len(rows) - len(usable))


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
        bool_or(p.account_key IN (SELECT account_key FROM members WHERE run_id = $networks)) AS is_member
    FROM narrative_posts n JOIN posts p USING (post_key) WHERE n.run_id = $run
    GROUP BY ALL
)
SELECT arg_min(is_member, first_said), count(*) FILTER (is_member), count(*),
    count(*) FILTER (first_said = (SELECT min(s.first_said) FROM said s WHERE s.narrative_id = said.narrative_id)) > 1
FROM said GROUP BY narrative_id ORDER BY narrative_id
"""
