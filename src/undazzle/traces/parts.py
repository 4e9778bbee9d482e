"""Traces of a part of the posts, wherever they lie: the extraction of a workspace, run on a table in memory.

A cluster gives its tasks posts batch by batch. Each batch becomes the table ``posts`` of a workspace in memory, and
the very code that fills a workspace on disk extracts from it, so that no item can come out differently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from undazzle.errors import ParameterError
from undazzle.model import post_field
from undazzle.store import Store
from undazzle.traces.kinds import TraceKind
from undazzle.traces.registry import trace_kind

if TYPE_CHECKING:
    import pyarrow as pa

ALWAYS_READ = ("is_repost", "repost_of")
_TARGET = "part_traces"


def columns_read(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of ``posts`` on which the items of some trace kinds depend, in the order of the alphabet.

    Examples
    --------
    >>> columns_read(["mention"])
    ('is_repost', 'mentions', 'platform', 'repost_of')
    """
    found = [trace_kind(kind) for kind in kinds]
    return tuple(sorted({name for kind in found for name in (*ALWAYS_READ, *kind.needs, *kind.reads)}))


def check_kinds_of_parts(kinds: Sequence[str]) -> None:
    """Refuse trace kinds that compare posts with each other, as no part of the posts shows their items.

    Raises
    ------
    ParameterError
        Says which, and what to do.
    """
    whole = [kind for kind in kinds if not trace_kind(kind).is_of_one_post]
    if whole:
        raise ParameterError(
            "--trace",
            ", ".join(whole),
            "It compares posts with each other, which needs all of them in one place: leave it out, or read the "
            "posts into a workspace with undazzle ingest.",
        )


class PartExtractor:
    """Extracts the traces of one part of the posts after another; use it as a context manager.

    Parameters
    ----------
    kinds
        Name and complete settings of each trace kind.

    Attributes
    ----------
    counts
        By kind: what its extraction counted, summed over all parts (see ``TraceKind.warn``).
    """

    def __init__(self, kinds: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        check_kinds_of_parts([kind for kind, _ in kinds])
        self._kinds: list[tuple[TraceKind, Mapping[str, Any]]] = [(trace_kind(kind), asked) for kind, asked in kinds]
        self.counts: list[Counter[str]] = [Counter() for _ in kinds]
        self._store = Store(":memory:", threads=1)

    def extract(self, posts: pa.Table) -> pa.Table:
        """Return the traces of some posts: ``kind`` (its place), ``item`` and ``row`` (of the post in the table).

        Parameters
        ----------
        posts
            Columns of ``posts`` by name; columns that are not there count as empty. A post stands in one row only.
        """
        import pyarrow as pa

        store = self._store
        names = [name for name in posts.column_names if name not in ("post_key", "row")]
        wanted = ", ".join(f"{name}::{post_field(name).sql_type} AS {name}" for name in names)
        store.execute("TRUNCATE posts")
        with store.view("_part", posts.select(names).append_column("row", pa.array(range(len(posts)), pa.int64()))):
            store.execute(f"INSERT INTO posts BY NAME SELECT row AS post_key, {wanted} FROM _part")
        found = []
        for number, (kind, asked) in enumerate(self._kinds):
            store.execute(f"CREATE OR REPLACE TEMP TABLE {_TARGET} (item VARCHAR, post_key BIGINT)")
            self.counts[number].update(kind.extract(store, asked, _TARGET))
            found.append(store.arrow(f"SELECT {number}::INTEGER AS kind, item, post_key AS row FROM {_TARGET}"))
        return pa.concat_tables(found)

    def __enter__(self) -> PartExtractor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()
