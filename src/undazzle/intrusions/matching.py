"""Which indicators a piece of text shows."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from undazzle.intrusions.guards import guard
from undazzle.intrusions.indicator import Indicator
from undazzle.intrusions.kinds import IndicatorKind, bare_words, read_value
from undazzle.intrusions.refang import refang
from undazzle.intrusions.web_addresses import PLATFORMS, WebAddress, above, account_above, read_address

MAX_TEXT = 100_000  # characters of one field that are looked at
MAX_TOKENS = 2_000
_TOKEN = re.compile(r"[^\s<>\"“”‘’|,;]{4,4000}")
_EDGES = "'`*_.,;:!?()[]{}…"
_HASH_LENGTHS = (32, 40, 64)
_HOSTS = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_MARKS = re.compile(r"[\[({\\:]|[^\x00-\x7f]|xn--|%")  # of what the quick look below does not understand
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator and the text in which it was seen; ``number`` is its place in the index."""

    number: int
    seen: str


class IndicatorIndex:
    """Indicators, ready to be found in text.

    Parameters
    ----------
    indicators
        All of them; those that would point at half the internet are searched for as well, so that what they match
        can be counted, and are named in ``guarded``.
    """

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self.indicators = tuple(indicators)
        self.guarded = {number: why for number, one in enumerate(self.indicators) if (why := guard(one))}
        self._exact: dict[str, list[int]] = {}
        self._pages: dict[str, list[tuple[WebAddress, int]]] = {}
        self._networks: list[tuple[Network, int]] = []
        self.phrases: list[tuple[str, int]] = []
        for number, one in enumerate(self.indicators):
            self._enter(number, one)
        self.has_hashes = any(one.kind is IndicatorKind.HASH for one in self.indicators)
        self._hosts = {host for one in self.indicators for host in _hosts_of(one)}

    def _enter(self, number: int, one: Indicator) -> None:
        if one.kind is IndicatorKind.URL and (address := read_address(one.value)):
            self._pages.setdefault(address.host, []).append((address, number))
        elif one.kind is IndicatorKind.NETWORK:
            self._networks.append((ipaddress.ip_network(one.value), number))
        elif one.kind is IndicatorKind.PHRASE:
            self.phrases.append((one.value, number))
        else:
            self._exact.setdefault(one.indicator_id, []).append(number)

    def __len__(self) -> int:
        return len(self.indicators)

    def could_show(self, word: str) -> bool:
        """Return whether a word could show an indicator: a quick look that is never wrong when it says no.

        Words it does not understand (defanged, in other scripts, with ports) could always.
        """
        plain = word.partition("://")[2] if "://" in word[:8] else word
        if _MARKS.search(plain) or self._networks:
            return True
        for host in _HOSTS.findall(plain.lower()):
            labels = host.split(".")
            if labels[-1].isdigit() or any(".".join(labels[start:]) in self._hosts for start in range(len(labels) - 1)):
                return True
        return False

    def in_text(self, text: str) -> Iterator[Match]:
        """Yield every indicator that a text shows, each once; addresses may be defanged."""
        seen: set[int] = set()
        whole = refang(text[:MAX_TEXT])
        for count, token in enumerate(_TOKEN.findall(whole)):
            if count >= MAX_TOKENS:
                break
            for number in self._in_token(token.strip(_EDGES)):
                if number not in seen:
                    seen.add(number)
                    yield Match(number, token[:300])
        yield from self._in_words(whole)

    def _in_words(self, text: str) -> Iterator[Match]:
        words = bare_words(text) if self.phrases else ""
        yield from (Match(number, phrase[:300]) for phrase, number in self.phrases if phrase in words)

    def _in_token(self, token: str) -> Iterator[int]:
        if "." not in token and ":" not in token:
            if self.has_hashes and len(token) in _HASH_LENGTHS:
                yield from self._exact.get(f"hash:{token.lower()}", ())
            return
        yield from self._in_value(token)
        # What stands before the first letter of an address: "see:ferry.example", "url=https://ferry.example".
        for sign in ("=", "://"):
            head, found, rest = token.partition(sign)
            if found and sign == "=" and "/" not in head:
                yield from self._in_value(rest.strip(_EDGES))
            elif found and not re.fullmatch(r"[A-Za-z]{2,6}", head):
                yield from self._in_value("http://" + rest)

    def _in_value(self, text: str) -> Iterator[int]:
        reading = read_value(text)
        if reading is None:
            return
        if reading.kind is IndicatorKind.ADDRESS:
            yield from self._exact.get(f"address:{reading.value}", ())
            yield from self._in_networks(reading.value)
        elif reading.kind is IndicatorKind.EMAIL:
            yield from self._exact.get(f"email:{reading.value}", ())
            yield from self._in_host(reading.value.rpartition("@")[2])
        elif reading.kind is IndicatorKind.HASH:
            yield from self._exact.get(f"hash:{reading.value}", ())
        elif address := read_address(text):
            yield from self.in_address(address)

    def _in_networks(self, value: str) -> Iterator[int]:
        if self._networks:
            address = ipaddress.ip_address(value)
            yield from (number for one, number in self._networks if one.version == address.version and address in one)

    def _in_host(self, host: str) -> Iterator[int]:
        for one in above(host):
            yield from self._exact.get(f"domain:{one}", ())

    def in_address(self, address: WebAddress) -> Iterator[int]:
        """Yield the indicators that a web address shows: its domain, the page or one above it, the account."""
        yield from self._in_host(address.host)
        yield from (number for page, number in self._pages.get(address.host, ()) if address.is_under(page))
        if account := account_above(address):
            yield from self.of_account(account)

    def of_account(self, account: str) -> Iterator[int]:
        """Yield the indicators that are this account, given as ``platform:handle``."""
        yield from self._exact.get(f"account:{account.lower()}", ())


def _hosts_of(one: Indicator) -> Iterator[str]:
    """Yield the hosts whose name a text must hold to show an indicator."""
    if one.kind is IndicatorKind.ACCOUNT:
        yield from (host for host, platform in PLATFORMS.items() if platform == one.value.partition(":")[0])
    elif one.kind is IndicatorKind.EMAIL:
        yield one.value.rpartition("@")[2]
    elif address := read_address(one.value) if one.kind in (IndicatorKind.DOMAIN, IndicatorKind.URL) else None:
        yield address.host
