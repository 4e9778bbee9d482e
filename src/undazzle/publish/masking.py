"""Handles become ``account-07``: in names, post texts, links and ids, the same way in every report of a network.

Masking keeps a reader from seeing at once whose posts these are. It is no anonymity: whoever searches for the
exact words of a public post finds it. ``LIMITS`` says so in every masked report.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from undazzle.store import Store

LIMITS = (
    "Masking hides handles, names and ids of the network’s accounts, also inside texts and links. It cannot hide "
    "wording: whoever searches for the exact words of a public post can find the account. Accounts outside the "
    "network are named as they appear in the posts."
)

_AT = re.compile(r"[@＠]([\w](?:[\w.\-]*[\w])?)(?:@([\w\-]+(?:\.[\w\-]+)+))?")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'）」]+|(?<![\w@.])(?:[\w\-]+\.)+[a-z]{2,12}/[^\s<>\"'）」]*", re.IGNORECASE
)
_URL_PART = re.compile(r"[^/?&=#.@:]+(?:\.[^/?&=#@:]+)*")
# Where the first part of a path is an account, so that even a handle like "news" means one.
_PLATFORM_URL = re.compile(
    r"(?:https?://)?(?:[\w\-]+\.)*(?:x|twitter|facebook|fb|instagram|tiktok|youtube|threads|reddit|vk|gab|parler|linkedin"
    r"|telegram|t|bsky)\.(?:com|net|me|app|social|org)(?:/|$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w](?:[\w.\-]*[\w])?")
_LEAST_NAME = 4
_LEAST_ID = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """What gives an account away: its id (``platform:id``), handle and display name."""

    account_id: str
    handle: str = ""
    display_name: str = ""

    @property
    def native_id(self) -> str:
        """The platform's own id."""
        return self.account_id.partition(":")[2] or self.account_id


def mask_names(network: str, account_ids: Iterable[str]) -> dict[str, str]:
    """Return ``account-NN`` by account id, the same for the same network whatever the order of its accounts.

    Parameters
    ----------
    network
        Name of the network; the numbers follow a hash of it and the id, so they say nothing of the handle.
    account_ids
        Ids of all its accounts.

    Examples
    --------
    >>> sorted(mask_names("amber-otter", ["x:1", "x:2"]).values())
    ['account-01', 'account-02']
    """
    ordered = sorted(set(account_ids), key=lambda one: hashlib.sha256(f"{network}\n{one}".encode()).digest())
    width = max(2, len(str(len(ordered))))
    return {one: f"account-{number:0{width}d}" for number, one in enumerate(ordered, start=1)}


def masked_accounts(store: Store, run_id: int, network_id: int) -> dict[str, str]:
    """Return the account id behind every ``account-NN`` of a network, for ``evidence --between``.

    Reads ``networks``, ``members``.
    """
    name = store.rows("SELECT name FROM networks WHERE run_id = ? AND network_id = ?", [run_id, network_id])
    ids = store.rows("SELECT account_id FROM members WHERE run_id = ? AND network_id = ?", [run_id, network_id])
    if not name:
        return {}
    return {mask: one for one, mask in mask_names(str(name[0][0]), (str(row[0]) for row in ids)).items()}


class Mask:
    """Replaces what gives accounts away in any text.

    Parameters
    ----------
    labels
        Replacement by account.
    post_ids
        The platform's ids of posts by these accounts: where one stands in a text or link it is taken out.
    """

    def __init__(self, labels: Mapping[Identity, str], post_ids: Iterable[str] = ()) -> None:
        self._handles: dict[str, str] = {}
        self._plain: dict[str, str] = {}
        self._phrases: list[tuple[str, re.Pattern[str], str]] = []
        for identity, label in labels.items():
            self._learn(identity, label)
        self._phrases.sort(key=lambda one: -len(one[0]))
        self._posts = {one for one in post_ids if len(one) >= _LEAST_ID}
        self._seen: dict[str, str] = {}

    def _learn(self, identity: Identity, label: str) -> None:
        handle = identity.handle.strip().lstrip("@＠")
        for known in (handle, identity.native_id):
            if known:
                self._handles.setdefault(known.casefold(), label)
        if len(handle) >= _LEAST_NAME and (_is_distinctive(handle) or handle != handle.lower()):
            self._plain.setdefault(handle.casefold() if _is_distinctive(handle) else handle, label)
        if len(identity.native_id) >= _LEAST_ID:
            self._plain.setdefault(identity.native_id.casefold(), label)
        for phrase in (identity.display_name.strip(), identity.native_id if ":" in identity.native_id else ""):
            if len(phrase) >= _LEAST_NAME and (_is_distinctive(phrase) or " " in phrase or len(phrase) >= 8):
                pattern = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
                self._phrases.append((phrase.casefold(), pattern, label))

    def __call__(self, text: str) -> str:
        """Return the text with every trace of the accounts replaced.

        Examples
        --------
        >>> mask = Mask({Identity("x:77123", "ferry_fan"): "account-01"})
        >>> mask("RT @Ferry_Fan: see https://x.com/ferry_fan/status/991")
        'RT @account-01: see https://x.com/account-01/…'
        """
        if not text:
            return text
        if text not in self._seen:  # the same texts come back often
            self._seen[text] = self._masked(text)
        return self._seen[text]

    def _masked(self, text: str) -> str:
        lowered = text.casefold()
        for phrase, pattern, label in self._phrases:
            if phrase in lowered:
                text = pattern.sub(label, text)
        text = _URL.sub(self._mask_url, text)
        text = _AT.sub(self._mask_at, text)
        return _WORD.sub(self._mask_word, text)

    def _mask_url(self, match: re.Match[str]) -> str:
        url = match.group(0)
        on_platform = bool(_PLATFORM_URL.match(url))
        for part in _URL_PART.finditer(url):
            word, is_named = part.group(0), url[part.start() - 1 : part.start()] == "@"
            known = self._handles.get(word.casefold()) if on_platform or is_named else self._plain_label(word)
            if known:
                return f"{url[: part.start()]}{known}/…"
            if word in self._posts:
                return f"{url[: part.start()]}…"
        return url

    def _mask_at(self, match: re.Match[str]) -> str:
        name, host = match.group(1), match.group(2)
        if host and (label := self._handles.get(f"{name}@{host}".casefold())):
            return f"@{label}"
        rest = f"@{host}" if host else ""
        while name:
            if label := self._handles.get(name.casefold()):
                return f"@{label}" if rest.startswith("@") else f"@{label}{rest}"
            cut = max(name.rfind("."), name.rfind("-"))
            if cut < 0:
                break
            name, rest = name[:cut], name[cut:] + rest
        return match.group(0)

    def _mask_word(self, match: re.Match[str]) -> str:
        word = match.group(0)
        if word in self._posts:
            return "…"
        return self._plain_label(word) or word

    def _plain_label(self, word: str) -> str | None:
        return self._plain.get(word) or self._plain.get(word.casefold())


def _is_distinctive(word: str) -> bool:
    """Whether a word is hardly a word of the language, so that any mention of it means the account."""
    return bool(re.search(r"[\d_]", word)) or "." in word
