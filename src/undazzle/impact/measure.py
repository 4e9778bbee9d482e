"""All of it for one network, kept as a run."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from undazzle.casebook.observation import Amplifier
from undazzle.coordination.communities import find_communities
from undazzle.errors import UnknownNameError
from undazzle.impact.breakout import Breakout, Seen, breakout_over_time
from undazzle.impact.counters import Counter, measure_counters
from undazzle.impact.reach import OWN_FILES, Reach, measure_reach
from undazzle.impact.spread import Spread, measure_spread
from undazzle.store import Store, check_holds_all_posts, fail_run, find_run, finish_run, start_run

_FEW_ENGAGERS = 10
_ONE_COMMUNITY = 0.9  # share of outside engagers in one community that still counts as one community
_MOST_TIES = 3_000_000


@dataclass(frozen=True)
class Impact:
    """Whether anyone listened to a network.

    Attributes
    ----------
    run_id
        The run that holds this measurement.
    network_id
        The network, of run ``of_run``.
    reach, counters, spread, breakout
        The four measurements.
    warnings
        What could not be tested, and why.
    explained_by
        The innocent explanation that fits the network, in words; none if none does or none was tested.
    """

    run_id: int
    of_run: int
    network_id: int
    reach: Reach
    counters: tuple[Counter, ...]
    spread: Spread
    breakout: Breakout
    warnings: tuple[str, ...]
    explained_by: str | None = None

    @property
    def sentence(self) -> str:
        """Say the main thing in one sentence; what explains the network is told first."""
        first = f"{explained_words(self.explained_by)} " if self.explained_by else ""
        return first + self.reach.sentence


def explained_words(explained_by: str) -> str:
    """Say that a network is no finding, before anything is said of its reach."""
    return f"Something ordinary explains this network ({explained_by}): what follows describes ordinary accounts."


def measure_impact(
    store: Store, network_id: int, *, run: int | str | None = None, observed: Iterable[Seen] = (), seed: int = 0
) -> Impact:
    """Measure reach, counters, spread and Breakout category of a network.

    Parameters
    ----------
    store
        An open workspace.
    network_id
        Its number in the run.
    run
        The run that found it; the latest if not given.
    observed
        Logged observations that are known to belong to the network: they can raise the category; posts alone can
        give 1 to 3 at most.
    seed
        Seed of the resampling and of the communities.

    Raises
    ------
    UnknownNameError
        If there is no such run or network.
    UndazzleError
        If most posts are elsewhere.
    """
    check_holds_all_posts(store, "impact")
    started = time.process_time()
    found = find_run(store, run)
    known = [row[0] for row in store.rows("SELECT network_id FROM networks WHERE run_id = ?", [found.run_id])]
    if network_id not in known:
        raise UnknownNameError("network", f"network:{network_id}", [f"network:{one}" for one in known])
    logged = list(observed)
    parameters = {"of_run": found.run_id, "network": network_id, "observations": [one.basis for one in logged]}
    run_id = start_run(store, command="impact", method="impact", parameters=parameters, seed=seed)
    try:
        reach = measure_reach(store, found.run_id, network_id)
        counters = measure_counters(store, found.run_id, network_id, seed=seed)
        spread = measure_spread(store, found.run_id, network_id)
        seen, warnings, unknown = _seen_in_posts(store, found.run_id, network_id, seed)
        breakout = breakout_over_time([*seen, *logged], communities_unknown=unknown)
        missing = [one.kind for one in reach.engagements if not one.testable]
        warnings += [f"{kind}: the files that hold its posts do not give it." for kind in missing]
        notes = (*warnings, *breakout.notes)
        explained_by = _explained_by(store, found.run_id, network_id)
        result = Impact(run_id, found.run_id, network_id, reach, counters, spread, breakout, notes, explained_by)
        summary = {key: value for key, value in asdict(result).items() if key != "warnings"}
        finish_run(store, run_id, warnings=result.warnings, summary=summary, cpu_started=started)
    except BaseException as error:
        fail_run(store, run_id, error)
        raise
    return result


def _explained_by(store: Store, run_id: int, network_id: int) -> str | None:
    rows = store.rows(
        "SELECT coalesce(e.title, n.explained_by) FROM networks n LEFT JOIN explanations e ON e.run_id = n.run_id"
        " AND e.network_id = n.network_id AND e.explanation_id = n.explained_by"
        " WHERE n.run_id = ? AND n.network_id = ?",
        [run_id, network_id],
    )
    return str(rows[0][0]) if rows and rows[0][0] else None


def _seen_in_posts(store: Store, of_run: int, network_id: int, seed: int) -> tuple[list[Seen], list[str], str]:
    """Return what the posts show: the network's platforms, and other communities that carried it.

    The third value says why communities could not be told apart; it is empty where they could.
    """
    scope = {"run": of_run, "network": network_id}
    seen = [
        Seen(day=str(day), platform=platform, community="the network", amplifier=Amplifier.OPERATION, basis="posts")
        for platform, day in store.rows(_PLATFORMS, scope)
    ]
    engagers = store.rows(_ENGAGERS, scope)
    if not engagers and not store.rows(f"SELECT count(repost_of_account) > 0 FROM {OWN_FILES}", scope)[0][0]:
        return seen, [], "these data do not say whose posts were reposted"
    if len({account for account, _, _ in engagers}) < _FEW_ENGAGERS:
        told = _few_words(len({account for account, _, _ in engagers}))
        return seen, [f"{told}; with fewer than {_FEW_ENGAGERS} no breakout is counted."], told
    # Last, because it looks at everybody: most networks are not reposted by ten accounts outside.
    ties = store.rows(f"SELECT count(*) FROM ({_TIES})", scope)[0][0]
    if ties > _MOST_TIES:
        told = f"{ties:,} ties between accounts are too many to find communities in"
        return seen, [f"{told}; breakouts not counted."], told
    community_of = _communities(store.arrays(_TIES, scope), seed)
    return seen + _breakouts(engagers, community_of), [], ""


def _few_words(accounts: int) -> str:
    if not accounts:
        return "no account outside reposted it in these data"
    return f"only {accounts} account{'s' if accounts > 1 else ''} outside reposted it in these data"


def _communities(ties: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]], seed: int) -> dict[int, int]:
    groups = find_communities(ties["a"], ties["b"], ties["weight"].astype(np.float64), seed=seed)
    return {account: number for number, group in enumerate(groups) for account in group}


def _breakouts(engagers: Sequence[tuple[int, str, str]], community_of: dict[int, int]) -> list[Seen]:
    """Return one observation per community beyond the largest, if that holds less than nine in ten engagers."""
    numbers = [community_of.get(account, -1 - account) for account, _, _ in engagers]
    values, counts = np.unique(numbers, return_counts=True)
    if counts.max() >= _ONE_COMMUNITY * len(engagers):
        return []
    home = int(values[counts.argmax()])
    large = {int(one) for one, count in zip(values, counts, strict=True) if count >= max(3, 0.05 * len(engagers))}
    first: dict[tuple[int, str], str] = {}
    for number, (_, platform, day) in zip(numbers, engagers, strict=True):
        if number in large and number != home:
            first[number, platform] = min(str(day), first.get((number, platform), "9999"))
    return [
        Seen(
            day=day,
            platform=platform,
            community=f"community {number}",
            amplifier=Amplifier.ORDINARY_USERS,
            basis="posts",
        )
        for (number, platform), day in sorted(first.items())
    ]


_PLATFORMS = """
SELECT platform, min(posted_at)::DATE FROM posts JOIN members USING (account_key)
WHERE run_id = $run AND network_id = $network GROUP BY platform ORDER BY platform
"""

# Names under which an account is pointed at, and who points at whom outside the network.
_NAMES = """
names AS (
    SELECT DISTINCT account_key, lower(name) AS name FROM (
        SELECT account_key, account_id AS name FROM accounts
        UNION ALL SELECT account_key, platform || ':' || handle FROM accounts
    ) WHERE name IS NOT NULL
), pointed AS (
    SELECT p.account_key, lower(target) AS name
    FROM posts p,
        unnest(list_concat([p.repost_of_account, p.reply_to_account, p.quote_of_account],
            list_transform(p.mentions, lambda m: p.platform || ':' || m))) AS u(target)
    WHERE target IS NOT NULL
), ties AS (
    SELECT p.account_key AS source, n.account_key AS target
    FROM pointed p JOIN names n USING (name)
), own AS (
    SELECT account_key FROM members WHERE run_id = $run AND network_id = $network
)"""

_TIES = f"""
WITH {_NAMES}
SELECT least(source, target)::BIGINT AS a, greatest(source, target)::BIGINT AS b, count(*)::BIGINT AS weight
FROM ties WHERE source <> target AND source NOT IN (FROM own) AND target NOT IN (FROM own)
GROUP BY ALL ORDER BY ALL
"""

# Only a repost carries a post further as it is: who answers or quotes may do so to object.
_ENGAGERS = """
WITH own AS (
    SELECT a.account_id, a.platform, a.handle FROM members m JOIN accounts a USING (account_key)
    WHERE m.run_id = $run AND m.network_id = $network
), names AS (
    SELECT lower(account_id) AS name FROM own UNION SELECT lower(platform || ':' || handle) FROM own
)
SELECT account_key, platform, min(posted_at)::DATE FROM posts SEMI JOIN names ON lower(repost_of_account) = name
WHERE account_key NOT IN (SELECT account_key FROM members WHERE run_id = $run)
GROUP BY account_key, platform ORDER BY account_key, platform
"""
