"""Who said it first in these data, where it crossed over, and by which outlets it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from undazzle.errors import UnknownNameError
from undazzle.narratives.outlets import Outlet
from undazzle.narratives.stages import Stage, stages_of
from undazzle.store import Store, find_run

# The silence before the first post must be this many times the usual gap of the first posts. If posts come at an even
# rate and the collection merely began late, a silence of 10 mean gaps of 5 comes up once in 150 times.
_SILENCE = 10
_EARLY_GAPS = 5


@dataclass(frozen=True)
class Step:
    """One point of a path: the first post of a kind.

    Attributes
    ----------
    what
        ``first``, ``platform``, ``outside`` (first account in no network), ``outlet``.
    at, account_id, post_id
        When, who, and the post.
    detail
        The platform, or the outlet with its class.
    """

    what: str
    at: datetime
    account_id: str
    post_id: str
    detail: str


@dataclass(frozen=True)
class Path:
    """How one narrative went.

    Attributes
    ----------
    narrative_id
        Its number in the run.
    steps
        Oldest first.
    origin_is_uncertain
        Whether it may well have begun before the data do, or several accounts began at one time.
    why
        The reason, in words.
    amplifiers
        The ten accounts with most posts of it: id, posts, whether in a network.
    accounts
        How many accounts told it in all.
    stages
        Stages of laundering against the list of outlets, seen or with the reason why not; empty without a list.
    network_share
        Share of its posts by accounts in networks of the run given; none if no run was given.
    """

    narrative_id: int
    steps: tuple[Step, ...]
    origin_is_uncertain: bool
    why: str
    amplifiers: tuple[tuple[str, int, bool], ...]
    network_share: float | None
    accounts: int = 0
    stages: tuple[Stage, ...] = ()

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        first = self.steps[0]
        said = f"First seen in these data on {first.at:%Y-%m-%d %H:%M} UTC, by {first.account_id} on {first.detail}"
        doubt = f"; where it began is uncertain: {self.why}" if self.origin_is_uncertain else ""
        routes = [one for one in self.steps if one.what == "outlet"]
        more = f" and {len(routes) - 5} more outlets" if len(routes) > 5 else ""
        way = f"; then by {', '.join(one.detail for one in routes[:5])}{more}" if routes else ""
        return f"{said}{way}{doubt}."


def follow(
    store: Store,
    narrative_id: int,
    *,
    run: int | str | None = None,
    networks_run: int | None = None,
    outlets: Sequence[Outlet] = (),
) -> Path:
    """Follow one narrative. Reads ``narratives``, ``narrative_posts``, ``posts``, ``members``.

    Parameters
    ----------
    store
        An open workspace.
    narrative_id
        Its number in the run.
    run
        The run that found it; the latest search for narratives if not given.
    networks_run
        A run whose networks tell members from others.
    outlets
        Outlets by domain; a post that links to one is a step of the path.

    Raises
    ------
    UnknownNameError
        If there is no such narrative.
    """
    run_id = find_narratives_run(store, run)
    posts = store.records(_POSTS, {"run": run_id, "narrative": narrative_id, "networks": networks_run})
    if not posts:
        raise UnknownNameError("narrative", f"narrative:{narrative_id}", [f"the narratives of run:{run_id}"])
    uncertain, why = _censoring(store, posts)
    counts: dict[str, int] = {}
    for one in posts:
        counts[one["account_id"]] = counts.get(one["account_id"], 0) + 1
    inside = {one["account_id"] for one in posts if one["in_network"]}
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:10]
    return Path(
        narrative_id=narrative_id,
        steps=tuple(_steps(posts, outlets, with_networks=networks_run is not None)),
        origin_is_uncertain=uncertain,
        why=why,
        amplifiers=tuple((account, count, account in inside) for account, count in ranked),
        network_share=None if networks_run is None else sum(one["in_network"] for one in posts) / len(posts),
        accounts=len(counts),
        stages=stages_of(posts, outlets),
    )


def find_narratives_run(store: Store, run: int | str | None) -> int:
    """Return the number of a run of narratives; the latest if none is named.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    if run is not None:
        return find_run(store, run).run_id
    rows = store.rows("SELECT max(run_id) FROM runs WHERE method = 'narratives' AND state = 'finished'")
    if rows[0][0] is None:
        raise UnknownNameError("search for narratives", "latest", ["none yet: undazzle narratives WORKSPACE"])
    return int(rows[0][0])


def _steps(posts: Sequence[dict[str, Any]], outlets: Sequence[Outlet], *, with_networks: bool) -> list[Step]:
    by_domain = {one.domain: one for one in outlets}
    steps, seen = [], set()

    def add(what: str, one: dict[str, Any], detail: str) -> None:
        if (what, detail) not in seen:
            seen.add((what, detail))
            steps.append(Step(what, one["posted_at"], one["account_id"], one["post_id"], detail))

    add("first", posts[0], posts[0]["platform"])
    for one in posts:
        if one["platform"] != posts[0]["platform"]:
            add("platform", one, one["platform"])
        if with_networks and not one["in_network"] and ("outside", "outside the networks") not in seen:
            add("outside", one, "outside the networks")
        for domain in one["domains"] or []:
            outlet = by_domain.get(domain.lower().removeprefix("www."))
            if outlet:
                add("outlet", one, f"{outlet.name} ({outlet.outlet_class})")
    return steps


def _censoring(store: Store, posts: Sequence[dict[str, Any]]) -> tuple[bool, str]:
    """Say whether the narrative may have begun before the data do.

    If posts came at an even rate and the collection merely began late, the silence before the first post would be
    like the gaps between the first posts. Only a much longer silence speaks for a beginning inside the data.
    """
    first = posts[0]["posted_at"]
    ties = {one["account_id"] for one in posts if one["posted_at"] == first}
    if len(ties) > 1:
        return True, f"{len(ties)} accounts said it at the same time"
    began = store.rows("SELECT min(posted_at) FROM posts WHERE platform = ?", [posts[0]["platform"]])[0][0]
    times = [one["posted_at"] for one in posts[: _EARLY_GAPS + 1]]
    gap = (times[-1] - times[0]) / max(1, len(times) - 1)
    silence = first - began
    if silence < max(_SILENCE * gap, timedelta(hours=1)):
        return True, (
            f"these data begin {_in_words(silence)} before it was first seen, and its first posts came "
            f"{_in_words(gap)} apart"
        )
    return False, ""


def _in_words(span: timedelta) -> str:
    seconds = span.total_seconds()
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}"
    return f"{seconds:,.0f} seconds"


_POSTS = """
SELECT p.post_id, p.account_id, p.platform, p.posted_at, p.domains,
    p.account_key IN (SELECT account_key FROM members WHERE run_id = $networks) AS in_network
FROM narrative_posts n JOIN posts p USING (post_key)
WHERE n.run_id = $run AND n.narrative_id = $narrative
ORDER BY p.posted_at, p.post_id
"""
