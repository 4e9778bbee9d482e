"""Neutral synthetic posts of every default trace, with the skew of real platforms, as Parquet.

``python -m benchmarks.ten_million_posts OUT.parquet ROWS`` writes the posts and, beside them, ``OUT.planted.json``
with the account ids of the planted networks. Accounts, links, reposted posts and hashtags follow Zipf-Mandelbrot laws;
what is shared comes in lognormal bursts; one link and one post go viral within a day; one post in thirty repeats an
earlier one, two thirds of these with a word changed. The laws are invented, not fitted to a platform.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np

from benchmarks.ten_million_columns import Array, Posts
from benchmarks.ten_million_texts import TextMaker
from undazzle.samples.population import zipf_mandelbrot

_START, _DAYS, _DAY = 1_700_000_000, 28, 86_400
_SPAN = _DAYS * _DAY
_PER_ACCOUNT = 10  # posts, on average; the most active account makes one post in five hundred
_REPOSTS, _LINKS, _REPLIES = 0.40, 0.20, 0.15  # of all posts; the rest say something of their own
_LINKS_EACH, _ORIGINALS = 4, 0.05  # posts per link, and share of posts that are ever passed on
_COPIES, _EXACT = 1 / 30, 1 / 3
_VIRAL, _MOST_VIRAL = 0.02, 200_000
# kind of thing -> members of each planted network
PLANTED = (("link", 5), ("link", 10), ("link", 20), ("repost", 8), ("repost", 15), ("text", 10))
_THINGS, _WITHIN, _RANKS = 40, 50, (50, 1_500)
_CHUNK = 500_000


class Drawing:
    """Everything that is drawn, from one seed."""

    def __init__(self, rows: int, seed: int) -> None:
        self.rows, self.random = rows, np.random.default_rng(seed)
        self.accounts = max(rows // _PER_ACCOUNT, 500)
        self.law = np.cumsum(zipf_mandelbrot(self.accounts, 1.0, 50.0))
        self.number = self.random.permutation(self.accounts).astype(np.int64)
        links = max(int(rows * _LINKS) // _LINKS_EACH, 2_000)
        self.link_law = np.cumsum(zipf_mandelbrot(links, 1.0, 20.0))
        self.born = self.random.uniform(0, _SPAN, links)
        self.scale = 8 * 3_600 * self.random.lognormal(0, 1.0, links)
        self.members = self._members()

    def _members(self) -> list[Array]:
        """Members of planted networks: neither the most active accounts nor ones that do nothing else."""
        chosen = self.number[200 : 200 + sum(size for _, size in PLANTED)]
        return np.split(chosen, np.cumsum([size for _, size in PLANTED])[:-1])

    def of_law(self, law: np.ndarray[tuple[int], np.dtype[np.float64]], size: int) -> Array:
        """Draw ranks by a cumulated law."""
        return np.minimum(np.searchsorted(law, self.random.random(size)), len(law) - 1).astype(np.int64)

    def who(self, size: int) -> Array:
        """Draw accounts by their activity."""
        return self.number[self.of_law(self.law, size)]

    def after(self, born: np.ndarray, scale: np.ndarray) -> Array:
        """Draw a time after something came up; what would fall behind the end comes anywhere before it."""
        at = born + scale * self.random.lognormal(0, 1.5, len(born))
        late = at >= _SPAN
        at[late] = born[late] + self.random.random(int(late.sum())) * (_SPAN - born[late])
        return np.minimum(at, _SPAN - 1).astype(np.int64)

    def at_any_time(self, size: int) -> Array:
        """Draw times with a quiet night."""
        day, hour = self.random.integers(0, _DAYS, size), self.random.beta(2, 2, size)
        return (day * _DAY + hour * (_DAY - 1)).astype(np.int64)


def draw_posts(rows: int, seed: int = 0) -> tuple[Posts, list[Array]]:
    """Return posts in order of time, and the accounts of each planted network.

    Parameters
    ----------
    rows
        How many posts, at least 20,000.
    seed
        The same seed gives the same posts.
    """
    if rows < 20_000:
        raise ValueError("At least 20,000 posts: the planted networks alone make 2,720.")
    draw = Drawing(rows, seed)
    viral = min(_MOST_VIRAL, int(rows * _VIRAL))
    passed_on = int(rows * _REPOSTS)
    planted_passed_on = sum(size for kind, size in PLANTED if kind == "repost") * _THINGS
    own = _own_posts(draw, rows - passed_on, viral)
    first = np.flatnonzero(own.reply < 0)  # answers are not passed on
    originals = np.sort(draw.random.permutation(first)[: max(int(rows * _ORIGINALS), 2_000)])
    passed = _reposts(draw, own, originals, passed_on - planted_passed_on, viral)
    joined = Posts(*(np.concatenate([getattr(own, one.name), getattr(passed, one.name)]) for one in fields(Posts)))
    order = np.lexsort((np.arange(len(joined.at)), joined.at))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    found = joined.take(order)
    for name in ("original", "reply"):
        column = getattr(found, name)
        column[column >= 0] = place[column[column >= 0]]
    return found, draw.members


def _own_posts(draw: Drawing, size: int, viral: int) -> Posts:
    """Draw posts that are no reposts: ordinary ones, the viral link, and what is planted; in order of time."""
    planted = [_planted_own(draw, kind, members) for kind, members in zip(_kinds(), draw.members, strict=True)]
    shared = draw.random.permutation(draw.accounts)[:viral].astype(np.int64)
    spread = _viral_times(draw, len(shared))
    viral_link = _blank(shared, spread, link=np.full(len(shared), len(draw.born), dtype=np.int64))
    ordinary = size - len(shared) - sum(len(one.at) for one in planted)
    links = min(int(draw.rows * _LINKS), ordinary)
    link = draw.of_law(draw.link_law, links)
    shares = _blank(draw.who(links), draw.after(draw.born[link], draw.scale[link]), link=link)
    said = _blank(draw.who(ordinary - links), draw.at_any_time(ordinary - links))
    parts = [shares, said, viral_link, *planted]
    joined = Posts(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Posts)))
    own = joined.take(np.argsort(joined.at, kind="stable"))
    _give_texts(draw, own)
    return own


def _kinds() -> list[str]:
    return [kind for kind, _ in PLANTED]


def _planted_own(draw: Drawing, kind: str, members: Array) -> Posts:
    """Return what a planted network posts itself: all members within a minute, again and again."""
    if kind == "repost":
        return _blank(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    account = np.tile(members, _THINGS)
    item = np.repeat(draw.random.choice(np.arange(*_RANKS), _THINGS, replace=False), len(members))
    first = draw.after(draw.born[item[:: len(members)]], draw.scale[item[:: len(members)]])
    at = np.minimum(np.repeat(first, len(members)) + draw.random.integers(0, _WITHIN, len(account)), _SPAN - 1)
    if kind == "link":
        return _blank(account, at, link=item)
    found = _blank(account, at)
    # one text for each thing, which two of three members change by a word; numbers far above those of ordinary texts
    found.text[:] = 2**40 + np.repeat(np.arange(_THINGS), len(members))
    found.variant[:] = np.arange(len(account)) % len(members) % 3
    return found


def _viral_times(draw: Drawing, size: int) -> Array:
    start = draw.random.uniform(0, _SPAN - 2 * _DAY)
    return np.minimum(start + 4 * 3_600 * draw.random.lognormal(0, 0.9, size), _SPAN - 1).astype(np.int64)


def _blank(account: Array, at: Array, link: Array | None = None) -> Posts:
    none = np.full(len(account), -1, dtype=np.int64)
    link = none.copy() if link is None else link
    return Posts(account, at, link, none.copy(), none.copy(), none.copy(), np.zeros_like(none))


def _give_texts(draw: Drawing, own: Posts) -> None:
    """Let posts say something of their own, repeat an earlier post within a day, or answer one."""
    here = np.arange(len(own.at))
    is_planted = own.text >= 0
    own.text[~is_planted] = here[~is_planted]
    per_day = max(len(here) // _DAYS, 2)
    free = np.flatnonzero((own.link < 0) & ~is_planted & (here > 0))
    copies = free[draw.random.random(len(free)) < _COPIES * len(here) / len(free)]
    own.text[copies] = own.text[np.maximum(copies - draw.random.integers(1, per_day, len(copies)), 0)]
    changed = copies[draw.random.random(len(copies)) >= _EXACT]
    own.variant[changed] = draw.random.integers(1, 1_000, len(changed))
    answers = free[draw.random.random(len(free)) < _REPLIES * draw.rows / len(free)]
    back = (per_day * draw.random.random(len(answers)) ** 4).astype(np.int64) + 1
    own.reply[answers] = np.maximum(answers - back, 0)


def _reposts(draw: Drawing, own: Posts, originals: Array, size: int, viral: int) -> Posts:
    """Draw reposts of ``originals``, of one viral post, and those of planted networks."""
    ranked = originals[draw.random.permutation(len(originals))]
    law = np.cumsum(zipf_mandelbrot(len(ranked), 1.0, 20.0))
    shared = draw.random.permutation(draw.accounts)[: min(viral, size // 4)].astype(np.int64)
    of = ranked[draw.of_law(law, size - len(shared))]
    scale = 4 * 3_600 * np.ones(len(of))
    parts = [_passing(draw.who(len(of)), draw.after(own.at[of].astype(np.float64), scale), of)]
    early = ranked[own.at[ranked] < _SPAN - 3 * _DAY][0]
    since = 4 * 3_600 * draw.random.lognormal(0, 0.9, len(shared))
    at = np.minimum(own.at[early] + since, _SPAN - 1).astype(np.int64)
    parts.append(_passing(shared, at, np.full(len(shared), early)))
    for kind, members in zip(_kinds(), draw.members, strict=True):
        if kind == "repost":
            things = ranked[draw.random.choice(np.arange(*_RANKS), _THINGS, replace=False)]
            first = draw.after(own.at[things].astype(np.float64), 4.0 * 3_600 * np.ones(_THINGS))
            account, of = np.tile(members, _THINGS), np.repeat(things, len(members))
            at = np.repeat(first, len(members)) + draw.random.integers(0, _WITHIN, len(account))
            parts.append(_passing(account, np.minimum(at, _SPAN - 1), of))
    found = Posts(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Posts)))
    found.text, found.variant = own.text[found.original], own.variant[found.original]
    found.link = own.link[found.original]
    return found


def _passing(account: Array, at: Array, of: Array) -> Posts:
    found = _blank(account, at)
    found.original = of.astype(np.int64)
    return found


def write_posts(target: Path, rows: int, seed: int = 0) -> None:
    """Write the posts as Parquet, half a million at a time, and the planted networks beside them."""
    import pyarrow as pa
    from pyarrow import parquet

    posts, members = draw_posts(rows, seed)
    maker, writer = TextMaker(posts.account, seed), None
    for start in range(0, len(posts.at), _CHUNK):
        rows_of = np.arange(start, min(start + _CHUNK, len(posts.at)))
        part = posts.take(rows_of)
        texts, links = maker.make(part)
        table = pa.table(
            {
                "post_id": _ids("p", rows_of),
                "account_id": _ids("a", part.account),
                "handle": _ids("reader", part.account),
                "posted_at": pa.array((part.at + _START) * 1_000_000, pa.timestamp("us")),
                "text": texts,
                "repost_of": _ids("p", part.original),
                "reply_to": _ids("p", part.reply),
                "urls": links,
            }
        )
        writer = writer or parquet.ParquetWriter(target, table.schema, compression="zstd")
        writer.write_table(table)
    if writer:
        writer.close()
    named = [
        {"kind": kind, "accounts": [f"a{one}" for one in sorted(found.tolist())]}
        for kind, found in zip(_kinds(), members, strict=True)
    ]
    target.with_suffix(".planted.json").write_text(json.dumps(named), encoding="utf-8")


def _ids(prefix: str, numbers: Array) -> object:
    """Return ids as text, null for -1."""
    import pyarrow as pa
    from pyarrow import compute

    known = pa.array(numbers, mask=numbers < 0)
    return compute.binary_join_element_wise(prefix, known.cast(pa.string()), "")


if __name__ == "__main__":
    write_posts(Path(sys.argv[1]), int(sys.argv[2]), *(int(one) for one in sys.argv[3:]))
