"""Pages that list: all claims in pages, one list for every value of every filter, and tables of the other records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from undazzle.casebook import Claim
from undazzle.casebook.contradictions import Level
from undazzle.publish.report.text import as_markup, clean
from undazzle.publish.site.addresses import contradiction_page, slug_of
from undazzle.publish.site.conflicts import conflict_title, whole
from undazzle.publish.site.facets import PAGE_ROWS, Choice
from undazzle.publish.site.links import outward
from undazzle.publish.site.pages import Page, Site
from undazzle.publish.site.rows import breakout_words, csv_table
from undazzle.publish.site.words import ACT, CATEGORY, DIFFERS, counted, day_words, plain_word

_TABLE_ROWS = 5_000
_CLASHES_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a long list: its file, its label, and whether it is the one being read."""

    file: str
    label: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table of records."""

    cells: Sequence[Any]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its caption, or a picture, or both."""

    title: str
    caption: Any
    columns: tuple[str, ...]
    rows: Sequence[TableRow]
    extent: str = ""
    picture: Any = ""
    right: tuple[str, ...] = ()


def claim_list_files(site: Site) -> list[ListPage]:
    """Return the pages that list every claim in order of day, each with the days it covers as label."""
    return _pages(site, site.index.claims, "claims")


def _pages(site: Site, claims: Sequence[Claim], file: str) -> list[ListPage]:
    found = []
    for number, begin in enumerate(range(0, max(1, len(claims)), PAGE_ROWS)):
        part = claims[begin : begin + PAGE_ROWS]
        days = [site.index.day(one) or "undated" for one in part]
        label = " to ".join(dict.fromkeys((days[0], days[-1]))) if days else "none"
        found.append(ListPage(f"{file}{f'~{number + 1}' if number else ''}.html", label))
    return found


def claim_lists(site: Site) -> Iterator[Page]:
    """Yield the list of all claims, page by page."""
    heading = f"All {counted(len(site.index.claims), 'claim')}, in order of day"
    yield from _listing(site, "claims", heading, "claims", site.index.claims, "claims.html",
                        "Denials, findings of nothing, assurances and relays count as claims.")  # fmt: skip


def choice_lists(site: Site, choice: Choice) -> Iterator[Page]:
    """Yield the list for one value of a filter, page by page: the filter for readers without script."""
    heading = f"{choice.facet.label}: {choice.words}"
    what = f"{choice.facet.name}={choice.value}"
    words = f"{counted(len(choice.claims), 'claim')}. The same view with script: index.html?{what}"
    yield from _listing(site, choice.page, heading, what, choice.claims, "", words)


def _listing(
    site: Site, file: str, heading: str, what: str, claims: Sequence[Claim], current: str, standfirst: str
) -> Iterator[Page]:
    pages = _pages(site, claims, file)
    citation = site.citation(heading, what, file)
    for number, page in enumerate(pages):
        begin = number * PAGE_ROWS
        part = claims[begin : begin + PAGE_ROWS]
        root = "../" * file.count("/")
        values = {
            "heading": heading, "standfirst": standfirst if not number else "", "kicker": "", "list_title": "Claims",
            "rows": [site.rows.html(one, root) for one in part], "csv": f"{root}{file}.csv",
            "caption": as_markup(f"<b>{escape(heading)}</b> Confidence words are quoted; a dash in Breakout means the "
                                 "scale does not apply or was not coded."),
            "pages": [ListPage(one.file, one.label, one is page) for one in pages],
            "extent": f"Showing {begin + 1:,} to {begin + len(part):,} of {len(claims):,}, ordered by day."
                      if len(pages) > 1 else "",
            "next": pages[number + 1].file if number + 1 < len(pages) else "",
        }  # fmt: skip
        first = number == 0
        yield Page(
            page.file.removesuffix(".html"), heading, "listing.html.j2", values, current,
            site.claims_json("claims", citation, claims, filter=what) if first else None,
            site.rows.csv(claims) if first else None, citation, () if first else (("All as CSV", f"{file}.csv"),),
        )  # fmt: skip


def _table_page(
    site: Site,
    file: str,
    heading: str,
    standfirst: str,
    sections: Sequence[Section],
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    current: str = "",
) -> Page:
    """Return a page of tables; its CSV and JSON hold ``rows`` under ``columns``."""
    citation = site.citation(heading, file, file)
    data = site.envelope(file, citation, rows=[dict(zip(columns, row, strict=True)) for row in rows])
    values = {"heading": heading, "standfirst": standfirst, "sections": sections}
    return Page(
        file, heading, "table.html.j2", values, current or f"{file}.html", data, csv_table(columns, rows), citation
    )


def _cut(rows: Sequence[TableRow]) -> tuple[Sequence[TableRow], str]:
    if len(rows) <= _TABLE_ROWS:
        return rows, ""
    return rows[:_TABLE_ROWS], f"Showing {_TABLE_ROWS:,} of {len(rows):,} rows. The CSV and JSON files hold all."


