"""The different texts that are compared, read from a list or from a table of the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np

from undazzle.store import Store
from undazzle.traces.near_storage import Shelf, Spill
from undazzle.traces.shingles import MAX_CHARACTERS

_BATCH = 4_096
Numbers = np.ndarray[Any, np.dtype[Any]]


class Texts(Protocol):
    """Different texts in an order, the most frequent first."""

    @property
    def count(self) -> int:
        """How many there are."""
        ...

    def batches(self) -> Iterator[Sequence[str]]:
        """Yield all of them in order; only the beginning that is compared is needed."""
        ...

    def some(self, numbers: Numbers, spill: Spill | None) -> HeldTexts:
        """Return some of them, kept in a file, or in memory."""
        ...


class HeldTexts:
    """Texts as bytes one after the other, read by place.

    Parameters
    ----------
    data, ends
        All texts in UTF-8, and where each ends.
    places
        Which of them each place means; they stand in the order of places if not given.
    """

    def __init__(self, data: Shelf, ends: Numbers, places: Numbers | None = None) -> None:
        self._data, self._ends, self._places = data, ends, places

    def __getitem__(self, place: int) -> str:
        number = place if self._places is None else int(self._places[place])
        begin = int(self._ends[number - 1]) if number else 0
        return self._data.get(begin, int(self._ends[number]) - begin).tobytes().decode()


class ListedTexts:
    """Texts in a list."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts, self.count = texts, len(texts)

    def batches(self) -> Iterator[Sequence[str]]:
        """Yield all of them at once."""
        yield self._texts

    def some(self, numbers: Numbers, spill: Spill | None) -> HeldTexts:
        """Return some of them."""
        kept = [self._texts[number][:MAX_CHARACTERS].encode() for number in numbers.tolist()]
        ends = np.cumsum([len(one) for one in kept], dtype=np.int64)
        data = Shelf(int(ends[-1]) if kept else 0, np.uint8, spill)
        data.put(0, np.frombuffer(b"".join(kept), dtype=np.uint8))
        return HeldTexts(data, ends)


class StoredTexts:
    """Texts in a temporary table ``(number BIGINT, normal VARCHAR)``, stored in the order of numbers from 0 on.

    Parameters
    ----------
    store, table
        Where they are.
    """

    def __init__(self, store: Store, table: str) -> None:
        self._store, self._table = store, table
        self.count = int(store.rows(f"SELECT count(*) FROM {table}")[0][0])

    def batches(self) -> Iterator[Sequence[str]]:
        """Yield them batch by batch, each only their beginning; no other query may run meanwhile."""
        expected = 0
        begin = f"SELECT number, left(normal, {MAX_CHARACTERS}) AS normal FROM {self._table}"
        for batch in self._store.streamed(begin, size=_BATCH):
            if len(batch) and (batch["number"][0].as_py(), batch["number"][-1].as_py() + 1) != (
                expected,
                expected + len(batch),
            ):
                raise RuntimeError(f"texts were not read in the order in which they were stored, from {expected} on")
            expected += len(batch)
            yield batch["normal"].to_pylist()

    def some(self, numbers: Numbers, spill: Spill | None) -> HeldTexts:
        """Return some of them, kept in a file, or in memory."""
        store, wanted = self._store, f"{self._table}_wanted"
        store.execute(f"CREATE OR REPLACE TEMP TABLE {wanted} (number BIGINT)")
        store.append(wanted, {"number": numbers.astype(np.int64)})
        begin = f"left(normal, {MAX_CHARACTERS})"
        some = f"FROM {self._table} JOIN {wanted} USING (number)"
        size = store.rows(f"SELECT coalesce(sum(strlen({begin})), 0) {some}")[0][0]
        data, ends, found = Shelf(int(size), np.uint8, spill), np.empty(len(numbers), np.int64), []
        done = filled = 0
        for batch in store.streamed(f"SELECT number, {begin} AS normal {some}", size=_BATCH):
            texts = [text.encode() for text in batch["normal"].to_pylist()]
            found.append(np.asarray(batch["number"]).astype(np.int32))
            joined = b"".join(texts)
            data.put(filled, np.frombuffer(joined, dtype=np.uint8))
            ends[done : done + len(texts)] = filled + np.cumsum([len(text) for text in texts], dtype=np.int64)
            done, filled = done + len(texts), filled + len(joined)
        store.execute(f"DROP TABLE {wanted}")
        return HeldTexts(data, ends, _places_of(numbers, found))


def _places_of(numbers: Numbers, found: list[Numbers]) -> Numbers:
    """Return for each number where it was found."""
    all_found = np.concatenate([np.empty(0, dtype=np.int32), *found])
    order = np.argsort(all_found, kind="stable")
    places: Numbers = order[np.searchsorted(all_found, numbers, sorter=order)].astype(np.int32)
    return places
