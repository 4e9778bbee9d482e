"""SQL → facts: the items and posts behind the co-actions, cleaned and masked.

Reads the network's co-actions, ``posts``, ``items``, ``trace_sets`` and ``traces``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from undazzle.publish.masking import Mask
from undazzle.publish.report.collect import CO_ACTIONS
from undazzle.publish.report.facts import ItemFact, Member, PostFact
from undazzle.publish.report.text import clean, cut, one_line
from undazzle.publish.report.wording import words_of
from undazzle.store import Store

_ITEM_LENGTH = 160
_TEXT_LENGTH = 4000
# Kinds whose item is the id of a post: the id alone leads to its author.
_POST_IDS = ("repost", "reply", "quote")


class Content:
    """Looks up posts and items of one network and shows them as a report may show them.

    Parameters
    ----------
    store
        The workspace, with the network's co-actions gathered.
    members
        The accounts of the network.
    mask
        Replaces what gives accounts away (replaces nothing in an unmasked report).
    is_masked
        Whether ids and permanent links of posts are left out.
    """

    def __init__(self, store: Store, members: Sequence[Member], mask: Mask, *, is_masked: bool) -> None:
        self._store, self._mask, self._is_masked = store, mask, is_masked
        self._rows = {member.key: member.row for member in members}
        self._posts: dict[int, PostFact] = {}
        self._labels: dict[tuple[str, int], str] = {}

    def posts(self, keys: Iterable[int]) -> dict[int, PostFact]:
        """Return posts by key. Reads ``posts``."""
        wanted = set(keys)
        missing = sorted(wanted - self._posts.keys())
        if missing:
            rows = self._store.records(
                "SELECT post_key, account_key, posted_at, left(text, $length) AS text, language, platform, post_id,"
                " url, source_id, source_row FROM posts WHERE list_contains($keys, post_key) ORDER BY post_key"
                if len(missing) < 200
                else "SELECT post_key, account_key, posted_at, left(text, $length) AS text, language, platform,"
                " post_id, url, source_id, source_row FROM posts SEMI JOIN (SELECT unnest($keys) AS post_key)"
                " USING (post_key) ORDER BY post_key",
                {"keys": missing, "length": _TEXT_LENGTH},
            )
            self._posts.update({int(row["post_key"]): self._post(row) for row in rows})
        return {key: self._posts[key] for key in wanted if key in self._posts}

    def _post(self, row: Mapping[str, Any]) -> PostFact:
        url = clean(row["url"])
        return PostFact(
            key=int(row["post_key"]),
            account=self._rows.get(row["account_key"], 0),
            at=row["posted_at"],
            text=self._mask(clean(row["text"])),
            language=clean(row["language"]),
            platform=clean(row["platform"]),
            post_id="" if self._is_masked else clean(row["post_id"]),
            url=url if not self._is_masked and url.startswith(("https://", "http://")) else "",
            source=int(row["source_id"] or 0),
            source_row=row["source_row"],
        )

    def labels(self, items: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """Return how items are named, by kind and item key. Reads ``items``, ``trace_sets``."""
        wanted = set(items)
        missing = sorted({key for kind_key in wanted - self._labels.keys() for key in kind_key[1:]})
        if missing:
            rows = self._store.rows(
                "SELECT s.kind, i.item_key, left(i.item, 600) FROM items i JOIN trace_sets s USING (trace_set)"
                " SEMI JOIN (SELECT unnest($keys) AS item_key) k ON k.item_key = i.item_key"
                " QUALIFY row_number() OVER (PARTITION BY s.kind, i.item_key ORDER BY s.trace_set DESC) = 1",
                {"keys": missing},
            )
            for kind, key, item in rows:
                self._labels[kind, int(key)] = self._label(str(kind), int(key), clean(item))
        return {one: self._labels.get(one, f"{words_of(one[0]).item} {one[1]}") for one in wanted}

    def _label(self, kind: str, key: int, item: str) -> str:
        if self._is_masked and kind in _POST_IDS:
            return f"{words_of(kind).item} {key}"
        shown, left_out = cut(one_line(self._mask(item)), _ITEM_LENGTH)
        return shown + ("…" if left_out else "")

    def top_items(self, limit: int, examples: int) -> list[ItemFact]:
        """Return the items with most co-actions, each with its most used wordings.

        Reads the network's co-actions, ``posts`` and ``traces``.

        Parameters
        ----------
        limit
            How many items.
        examples
            How many wordings of each.
        """
        rows = self._store.rows(
            f"WITH top AS (SELECT kind, item_key, count(*) AS n, min(first_at) AS first_at FROM {CO_ACTIONS}"
            " GROUP BY ALL ORDER BY n DESC, first_at, item_key LIMIT $limit), hits AS ("
            f" SELECT DISTINCT kind, item_key, account_a AS account_key, post_a AS post_key FROM {CO_ACTIONS}"
            f" UNION SELECT kind, item_key, account_b, post_b FROM {CO_ACTIONS})"
            " SELECT t.kind, t.item_key, t.n, t.first_at, count(DISTINCT h.account_key), count(DISTINCT h.post_key),"
            " count(DISTINCT lower(trim(p.text)))"
            " FROM top t JOIN hits h USING (kind, item_key) JOIN posts p USING (post_key)"
            " GROUP BY ALL ORDER BY t.n DESC, t.first_at, t.item_key",
            {"limit": limit},
        )
        keys = [(str(row[0]), int(row[1])) for row in rows]
        labels, everywhere = self.labels(keys), self._posts_in_all(keys)
        typical = self._typical_posts(keys, examples)
        return [
            ItemFact(
                key=key,
                kind=kind,
                label=labels[kind, key],
                co_actions=int(row[2]),
                first_at=row[3],
                accounts=int(row[4]),
                posts_by_network=int(row[5]),
                wordings=int(row[6]),
                posts_in_all=everywhere.get((kind, key)),
                examples=tuple(typical.get((kind, key), ())),
            )
            for (kind, key), row in zip(keys, rows, strict=True)
        ]

    def item_count(self) -> int:
        """Return how many items the network met on."""
        rows = self._store.rows(f"SELECT count(*) FROM (SELECT DISTINCT kind, item_key FROM {CO_ACTIONS})")
        return int(rows[0][0])

    def _posts_in_all(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], int]:
        rows = self._store.rows(
            "SELECT s.kind, t.item_key, count(DISTINCT t.post_key) FROM traces t JOIN trace_sets s USING (trace_set)"
            " WHERE list_contains($keys, t.item_key) GROUP BY ALL",
            {"keys": [key for _, key in keys]},
        )
        return {(str(kind), int(key)): int(count) for kind, key, count in rows}

    def _typical_posts(self, keys: Sequence[tuple[str, int]], examples: int) -> dict[tuple[str, int], list[PostFact]]:
        rows = self._store.rows(
            f"WITH hits AS (SELECT kind, item_key, post_a AS post_key FROM {CO_ACTIONS}"
            f" UNION SELECT kind, item_key, post_b FROM {CO_ACTIONS}),"
            " wordings AS (SELECT h.kind, h.item_key, lower(trim(p.text)) AS wording, count(*) AS n,"
            " arg_min(p.post_key, (p.posted_at, p.post_key)) AS post_key FROM hits h JOIN posts p USING (post_key)"
            " WHERE list_contains($keys, h.item_key) GROUP BY ALL)"
            " SELECT kind, item_key, post_key FROM wordings QUALIFY row_number() OVER"
            " (PARTITION BY kind, item_key ORDER BY n DESC, post_key) <= $examples"
            " ORDER BY kind, item_key, n DESC, post_key",
            {"keys": [key for _, key in keys], "examples": examples},
        )
        posts = self.posts(int(row[2]) for row in rows)
        found: dict[tuple[str, int], list[PostFact]] = {}
        for kind, item_key, post_key in rows:
            found.setdefault((str(kind), int(item_key)), []).append(posts[int(post_key)])
        return found
