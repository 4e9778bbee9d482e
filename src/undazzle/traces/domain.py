"""Trace kind ``domain``: an account linked to a site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.store import Store
from undazzle.traces.filling import fill_from_list
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.link import OPAQUE_ID
from undazzle.traces.selection import INCLUDE_REPOSTS, SAME_PUBLISHER, counts, posts_where
from undazzle.traces.url_rules import PLATFORM_SITES, SHORTENERS
from undazzle.traces.urls import web_site

# The site of an address depends on its host alone, unless the page passes on to another address by parameter.
_HOST_ONLY = r"^https?://((?:[a-z0-9-]+\.)+[a-z]{2,})(?:/[!-~]*)?$"
_LISTED = (
    "CASE WHEN len(domains) > 0 THEN domains ELSE list_transform(links, lambda raw:"
    f" CASE WHEN length(raw) <= 1000 AND regexp_matches(raw, '{_HOST_ONLY}') AND NOT contains(raw, '?')"
    f" THEN regexp_extract(raw, '{_HOST_ONLY}', 1) ELSE raw END) END"
)


def domain_item(raw: str, *, exclude_platforms: bool = True) -> str | None:
    """Return the site of a link or host name, or the id that a file gives instead; ``None`` if it does not count.

    Examples
    --------
    >>> domain_item("https://news.example.org/a"), domain_item("https://youtu.be/x"), domain_item("9280")
    ('example.org', None, '9280')
    """
    site = web_site(raw)
    if site is None:
        return raw if OPAQUE_ID.fullmatch(raw) else None
    return None if exclude_platforms and (site in PLATFORM_SITES or site in SHORTENERS) else site


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    fill_from_list(
        store,
        target,
        values_sql=_LISTED,
        where=posts_where(settings),
        quick_sql="NULL::VARCHAR",
        fold=lambda raw: domain_item(raw, exclude_platforms=settings["exclude_platforms"]),
    )
    return {}


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    if not counts(post, settings):
        return
    for raw in post.get("domains") or post.get("links") or ():
        item = domain_item(raw or "", exclude_platforms=settings["exclude_platforms"])
        if item:
            yield item


DOMAIN = TraceKind(
    kind_id="domain",
    version="1",
    title="Domain",
    summary="Finds accounts that link to the same site.",
    description=(
        "The item is the site behind a link, such as example.co.uk, or the domain that the file names itself. "
        "Big platforms and short-link services are left out: everybody links to them. "
        "The site is found by a rule of thumb for endings, not by the Public Suffix List."
    ),
    needs=("links", "domains"),
    parameters=(
        Parameter(
            "exclude_platforms",
            True,
            "",
            "Whether big platforms (YouTube, X, ...) and short-link services are left out.",
        ),
        INCLUDE_REPOSTS,
    ),
    innocent_explanations=(
        InnocentExplanation(
            "Favourite newspaper",
            "Readers of one paper link to it for years. A shared site says far less than a shared page.",
        ),
        SAME_PUBLISHER,
    ),
    references=(Reference("Righetti and Balluff 2025, CooRTweet", "https://doi.org/10.5117/CCR2025.1.7.RIGH"),),
    extract=_extract,
    reference=_reference,
    peer_names=("co-domain",),
)
