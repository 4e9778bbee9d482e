"""Parquet files of posts on a cluster: what they hold, whether it can be read as posts, and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from undazzle.errors import SourceError
from undazzle.model import POST_FIELDS, post_field
from undazzle.store.engines import Cluster

REQUIRED = ("account_id", "platform", "post_id", "posted_at")
# Columns of ``posts`` that a file can give; the others are numbers that a workspace gives out itself.
POST_COLUMNS = tuple(
    dict.fromkeys([one.name for one in POST_FIELDS if not one.name.startswith("account_") or one.name == "account_id"])
)
_TYPES = {"count": {"bigint", "int", "smallint", "tinyint"}, "flag": {"boolean"}, "list": {"array<string>"}}
_TIMES = {"timestamp", "timestamp_ntz"}
_REMEDY = "Write such files with: undazzle export WORKSPACE posts --to parquet. Other files go through undazzle ingest."
_MOST_NAMED = 3


@dataclass(frozen=True)
class PostFiles:
    """Parquet files of posts, looked at once.

    Attributes
    ----------
    address
        As the user gave it.
    frame
        Rows with an id, an account, a platform and a time; columns of ``posts``, times in ``posted_at``.
    columns
        Columns of ``posts`` that are there.
    filled
        Those of them that hold anything.
    count
        Rows of ``frame``.
    left_out
        Rows without an id, account, platform or time.
    fingerprint
        A hash of ids, accounts and times, whatever the order of rows: says whether posts are the same.
    digest
        The same of all columns that were looked at: says whether their traces are the same.
    resolution_seconds
        How finely times are written: 0.001, 1, 60, 3600 or 86400.
    first_us, last_us
        Earliest and latest time in microseconds since 1970, UTC.
    """

    address: str
    frame: Any
    columns: tuple[str, ...]
    filled: frozenset[str]
    count: int
    left_out: int
    fingerprint: str
    digest: str
    resolution_seconds: float
    first_us: int
    last_us: int


def open_post_files(cluster: Cluster, address: str, wanted: Sequence[str]) -> PostFiles:
    """Return Parquet files of posts, after one pass over the columns that matter and one over the ids.

    Parameters
    ----------
    cluster
        The cluster.
    address
        Files, a folder or a pattern, as Spark reads it.
    wanted
        Columns of ``posts`` on which traces depend.

    Raises
    ------
    SourceError
        If there is no such file, one cannot be read, a column is missing or of another type, ids lack their platform
        or occur more than once.
    """
    frame = cluster.read_posts(address)
    columns = _checked_columns(address, {name: kind.replace("`", "") for name, kind in frame.dtypes})
    complete = " AND ".join(f"{name} IS NOT NULL" for name in REQUIRED)
    looked_at = sorted({*REQUIRED, *(name for name in wanted if name in columns)})
    facts = cluster.run_on(address, lambda: _facts(frame, looked_at, complete))
    if facts["foreign"]:
        raise SourceError(
            address,
            f"{facts['foreign']:,} posts have an id that does not begin with their platform and a colon",
            _REMEDY,
        )
    chosen = frame.where(complete).selectExpr(*(_as_post_column(name) for name in columns))
    _check_unique(cluster, address, chosen)
    return PostFiles(
        address,
        chosen,
        columns,
        frozenset(name for name in looked_at if facts[f"has_{name}"]),
        int(facts["complete"]),
        int(facts["total"] - facts["complete"]),
        _sha256(facts["complete"], facts["fingerprint"]),
        _sha256(facts["complete"], facts["digest"], *looked_at),
        _resolution(facts),
        int(facts["first_us"] or 0),
        int(facts["last_us"] or 0),
    )


def _checked_columns(address: str, types: dict[str, str]) -> tuple[str, ...]:
    missing = [name for name in REQUIRED if name not in types]
    if missing:
        raise SourceError(address, f"The columns {', '.join(missing)} are missing in the posts", _REMEDY)
    columns = tuple(name for name in POST_COLUMNS if name in types)
    wrong = [
        f"{name} is {types[name]}, not {' or '.join(sorted(allowed))}"
        for name in columns
        if types[name] not in (allowed := _allowed(name))
    ]
    if wrong:
        raise SourceError(address, f"Columns of the posts have other types ({'; '.join(wrong)})", _REMEDY)
    return columns


def _allowed(name: str) -> set[str]:
    kind = post_field(name).kind
    return _TIMES if kind == "time" else _TYPES.get(kind, {"string"})


def _as_post_column(name: str) -> str:
    return f"CAST({name} AS TIMESTAMP) AS {name}" if name == "posted_at" else name


def _facts(frame: Any, looked_at: Sequence[str], complete: str) -> Any:
    """One pass: how many rows, which columns hold anything, the times, and a sum of hashes."""
    at = "unix_micros(CAST(posted_at AS TIMESTAMP))"
    foreign = " OR ".join(f"NOT startswith({name}, concat(platform, ':'))" for name in ("post_id", "account_id"))
    kept = frame.selectExpr("*", f"({complete}) AS is_complete")
    totals = kept.selectExpr("count(*) AS total", "count_if(is_complete) AS complete").collect()[0].asDict()
    kept = kept.where("is_complete")
    found = kept.selectExpr(
        *(
            f"CAST(coalesce(sum(CAST(xxhash64({', '.join(names)}) AS DECIMAL(20, 0))), 0) AS STRING) AS {name}"
            for name, names in (("fingerprint", REQUIRED), ("digest", looked_at))
        ),
        f"count_if({foreign}) AS foreign",
        f"min({at}) AS first_us",
        f"max({at}) AS last_us",
        *(f"bool_and({at} % {size} = 0) AS whole_{size}" for size in _SIZES),
        *(f"coalesce(bool_or({_is_filled(name)}), false) AS has_{name}" for name in looked_at),
    )
    facts = found.collect()[0].asDict()
    few = kept.select("posted_at").distinct().limit(_FEW_TIMES).count() < _FEW_TIMES
    return totals | facts | {"few_times": few}


_SIZES = (1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000)
_FEW_TIMES = 5  # fewer different times say nothing about how finely they are written


def _sha256(*parts: object) -> str:
    return hashlib.sha256(" ".join(str(one) for one in parts).encode()).hexdigest()


def _resolution(facts: Any) -> float:
    if not facts["whole_1000000"] and facts["complete"]:
        return 0.001
    if facts["few_times"]:
        return 1.0
    return max(size / 1e6 for size in _SIZES if facts[f"whole_{size}"])


def _is_filled(name: str) -> str:
    kind = post_field(name).kind
    if kind == "list":
        return f"size({name}) > 0"
    return name if kind == "flag" else f"{name} IS NOT NULL"


def _check_unique(cluster: Cluster, address: str, frame: Any) -> None:
    """Refuse posts that stand more than once: hashes are compared first, since nearly all occur once."""
    hashed = frame.selectExpr("post_id", "xxhash64(post_id) AS id_hash")
    several = hashed.groupBy("id_hash").count().where("count > 1").select("id_hash")
    repeated = hashed.join(several, "id_hash", "left_semi").groupBy("post_id").count().where("count > 1")
    found = cluster.run_on(address, lambda: repeated.limit(_MOST_NAMED).collect())
    if found:
        named = ", ".join(sorted(str(row[0])[:60] for row in found))
        raise SourceError(
            address, f"Some posts stand more than once (e.g. {named})", "Give files in which each post stands once."
        )
