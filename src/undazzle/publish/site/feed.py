"""What changed between editions, and the same as an RSS feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import format_datetime
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from undazzle.casebook import Case
from undazzle.casebook.comparison import compare_cases
from undazzle.casebook.fields import first_day
from undazzle.publish.report.text import clean, one_line
from undazzle.publish.site.addresses import page_of
from undazzle.publish.site.index import SiteIndex
from undazzle.publish.site.words import counted, joined, plain_word

MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: the edition that brought it, its day, what was done to which record, and the fields."""

    edition: str
    day: str | None
    change: str
    record_id: str
    name: str
    page: str | None
    fields: tuple[str, ...]


def find_entries(editions: Sequence[SiteIndex]) -> tuple[Entry, ...]:
    """Return the changes from each edition to the next, the newest edition first."""
    found: list[Entry] = []
    for before, after in zip(editions[-2::-1], editions[:0:-1], strict=True):
        for one in compare_cases(before.case, after.case):
            holder = after if one.record_id in after.case.records else before
            page = page_of(one.record_id) if one.record_id in editions[-1].case.records else None
            found.append(
                Entry(edition_of(after.case), after.case.head.updated, one.kind, one.record_id,
                      holder.name(one.record_id), page, tuple(map(plain_word, one.fields)))
            )  # fmt: skip
    return tuple(found)


def edition_of(case: Case) -> str:
    """Return the edition of a case; its id where it has none."""
    return one_line(clean(case.head.edition or case.head.id))


def contents_of(case: Case) -> str:
    """Return what an edition holds, in words."""
    return joined([
        counted(len(case.claims), "claim"), counted(len(case.incidents), "incident"),
        counted(len(case.actors), "actor"), counted(len(case.sources), "source"), counted(len(case.targets), "target"),
    ])  # fmt: skip


def rss(editions: Sequence[SiteIndex], entries: Sequence[Entry], base: str) -> str:
    """Return the feed of changes as RSS 2.0. Links are relative to the feed where no address of the site is given."""
    case = editions[-1].case
    title = f"{one_line(clean(case.head.title))}: changes"
    items = []
    for one in entries[:MOST_ITEMS]:
        link = urljoin(base, one.page) if one.page else None
        items.append(_item(_line(one), one.day, f"{case.head.id}/{one.edition}/{one.record_id}", link, one.change))
    for index in reversed(editions):
        edition = edition_of(index.case)
        words = f"Edition {edition}: {contents_of(index.case)}"
        items.append(
            _item(words, index.case.head.updated, f"{case.head.id}/{edition}", urljoin(base, "changes.html"), "edition")
        )
    date = f"<lastBuildDate>{_moment(case.head.updated)}</lastBuildDate>" if case.head.updated else ""
    about = _text(case.head.summary or case.head.title)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{_text(title)}</title><link>{_text(urljoin(base, 'index.html'))}</link>"
        f"<description>{about}</description><language>en</language>{date}\n{''.join(items)}</channel></rss>\n"
    )


def _line(one: Entry) -> str:
    kind = plain_word(one.record_id.partition(":")[0])
    fields = f" ({', '.join(one.fields)})" if one.fields else ""
    return f"{kind} {one.change}{fields}: {one.name}"


def _item(title: str, day: str | None, guid: str, link: str | None, category: str) -> str:
    where = f"<link>{_text(link)}</link>" if link else ""
    when = f"<pubDate>{_moment(day)}</pubDate>" if day else ""
    return (
        f'<item><title>{_text(title)}</title>{where}<guid isPermaLink="false">{_text(guid)}</guid>'
        f"{when}<category>{_text(category)}</category></item>\n"
    )


def _moment(day: str) -> str:
    return format_datetime(datetime.combine(first_day(day), time(), UTC), usegmt=True)


def _text(text: str) -> str:
    return escape(one_line(clean(text)))
