"""Texts of synthetic posts, made column by column: invented words, hashtags, names and links."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.ten_million_columns import Array, Posts
from undazzle.samples.population import zipf_mandelbrot

_WORDS, _TAGS, _SITES = 20_000, 20_000, 500
_FEWEST, _MORE = 6, 16  # words in a text
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu".split()
_TAGGED, _NAMED = 0.3, 0.05  # shares of texts with hashtags, and with a name


class TextMaker:
    """Makes the text of a post from its number, so that a repost, a copy and a near-copy need no memory.

    Parameters
    ----------
    account
        The account of every post, for the names that replies and reposts begin with.
    seed
        Seed of the words.
    """

    def __init__(self, account: Array, seed: int) -> None:
        import pyarrow as pa

        random = np.random.default_rng([seed, 1])
        self.account, self.seed = account, seed
        words = ["".join(random.choice(_SYLLABLES, random.integers(1, 5))) for _ in range(_WORDS)]
        self.words = pa.array(words)
        self.word_law = np.cumsum(zipf_mandelbrot(_WORDS, 1.0, 10.0))
        self.tags = pa.array([f"#{''.join(random.choice(_SYLLABLES, 3))}{number}" for number in range(_TAGS)])
        self.tag_law = np.cumsum(zipf_mandelbrot(_TAGS, 1.0, 10.0))

    def make(self, posts: Posts) -> tuple[Any, Any]:
        """Return the texts, and the lists of links, of some posts."""
        import pyarrow as pa
        from pyarrow import compute as pc

        url = pc.binary_join_element_wise(
            "https://site", _text(posts.link % _SITES), ".example/story/", _text(posts.link), ""
        )
        url = pc.if_else(pa.array(posts.link >= 0), url, pa.scalar(None, pa.string()))
        begin = self._begin(posts)
        parts = (begin, self._words(posts), self._tags(posts), self._names(posts), url)
        texts = pc.binary_join_element_wise(*parts, " ", null_handling="skip")
        return texts, pc.if_else(pc.is_valid(url), _lists(url), pa.scalar(None, pa.list_(pa.string())))

    def _begin(self, posts: Posts) -> Any:
        """Return ``RT @name:`` for a repost, ``@name`` for a reply, and null for other posts."""
        import pyarrow as pa
        from pyarrow import compute as pc

        of = np.maximum(posts.original, posts.reply)
        name = pc.binary_join_element_wise("@reader", _text(self.account[np.maximum(of, 0)]), "")
        name = pc.if_else(pa.array(posts.original >= 0), pc.binary_join_element_wise("RT ", name, ":", ""), name)
        return pc.if_else(pa.array(of >= 0), name, pa.scalar(None, pa.string()))

    def _words(self, posts: Posts) -> Any:
        """Return the words of each text; a near-copy has one of them changed."""
        import pyarrow as pa
        from pyarrow import compute as pc

        lengths = _FEWEST + (_mixed(posts.text, self.seed) % np.uint64(_MORE)).astype(np.int64)
        ends = np.concatenate(([0], np.cumsum(lengths)))
        text = np.repeat(posts.text, lengths)
        place = np.arange(ends[-1]) - np.repeat(ends[:-1], lengths)
        variant = np.repeat(posts.variant, lengths)
        number = np.repeat(lengths, lengths)
        is_changed = (variant > 0) & (place == (variant * 7) % number)
        drawn = _share(_mixed(text * 64 + place + 1 + is_changed * variant * 1_000_003, self.seed))
        chosen = np.minimum(np.searchsorted(self.word_law, drawn), _WORDS - 1)
        listed = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), self.words.take(pa.array(chosen)))
        return pc.binary_join(listed, " ")

    def _tags(self, posts: Posts) -> Any:
        """Return one to four hashtags, or null."""
        import pyarrow as pa
        from pyarrow import compute as pc

        drawn = _share(_mixed(posts.text, self.seed + 1))
        count = np.where(drawn < _TAGGED, 1 + (drawn / _TAGGED * 4).astype(np.int64), 0)
        ends = np.concatenate(([0], np.cumsum(count)))
        text = np.repeat(posts.text, count)
        place = np.arange(ends[-1]) - np.repeat(ends[:-1], count)
        chosen = np.searchsorted(self.tag_law, _share(_mixed(text * 8 + place, self.seed + 2)))
        listed = pa.ListArray.from_arrays(
            pa.array(ends, pa.int32()), self.tags.take(pa.array(np.minimum(chosen, _TAGS - 1)))
        )
        return pc.if_else(pa.array(count > 0), pc.binary_join(listed, " "), pa.scalar(None, pa.string()))

    def _names(self, posts: Posts) -> Any:
        """Return the name of an account that is spoken of, or null."""
        import pyarrow as pa
        from pyarrow import compute as pc

        drawn = _mixed(posts.text, self.seed + 3)
        name = self.account[(drawn % np.uint64(len(self.account))).astype(np.int64)]
        named = pc.binary_join_element_wise("@reader", _text(name), "")
        return pc.if_else(
            pa.array(_share(_mixed(posts.text, self.seed + 4)) < _NAMED), named, pa.scalar(None, pa.string())
        )


def _text(numbers: Array) -> Any:
    import pyarrow as pa

    return pa.array(numbers).cast(pa.string())


def _lists(values: Any) -> Any:
    """Return every value as a list of one."""
    import pyarrow as pa

    return pa.ListArray.from_arrays(pa.array(np.arange(len(values) + 1), pa.int32()), values)


def _mixed(numbers: Array, seed: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Return a number without pattern for each number (SplitMix64: Steele and others 2014, 10.1145/2714064.2660195)."""
    with np.errstate(over="ignore"):
        mixed = numbers.astype(np.uint64) + np.uint64(seed + 1) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _share(mixed: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return (mixed >> np.uint64(11)).astype(np.float64) / float(2**53)
