"""Stages of laundering, as far as links to listed outlets show them: placement, layering, integration.

A chain of links is consistent with laundering and never shows it: a news item travels the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from undazzle.narratives.outlets import Outlet

# Only outlets whose source names a state count as placement: from fringe to mainstream is how ordinary news goes too.
_CLASSES = {
    "placement": ("state-controlled", "state-linked"),
    "layering": ("state-linked", "fringe", "unknown"),
    "integration": ("mainstream",),
}


@dataclass(frozen=True)
class Stage:
    """One stage of a chain.

    Attributes
    ----------
    stage
        ``placement`` (the first link to an outlet of a state), ``layering`` (the first later link to another outlet
        that is neither controlled by a state nor mainstream), ``integration`` (the first later link to a mainstream
        one).
    outlet
        The outlet with its class; empty if the stage is not seen.
    at, account_id, post_id
        The first post with that link; none and empty if not seen.
    why_not
        Why the stage is not seen; empty if it is.
    """

    stage: str
    outlet: str
    at: datetime | None = None
    account_id: str = ""
    post_id: str = ""
    why_not: str = ""


def stages_of(posts: Sequence[dict[str, Any]], outlets: Sequence[Outlet]) -> tuple[Stage, ...]:
    """Return the three stages, each seen or with the reason why not; nothing if no outlet is listed.

    Each stage must come strictly after the one seen before it, and by another outlet.

    Parameters
    ----------
    posts
        Rows of one narrative, oldest first, with posted_at, account_id, post_id, domains.
    outlets
        The list held against the links.
    """
    by_domain = {one.domain: one for one in outlets}
    links = [
        (post, by_domain[domain])
        for post in posts
        for domain in (one.lower().removeprefix("www.") for one in post["domains"] or [])
        if domain in by_domain
    ]
    found: list[Stage] = []
    for stage, classes in _CLASSES.items() if outlets else ():
        seen = [one for one in found if one.at is not None]
        if found and found[0].at is None:
            found.append(Stage(stage, "", why_not="without a placement it has no place in a chain"))
            continue
        used = {one.outlet for one in seen}
        later = (
            (post, outlet)
            for post, outlet in links
            if outlet.outlet_class in classes
            and _named(outlet) not in used
            and (not seen or post["posted_at"] > seen[-1].at)
        )
        post, outlet = next(later, (None, None))
        if post is None or outlet is None:
            found.append(Stage(stage, "", why_not=_why_not(classes, outlets, is_first=not found)))
        else:
            found.append(Stage(stage, _named(outlet), post["posted_at"], post["account_id"], post["post_id"]))
    return tuple(found)


def laundering_sentence(stages: Sequence[Stage]) -> str:
    """Say in words which stages are seen and which are not; empty if no list was held against the links."""
    if not stages:
        return ""
    seen = [f"{one.stage} by {one.outlet} ({one.at:%Y-%m-%d %H:%M})" for one in stages if one.at is not None]
    if not seen:
        return f"No stage of laundering is seen: {stages[0].why_not}."
    not_seen = [f"{one.stage} is not seen ({one.why_not})" for one in stages if one.at is None]
    if len(seen) == 1:
        begins = f"One link is no chain of laundering: {seen[0]}"
    else:
        whole = "a chain" if not not_seen else "part of a chain"
        begins = f"The order of links is consistent with {whole} of laundering: {', then '.join(seen)}"
    return f"{'; '.join([begins, *not_seen])}. Times are of posts with the link, not of the articles."


def _named(outlet: Outlet) -> str:
    return f"{outlet.name} ({outlet.outlet_class})"


def _why_not(classes: Sequence[str], outlets: Sequence[Outlet], *, is_first: bool) -> str:
    kinds = " or ".join(classes)
    if not any(one.outlet_class in classes for one in outlets):
        return f"cannot be tested: the list has no {kinds} outlet"
    return f"no post links to a listed {kinds} outlet" + ("" if is_first else " after the stage before")
