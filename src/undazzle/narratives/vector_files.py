"""Files of vectors, read batch by batch: Parquet, CSV, TSV, and NumPy arrays without pickled objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from undazzle.errors import SourceError

if TYPE_CHECKING:
    import pyarrow as pa

Batch = tuple[list[str], npt.NDArray[np.float32]]

ID, VECTOR = "post_id", "vector"
MOST_DIMENSIONS = 8_192
_ROWS = 4_096
_LINE_BLOCK = 8_000_000  # bytes of a CSV file held at a time; a row must fit
_HELP = (
    f"Give Parquet, CSV or TSV with {ID} and {VECTOR}, or {ID} and one column per number; or .npz with the arrays {ID} "
    f"and {VECTOR}."
)


def vector_batches(path: Path) -> Iterator[Batch]:
    """Yield ids and vectors of a file, a few thousand rows at a time.

    Raises
    ------
    SourceError
        If the file cannot be read, is of no known kind, or has no such columns; if vectors are too long or differ in
        length within a batch.
    """
    ending = path.suffix.lower()
    try:
        if ending == ".parquet":
            yield from _from_parquet(path)
        elif ending in (".csv", ".tsv"):
            yield from _from_csv(path, "\t" if ending == ".tsv" else ",")
        elif ending in (".npz", ".npy"):
            yield from _from_numpy(path)
        else:
            raise SourceError(path.name, f"{ending or 'A file without an ending'} is no kind of vector file", _HELP)
    except (OSError, ValueError) as error:  # Arrow's and NumPy's errors are both
        raise SourceError(path.name, f"The vectors cannot be read: {error}", _HELP) from error


def _from_parquet(path: Path) -> Iterator[Batch]:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        names = _columns(path, file.schema_arrow.names)
        for batch in file.iter_batches(batch_size=_ROWS, columns=names):
            if batch.num_rows:
                yield _of_columns(path, batch)


def _from_csv(path: Path, delimiter: str) -> Iterator[Batch]:
    import pyarrow as pa
    from pyarrow import csv

    # Ids are text even where they look like numbers: longer ones would be rounded.
    reader = csv.open_csv(
        path,
        read_options=csv.ReadOptions(block_size=_LINE_BLOCK),
        parse_options=csv.ParseOptions(delimiter=delimiter),
        convert_options=csv.ConvertOptions(column_types={ID: pa.string(), VECTOR: pa.string()}),
    )
    with reader:
        names = _columns(path, reader.schema.names)
        for batch in reader:
            for start in range(0, batch.num_rows, _ROWS):
                yield _of_columns(path, batch.slice(start, _ROWS).select(names))


def _from_numpy(path: Path) -> Iterator[Batch]:
    # Pickled objects could run anything; NumPy refuses them here. A memory map keeps a large .npy on disk.
    loaded = np.load(path, allow_pickle=False, mmap_mode="r" if path.suffix.lower() == ".npy" else None)
    held = loaded.files if hasattr(loaded, "files") else list(getattr(loaded.dtype, "names", None) or ())
    if ID not in held or VECTOR not in held:
        raise SourceError(path.name, f"It holds no arrays or fields called {ID} and {VECTOR}", _HELP)
    ids, vectors = loaded[ID], loaded[VECTOR]
    if vectors.ndim != 2 or len(ids) != len(vectors) or vectors.dtype.kind not in "fiu":
        raise SourceError(path.name, f"{VECTOR} is no table of numbers with a row for each of {len(ids):,} ids", _HELP)
    _check_width(path, vectors.shape[1])
    for start in range(0, len(ids), _ROWS):
        part = ids[start : start + _ROWS]
        names = [one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in part.tolist()]
        yield names, np.asarray(vectors[start : start + _ROWS], dtype=np.float32)


def _columns(path: Path, names: list[str]) -> list[str]:
    """Return the columns to read: the id, then the vector or one column per number in the order of their numbers."""
    if ID not in names:
        raise SourceError(path.name, f"It has no column {ID}", _HELP)
    if VECTOR in names:
        return [ID, VECTOR]
    numbers = sorted(
        (int(match[1]), name) for name in names if name != ID and (match := re.fullmatch(r"[^\W\d]*_?(\d{1,5})", name))
    )
    if not numbers:
        raise SourceError(path.name, f"It has neither a column {VECTOR} nor numbered columns", _HELP)
    _check_width(path, len(numbers))
    return [ID, *(name for _, name in numbers)]


def _of_columns(path: Path, batch: pa.RecordBatch) -> Batch:
    import pyarrow as pa

    ids = [str(one) for one in batch.column(0).to_pylist()]
    if batch.num_columns > 2 or batch.schema.names[1] != VECTOR:
        columns = [batch.column(place).cast(pa.float32()).to_numpy(False) for place in range(1, batch.num_columns)]
        return ids, np.column_stack([np.asarray(one, dtype=np.float32) for one in columns])
    rows = [_numbers(one) for one in batch.column(1).to_pylist()]
    lengths = {len(one) for one in rows if one is not None}
    if len(lengths) > 1:
        first, other = sorted(lengths)[:2]
        raise SourceError(
            path.name, f"Vectors differ in length: {first} and {other} numbers", "Write those of one model."
        )
    width = lengths.pop() if lengths else 0
    _check_width(path, width)
    empty = [np.nan] * width  # a row without a vector is counted as unusable, not lost
    return ids, np.array([empty if one is None else one for one in rows], dtype=np.float32).reshape(len(rows), width)


def _numbers(value: Any) -> list[float] | None:
    """Return a vector from a list, or from text such as ``[0.1, -2e-3]`` or ``0.1 0.2``."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return [float(one) for one in re.split(r"[\s,;]+", value.strip().strip("[]()").strip()) if one]
    return [np.nan if one is None else float(one) for one in value]


def _check_width(path: Path, width: int) -> None:
    if not 1 <= width <= MOST_DIMENSIONS:
        raise SourceError(path.name, f"Vectors of {width:,} numbers cannot be used", f"Give 1 to {MOST_DIMENSIONS:,}.")
