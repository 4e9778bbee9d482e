"""Results of checks that a server recorded on arrival (Authentication-Results), and whether they can be believed.

Anyone can write such a line. It counts only under the name of a server that the user trusts, and only the topmost
one under that name, standing above every Received line that is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from undazzle.mail.message import Mail

_COMMENT = re.compile(r"\([^()]{0,1000}\)")
_RESULT = re.compile(r"\b(spf|dkim|dmarc|arc|iprev|auth)\s*=\s*([a-z]{1,20})", re.IGNORECASE)
_PROPERTY = re.compile(r"\b((?:smtp|header|policy)\.[a-z]{1,20})\s*=\s*\"?([^\s;\"]{1,255})", re.IGNORECASE)
_METHODS = ("spf", "dkim", "dmarc", "arc")


@dataclass(frozen=True, slots=True)
class RecordedResult:
    """One result of one check: who wrote it, and whether that can be believed."""

    server: str
    method: str
    outcome: str
    domain: str = ""
    is_trusted: bool = False
    is_below_boundary: bool = False  # at a place where a sender could have written it, too


def recorded_results(mail: Mail, servers: Sequence[str], trusted_lines: int) -> list[RecordedResult]:
    """Return every recorded result, topmost first.

    Parameters
    ----------
    mail
        The message.
    servers
        Names (authserv-id) of servers the user trusts to record results and to remove others under their name.
    trusted_lines
        How many Received lines from the top are records.
    """
    believed, received, found = set(servers), 0, list[RecordedResult]()
    for name, value in mail.headers:
        if name == "received":
            received += 1
        elif name == "authentication-results":
            server, results = _read(value)
            is_trusted = server in believed and received <= trusted_lines and not mail.attached_to
            believed -= {server} if is_trusted else set()
            is_below = received >= trusted_lines
            found += [
                RecordedResult(server, method, outcome, domain, is_trusted, is_below)
                for method, outcome, domain in results
            ]
    return found[:200]


def _read(value: str) -> tuple[str, list[tuple[str, str, str]]]:
    text = _COMMENT.sub(" ", value)
    head, _, rest = text.partition(";")
    words = head.split()
    results = []
    for piece in rest.split(";")[:50]:
        match = _RESULT.search(piece)
        if match and match[1].lower() in _METHODS:
            results.append((match[1].lower(), match[2].lower(), _domain(match[1].lower(), piece)))
    return (words[0].lower() if words else ""), results


def _domain(method: str, piece: str) -> str:
    """Return the domain a result is about: for SPF the envelope's, for DKIM the signer's."""
    given = {name.lower(): value for name, value in _PROPERTY.findall(piece)}
    wanted = {
        "spf": ("smtp.mailfrom", "smtp.helo"),
        "dkim": ("header.d", "header.i"),
        "dmarc": ("header.from",),
        "arc": (),
    }[method]
    value = next((given[name] for name in wanted if name in given), "")
    return value.rpartition("@")[2].strip(".<>").lower()
