"""A collection of messages as tables: the same rows are printed, written to files, and kept in a workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from undazzle.mail.analysis import MailCollection
from undazzle.mail.findings import MailFindings
from undazzle.mail.grades import Grade

MAIL_COLUMNS = (
    "mail_id", "file_name", "number", "attached_to", "subject", "from_address", "from_domain", "return_path_domain",
    "reply_to_domain", "message_id_domain", "sent_at", "sent_offset_minutes", "received_at", "handed_over_by",
    "handed_over_name", "handed_over_to", "handed_over_grade", "received_lines", "trusted_lines", "spf", "dkim",
    "dmarc", "aligned_by", "cluster_id", "places", "script", "charsets", "program", "attachments", "text", "problems",
)  # fmt: skip
HOP_COLUMNS = (
    "mail_id", "position", "grade", "written_by", "address", "name", "called_itself", "protocol", "written_at", "line",
)  # fmt: skip
STATEMENT_COLUMNS = ("mail_id", "grade", "about", "statement", "limits")
PLACE_COLUMNS = ("mail_id", "place", "area", "latitude", "longitude", "is_listed")
CLUSTER_COLUMNS = ("cluster_id", "mails", "from_domains", "handed_over_by", "first_at", "last_at", "places", "text")
Row = tuple[Any, ...]


def mail_rows(found: MailCollection) -> Iterator[Row]:
    """Yield one row per message, in the order of ``MAIL_COLUMNS``."""
    clusters = {place: one.number for one in found.clusters for place in one.members}
    for place, mail in enumerate(found.mails):
        traces, origin = mail.traces, mail.boundary.origin
        named = [one.place.name for one in found.places[place]]
        yield (
            mail.mail_id, mail.file_name, mail.number, mail.attached_to or None, mail.subject, traces.from_address,
            traces.from_domain, traces.return_path_domain, traces.reply_to_domain, traces.message_id_domain,
            in_utc(traces.sent_at), traces.offset_minutes, received_at(mail), origin.address if origin else None,
            origin.name if origin else None, origin.by if origin else None, origin_grade(mail), len(mail.hops),
            mail.boundary.trusted, mail.outcome("spf") or None, mail.outcome("dkim") or None,
            mail.outcome("dmarc") or None, list(mail.aligned_by), clusters.get(place), named, traces.script,
            list(traces.charsets), traces.program, list(mail.attachments), mail.text, list(mail.problems),
        )  # fmt: skip


def hop_rows(found: MailCollection) -> Iterator[Row]:
    """Yield one row per Received line, in the order of ``HOP_COLUMNS``."""
    for mail in found.mails:
        for position, hop in enumerate(mail.hops, 1):
            is_record = position <= mail.boundary.trusted
            grade = (Grade.ASSUMED if mail.boundary.is_assumed else Grade.RECORDED) if is_record else Grade.CLAIMED
            yield (
                mail.mail_id, position, str(grade), hop.by, hop.address, hop.name, hop.helo, hop.protocol,
                in_utc(hop.at), hop.line,
            )  # fmt: skip


def statement_rows(found: MailCollection) -> Iterator[Row]:
    """Yield one row per statement, in the order of ``STATEMENT_COLUMNS``."""
    for mail in found.mails:
        for one in mail.statements:
            yield mail.mail_id, str(one.grade), one.about, one.text, one.limit


def place_rows(found: MailCollection) -> Iterator[Row]:
    """Yield one row per message and place it names, in the order of ``PLACE_COLUMNS``."""
    for mail, named in zip(found.mails, found.places, strict=True):
        for one in named:
            place = one.place
            yield mail.mail_id, place.name, place.area, place.latitude, place.longitude, one.is_listed


def cluster_rows(found: MailCollection) -> Iterator[Row]:
    """Yield one row per cluster of nearly identical messages, in the order of ``CLUSTER_COLUMNS``."""
    for cluster in found.clusters:
        mails = [found.mails[place] for place in cluster.members]
        times = sorted(at for at in map(received_at, mails) if at)
        origins = Counter(one.boundary.origin.address for one in mails if one.boundary.origin)
        domains = Counter(one.traces.from_domain or "(none)" for one in mails)
        named = dict.fromkeys(one.place.name for place in cluster.members for one in found.places[place])
        yield (
            cluster.number, len(mails), _counted(domains), _counted(origins), times[0] if times else None,
            times[-1] if times else None, list(named), " ".join(mails[0].text.split())[:500],
        )  # fmt: skip


def _counted(counts: Counter[str]) -> list[str]:
    return [f"{name} ({count})" for name, count in counts.most_common(20)]


def received_at(mail: MailFindings) -> datetime | None:
    """Return when the topmost Received line was written, in UTC without zone, or ``None`` where it is no record."""
    return in_utc(mail.hops[0].at) if mail.boundary.trusted else None


def origin_grade(mail: MailFindings) -> str:
    """Return the grade of the machine that handed a message over."""
    if not mail.boundary.origin:
        return str(Grade.UNKNOWN)
    return str(Grade.ASSUMED if mail.boundary.is_assumed else Grade.RECORDED)


def in_utc(at: datetime | None) -> datetime | None:
    """Return a time in UTC without zone, as workspaces keep them; a time without zone is taken for UTC."""
    try:
        return at.astimezone(UTC).replace(tzinfo=None) if at and at.tzinfo else at
    except (OverflowError, ValueError):
        return None