def incident_list(site: Site) -> Page:
    """Return the table of incidents, by the day the activity began."""
    index, links = site.index, site.links[""]
    held = sorted(site.case.incidents.values(), key=lambda one: (one.begin or "9999", one.id))
    rows, table = [], []
    for one in held:
        claims = index.case.claims_of(one)
        acts = ", ".join(dict.fromkeys(ACT[claim.proposition.act_class] for claim in claims))
        origins = len({index.origin(claim) for claim in claims})
        clashes = sum(index.standing[claim.id].has_conflicts for claim in claims)
        cells = (links(one.id), one.begin or "no day given", acts, counted(len(claims), "claim"), origins, clashes,
                 breakout_words(one.breakout))  # fmt: skip
        rows.append(TableRow(cells))
        table.append((one.id, clean(one.title), one.begin, one.end, one.event, len(claims), origins, clashes,
                      one.breakout.category if one.breakout else None))  # fmt: skip
    shown, extent = _cut(rows)
    caption = as_markup(f"<b>{counted(len(rows), 'incident')}</b> By the day the activity is said to have begun.")
    columns = ("Incident", "Begin", "Act", "Claims", "First speakers", "Contradicted", "Breakout")
    section = Section("", caption, columns, shown, extent, right=columns[4:])
    return _table_page(
        site, "incidents", "What several claims speak about", "An incident refers to claims and copies nothing.",
        [section],
        ("id", "title", "begin", "end", "event", "claims", "origins", "contradicted", "breakout"), table,
    )  # fmt: skip


def actor_list(site: Site) -> Page:
    """Return the table of actors, the most named first."""
    index, links = site.index, site.links[""]
    held = sorted(site.case.actors.values(), key=lambda one: (-len(index.by_actor.get(one.id, ())), one.id))
    rows = [
        TableRow((links(one.id), plain_word(one.actor_kind), clean(one.nation) or "none given",
                  ", ".join(clean(name.name) for name in one.aliases) or "none",
                  len(index.by_actor.get(one.id, ()))))
        for one in held
    ]  # fmt: skip
    table = [(one.id, index.name(one.id), str(one.actor_kind), clean(one.nation) or None,
              "; ".join(clean(name.name) for name in one.aliases), len(index.by_actor.get(one.id, ())))
             for one in held]  # fmt: skip
    shown, extent = _cut(rows)
    caption = as_markup(f"<b>{counted(len(rows), 'actor')}</b> Nation is what those who claim say; not the state.")
    columns = ("Actor", "What", "Nation", "Other names", "Claims")
    return _table_page(
        site, "actors", "Who is said to act", "Other names and ties are claims, each with who says so on its page.",
        [Section("", caption, columns, shown, extent, right=("Claims",))],
        ("id", "name", "kind", "nation", "other_names", "claims"), table,
    )  # fmt: skip


def target_list(site: Site) -> Page:
    """Return the table of targets, the most named first."""
    index, links = site.index, site.links[""]
    held = sorted(site.case.targets.values(), key=lambda one: (-len(index.by_target.get(one.id, ())), one.id))
    roles = {one.id: ", ".join(clean(part) for part in (one.office, one.race, one.party) if part) for one in held}
    rows = [
        TableRow((links(one.id), plain_word(one.target_kind), roles[one.id] or "\u2014",
                  clean(one.place or one.jurisdiction) or "\u2014", len(index.by_target.get(one.id, ()))))
        for one in held
    ]  # fmt: skip
    table = [(one.id, index.name(one.id), str(one.target_kind), roles[one.id], clean(one.jurisdiction),
              clean(one.place), one.on_ballot, len(index.by_target.get(one.id, ()))) for one in held]  # fmt: skip
    shown, extent = _cut(rows)
    caption = as_markup(f"<b>{counted(len(rows), 'target')}</b> In public roles only; never a private person.")
    columns = ("Target", "What", "Role", "Where", "Claims")
    return _table_page(
        site, "targets", "Who and what is said to be aimed at", "", [Section("", caption, columns, shown, extent,
                                                                            right=("Claims",))],
        ("id", "name", "kind", "role", "jurisdiction", "place", "on_ballot", "claims"), table,
    )  # fmt: skip


