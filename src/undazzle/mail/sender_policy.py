"""SPF evaluated with the records that the user gives: whether an address may send for a domain.

What the given records do not hold is said to be unknown; nothing is looked up.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from undazzle.mail.dns_records import DnsRecords

MAX_LOOKUPS = 10  # as the standard has it
_OUTCOMES = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class _UnknownError(Exception):
    """A record is needed that was not given, or that cannot be read."""


@dataclass(slots=True)
class _Budget:
    left: int = MAX_LOOKUPS

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise _UnknownError("more than ten lookups")


def check_spf(address: str, domain: str, records: DnsRecords) -> tuple[str, str]:
    """Return an outcome (``pass``, ``fail``, ``softfail``, ``neutral``, ``none``, ``unknown``) and a note.

    Parameters
    ----------
    address
        The address that a trusted server saw.
    domain
        Domain of the envelope sender (Return-Path).
    records
        DNS records given by the user.

    Examples
    --------
    >>> from undazzle.mail.dns_records import parse_records
    >>> given = parse_records(['example.org TXT "v=spf1 ip4:192.0.2.0/24 -all"'])
    >>> check_spf("192.0.2.7", "example.org", given)[0], check_spf("198.51.100.7", "example.org", given)[0]
    ('pass', 'fail')
    """
    try:
        return _evaluate(ipaddress.ip_address(address), domain, records, _Budget()), ""
    except (_UnknownError, ValueError) as error:
        return "unknown", str(error)


def _evaluate(address: Address, domain: str, records: DnsRecords, budget: _Budget) -> str:
    policies = [text for text in records.get(domain, "TXT") if text.lower().split(" ")[0] == "v=spf1"]
    if not policies:
        raise _UnknownError(f"give the TXT record of {domain}")
    if len(policies) > 1:
        raise _UnknownError(f"{domain} has more than one policy")
    redirect = ""
    for term in policies[0].split()[1:]:
        if term.lower().startswith("redirect="):
            redirect = term[9:]
            continue
        if "=" in term.split(":")[0]:
            continue  # a modifier such as exp= changes no outcome
        sign, rule = (term[0], term[1:]) if term[0] in _OUTCOMES else ("+", term)
        if _matches(rule, address, domain, records, budget):
            return _OUTCOMES[sign]
    if redirect:
        budget.spend()
        return _evaluate(address, redirect.lower(), records, budget)
    return "neutral"


def _matches(rule: str, address: Address, domain: str, records: DnsRecords, budget: _Budget) -> bool:
    name, _, value = rule.partition(":")
    kind, _, length = name.lower().partition("/")
    if "%" in rule:
        raise _UnknownError("the policy uses macros")
    if kind == "all":
        return True
    if kind in ("ip4", "ip6"):
        network = ipaddress.ip_network(value, strict=False)
        return network.version == address.version and address in network
    budget.spend()
    if kind == "include":
        return _evaluate(address, value.lower(), records, budget) == "pass"
    if kind in ("a", "mx"):
        host, _, given = value.partition("/")
        return _is_host(kind, host.lower() or domain, given or length, address, records)
    raise _UnknownError(f"{kind} cannot be evaluated without lookups")


def _is_host(kind: str, host: str, length: str, address: Address, records: DnsRecords) -> bool:
    hosts = [one.split()[-1] for one in records.get(host, "MX")] if kind == "mx" else [host]
    wanted = "A" if address.version == 4 else "AAAA"
    found = [value for one in hosts for value in records.get(one, wanted)]
    if not found:
        raise _UnknownError(f"give the {wanted} record of {', '.join(hosts) or host}")
    suffix = f"/{length.partition('//')[0] or (32 if address.version == 4 else 128)}"
    return any(address in ipaddress.ip_network(value + suffix, strict=False) for value in found)
