"""One Received line: who wrote it, who handed the message over, and which of that the writer saw for itself.

Only the address a server saw on its connection is a record. The name the other side gave itself (HELO) is the other
side's claim, and can look like an address. A line is read only in the forms in which known servers write it; in any
other, no address is taken from it.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

MAX_RECEIVED = 2_000  # characters of a line that are read
_NAME = r"[^\s()\[\];]{1,255}"
_IP = r"(?:IPv6:)?[0-9A-Fa-f:.]{2,45}"
_HELO = rf"(?:\[[^\s()\[\]]{{1,60}}\]|{_NAME})"
_FORMS = (
    # Exim, without a name for the address: from [192.0.2.1] (helo=name)
    re.compile(rf"from \[(?P<ip>{_IP})\](?::\d+)? \((?:port=\d+ )?helo=(?P<helo>[^\s()]{{1,255}})[^()]*\)"),
    # Exim, with one: from name ([192.0.2.1] helo=name)
    re.compile(
        rf"from (?P<rdns>{_NAME}) \(\[(?P<ip>{_IP})\](?::\d+)?(?: port=\d+)? helo=(?P<helo>[^\s()]{{1,255}})[^()]*\)"
    ),
    # CommuniGate: from [192.0.2.1] (HELO name)
    re.compile(rf"from \[(?P<ip>{_IP})\] \((?:account \S{{1,200}} )?HELO (?P<helo>{_HELO})\)"),
    # qmail: from name (HELO name) (192.0.2.1); before the next form, which "(HELO [address])" would fit
    re.compile(rf"from (?P<rdns>{_NAME}) \(HELO (?P<helo>{_HELO})\) \((?:[^\s()@]{{1,100}}@)?(?P<ip>{_IP})\)"),
    # Postfix, sendmail, Google: from name (name [192.0.2.1])
    re.compile(
        rf"from (?P<helo>{_HELO}) \((?:(?P<rdns>{_NAME}) ?)?\[(?P<ip>{_IP})\](?::\d+)?(?P<forged> \(may be forged\))?\)"
    ),
    # Microsoft, and qmail where both names are the same: from name (192.0.2.1)
    re.compile(rf"from (?P<helo>{_HELO}) \((?:[^\s()@]{{1,100}}@)?(?P<ip>{_IP})\)"),
)
_PLAIN = re.compile(rf"from (?P<helo>{_HELO})")
_BY = re.compile(rf"(?:^|\s)by (?P<by>\[?{_NAME}\]?)")
_WITH = re.compile(r"(?:^|\s)(?:with|via) (?P<with>[A-Za-z0-9]{1,40})")
_LOCAL = re.compile(r"^\(from |\(Postfix, from userid|with local\b|invoked (?:by|for) ", re.IGNORECASE)
_QMAIL = re.compile(r"\(qmail \d+ invoked ")
_ADDRESS = re.compile(r"[\[(](?:IPv6:)?(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})[\])]")
_UNNAMED = {"unknown", "unverified", "localhost.unknown"}


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received line. ``address`` is empty where the line does not record one beyond doubt."""

    line: str
    by: str = ""
    address: str = ""  # the address the writer saw
    name: str = ""  # the name the writer looked up for that address
    helo: str = ""  # the name the other side gave itself
    protocol: str = ""
    at: datetime | None = None
    is_local: bool = False  # begun on the writer's own machine
    is_doubtful: bool = False  # the writer itself says the name may be forged

    @property
    def is_retrieval(self) -> bool:
        """Whether a program fetched the message from a mailbox (the other side is then no sender)."""
        return self.protocol.upper().startswith(("IMAP", "POP")) or "fetchmail" in self.line.lower()

    @property
    def is_first_half(self) -> bool:
        """Whether qmail wrote it: on mail from outside it writes two lines, the other side standing in the second."""
        return self.line.startswith("(qmail ") and "invoked from network" in self.line

    @property
    def is_handover(self) -> bool:
        """Whether the line names no other side at all, as servers write when they pass mail on inside."""
        return not self.line.lower().startswith("from ") and not self.is_local and bool(self.by)


def parse_received(value: str) -> Hop:
    """Return what one Received line says.

    Parameters
    ----------
    value
        The line without its name, unfolded.

    Examples
    --------
    >>> hop = parse_received("from [203.0.113.9] (mail.example.org [198.51.100.7]) by mx.example.net with ESMTP")
    >>> hop.address, hop.helo, hop.by
    ('198.51.100.7', '[203.0.113.9]', 'mx.example.net')
    """
    line = " ".join(value[:MAX_RECEIVED].split())
    route, _, date = line.rpartition(";") if ";" in line else (line, "", "")
    seen, rest = _other_side(route)
    by, protocol = None if _QMAIL.match(line) else _BY.search(rest), _WITH.search(rest)
    return Hop(
        line=line,
        by=by["by"].strip("[].").lower() if by else "",
        protocol=protocol["with"] if protocol else "",
        at=_time(date),
        is_local=bool(_LOCAL.search(route)),
        address=seen.address,
        name=seen.name,
        helo=seen.helo,
        is_doubtful=seen.is_doubtful,
    )


@dataclass(frozen=True, slots=True)
class _OtherSide:
    address: str = ""
    name: str = ""
    helo: str = ""
    is_doubtful: bool = False


def _other_side(route: str) -> tuple[_OtherSide, str]:
    """Return what is recorded of the other side, and the line behind it."""
    for form in _FORMS:
        match = form.match(route)
        if match and (address := normal_address(match["ip"])):
            rest = route[match.end() :]
            found = match.groupdict()
            name = (found.get("rdns") or "").rpartition("@")[2].strip(".").lower()
            if _ADDRESS.search(rest.partition(" by ")[0]) or len(_BY.findall(rest)) > 1:
                break  # a second address or writer: the other side may have put one of them into its own name
            helo, doubt = (found.get("helo") or "").lower(), bool(found.get("forged"))
            return _OtherSide(address, "" if name in _UNNAMED else name, helo, doubt), rest
    plain = _PLAIN.match(route)
    return (_OtherSide(helo=plain["helo"].lower()), route[plain.end() :]) if plain else (_OtherSide(), route)


def normal_address(text: str) -> str:
    """Return an address in its normal form, or an empty text if it is none.

    Examples
    --------
    >>> normal_address("IPv6:2001:DB8::1"), normal_address("::ffff:192.0.2.1"), normal_address("1.2.3")
    ('2001:db8::1', '192.0.2.1', '')
    """
    try:
        found = ipaddress.ip_address(text.removeprefix("IPv6:").removeprefix("ipv6:"))
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)


def _time(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text.strip()[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