def source_list(site: Site) -> Page:
    """Return two tables: documents, and those who speak."""
    index, links = site.index, site.links[""]
    held = sorted(site.case.sources.values(), key=lambda one: (one.made_public or "9999", one.id))
    documents = [
        TableRow((links(one.id), links(one.publisher), plain_word(one.source_kind), one.made_public or "undated",
                  outward(one.url, "Read") if one.url else "\u2014", len(index.by_source.get(one.id, ()))))
        for one in held
    ]  # fmt: skip
    speakers = sorted(site.case.claimants.values(), key=lambda one: (-len(index.by_claimant.get(one.id, ())), one.id))
    who = [
        TableRow((links(one.id), CATEGORY[one.category], clean(one.nation) or "\u2014", plain_word(one.reliability),
                  len(index.by_claimant.get(one.id, ()))))
        for one in speakers
    ]  # fmt: skip
    table = [
        (one.id, index.name(one.id), str(one.source_kind), one.publisher, one.made_public, clean(one.url) or None,
         clean(one.archive_url) or None, one.is_partial, len(index.by_source.get(one.id, ())))
        for one in held
    ]  # fmt: skip
    shown, extent = _cut(documents)
    more, further = _cut(who)
    sections = [
        Section("Documents", as_markup(f"<b>{counted(len(held), 'document')}</b> In which claims were read."),
                ("Document", "Published by", "What", "Date", "Address", "Claims"), shown, extent, right=("Claims",)),
        Section("Those who speak", as_markup(f"<b>{counted(len(who), 'claimant')}</b> Reliability that cannot be "
                                             "judged is unknown, not worst."),
                ("Claimant", "Category", "Nation", "Reliability", "Claims"), more, further, right=("Claims",)),
    ]  # fmt: skip
    return _table_page(
        site, "sources", "Where claims were read, and who made them", "", sections,
        ("id", "title", "kind", "publisher", "date", "url", "archive_url", "is_partial", "claims"), table,
    )  # fmt: skip


def event_list(site: Site) -> Page:
    """Return the table of events: elections, their calendar, and what happened in the world."""
    links = site.links[""]
    held = sorted(site.case.events.values(), key=lambda one: (one.begin, one.id))
    rows = [
        TableRow((clean(one.name), plain_word(one.event_kind), day_words(one.begin), clean(one.place) or "\u2014",
                  as_markup(", ".join(str(links(source)) for source in one.sources)) or "\u2014"), slug_of(one.id))
        for one in held
    ]  # fmt: skip
    table = [(one.id, clean(one.name), str(one.event_kind), one.begin, one.end, one.part_of, clean(one.place))
             for one in held]  # fmt: skip
    section = Section("", as_markup(f"<b>{counted(len(rows), 'event')}</b> In order of day."),
                      ("Event", "What", "Day", "Where", "Read in"), rows)  # fmt: skip
    return _table_page(
        site, "events", "What happened in the world", "Elections, their calendar, and events beside them. That two "
        "things happened close together does not tie them.", [section],
        ("id", "name", "kind", "begin", "end", "part_of", "place"), table,
    )  # fmt: skip


def contradiction_pages(site: Site) -> Iterator[Page]:
    """Yield the list of contradictions and a page for each."""
    index = site.index
    hard = [one for one in index.contradictions.values() if one.level is Level.CONTRADICTION]
    soft = [one for one in index.contradictions.values() if one.level is Level.TENSION]
    heading = f"{counted(len(hard), 'contradiction')} and {counted(len(soft), 'tension')} stand open"
    citation = site.citation(heading, "contradictions", "contradictions")
    columns = ("code", "level", "kind", "title", "fields", "sides", "independent_origins", "claims")
    rows = [(one.code, str(one.level), str(one.kind), conflict_title(index, one), list(one.fields),
             [side.position for side in one.sides], [side.independent for side in one.sides], list(one.claims))
            for one in (*hard, *soft)]  # fmt: skip
    groups = [
        {"id": name, "title": title, "note": note, "views": [whole(index, one, 1) for one in held[:_CLASHES_SHOWN]],
         "rest": [whole(index, one, 0) for one in held[_CLASHES_SHOWN : 20 * _CLASHES_SHOWN]],
         "left_out": max(0, len(held) - 20 * _CLASHES_SHOWN)}
        for name, title, note, held in (
            ("hard", "Contradic\u00adtions", "Both cannot be so as they are said.", hard),
            ("soft", "Tensions", "They pull apart, and both may be so.", soft),
        )
    ]  # fmt: skip
    data = site.envelope("contradictions", citation, rows=[dict(zip(columns, row, strict=True)) for row in rows])
    yield Page("contradictions", heading, "contradictions.html.j2", {"heading": heading, "groups": groups},
               "contradictions.html", data, csv_table(columns, rows), citation)  # fmt: skip
    for one in index.contradictions.values():
        yield _contradiction_page(site, one.code)


def _contradiction_page(site: Site, code: str) -> Page:
    one = site.index.contradictions[code]
    view = whole(site.index, one)
    file = contradiction_page(code).removesuffix(".html")
    title = f"{view.title}: {DIFFERS[one.kind]}"
    citation = site.citation(title, code, file)
    claims = [site.case.claims[claim] for claim in one.claims]
    data = site.claims_json(
        "contradiction", citation, claims, code=code, level=str(one.level),
        sides=[{"position": side.position, "claims": side.claims, "origins": side.origins,
                "independent": side.independent} for side in one.sides],
        conflicts=[{"left": pair.left, "right": pair.right, "level": str(pair.level), "fields": pair.fields,
                    "reasons": pair.reasons} for pair in one.conflicts],
    )  # fmt: skip
    return Page(file, title, "contradiction.html.j2", {"view": view}, "contradictions.html", data,
                site.rows.csv(claims), citation)  # fmt: skip
