"""How far the Received lines of a message can be believed, and where that ends.

Every server writes its line on top. A line that your own server wrote is a record; whatever stands below the last of
these came with the message and can be invented, whole chains of it. So the walk goes down from the top, and crosses
to the next line only over a machine that the user has stated to be theirs.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from undazzle.errors import ParameterError
from undazzle.mail.received import Hop

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class TrustedHosts:
    """The receiving machines that the user states to be theirs.

    Parameters
    ----------
    names
        Host names in lower case; ``*.example.org`` stands for all hosts under it.
    networks
        Addresses and ranges.
    crosses_handovers
        Whether a line that names no other side counts as a handover inside (as at Gmail).
    """

    names: tuple[str, ...] = ()
    networks: tuple[Network, ...] = ()
    crosses_handovers: bool = False

    def __bool__(self) -> bool:
        return bool(self.names or self.networks)

    def has_name(self, host: str) -> bool:
        """Return whether a line written by ``host`` is one of theirs."""
        return any(fnmatchcase(host, name) for name in self.names) or self.has_address(host)

    def has_address(self, address: str) -> bool:
        """Return whether an address is one of theirs."""
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found.version == one.version and found in one for one in self.networks)


def trusted_hosts(stated: Sequence[str], *, crosses_handovers: bool = False) -> TrustedHosts:
    """Return hosts from what a user typed: names, addresses, ranges.

    Raises
    ------
    ParameterError
        If one is none of these, or stands for everything.

    Examples
    --------
    >>> trusted_hosts(["MX.example.org", "192.0.2.0/24"]).has_address("192.0.2.7")
    True
    """
    names: list[str] = []
    networks: list[Network] = []
    for one in stated:
        text = one.strip().strip(".").lower()
        try:
            networks.append(ipaddress.ip_network(text, strict=False))
            continue
        except ValueError:
            pass
        if not text or any(letter.isspace() or letter == "/" for letter in text) or text.strip("*.") == "":
            raise ParameterError("--trusted-host", one, "Write a host name, *.example.org, an address, or a range.")
        names.append(text)
    if any(network.prefixlen == 0 for network in networks):
        raise ParameterError("--trusted-host", "0.0.0.0/0", "To trust every address is to trust every forger.")
    return TrustedHosts(tuple(names), tuple(networks), crosses_handovers)


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where the record ends.

    ``trusted`` lines from the top are records; ``origin`` is the machine outside that handed the message over, with
    the address that the last of them saw, or ``None`` if none is recorded. ``basis`` says why the lines are believed,
    ``end`` why no further one is.
    """

    trusted: int
    basis: str
    end: str
    origin: Hop | None = None
    claimed: tuple[Hop, ...] = field(default=())
    is_assumed: bool = False  # no host was stated, so that the topmost line is taken for the user's own


def trust_boundary(hops: Sequence[Hop], hosts: TrustedHosts, *, is_attached: bool = False) -> Boundary:
    """Return how far the lines are records.

    Parameters
    ----------
    hops
        The Received lines, topmost first.
    hosts
        The machines that the user states to be theirs. With none, the topmost line alone is believed, on the
        assumption that the user's own server wrote it.
    is_attached
        Whether the message was attached to another one; then whoever attached it could have written all of it.
    """
    if not hops:
        return Boundary(0, "", "The message holds no Received line: nothing is recorded about how it came.")
    if is_attached:
        end = "It is a copy attached to another message; whoever attached it could have written every line."
        return Boundary(0, "", end, claimed=tuple(hops))
    first = hops[1] if hops[0].is_first_half and len(hops) > 1 else hops[0]
    if hosts and not hosts.has_name(first.by):
        wrote = first.by or "a server that does not name itself"
        end = f"The topmost line was written by {wrote}, which is not among the hosts you stated."
        return Boundary(0, "", end, claimed=tuple(hops))
    basis = (
        "written by hosts you stated"
        if hosts
        else "if your own server wrote the topmost line (state yours with --trusted-host)"
    )
    return _walk(hops, hosts, basis)


def _walk(hops: Sequence[Hop], hosts: TrustedHosts, basis: str) -> Boundary:
    place = 0
    while True:  # ends at the last line at the latest
        hop = hops[place]
        below = hops[place + 1] if place + 1 < len(hops) else None
        if not (below and (hop.is_first_half or (hosts.has_name(below.by) and _is_inside(hop, hosts)))):
            is_origin = _is_outside(hop) and not hosts.has_address(hop.address)
            origin, claimed = hop if is_origin else None, tuple(hops[place + 1 :])
            return Boundary(place + 1, basis, _why(hop, hosts), origin, claimed, is_assumed=not hosts)
        place += 1


def _is_inside(hop: Hop, hosts: TrustedHosts) -> bool:
    """Whether a record says that the message came from another machine of the user's."""
    if hop.is_local:
        return False
    if hop.is_handover:
        return hosts.crosses_handovers and hop.protocol.upper() != "HTTP"
    return hosts.has_address(hop.address)


def _is_outside(hop: Hop) -> bool:
    if not hop.address or hop.is_retrieval or hop.is_local:
        return False
    found = ipaddress.ip_address(hop.address)
    return not (found.is_loopback or found.is_private or found.is_link_local or found.is_unspecified) or _is_example(
        found
    )


def _is_example(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Addresses set aside for documentation count as private in Python, but stand for outside ones."""
    return any(found.version == one.version and found in one for one in _EXAMPLES)


_EXAMPLES = tuple(
    ipaddress.ip_network(one) for one in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
)


def _why(hop: Hop, hosts: TrustedHosts) -> str:
    """Return why the walk ends behind this line: the first reason that holds."""
    reasons = (
        (hop.is_retrieval, "A program fetched the message from a mailbox; who delivered it there is not in this line."),
        (hop.is_local, f"The message was begun on {hop.by or 'the receiving machine'} itself; the rest came with it."),
        (hop.is_handover, "The line names no other side. If your provider hands mail on inside: --internal-handover."),
        (not hop.address, "The line records no address beyond doubt; its names are what the other side called itself."),
        (hosts.has_address(hop.address), "It came from a machine of yours, but no stated host wrote the next line."),
        (not _is_outside(hop), f"The line records an inside address, {hop.address}; if yours, state it."),
    )
    default = "Everything below was in the message when it was handed over, and can be invented."
    return next((text for holds, text in reasons if holds), default)
