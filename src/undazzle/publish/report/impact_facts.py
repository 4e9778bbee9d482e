"""The section on impact: who outside engaged with the network, how far it travelled, and the Breakout category."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from undazzle.impact.breakout import BreakoutStep
from undazzle.impact.reach import Engagement
from undazzle.impact.stored import stored_impact
from undazzle.publish.report import looked_svg
from undazzle.publish.report.looked import Behind, Posts
from undazzle.publish.report.text import clean, number, plural
from undazzle.store import Store

_KINDS = {"repost": "Reposts", "reply": "Replies", "quote": "Quotes", "mention": "Mentions"}
_ACTS = {
    "repost": "reposts it, from outside",
    "reply": "answers it, from outside",
    "quote": "quotes it, from outside",
    "mention": "mentions it, from outside",
}


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """One kind of engagement as a row of the table."""

    name: str
    testable: bool
    members: int
    networks: int
    others: int
    accounts: int


@dataclass(frozen=True, slots=True)
class ImpactFacts:
    """The whole section; without a measurement ``computed`` is false."""

    computed: bool = False
    sentence: str = ""
    rows: tuple[EngagementRow, ...] = ()
    chart: Markup | None = None
    counters: tuple[str, ...] = ()
    spread: str = ""
    breakout: str = ""
    ladder: Markup | None = None
    steps: tuple[BreakoutStep, ...] = ()
    apart: str = ""
    outside: str = ""
    behind: tuple[Behind, ...] = ()
    notes: tuple[str, ...] = ()


NOT_MEASURED = ImpactFacts()


def read_impact(store: Store, posts: Posts, run_id: int, network_id: int) -> ImpactFacts:
    """Return what was measured of a network's impact over the posts that are here now, if it was."""
    found = stored_impact(store, run_id, network_id)
    if found is None:
        return NOT_MEASURED
    reach, breakout = found.reach, found.breakout
    return ImpactFacts(
        computed=True,
        sentence=clean(found.sentence),
        rows=tuple(_row(one) for one in reach.engagements),
        chart=_chart([one for one in reach.engagements if one.testable]) if reach.testable else None,
        counters=tuple(clean(one.sentence) for one in found.counters if one.posts),
        spread=found.spread.sentence,
        breakout=clean(breakout.sentence),
        ladder=looked_svg.ladder(breakout.category),
        steps=breakout.steps,
        apart=_apart(breakout.exposed, breakout.debunked),
        outside=f"{plural(reach.posts, 'post')} by {plural(reach.members, 'member')}; "
        f"{plural(reach.accounts_in_data, 'other account')} in these data",
        behind=posts.behind((_ACTS.get(kind, kind), post) for kind, post in reach.examples),
        notes=tuple(clean(one) for one in found.warnings),
    )


def _row(one: Engagement) -> EngagementRow:
    name = _KINDS.get(one.kind, one.kind)
    return EngagementRow(name, one.testable, one.by_members, one.by_networks, one.by_others, one.other_accounts)


def _chart(seen: list[Engagement]) -> Markup:
    rows = [
        looked_svg.BarRow(
            _KINDS.get(one.kind, one.kind),
            one.by_members + one.by_networks,
            one.by_others,
            f"{number(one.by_members + one.by_networks)} from networks, {number(one.by_others)} from outside",
        )
        for one in seen
    ]
    said = "; ".join(f"{one.label}: {one.words}" for one in rows)
    return looked_svg.bar_rows(rows, f"Engagement with the network in these data. {said}.")


def _apart(exposed: int, debunked: int) -> str:
    if not exposed and not debunked:
        return "No observation that exposes or debunks the network was logged."
    return (
        f"{plural(exposed, 'observation')} that exposed it and {plural(debunked, 'observation')} that debunked it were "
        "logged; they are no reach and stand in no step."
    )
