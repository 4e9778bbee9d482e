"""The posts behind every pair: chosen, compared word by word, and packed so that any of them opens in the page.

What cannot stand in the page as text is packed into one compressed block. The ladder of ``pack_evidence`` gives up
detail step by step until the block fits: first co-actions beyond three a pair, then long texts, at last the weakest
pairs. What was given up is said in the page.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from undazzle.publish.report.collect import CO_ACTIONS
from undazzle.publish.report.content import Content
from undazzle.publish.report.facts import NOTHING_PACKED, CoAction, NetworkFacts, Packed, Pair, PostFact
from undazzle.publish.report.text import cut, language_tag
from undazzle.store import Store

_TOKEN = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\S+")
_MOST_TOKENS = 220
_ALL_CO_ACTIONS = 60_000


def read_co_actions(store: Store, facts: NetworkFacts, *, per_pair: int | None) -> list[CoAction]:
    """Return the co-actions of every pair, closest first and different items before repeats.

    Reads the network's co-actions.

    Parameters
    ----------
    store
        The workspace, with the network's co-actions gathered.
    facts
        The network; sets the order of the pairs.
    per_pair
        At most so many of each pair; all if ``None``.
    """
    limit = "" if per_pair is None else f" WHERE place <= {per_pair:d}"
    rows = store.rows(
        "WITH turns AS (SELECT *, row_number() OVER (PARTITION BY account_a, account_b, kind, item_key"
        f" ORDER BY gap_seconds, post_a, post_b) AS turn FROM {CO_ACTIONS}),"
        " placed AS (SELECT *, row_number() OVER (PARTITION BY account_a, account_b"
        " ORDER BY turn, gap_seconds, kind, item_key, post_a, post_b) AS place FROM turns)"
        f" SELECT account_a, account_b, kind, item_key, post_a, post_b, gap_seconds FROM placed{limit}"
        " ORDER BY account_a, account_b, place"
    )
    row_of = {member.key: member.row for member in facts.members}
    number_of = {(pair.a, pair.b): pair.number for pair in facts.pairs}
    found = []
    for first, second, kind, item, post_first, post_second, gap in rows:
        (a, post_a), (b, post_b) = sorted(((row_of[first], post_first), (row_of[second], post_second)))
        if (a, b) in number_of:
            found.append(CoAction(number_of[a, b], str(kind), int(item), int(post_a), int(post_b), float(gap)))
    return sorted(found, key=lambda one: one.pair)


def tokens(text: str) -> list[str]:
    """Return the words of a text; scripts without spaces fall into characters.

    Examples
    --------
    >>> tokens("Pier 4 closes")
    ['Pier', '4', 'closes']
    """
    return _TOKEN.findall(text)


def common_tokens(first: Sequence[str], second: Sequence[str]) -> tuple[set[int], set[int]]:
    """Return the positions of the longest common sequence of two lists of words.

    The page's script does the same for pairs it opens, so ties go the same way: the first list moves on first.

    Examples
    --------
    >>> common_tokens(["read", "it", "before", "Monday"], ["read", "it", "today"])
    ({0, 1}, {0, 1})
    """
    rows, columns = len(first), len(second)
    longest = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            same = first[i] == second[j]
            longest[i][j] = longest[i + 1][j + 1] + 1 if same else max(longest[i + 1][j], longest[i][j + 1])
    i = j = 0
    kept_first, kept_second = set(), set()
    while i < rows and j < columns:
        if first[i] == second[j]:
            kept_first.add(i)
            kept_second.add(j)
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return kept_first, kept_second


def marked(text: str, common: set[int]) -> list[tuple[bool, str]]:
    """Return a text as pieces, each with whether it differs from the other post.

    Parameters
    ----------
    text
        The whole text.
    common
        Positions of its words that the other post has too.
    """
    pieces: list[tuple[bool, str]] = []
    place = 0
    for index, match in enumerate(_TOKEN.finditer(text)):
        differs = index not in common
        between = text[place : match.start()]
        if pieces and pieces[-1][0] and differs:
            pieces[-1] = (True, pieces[-1][1] + between + match.group(0))
        else:
            pieces += [(False, between), (differs, match.group(0))]
        place = match.end()
    pieces.append((False, text[place:]))
    return _merged(pieces)


def _merged(pieces: Iterable[tuple[bool, str]]) -> list[tuple[bool, str]]:
    found: list[tuple[bool, str]] = []
    for differs, text in pieces:
        if not text:
            continue
        if found and found[-1][0] == differs:
            found[-1] = (differs, found[-1][1] + text)
        else:
            found.append((differs, text))
    return found


@dataclass(frozen=True, slots=True)
class Card:
    """One co-action ready to be drawn: both posts as pieces, what was cut, and how alike the wording is."""

    pair: Pair
    co_action: CoAction
    item: str
    posts: tuple[PostFact, PostFact]
    pieces: tuple[list[tuple[bool, str]], list[tuple[bool, str]]]
    left_out: tuple[int, int]
    same: str


def make_card(pair: Pair, co_action: CoAction, item: str, posts: tuple[PostFact, PostFact], limit: int) -> Card:
    """Return a card with the differing words marked.

    Parameters
    ----------
    pair, co_action
        What the card shows.
    item
        Name of the shared item.
    posts
        Post of the pair's first and of its second account.
    limit
        Most characters of a text.
    """
    texts = [cut(post.text, limit) for post in posts]
    words = [tokens(text)[:_MOST_TOKENS] for text, _ in texts]
    common = common_tokens(*words)
    if texts[0][0] == texts[1][0]:
        same = "same" if texts[0][0] else "part"
    elif 3 * len(common[0]) < max(len(words[0]), len(words[1])):
        same, common = "other", (set(range(len(words[0]))), set(range(len(words[1]))))
    else:
        same = "part"
    uncompared = [set(range(_MOST_TOKENS, len(tokens(text)))) for text, _ in texts]
    pieces = tuple(marked(text, kept | rest) for (text, _), kept, rest in zip(texts, common, uncompared, strict=True))
    return Card(pair, co_action, item, posts, (pieces[0], pieces[1]), (texts[0][1], texts[1][1]), same)


# (co-actions per pair or all, most characters of a text), from rich to poor.
_LADDER: tuple[tuple[int | None, int], ...] = (
    (None, 1000),
    (None, 400),
    (3, 600),
    (3, 280),
    (1, 400),
    (1, 200),
    (1, 100),
)


def pack_evidence(store: Store, facts: NetworkFacts, content: Content, room: int) -> Packed:
    """Return as much evidence as fits into ``room`` bytes, strongest pairs first.

    Parameters
    ----------
    store
        The workspace, with the network's co-actions gathered.
    facts
        The network.
    content
        Looks up posts and items.
    room
        Bytes the block may take in the page.
    """
    packed = None
    for per_pair, limit in _LADDER:
        if (per_pair is None and facts.co_actions > _ALL_CO_ACTIONS) or _hopeless(facts, per_pair, room):
            continue
        found = read_co_actions(store, facts, per_pair=per_pair)
        packed = _pack(facts, found, content, limit, per_pair)
        if len(packed.block) <= room:
            return packed
    return _pack_strongest(store, facts, content, room)


def _hopeless(facts: NetworkFacts, per_pair: int | None, room: int) -> bool:
    """Whether packing so much need not be tried: a packed co-action takes more than three bytes."""
    wanted = facts.co_actions if per_pair is None else min(facts.co_actions, per_pair * len(facts.pairs))
    return 3 * wanted > room


def _pack_strongest(store: Store, facts: NetworkFacts, content: Content, room: int) -> Packed:
    closest = read_co_actions(store, facts, per_pair=1)
    count = len(closest)
    while count:
        packed = _pack(facts, closest[:count], content, _LADDER[-1][1], 1)
        if len(packed.block) <= room:
            return packed
        count = min(count - 1, int(count * 0.95 * room / len(packed.block)))
    return NOTHING_PACKED


def _pack(facts: NetworkFacts, found: Sequence[CoAction], content: Content, limit: int, per_pair: int | None) -> Packed:
    posts = content.posts(key for one in found for key in (one.post_a, one.post_b))
    labels = content.labels((one.kind, one.item_key) for one in found)
    data = evidence_data(facts, found, posts, labels, limit)
    packed = gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)
    pairs = len({one.pair for one in found})
    return Packed(
        block=base64.b64encode(packed).decode(),
        pairs=pairs,
        co_actions=len(found),
        text_limit=limit,
        is_complete=per_pair is None,
    )


def evidence_data(
    facts: NetworkFacts,
    found: Sequence[CoAction],
    posts: Mapping[int, PostFact],
    labels: Mapping[tuple[str, int], str],
    limit: int,
) -> dict[str, Any]:
    """Return all pairs, and co-actions with their posts and items, column by column (it packs best).

    Parameters
    ----------
    facts
        The network.
    found
        The co-actions to hold.
    posts, labels
        Their posts and the names of their items.
    limit
        Most characters of a text.
    """
    order = sorted(posts)
    place = {key: index for index, key in enumerate(order)}
    items = sorted(labels)
    item_place = {one: index for index, one in enumerate(items)}
    shown = [posts[key] for key in order]
    texts = sorted({post.text for post in shown})
    text_place = {text: index for index, text in enumerate(texts)}
    cuts = [cut(text, limit) for text in texts]
    return {
        "pairs": {
            "a": [pair.a for pair in facts.pairs],
            "b": [pair.b for pair in facts.pairs],
            "n": [pair.co_actions for pair in facts.pairs],
            "items": [pair.items for pair in facts.pairs],
            "gap": [_short(pair.closest_gap) for pair in facts.pairs],
            "mean": [round(pair.mean_gap, 1) for pair in facts.pairs],
        },
        "co": {
            "pair": [one.pair for one in found],
            "gap": [_short(one.gap) for one in found],
            "item": [item_place[one.kind, one.item_key] for one in found],
            "a": [place[one.post_a] for one in found],
            "b": [place[one.post_b] for one in found],
        },
        "items": {"kind": [kind for kind, _ in items], "label": [labels[one] for one in items]},
        "texts": [text for text, _ in cuts],
        "left": [left for _, left in cuts],
        "posts": {
            "key": order,
            "at": [f"{post.at:%Y-%m-%d %H:%M:%S}" for post in shown],
            "text": [text_place[post.text] for post in shown],
            "lang": [language_tag(post.language) for post in shown],
            "platform": [post.platform for post in shown],
            "source": [post.source for post in shown],
            "row": [post.source_row or 0 for post in shown],
            "id": [post.post_id for post in shown],
        },
    }


def _short(gap: float) -> float:
    """Return a gap without needless decimals."""
    return int(gap) if gap == int(gap) else round(gap, 3)
