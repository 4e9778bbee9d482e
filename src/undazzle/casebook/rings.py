"""Claims of others that cite themselves in a ring are cut open, so that an origin can be looked for."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from undazzle.casebook.claim import Claim
from undazzle.casebook.records import Record


def without_rings(records: MutableMapping[str, Record]) -> Iterator[str]:
    """Cut each ring of relays among draft claims at one place, in place, and yield a sentence for each.

    Parameters
    ----------
    records
        Draft records by id; a claim that closes a ring loses its ``relays``.
    """
    settled: set[str] = set()
    for start in [one for one, record in records.items() if isinstance(record, Claim)]:
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in settled and here not in path:
            path.append(here)
            record = records.get(here)
            here = record.relays if isinstance(record, Claim) else None
        if here is not None and here in path:
            last = records[path[-1]]
            records[path[-1]] = last.model_copy(update={"relays": None})
            ring = [*path[path.index(here) :], here]
            yield f"Claims cite each other in a ring: {' -> '.join(ring[:8])}."
        settled.update(path)
