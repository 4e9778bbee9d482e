"""What ``undazzle mail`` prints, as lines of plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from undazzle.cli.summaries import plain

if TYPE_CHECKING:
    from undazzle.mail.analysis import MailCollection
    from undazzle.mail.findings import MailFindings

_TOP = 10
_COLUMNS = ("file", "number", "from_domain", "handed_over_by", "grade", "spf", "dkim", "cluster", "places")
CLOSING = (
    "recorded: a server you trust saw it. assumed: if your server wrote the topmost line. verified: checked with what "
    "you gave. claimed: the sender could have written it. No header shows who wrote a message."
)


def collection_lines(found: MailCollection, *, limit: int, in_full: bool) -> Iterator[str]:
    """Yield what was found: each message, clusters of alike ones, places, and what was set aside."""
    shown = found.mails[:limit] if limit else found.mails
    if in_full:
        for mail in shown:
            yield from mail_lines(mail)
    else:
        yield from _table(found, len(shown))
    if len(shown) < len(found.mails):
        yield f"Showing {len(shown):,} of {len(found.mails):,} messages. All: --limit 0"
    yield _counts(found)
    for name, reason in found.set_aside[:_TOP]:
        yield f"  set aside: {plain(name)}: {plain(reason)}"
    yield from _cluster_lines(found)
    yield from _place_lines(found)
    yield CLOSING


def mail_lines(mail: MailFindings) -> Iterator[str]:
    """Yield every statement on one message with its grade and with what does not follow from it."""
    yield f"{plain(mail.file_name)} #{mail.number}: {plain(mail.subject) or '(no subject)'}"
    for one in mail.statements:
        yield f"  {one.grade:<9} {plain(one.text)}"
        if one.limit:
            yield f"            {plain(one.limit)}"
    for problem in mail.problems:
        yield f"  note      {plain(problem)}"


def _table(found: MailCollection, count: int) -> Iterator[str]:
    from undazzle.mail.tables import origin_grade
    from undazzle.results.output import render_rows

    clusters = {place: one.number for one in found.clusters for place in one.members}
    rows = []
    for place, mail in enumerate(found.mails[:count]):
        origin = mail.boundary.origin
        rows.append((
            mail.file_name, mail.number, mail.traces.from_domain, origin.address if origin else "", origin_grade(mail),
            mail.outcome("spf"), mail.outcome("dkim"), clusters.get(place), len(found.places[place]) or None,
        ))  # fmt: skip
    yield from render_rows(_COLUMNS, rows).splitlines()


def _counts(found: MailCollection) -> str:
    known = sum(mail.boundary.origin is not None for mail in found.mails)
    attached = sum(bool(mail.attached_to) for mail in found.mails)
    noted = sum(bool(mail.problems) for mail in found.mails)
    return (
        f"{_count(len(found.mails), 'message')} ({attached:,} attached to others), {found.repeated:,} repeated, "
        f"{_count(len(found.set_aside), 'file')} set aside, {_count(noted, 'message')} with notes. An outside machine "
        f"that handed the message over is known for {known:,}."
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _cluster_lines(found: MailCollection) -> Iterator[str]:
    for cluster in found.clusters[:_TOP]:
        mails = [found.mails[place] for place in cluster.members]
        origins = {one.boundary.origin.address for one in mails if one.boundary.origin}
        domains = Counter(one.traces.from_domain or "(none)" for one in mails)
        named = ", ".join(f"{plain(name)} {count}" for name, count in domains.most_common(3))
        text = plain(" ".join((mails[0].text or mails[0].subject).split()))[:90]
        yield (
            f"cluster {cluster.number}: {len(mails):,} nearly identical messages, From lines naming {named}; machines "
            f"known to have handed them over: {len(origins):,}; {text}"
        )
    if len(found.clusters) > _TOP:
        yield f"… and {len(found.clusters) - _TOP:,} more clusters."


def _place_lines(found: MailCollection) -> Iterator[str]:
    counts: Counter[tuple[str, bool]] = Counter()
    for named in found.places:
        counts.update({(one.place.name, one.is_listed) for one in named})
    for (name, is_listed), count in counts.most_common(_TOP):
        how = "on your list" if is_listed else "looks like a place; not on a list"
        yield f"place: {plain(name)} is named by {_count(count, 'message')} ({how})"
    if len(counts) > _TOP:
        yield f"… and {len(counts) - _TOP:,} more places."
