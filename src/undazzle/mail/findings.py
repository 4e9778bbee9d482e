"""One message becomes its findings: the record of its way, the checks, and what it claims of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from undazzle.mail.dns_records import DnsRecords
from undazzle.mail.grades import Statement
from undazzle.mail.message import Mail
from undazzle.mail.received import Hop, parse_received
from undazzle.mail.recorded_results import RecordedResult, recorded_results
from undazzle.mail.sender_policy import check_spf
from undazzle.mail.signatures import Signature, check_arc, check_dkim
from undazzle.mail.statements import check_statements, origin_statements, trace_statements
from undazzle.mail.traces import ClaimedTraces, claimed_traces
from undazzle.mail.trust import Boundary, TrustedHosts, trust_boundary

MAX_HOPS = 200  # Received lines that are read; the rest is counted


@dataclass(frozen=True, slots=True)
class MailSettings:
    """What the user states and gives: own hosts, servers that record results, and DNS records."""

    hosts: TrustedHosts = field(default_factory=TrustedHosts)
    servers: tuple[str, ...] = ()
    records: DnsRecords = field(default_factory=DnsRecords)


@dataclass(frozen=True, slots=True)
class MailFindings:
    """Everything that is known about one message, with the grade of each statement."""

    mail_id: str
    file_name: str
    number: int
    attached_to: str
    subject: str
    text: str
    hops: tuple[Hop, ...]
    boundary: Boundary
    traces: ClaimedTraces
    results: tuple[RecordedResult, ...]
    signatures: tuple[Signature, ...]
    spf: tuple[str, str, str]
    statements: tuple[Statement, ...]
    attachments: tuple[str, ...]
    problems: tuple[str, ...]

    def outcome(self, method: str) -> str:
        """Return the outcome of a check that can be relied on (``spf``, ``dkim``, ``dmarc``), or an empty text.

        A check done here goes before a recorded one; lines that anyone can have written do not count.
        """
        if method == "spf" and self.spf[0] in ("pass", "fail", "softfail", "neutral"):
            return self.spf[0]
        done = [one.outcome for one in self.signatures if one.outcome in ("pass", "fail")]
        if method == "dkim" and done:
            return "pass" if "pass" in done else "fail"
        return next((one.outcome for one in self.results if one.is_trusted and one.method == method), "")

    @property
    def aligned_by(self) -> tuple[str, ...]:
        """Which passed checks are about the domain of the From line (or one above or below it)."""
        passed = [("signature", one.domain) for one in self.signatures if one.outcome == "pass"]
        passed += [("sender policy", self.spf[1])] if self.spf[0] == "pass" else []
        named = {"spf": "sender policy", "dkim": "signature"}
        passed += [
            (named[one.method], one.domain)
            for one in self.results
            if one.is_trusted and one.outcome == "pass" and one.method in named
        ]
        ways = (way for way, domain in passed if is_aligned(self.traces.from_domain, domain))
        return tuple(dict.fromkeys(ways))


def find_in_mail(mail: Mail, settings: MailSettings) -> MailFindings:
    """Return the findings of one message.

    Parameters
    ----------
    mail
        The message.
    settings
        What the user states and gives.
    """
    received = mail.every("received")
    problems = list(mail.problems)
    if len(received) > MAX_HOPS:
        problems.append(f"{len(received):,} Received lines; only the first {MAX_HOPS} were read")
    hops = tuple(parse_received(one) for one in received[:MAX_HOPS])
    boundary = trust_boundary(hops, settings.hosts, is_attached=bool(mail.attached_to))
    problems += _clock_problems(hops)
    traces = claimed_traces(mail)
    results = tuple(recorded_results(mail, settings.servers, boundary.trusted))
    signatures = tuple(check_dkim(mail, settings.records))
    spf = _spf(boundary, traces, settings.records)
    statements = (
        *origin_statements(boundary),
        *check_statements(results, signatures, check_arc(mail, settings.records), spf),
        *trace_statements(traces),
    )
    return MailFindings(
        mail.mail_id, mail.file_name, mail.number, mail.attached_to, mail.first("subject")[:500], mail.body.text, hops,
        boundary, traces, results, signatures, spf, statements, mail.body.attachments, tuple(problems),
    )  # fmt: skip


def _spf(boundary: Boundary, traces: ClaimedTraces, records: DnsRecords) -> tuple[str, str, str]:
    """Return outcome, domain and note; SPF can be checked only where the address is a record."""
    domain = traces.return_path_domain
    if not (records.records and boundary.origin and domain):
        return "", domain, ""
    outcome, note = check_spf(boundary.origin.address, domain, records)
    return outcome, domain, note


def is_aligned(one: str, other: str) -> bool:
    """Return whether two domains are the same, or one stands under the other.

    Examples
    --------
    >>> is_aligned("example.org", "mail.example.org"), is_aligned("example.org", "badexample.org")
    (True, False)
    """
    if "." not in one or "." not in other:
        return False
    return one == other or one.endswith("." + other) or other.endswith("." + one)


_BACKWARDS_SECONDS = 600


def _clock_problems(hops: Sequence[Hop]) -> list[str]:
    """Say where a lower line is later than the one above it; wrong clocks do that, and invented lines."""
    for upper, lower in pairwise(hops):
        if upper.at and lower.at and (upper.at.tzinfo is None) == (lower.at.tzinfo is None):
            late = (lower.at - upper.at).total_seconds()
            if late > _BACKWARDS_SECONDS:
                return ["times of the Received lines run backwards (a wrong clock, or invented lines)"]
    return []
