"""The pages of changes and of downloads."""

from __future__ import annotations

from collections.abc import Sequence

from undazzle.publish.report.text import as_markup
from undazzle.publish.site.feed import contents_of, edition_of
from undazzle.publish.site.lists import Section, TableRow
from undazzle.publish.site.pages import Page, Site
from undazzle.publish.site.rows import csv_table
from undazzle.publish.site.words import counted, plain_word

_SHOWN = 2_000


def changes_page(site: Site) -> Page:
    """Return the page of changes between editions."""
    links = site.links[""]
    columns = ("edition", "day", "change", "record", "fields")
    rows = [(one.edition, one.day, one.change, one.record_id, one.fields) for one in site.entries]
    shown = [
        TableRow((links(one.record_id) if one.page else one.name, plain_word(one.record_id.partition(":")[0]),
                  one.change, ", ".join(one.fields) or "\u2014", one.edition))
        for one in site.entries[:_SHOWN]
    ]  # fmt: skip
    editions = [
        TableRow((edition_of(one.case), one.case.head.updated or "undated", contents_of(one.case)))
        for one in reversed(site.editions)
    ]
    sections = [
        Section("Editions", as_markup(f"<b>{counted(len(editions), 'edition')}</b> known to this site."),
                ("Edition", "Day", "Holds"), editions),
    ]  # fmt: skip
    if shown:
        extent = f"Showing {_SHOWN:,} of {len(rows):,} changes. The CSV file holds all." if len(rows) > _SHOWN else ""
        sections.append(
            Section("What changed", as_markup(f"<b>{counted(len(rows), 'change')}</b> Newest edition first."),
                    ("Record", "Kind", "Change", "Fields", "Edition"), shown, extent)
        )  # fmt: skip
    heading = "What changed between editions"
    words = (
        ""
        if len(site.editions) > 1
        else "No earlier edition was given to compare with: undazzle site OUT --since OLDER."
    )
    citation = site.citation(heading, "changes", "changes")
    data = site.envelope("changes", citation, rows=[dict(zip(columns, row, strict=True)) for row in rows])
    return Page(
        "changes", heading, "table.html.j2", {"heading": heading, "standfirst": words, "sections": sections}, "",
        data, csv_table(columns, rows), citation, (("RSS", "changes.xml"),),
    )  # fmt: skip


def download_page(site: Site, bundles: Sequence[tuple[str, str]]) -> Page:
    """Return the page of downloads; ``bundles`` are incidents with the paths of their STIX files."""
    links = site.links[""]
    held = (
        ("Claims", "claims", "one row a claim, with origin, contradictions and standing"),
        ("Incidents", "incidents", "what several claims speak about"),
        ("Actors", "actors", "with other names"),
        ("Targets", "targets", "public roles only"),
        ("Sources", "sources", "documents with addresses"),
        ("Events", "events", "elections, calendar, world"),
        ("Contradictions", "contradictions", "both sides, with their claims and independent origins"),
        ("Places", "places", "where one is named"),
        ("Changes", "changes", "between editions"),
        ("Filters", "browse", "every filter and value that works in an address"),
    )
    rows = [
        TableRow(
            (name, words, as_markup(f'<a href="{file}.csv">CSV</a>'), as_markup(f'<a href="{file}.json">JSON</a>'))
        )
        for name, file, words in held
    ]
    sections = [
        Section("", as_markup("<b>Whole tables</b> Every other page has its own CSV and JSON as well, at its foot."),
                ("What", "Holds", "CSV", "JSON"), rows),
        Section("References", as_markup("<b>For reference managers</b> One entry a claim and incident."),
                ("What", "Form", "File"),
                [TableRow(("Citations", "BibTeX", as_markup('<a href="citations.bib">citations.bib</a>'))),
                 TableRow(("Citations", "CSL-JSON", as_markup('<a href="citations.csl.json">citations.csl.json</a>'))),
                 TableRow(("Changes", "RSS 2.0", as_markup('<a href="changes.xml">changes.xml</a>')))]),
    ]  # fmt: skip
    if bundles:
        shown = [TableRow((links(one), as_markup(f'<a href="{path}">STIX 2.1</a>'))) for one, path in bundles[:_SHOWN]]
        extent = f"Showing {_SHOWN:,} of {len(bundles):,}; each incident's page links its own." * (
            len(bundles) > _SHOWN
        )
        sections.append(
            Section("STIX", as_markup("<b>One bundle an incident</b>"), ("Incident", "File"), shown, extent)
        )
    heading = "Download everything"
    citation = site.citation(heading, "download", "download")
    columns = ("name", "csv", "json", "holds")
    table = [(name, f"{file}.csv", f"{file}.json", words) for name, file, words in held]
    data = site.envelope("download", citation, rows=[dict(zip(columns, row, strict=True)) for row in table])
    words = f"Tables of {contents_of(site.case)}. Cells that a spreadsheet could take for a formula begin with '."
    return Page("download", heading, "table.html.j2", {"heading": heading, "standfirst": words, "sections": sections},
                "download.html", data, csv_table(columns, table), citation)  # fmt: skip
