"""Addresses are well formed. They are cited and never fetched."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from undazzle.casebook.case import Case
from undazzle.casebook.checks.finding import Check, problem
from undazzle.casebook.problems import Problem, Severity

_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
_REMEDY = "Write a whole address, e.g. https://example.org/report."


def find(case: Case) -> Iterator[Problem]:
    """Yield addresses that are not well formed, and sources that have none."""
    for claimant in case.claimants.values():
        if claimant.website and (fault := fault_of(claimant.website)):
            yield problem(case, claimant, ("website",), "malformed-url", Severity.ERROR, fault, _REMEDY)
    for source in case.sources.values():
        given = [(("url",), source.url), (("archive_url",), source.archive_url)]
        given += [(("read_at", index), one) for index, one in enumerate(source.read_at)]  # type: ignore[misc]  # paths grow
        for path, address in given:
            if address and (fault := fault_of(address)):
                yield problem(case, source, path, "malformed-url", Severity.ERROR, fault, _REMEDY)
        if not source.url and not source.read_at and not source.sha256:
            yield problem(
                case, source, ("id",), "source-without-address", Severity.WARNING,
                f"{source.id} has neither address nor hash.", "Say where it can be read.",
            )  # fmt: skip


def fault_of(address: str) -> str:
    """Return what is wrong with a web address, or nothing.

    Examples
    --------
    >>> fault_of("https://example.org/a?b=1"), fault_of("javascript:alert(1)")
    ('', "The address begins with 'javascript', not with http or https.")
    """
    if re.search(r"[\s<>\"'`{}|\\^…]", address) or not address.isprintable():
        return "The address holds spaces, quotes, or an ellipsis."
    if len(address) > 2_000:
        return "The address is longer than 2,000 characters."
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        return f"The address cannot be read ({error})."
    if parts.scheme not in {"http", "https"}:
        return f"The address begins with {parts.scheme!r}, not with http or https."
    if parts.username or parts.password:
        return "The address holds a user name or password."
    return "" if _is_host(host) else f"The address has no usable host ({host[:60]!r})."


def _is_host(host: str) -> bool:
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    if _HOST.fullmatch(ascii_host):
        return True
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return False


CHECK = Check(
    "addresses",
    "Addresses that are not well formed, sources without any",
    ("malformed-url", "source-without-address"),
    find,
)
