"""The section on narratives: what the network's accounts said, who said it first in these data, and by which way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from undazzle.narratives import who_leads
from undazzle.narratives.kept import stored_influence
from undazzle.narratives.told import Told, current_narratives, told_by
from undazzle.publish.report import looked_svg
from undazzle.publish.report.looked import Behind, Posts
from undazzle.publish.report.spread_words import influence_words, laundering_words
from undazzle.publish.report.text import clean, cut, number, one_line, plural
from undazzle.store import Store

_SHOWN, _TEXT, _LANGUAGES = 8, 220, 4


@dataclass(frozen=True, slots=True)
class NarrativeRow:
    """One narrative as a row of the table."""

    number: int
    narrative_id: int
    text: str
    language: str
    languages: str
    posts: int
    accounts: int
    member_posts: int
    member_accounts: int
    first: datetime
    who_first: str
    doubt: str
    tag: str
    way: str
    behind: tuple[Behind, ...]


@dataclass(frozen=True, slots=True)
class NarrativesFacts:
    """The whole section; without a search for narratives ``computed`` is false, and nothing is said."""

    computed: bool = False
    run_id: int = 0
    sentence: str = ""
    rows: tuple[NarrativeRow, ...] = ()
    total: int = 0
    chart: Markup | None = None
    stability: str = ""
    notes: tuple[str, ...] = ()
    laundering: tuple[str, ...] = ()
    influence: tuple[str, ...] = ()


NOT_GROUPED = NarrativesFacts()


def read_narratives(store: Store, posts: Posts, run_id: int, network_id: int) -> NarrativesFacts:
    """Return the narratives of a network, if they were searched for over the posts that are here now."""
    found = current_narratives(store)
    if found is None:
        return NOT_GROUPED
    told, total = told_by(store, network_id, networks_run=run_id, run=found.run_id, limit=_SHOWN)
    rows = tuple(_row(place, one, posts) for place, one in enumerate(told, start=1))
    base = NarrativesFacts(
        computed=True,
        run_id=found.run_id,
        stability=_stability(found.summary),
        notes=tuple(found.warnings),
        influence=influence_words(stored_influence(store, run_id, found.run_id)),
    )
    if not rows:
        return replace(
            base,
            sentence="No narrative was told by two accounts of this network: what they share lies in links, reposts "
            "or texts too short to compare, not in saying the same in words of their own.",
        )
    lead = who_leads(store, run_id, run=found.run_id, network_id=network_id)
    return replace(
        base,
        sentence=f"At least two accounts of the network told {plural(total, 'narrative')} in common. "
        f"Counting also what one of them told: {lead.sentence[:1].lower()}{lead.sentence[1:]}",
        rows=rows,
        total=total,
        laundering=laundering_words([one.path.stages for one in told]),
        chart=looked_svg.who_was_first(
            [
                looked_svg.TimeRow(place, one.first_at, one.last_at, one.member_first_at, one.other_first_at)
                for place, one in enumerate(told, start=1)
            ]
        ),
    )


def _row(place: int, one: Told, posts: Posts) -> NarrativeRow:
    wanted = [
        ("stands for the narrative", one.post_id),
        ("first by the network", one.member_post_id),
        ("first by anybody else", one.other_post_id),
    ]
    behind = posts.behind(wanted)
    shown = behind[0].post if behind else None
    text, left_out = cut(one_line(shown.text), _TEXT) if shown else ("", 0)
    languages = ", ".join(clean(name) for name in one.languages[:_LANGUAGES])
    more = f" and {len(one.languages) - _LANGUAGES} more" if len(one.languages) > _LANGUAGES else ""
    return NarrativeRow(
        number=place,
        narrative_id=one.narrative_id,
        text=text + ("…" if left_out else ""),
        language=shown.language if shown else "",
        languages=languages + more,
        posts=one.posts,
        accounts=one.accounts,
        member_posts=one.member_posts,
        member_accounts=one.member_accounts,
        first=one.first_at,
        who_first=_who_first(one),
        doubt=f"Where it began is uncertain: {one.path.why}." if one.path.origin_is_uncertain else "",
        tag=f"#{clean(one.hashtag).removeprefix('#')} stands in {number(one.hashtag_posts)} of its posts: perhaps a "
        "game or a topic, and no message."
        if one.hashtag
        else "",
        way=_way(one),
        behind=behind,
    )


def _who_first(one: Told) -> str:
    if one.other_first_at is None:
        return "nobody else told it in these data"
    return {True: "by the network", False: "by an account outside", None: "by both at one time"}[one.was_first]


def _way(one: Told) -> str:
    """Return the crossing points in words: platforms and outlets, never an account outside the network."""
    seen = [step for step in one.path.steps if step.what in ("platform", "outlet")]
    if not seen:
        return ""
    shown = ", ".join(f"{clean(step.detail)} ({step.at:%Y-%m-%d})" for step in seen[:4])
    more = f" and {number(len(seen) - 4)} more" if len(seen) > 4 else ""
    return f"Then on or by way of {shown}{more}."


def _stability(summary: dict[str, object]) -> str:
    found = summary.get("stability")
    if not isinstance(found, list | tuple):
        return "How stable the groups are was not measured."
    return (
        f"Searched again on four in five texts, the groups agree to {found[0]:.2f} on average, {found[1]:.2f} at "
        "worst (adjusted Rand index: 1 is the same groups, 0 is chance)."
    )
