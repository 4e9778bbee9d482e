"""The front page: what the case holds, filters, timeline and table; and the page that lists every filter."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import escape

from undazzle.casebook.contradictions import Level
from undazzle.publish.report.text import as_markup, clean
from undazzle.publish.site.addresses import slug_of
from undazzle.publish.site.facets import FACETS, FIRST, Choice, choices
from undazzle.publish.site.lists import claim_list_files
from undazzle.publish.site.pages import Page, Site
from undazzle.publish.site.rows import breakout_words, flags
from undazzle.publish.site.timeline import Timeline, build_timeline
from undazzle.publish.site.timeline_drawing import draw_days, draw_timeline, symbols
from undazzle.publish.site.words import CATEGORY, counted, day_words, title_of

FRONT_ROWS = 40


def all_choices(site: Site) -> dict[str, tuple[Choice, ...]]:
    """Return the values of every filter that occur in the case."""
    return {facet.name: choices(site.index, facet) for facet in FACETS}


def front_page(site: Site, held: dict[str, tuple[Choice, ...]]) -> Page:
    """Return the front page. Its table holds the claims of the timeline, bounded; script shows the others."""
    index = site.index
    timeline = build_timeline(index, index.claims)
    facets: list[dict[str, Any]] = [
        {"name": one.name, "label": one.label, "everything": one.everything, "choices": held[one.name]}
        for one in FACETS
    ]
    shown = _front_claims(site, timeline)
    title = clean(site.case.head.title)
    citation = site.citation(title, site.case.head.id, "index")
    values: dict[str, Any] = {
        "heading": f"{title}: who said what, and how sure they were",
        "standfirst": _standfirst(site),
        "first": [one for one in facets if one["name"] in FIRST],
        "more": [one for one in facets if one["name"] not in (*FIRST, "breakout", "month")],
        "browse": facets,
        "total": f"{len(index.claims):,}",
        "timeline": timeline,
        "rows": [site.rows.html(one, "") for one in shown],
        "caption": as_markup("<b>The same claims as a table</b> Confidence words are quoted; a dash in Breakout means "
                             "the scale does not apply or was not coded."),
        "extent": _extent(site, len(shown), timeline),
        "pages": claim_list_files(site),
    }  # fmt: skip
    values |= _timeline_values(site, timeline) if timeline else {}
    return Page(
        "index", title, "front.html.j2", values, "index.html",
        site.envelope("case", citation, records={
            folder: len(getattr(site.case, folder))
            for folder in ("claims", "incidents", "actors", "sources", "claimants", "targets", "events")
        }, filters=[{"name": one["name"], "values": [choice.value for choice in one["choices"]]} for one in facets]),
        site.rows.csv(index.claims), citation,
    )  # fmt: skip


def _standfirst(site: Site) -> str:
    index, case = site.index, site.case
    speakers = len({one.claimant for one in index.claims if one.claimant})
    hard = sum(one.level is Level.CONTRADICTION for one in index.contradictions.values())
    kinds = [str(one.proposition.polarity) for one in index.claims]
    return (
        f"{counted(len(index.claims), 'public claim')} by {counted(speakers, 'speaker')} about "
        f"{counted(len(case.incidents), 'incident')}, each followed back to the first who said it. "
        f"{counted(kinds.count('denies'), 'denial')}, {counted(kinds.count('negative-finding'), 'finding')} of nothing "
        f"and {counted(kinds.count('assurance'), 'assurance')} count as claims. "
        f"{counted(hard, 'contradiction')} {'stands' if hard == 1 else 'stand'} open."
    )


def _front_claims(site: Site, timeline: Timeline | None) -> list[Any]:
    index = site.index
    if timeline is None:
        return list(index.claims[:FRONT_ROWS])
    first, last = timeline.months[0], timeline.months[-1]
    inside = [one for one in index.claims if len(index.day(one)) >= 7 and first <= index.day(one)[:7] <= last]
    return inside[:FRONT_ROWS]


def _extent(site: Site, shown: int, timeline: Timeline | None) -> str:
    total = len(site.index.claims)
    if timeline is None:
        return f"Showing {shown:,} of {counted(total, 'claim')}, ordered by date."
    months = f"{day_words(timeline.months[0])} to {day_words(timeline.months[-1])}"
    return f"Showing {shown:,} of the {timeline.shown:,} claims of {months}, ordered by date; {total:,} in all."


def _timeline_values(site: Site, timeline: Timeline) -> dict[str, Any]:
    outside = [counted(timeline.earlier, "earlier claim") if timeline.earlier else "",
               counted(timeline.later, "later claim") if timeline.later else "",
               f"{timeline.undated:,} with a year only or no date" if timeline.undated else ""]  # fmt: skip
    told = ", ".join(one for one in outside if one)
    median = timeline.median
    day = day_words(f"{median:%Y-%m-%d}") if median else ""
    return {
        "timeline_title": f"Half of the claims shown were made by {day}, half after it",
        "window": f"from {day_words(timeline.months[0])} to {day_words(timeline.months[-1])}",
        "outside": as_markup(f'Outside lie {escape(told)}: <a href="#every">see the lists</a>.' if told else ""),
        "wide": draw_timeline(site.index, timeline, ""),
        "days": draw_days(site.index, timeline, ""),
        "symbols": symbols(),
    }


def browse_page(site: Site, held: dict[str, tuple[Choice, ...]]) -> Page:
    """Return the page that lists every value of every filter, for readers without script."""
    citation = site.citation("Every filter as a page", "browse", "browse")
    facets = [{"name": one.name, "label": one.label, "choices": held[one.name]} for one in FACETS]
    busiest = held["family"][0].value if held["family"] else "none"
    rows = [(one.facet.name, one.value, one.words, len(one.claims), f"{one.page}.html")
            for facet in FACETS for one in held[facet.name]]  # fmt: skip
    columns = ("filter", "value", "words", "claims", "page")
    from undazzle.publish.site.rows import csv_table

    return Page(
        "browse", "Every filter as a page", "browse.html.j2",
        {"facets": facets, "example": f"family={busiest}&polarity=denies"}, "claims.html",
        site.envelope("filters", citation, rows=[dict(zip(columns, row, strict=True)) for row in rows]),
        csv_table(columns, rows), citation,
    )  # fmt: skip


def filter_data(site: Site, held: dict[str, tuple[Choice, ...]]) -> str:
    """Return the data for filters as a classic script: pages from disk may load scripts and nothing else.

    It assigns one object: the words of every value, and one short list for each claim.
    """
    index = site.index
    names = {facet.name: {choice.value: choice.words for choice in held[facet.name]} for facet in FACETS}
    places = {name: {value: at for at, value in enumerate(words)} for name, words in names.items()}
    rows = []
    for claim in index.claims:
        incident = index.incident_of(claim)
        rated = incident.breakout if incident else None
        values = [[places[facet.name][value] for value in facet.values(index, claim)] for facet in FACETS]
        likely = claim.likelihood
        rows.append([
            slug_of(claim.id), index.day(claim), title_of(claim), ", ".join(flags(index, claim)), values,
            clean(claim.confidence.quoted or claim.confidence.word) if claim.confidence else "",
            clean((likely.quoted or likely.word) if likely else ""), breakout_words(rated),
            (rated.at_most or rated.category or 0) if rated else 0, index.open_contradictions[claim.id],
            " ".join(map(clean, claim.quoted)), [slug_of(one) for one in claim.proposition.targets],
            [slug_of(head) + "+" * tied if ":" in head else head for head, tied in index.rows(claim)],
        ])  # fmt: skip
    data = {
        "facets": [facet.name for facet in FACETS],
        "values": {name: list(words) for name, words in names.items()},
        "words": {name: list(words.values()) for name, words in names.items()},
        "targets": {slug_of(one): index.name(one) for one in site.case.targets},
        "categories": {one.id.partition(":")[2]: CATEGORY[one.category] for one in site.case.claimants.values()},
        "rows": rows,
    }
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.undazzleClaims={text};\n"
