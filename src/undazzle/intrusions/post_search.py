"""The posts of a workspace are searched for indicators: distinct links, names and words first, then the posts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from undazzle.intrusions.matching import IndicatorIndex
from undazzle.intrusions.record_search import Found
from undazzle.intrusions.sightings import Sighting
from undazzle.intrusions.web_addresses import PLATFORMS, read_address
from undazzle.store import Store

# Words of a text that could hold an address: those with a dot (plain or in brackets), an @, or the letters of a hash.
_WORDS = r"""regexp_extract_all(text, '[^\s<>"“”‘’|,;]*(?:\.|\[\.|@|::)[^\s<>"“”‘’|,;]+')"""
_HASHES = "regexp_extract_all(text, '\\b(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})\\b')"
_BARE = "regexp_replace(lower(text), '[^\\p{L}\\p{N}]+', '', 'g')"
_PHRASES_AT_ONCE = 500  # in one pass over the posts
_PHRASE_HEAD = 24  # letters of a phrase by which posts are picked, before the whole of it is compared
_BATCH = 100_000


def search_posts(store: Store, index: IndicatorIndex, found: Found) -> None:
    """Search the posts of a workspace and add what they show to ``found``; an indicator counts once for each post.

    Reads ``posts`` and ``accounts``.
    """
    posts, accounts = store.rows("SELECT count(*), count(DISTINCT account_key) FROM posts")[0]
    found.searched["post"], found.totals["post"] = posts, accounts
    search = _PostSearch(store, index, found)
    search.accounts()
    search.words("links", "links", _link_numbers(index))
    search.words("domains", "domains", _link_numbers(index))
    search.words("text", _WORDS, _text_numbers(index))
    if index.has_hashes:
        search.words("text", _HASHES, _text_numbers(index))
    search.mentions()
    search.phrases()


def _link_numbers(index: IndicatorIndex) -> Callable[[str], Iterable[int]]:
    def numbers(link: str) -> Iterable[int]:
        address = read_address(link)
        return index.in_address(address) if address else (match.number for match in index.in_text(link))

    return numbers


def _text_numbers(index: IndicatorIndex) -> Callable[[str], Iterable[int]]:
    return lambda words: (match.number for match in index.in_text(words))


class _PostSearch:
    def __init__(self, store: Store, index: IndicatorIndex, found: Found) -> None:
        self.store, self.index, self.found = store, index, found
        self._done: set[tuple[str, int]] = set()

    def words(self, field: str, sql: str, numbers: Callable[[str], Iterable[int]]) -> None:
        """Search the distinct words that ``sql`` takes from posts, then the posts that hold them."""
        distinct = self._texts(f"SELECT DISTINCT unnest({sql}) AS word FROM posts")
        could = self.index.could_show if sql != _HASHES else bool
        matched = [
            (word, number) for word in distinct if word and could(word) for number in dict.fromkeys(numbers(word))
        ]
        taken = f"(SELECT post_id, account_id, posted_at, unnest({sql}) AS word FROM posts)"
        self._add(field, matched, taken)

    def accounts(self) -> None:
        """Search the accounts that post."""
        rows = self.store.rows("SELECT DISTINCT account_id, lower(platform), lower(handle) FROM accounts")
        matched = [
            (account_id, number)
            for account_id, platform, handle in rows
            for number in dict.fromkeys((*self._named(platform, handle), *self.index.of_account(account_id or "")))
        ]
        self._add("account", matched, "(SELECT post_id, account_id, posted_at, account_id AS word FROM posts)")

    def mentions(self) -> None:
        """Search the accounts that posts name."""
        word = "lower(platform) || ':' || lower(unnest(mentions))"
        distinct = self._texts(f"SELECT DISTINCT {word} AS word FROM posts WHERE len(mentions) > 0")
        matched = [
            (one, number)
            for one in distinct
            if one
            for number in self._named(one.partition(":")[0], one.partition(":")[2])
        ]
        self._add("mention", matched, f"(SELECT post_id, account_id, posted_at, {word} AS word FROM posts)")

    def phrases(self) -> None:
        """Search published words in the posts, whatever signs and spaces stand between them."""
        phrases = self.index.phrases
        for start in range(0, len(phrases), _PHRASES_AT_ONCE):
            part = phrases[start : start + _PHRASES_AT_ONCE]
            heads = "|".join(re.escape(phrase[:_PHRASE_HEAD]) for phrase, _ in part)
            for post_id, account_id, at, bare in self.store.rows(
                f"SELECT post_id, account_id, posted_at, bare FROM (SELECT *, {_BARE} AS bare FROM posts)"
                " WHERE regexp_matches(bare, ?) ORDER BY posted_at, post_id",
                [heads],
            ):
                for phrase, number in part:
                    if phrase in bare:
                        self._note("words", (post_id, account_id, at, phrase, number))

    def _named(self, platform: str | None, handle: str | None) -> Iterator[int]:
        """Yield the indicators that are the account of that name; without a platform, of that name anywhere."""
        if not handle:
            return
        name = handle.removeprefix("@")
        places = {platform} if platform in _KNOWN else {"x"} if platform == "twitter" else set()
        for one in sorted(places - {None}):
            yield from self.index.of_account(f"{one}:{name}")

    def _texts(self, sql: str) -> Iterator[str]:
        for batch in self.store.batches(sql, size=_BATCH):
            yield from batch.column(0).to_pylist()

    def _add(self, field: str, matched: list[tuple[str, int]], taken: str) -> None:
        if not matched:
            return
        import pyarrow as pa

        words, numbers = zip(*matched, strict=True)
        with self.store.view("matched_words", pa.table({"word": list(words), "number": list(numbers)})):
            for row in self.store.rows(
                f"SELECT DISTINCT post_id, account_id, posted_at, word, number FROM {taken}"
                " JOIN matched_words USING (word) ORDER BY posted_at, post_id, number, word"
            ):
                self._note(field, row)

    def _note(self, field: str, row: tuple[str, str, object, str, int]) -> None:
        post_id, account_id, at, word, number = row
        if (post_id, number) in self._done:
            return
        self._done.add((post_id, number))
        indicator = self.index.indicators[number]
        self.found.add(Sighting(indicator, "post", post_id, account_id, at, field, word[:300]))  # type: ignore[arg-type]  # times as the store gives them


_KNOWN = set(PLATFORMS.values())
