"""The section on targets: which public roles and institutions the network's posts name, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from undazzle.narratives.measured_targets import stored_targets
from undazzle.publish.report import looked_svg
from undazzle.publish.report.looked import Behind, Posts
from undazzle.publish.report.stance_facts import NOT_READ, StanceFacts, read_stance
from undazzle.publish.report.text import clean, number, plural
from undazzle.publish.report.wording import joined
from undazzle.store import Store

_SHOWN, _DRAWN, _WITH_POSTS = 15, 8, 5
_CYCLE = (date(2023, 11, 1), date(2024, 12, 31))
_NO_STANCE = "Being named is not being attacked."


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target as a row of the table."""

    name: str
    role: str
    party: str
    mine: int
    posts: int
    others: int
    doubtful: int
    behind: tuple[Behind, ...]


@dataclass(frozen=True, slots=True)
class TargetsFacts:
    """The whole section; without counts ``computed`` is false."""

    computed: bool = False
    sentence: str = ""
    balance: str = ""
    rows: tuple[TargetRow, ...] = ()
    total: int = 0
    chart: Markup | None = None
    weeks: Markup | None = None
    calendar: tuple[tuple[date, str], ...] = ()
    no_calendar: str = ""
    stance: StanceFacts = NOT_READ


NOT_COUNTED = TargetsFacts()


def read_targets(store: Store, posts: Posts, run_id: int, network_id: int) -> TargetsFacts:
    """Return the targets a network names, if they were counted.

    Parameters
    ----------
    store, posts
        The workspace, and how to show posts.
    run_id, network_id
        The network.
    """
    found, stance = stored_targets(store, run_id), read_stance(store, run_id, network_id)
    if found is None:
        return replace(NOT_COUNTED, stance=stance)
    key = str(network_id)
    named = [one for one in found.summary.get("targets", []) if one["by_network"].get(key)]
    named.sort(key=lambda one: (-one["by_network"][key], one["id"]))
    looked_for = int(found.summary.get("looked_for", 0))
    base = TargetsFacts(computed=True, total=len(named), stance=stance)
    if not named:
        said = f"None of {number(looked_for)} names looked for stands in a post of this network. {_NO_STANCE}"
        return replace(base, sentence=said)
    rows = tuple(_row(one, key, posts, with_posts=place < _WITH_POSTS) for place, one in enumerate(named[:_SHOWN]))
    weeks = _weeks(named, key)
    calendar = _calendar(found.summary.get("calendar", []), weeks)
    return replace(
        base,
        sentence=f"Its posts name {number(len(named))} of {number(looked_for)} public roles and institutions looked "
        f"for, {clean(named[0]['name'])} most often ({plural(named[0]['by_network'][key], 'post')}). {_NO_STANCE}",
        balance=_balance(found.summary["targets"], key, is_of_2024=_is_of_2024(weeks)),
        rows=rows,
        chart=_chart(rows[:_DRAWN]),
        weeks=looked_svg.weeks_chart(weeks, calendar) if len(weeks) > 1 else None,
        calendar=calendar,
        no_calendar="" if calendar else "No day of the election calendar of the casebook lies within these weeks.",
    )


def _row(one: Mapping[str, Any], key: str, posts: Posts, *, with_posts: bool) -> TargetRow:
    mine, race, office = one["by_network"][key], clean(one["race"] or ""), clean(one["office"] or "")
    wanted = [("names it, by the network", post) for post in one["examples"].get(key, ())] if with_posts else []
    return TargetRow(
        name=clean(one["name"]),
        role=race or office or clean(one["kind"]),
        party=clean(one["party"] or ""),
        mine=mine,
        posts=one["posts"],
        others=one["posts"] - mine,
        doubtful=one["doubtful"],
        behind=posts.behind(wanted),
    )


def _chart(rows: Sequence[TargetRow]) -> Markup:
    bars = [looked_svg.BarRow(one.name, one.mine, None, f"{number(one.mine)} of {number(one.posts)}") for one in rows]
    said = ", ".join(f"{one.name} {number(one.mine)}" for one in rows)
    return looked_svg.bar_rows(
        bars, f"Posts of the network by the target they name: {said}. The table has all figures."
    )


def _is_of_2024(weeks: Sequence[tuple[date, int]]) -> bool:
    """Say whether most of it was said while the ballot of 2024 was what people could mean."""
    inside = sum(count for week, count in weeks if _CYCLE[0] <= week <= _CYCLE[1])
    return 2 * inside > sum(count for _, count in weeks)


def _balance(targets: Sequence[Mapping[str, Any]], key: str, *, is_of_2024: bool) -> str:
    """Say how posts naming persons fall to parties and levels, beside everybody else's."""
    persons = [one for one in targets if one["level"] != "no person"]
    mine, others = _by(persons, "party", key), _by(persons, "party", None)
    if not sum(mine.values()):
        return "It names no person of a party."
    parties = [one for one, _ in sorted(others.items(), key=lambda item: (-item[1], item[0])) if one][:4]
    shares = [
        f"{party} {number(mine.get(party, 0))} ({_share(mine.get(party, 0), mine)}; elsewhere "
        f"{_share(others[party] - mine.get(party, 0), _less(others, mine))})"
        for party in parties
    ]
    level = _by(persons, "level", key)
    by_party = f"Mentions of persons by party: {joined(shares)}. A post that names two persons counts for both."
    if not is_of_2024:
        return (
            f"{by_party} Most of these posts lie outside the election year of 2024: who stood on which ballot then is "
            "not known here."
        )
    return (
        f"{by_party} Of {plural(sum(level.values()), 'mention')}, "
        f"{number(level.get('president', 0))} are of candidates for president or vice president and "
        f"{number(level.get('down-ballot', 0))} of anybody further down the ballot or in office."
    )


def _by(targets: Sequence[Mapping[str, Any]], column: str, key: str | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in targets:
        posts = one["posts"] if key is None else one["by_network"].get(key, 0)
        found[one[column] or ""] = found.get(one[column] or "", 0) + posts
    return found


def _less(all_of: Mapping[str, int], part: Mapping[str, int]) -> dict[str, int]:
    return {name: count - part.get(name, 0) for name, count in all_of.items()}


def _share(count: int, whole: Mapping[str, int]) -> str:
    return f"{count / max(1, sum(whole.values())):.0%}"


def _weeks(named: Sequence[Mapping[str, Any]], key: str) -> list[tuple[date, int]]:
    """Return mentions by week, empty weeks included."""
    counts: dict[date, int] = {}
    for one in named:
        for week, posts in one["network_weeks"].get(key, {}).items():
            day = date.fromisoformat(week)
            counts[day] = counts.get(day, 0) + posts
    if not counts:
        return []
    first, last = min(counts).toordinal(), max(counts).toordinal()
    return [(date.fromordinal(at), counts.get(date.fromordinal(at), 0)) for at in range(first, last + 1, 7)]


def _calendar(events: Sequence[Mapping[str, str]], weeks: Sequence[tuple[date, int]]) -> tuple[tuple[date, str], ...]:
    if not weeks:
        return ()
    days = ((date.fromisoformat(one["day"]), clean(one["name"])) for one in events)
    end = date.fromordinal(weeks[-1][0].toordinal() + 7)
    return tuple((day, name) for day, name in days if weeks[0][0] <= day < end)
