"""DKIM and ARC signatures, checked with keys that the user gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from undazzle.mail.dns_records import DnsRecords
from undazzle.mail.message import Mail

MAX_SIGNATURES = 10
_TAG = re.compile(r"(?:^|;)\s*([a-z]{1,3})\s*=\s*([^;]*)")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: ``outcome`` is ``pass``, ``fail``, ``no key``, ``not checked`` or ``unreadable``."""

    domain: str
    selector: str
    outcome: str
    note: str = ""


def check_dkim(mail: Mail, records: DnsRecords) -> list[Signature]:
    """Return the DKIM signatures of a message with what a check with the given keys says.

    A key that is valid today need not be the key of the day the message was sent, and the other way round: a failed
    check can be a changed key, and mailing lists break honest signatures.
    """
    return [_checked(mail, place, value, records) for place, value in enumerate(mail.every("dkim-signature"))][
        :MAX_SIGNATURES
    ]


def _checked(mail: Mail, place: int, value: str, records: DnsRecords) -> Signature:
    tags = {name: " ".join(text.split()) for name, text in _TAG.findall(value)}
    domain, selector = tags.get("d", "").replace(" ", "").lower()[:255], tags.get("s", "").replace(" ", "")[:255]
    if not domain or not selector or place >= MAX_SIGNATURES:
        return Signature(domain, selector, "unreadable", "names no domain and selector")
    if not mail.is_original:
        return Signature(domain, selector, "not checked", "the original bytes are not kept")
    if records.txt(f"{selector}._domainkey.{domain}") is None:
        return Signature(domain, selector, "no key", f"give the TXT record of {selector}._domainkey.{domain}")
    signed = {name.strip().lower() for name in tags.get("h", "").split(":")}
    outcome, note = _verified(mail.raw, place, records)
    if outcome == "pass" and "from" not in signed:
        return Signature(domain, selector, "fail", "the From line is not signed")
    if outcome == "pass" and "l" in tags:
        note = "only the beginning of the text is signed (l=); the rest can have been added"
    return Signature(domain, selector, outcome, note)


def _verified(raw: bytes, place: int, records: DnsRecords) -> tuple[str, str]:
    try:
        import dkim  # type: ignore[import-untyped]  # the library has no types
    except ImportError:
        return "not checked", "install the extra: pip install 'undazzle[mail]'"
    try:
        checker = dkim.DKIM(_network_lines(raw))
        is_right = bool(checker.verify(idx=place, dnsfunc=records.txt))
    except Exception as error:  # noqa: BLE001  # what is hostile fails in the library's depths in many ways
        return "fail", f"{type(error).__name__}: {str(error)[:120]}"
    return ("pass", "") if is_right else ("fail", "the text or a signed header was changed, or the key is another one")


def check_arc(mail: Mail, records: DnsRecords) -> Signature | None:
    """Return what a check of the ARC chain says, or ``None`` where there is no chain.

    A chain that verifies says that the sealing servers saw these results. Whether they can be believed is another
    question: anyone can seal.
    """
    seals = mail.every("arc-seal")
    if not seals:
        return None
    tags = {name: "".join(text.split()) for name, text in _TAG.findall(seals[0])}
    domain, selector = tags.get("d", "").lower()[:255], tags.get("s", "")[:255]
    if not mail.is_original or len(seals) > MAX_SIGNATURES:
        return Signature(domain, selector, "not checked", "too many seals, or the original bytes are not kept")
    if records.txt(f"{selector}._domainkey.{domain}") is None:
        return Signature(domain, selector, "no key", f"give the TXT record of {selector}._domainkey.{domain}")
    try:
        import dkim

        outcome, _, reason = dkim.arc_verify(_network_lines(mail.raw), dnsfunc=records.txt)
    except ImportError:
        return Signature(domain, selector, "not checked", "install the extra: pip install 'undazzle[mail]'")
    except Exception as error:  # noqa: BLE001  # what is hostile fails in the library's depths in many ways
        return Signature(domain, selector, "fail", f"{type(error).__name__}: {str(error)[:120]}")
    word = outcome.decode("ascii", "replace") if isinstance(outcome, bytes) else str(outcome)
    return Signature(domain, selector, "pass" if word == "pass" else "fail", str(reason or "")[:200])


def _network_lines(raw: bytes) -> bytes:
    """Return the bytes with the line ends of the network: saved files often have others."""
    return re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
