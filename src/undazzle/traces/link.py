"""Trace kind ``link``: an account posted the address of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.store import Store
from undazzle.traces.filling import fill_from_list
from undazzle.traces.items import bounded_item, bounded_item_sql
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.selection import INCLUDE_REPOSTS, SAME_HOURS, SAME_PUBLISHER, counts, posts_where
from undazzle.traces.url_platforms import FOLDED_HOSTS
from undazzle.traces.url_rules import MOBILE_PREFIXES, SAME_HOST, SHORTENERS
from undazzle.traces.urls import canonical_url

_LONGEST, _KEPT = 1_000, 900
# Anonymised files give numbers or hashes instead of addresses.
OPAQUE_ID = re.compile(r"(?=.*[0-9])[A-Za-z0-9_-]{1,128}")

# Addresses that canonical_url leaves as they are but for the scheme ...
_PLAIN = r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+"
# ... unless their host has names or paths that are folded, or they were cut off.
_NAMES = "|".join(re.escape(host) for host in sorted({*SAME_HOST, *MOBILE_PREFIXES, *FOLDED_HOSTS}))
_MOBILE = "|".join(sorted({prefix for prefixes in MOBILE_PREFIXES.values() for prefix in prefixes}))
_ODD = rf"^https?://(?:www\.|[^/]*xn--|(?:(?:{_MOBILE})\.)?(?:{_NAMES})/|t\.co/.{{0,4}}$)|\.\.\.$"
QUICK_LINK_SQL = (
    f"CASE WHEN length(raw) <= 200 AND regexp_full_match(raw, '{_PLAIN}') AND NOT regexp_matches(raw, '{_ODD}')"
    " THEN CASE WHEN starts_with(raw, 'https') THEN raw ELSE 'https' || substring(raw, 5) END END"
)
_EXACT = f"CASE WHEN raw <> '' THEN {bounded_item_sql('raw', _LONGEST, _KEPT)} END"
_SHORT_HOSTS = ", ".join(f"'{host}'" for host in sorted(SHORTENERS))
_SHARE_WORTH_A_WARNING = 0.05


def link_item(raw: str) -> str | None:
    """Return the item of one link: its canonical address, or the id that a file gives instead of an address.

    Examples
    --------
    >>> link_item("http://example.org/a/"), link_item("23678"), link_item("mailto:a@example.org")
    ('https://example.org/a', '23678', None)
    """
    item = canonical_url(raw)
    if item is None:
        return raw if OPAQUE_ID.fullmatch(raw) else None
    return bounded_item(item, _LONGEST, _KEPT)


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    if not settings["canonical"]:
        where = posts_where(settings)
        fill_from_list(store, target, values_sql="links", where=where, quick_sql=_EXACT, fold=lambda _: None)
        return {}
    lost = fill_from_list(
        store, target, values_sql="links", where=posts_where(settings), quick_sql=QUICK_LINK_SQL, fold=link_item
    )
    total, short = store.rows(
        f"SELECT count(*), count(*) FILTER (split_part(item, '/', 3) IN ({_SHORT_HOSTS})) FROM {target}"
    )[0]
    return {"lost": lost, "links": total, "short": short}


def _warn(counts: Mapping[str, int]) -> list[str]:
    lost, total, short = (counts.get(name, 0) for name in ("lost", "links", "short"))
    warnings = [f"{lost:,} links are no web address, or were cut off, and make no trace."] if lost else []
    if short > _SHARE_WORTH_A_WARNING * total:
        warnings.append(
            f"{short:,} of {total:,} links are short links (such as t.co), which hide their target: two posts of one "
            "page count as two items. Give the expanded addresses if your collector has them."
        )
    return warnings


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    if not counts(post, settings):
        return
    for raw in post.get("links") or ():
        item = link_item(raw or "") if settings["canonical"] else bounded_item(raw or "", _LONGEST, _KEPT)
        if item:
            yield item


LINK = TraceKind(
    kind_id="link",
    version="1",
    title="Link",
    summary="Finds accounts that post the same web address.",
    description=(
        "The item is the address in one spelling: without tracking parameters, www., default port and fragment, and "
        "with the short forms of YouTube, X, Instagram and Telegram written out. "
        "Short links such as t.co or bit.ly stay as they are: only a request could resolve them. "
        "A post without a link makes no trace."
    ),
    needs=("links",),
    parameters=(
        Parameter(
            "canonical", True, "", "Whether addresses are brought to one spelling; otherwise the exact string counts."
        ),
        INCLUDE_REPOSTS,
    ),
    innocent_explanations=(
        SAME_PUBLISHER,
        InnocentExplanation(
            "Feed of a site",
            "Readers' programs post every new page of a site the moment it appears. "
            "Look at whether all links lead to one site.",
        ),
        SAME_HOURS,
        InnocentExplanation(
            "Petition or fundraiser",
            "Supporters are asked to spread one page, openly and by name. Look at what the page asks for.",
        ),
    ),
    references=(
        Reference(
            "Giglietto et al. 2020, It takes a village to manipulate the media: coordinated link sharing behavior",
            "https://doi.org/10.1080/1369118X.2020.1739732",
        ),
        Reference("Righetti and Balluff 2025, CooRTweet", "https://doi.org/10.5117/CCR2025.1.7.RIGH"),
    ),
    extract=_extract,
    warn=_warn,
    reference=_reference,
    is_default=True,
    peer_names=("co-link", "co-url", "url", "clsb"),
)
