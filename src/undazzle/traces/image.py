"""Trace kind ``image``: an account posted a picture that others posted too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.store import Store
from undazzle.traces.clustering import Indexes, star_clusters
from undazzle.traces.items import bounded_item
from undazzle.traces.kinds import TraceKind
from undazzle.traces.selection import DECLARED_AUTOMATION, INCLUDE_REPOSTS, SAME_PUBLISHER, posts_where

_PDQ = re.compile(r"[0-9a-f]{64}")
# Below this a picture is so plain (one colour, a gradient) that its hash says nothing.
LEAST_QUALITY = 50
_MANY = 3_000  # hashes; fewer are compared one with all, which needs no compiled code


def pdq_leaders(hashes: Sequence[str], max_distance: int) -> Indexes:
    """Return for each hash the number of the hash that leads its group.

    Parameters
    ----------
    hashes
        Distinct PDQ hashes as 64 hexadecimal digits, the most frequent first.
    max_distance
        Bits of 256 in which a member may differ from its leader.
    """
    words = np.frombuffer(bytes.fromhex("".join(hashes)), dtype=np.uint64).reshape(-1, 4)
    if len(hashes) > _MANY:
        from undazzle.traces.pdq_groups import MOST_BITS, grouped_leaders

        if max_distance <= MOST_BITS:
            return grouped_leaders(words, max_distance)
    numbers = np.arange(len(hashes), dtype=np.int64)

    def similar(leader: int, others: Indexes) -> Indexes:
        distance = np.bitwise_count(words[others] ^ words[leader]).sum(axis=1, dtype=np.int64)
        near: Indexes = others[distance <= max_distance]
        return near

    return star_clusters(len(hashes), similar, lambda leader: numbers[leader + 1 :])


def image_items(hashes: Sequence[str], max_distance: int) -> list[str]:
    """Return the item of each hash: PDQ hashes by group, all others by themselves.

    Parameters
    ----------
    hashes
        Distinct hashes in lower case, the most frequent first.
    max_distance
        As in ``pdq_leaders``.
    """
    pdq = [value for value in hashes if _PDQ.fullmatch(value)]
    leader_of = (
        {value: pdq[leader] for value, leader in zip(pdq, pdq_leaders(pdq, max_distance), strict=True)} if pdq else {}
    )
    return [bounded_item(f"image:{leader_of.get(value, value)}") for value in hashes]


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    seen, ranked = f"{target}_seen", f"{target}_ranked"
    where = posts_where(settings)
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {seen} AS SELECT DISTINCT lower(trim(raw)) AS raw, post_key FROM ("
        f"SELECT unnest(media_hashes) AS raw, post_key FROM posts WHERE {where} UNION ALL"
        f" SELECT m.hash, p.post_key FROM (SELECT unnest(media) AS media_key, post_key FROM posts WHERE {where}) p"
        f" JOIN media m USING (media_key) WHERE coalesce(m.quality, 100) >= {LEAST_QUALITY}"
        ") WHERE raw IS NOT NULL AND trim(raw) <> ''"
    )
    rows = store.rows(f"SELECT raw FROM {seen} GROUP BY raw ORDER BY count(*) DESC, raw")
    hashes = [row[0] for row in rows]
    items = image_items(hashes, settings["max_distance"])
    store.execute(f"CREATE OR REPLACE TEMP TABLE {ranked} (raw VARCHAR, item VARCHAR)")
    if hashes:
        store.append(ranked, {"raw": np.array(hashes, dtype=object), "item": np.array(items, dtype=object)})
    store.execute(f"INSERT INTO {target} SELECT DISTINCT item, post_key FROM {seen} JOIN {ranked} USING (raw)")
    store.script(f"DROP TABLE {seen}; DROP TABLE {ranked}")
    return {}


IMAGE = TraceKind(
    kind_id="image",
    version="1",
    title="Image",
    summary="Finds accounts that post the same picture.",
    description=(
        "The item is a picture, known by its perceptual hash: given by the file, or computed from picture files on "
        "this machine. PDQ hashes are grouped if they differ in few bits from the most frequent one of the group; "
        "all other hashes must be equal. Addresses of pictures are never opened."
    ),
    needs=("media_hashes",),
    parameters=(
        Parameter("max_distance", 31, "bits of 256", "In how many bits a PDQ hash may differ from its leader."),
        INCLUDE_REPOSTS,
    ),
    innocent_explanations=(
        InnocentExplanation(
            "Agency picture or meme",
            "Newsrooms print one agency photograph, and a popular meme is posted by many. Look at how common it is.",
        ),
        InnocentExplanation(
            "Template",
            "Weather maps, result tables and quote cards look alike to a perceptual hash. Open both pictures.",
        ),
        SAME_PUBLISHER,
        DECLARED_AUTOMATION,
    ),
    references=(
        Reference(
            "Facebook 2019, The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm",
            "https://github.com/facebook/ThreatExchange/blob/main/hashing/hashing.pdf",
        ),
    ),
    extract=_extract,
    is_default=True,
    peer_names=("co-image", "phash", "image-hash"),
)
