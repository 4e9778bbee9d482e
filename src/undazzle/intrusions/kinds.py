"""What an indicator is, and the one form in which it is compared."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum

from undazzle.intrusions.refang import refang
from undazzle.intrusions.web_addresses import account_of, host_of, read_address


class IndicatorKind(StrEnum):
    """Kinds of indicators that can be searched for."""

    DOMAIN = "domain"
    URL = "url"
    ACCOUNT = "account"  # an account on a platform
    ADDRESS = "address"  # of a machine
    NETWORK = "network"  # a range of addresses
    EMAIL = "email"
    HASH = "hash"
    PHRASE = "phrase"  # words published as an indicator
    OTHER = "other"  # kept and counted, but nothing here could show it


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as it is compared."""

    kind: IndicatorKind
    value: str


_HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>\"',;:()/]{1,64}@([^\s@/]{3,253})")
MAX_VALUE = 2_000  # characters
LEAST_PHRASE = 14  # letters and digits; 6 in dense scripts
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def read_value(text: str) -> Reading | None:
    """Return what a single value of a list is, or ``None`` if it is no indicator.

    Examples
    --------
    >>> read_value("Ferry[.]Example[.]org")
    Reading(kind=<IndicatorKind.DOMAIN: 'domain'>, value='ferry.example.org')
    >>> read_value("hxxps://twitter[.]com/Harbour_Desk/")
    Reading(kind=<IndicatorKind.ACCOUNT: 'account'>, value='x:harbour_desk')
    >>> read_value("67 accounts") is None
    True
    """
    whole = refang(text.strip()[:MAX_VALUE]).strip(" \t\r\n\"'<>`")
    if not whole or any(letter.isspace() for letter in whole):
        return None
    if _HASH.fullmatch(whole):
        return Reading(IndicatorKind.HASH, whole.lower())
    if (machine := _machine(whole)) is not None:
        return machine
    if (mail := _EMAIL.fullmatch(whole)) and host_of(mail[1]):
        return Reading(IndicatorKind.EMAIL, whole.lower())
    return _web(whole)


def _machine(text: str) -> Reading | None:
    bare = text.strip("[]").rpartition(":")[0] if re.fullmatch(r"\d+(?:\.\d+){3}:\d{1,5}", text) else text.strip("[]")
    try:
        if "/" in bare:
            network = ipaddress.ip_network(bare, strict=False)
            if network.num_addresses > 1:
                return Reading(IndicatorKind.NETWORK, str(network))
            return Reading(IndicatorKind.ADDRESS, str(network.network_address))
        return Reading(IndicatorKind.ADDRESS, str(ipaddress.ip_address(bare)))
    except ValueError:
        return None


def _web(text: str) -> Reading | None:
    found = read_address(text)
    if found is None:
        return None
    if account := account_of(found):
        return Reading(IndicatorKind.ACCOUNT, account)
    if not found.segments and not found.parameters:
        return Reading(IndicatorKind.DOMAIN, found.host)
    return Reading(IndicatorKind.URL, found.text)


def read_phrase(text: str) -> Reading | None:
    """Return words as they are compared (letters and digits only), or ``None`` if too short to mean anything.

    Examples
    --------
    >>> read_phrase("The ferry is late - again!").value
    'theferryislateagain'
    """
    value = bare_words(text)[:MAX_VALUE]
    least = 6 if len(_DENSE.findall(value)) > 0.3 * len(value) else LEAST_PHRASE
    return Reading(IndicatorKind.PHRASE, value) if len(value) >= least else None


def bare_words(text: str) -> str:
    """Return the letters and digits of a text, in lower case."""
    return "".join(letter for letter in text.lower() if letter.isalnum())
