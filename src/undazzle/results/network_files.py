"""A network becomes a folder of tables: members, pairs, every co-action with both posts, innocent explanations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undazzle.errors import OutputExistsError
from undazzle.results.network import Network
from undazzle.results.new_files import new_file, refuse_existing
from undazzle.results.provenance import card_text, write_card
from undazzle.results.table import Table
from undazzle.results.table_files import csv_lines, parquet_file, write_text

if TYPE_CHECKING:
    import pyarrow as pa

# Replaces what gives an account away in one row; the row keeps its columns.
RowMask = Callable[[dict[str, Any]], dict[str, Any]]


def write_csv_folder(
    network: Network, folder: Path | str, *, mask: RowMask | None = None, overwrite: bool = False, note: str = ""
) -> list[Path]:
    """Write ``members.csv``, ``pairs.csv``, ``co_actions.csv``, ``explanations.csv`` and ``run.json``; return paths.

    Parameters
    ----------
    network
        What to write.
    folder
        Where to; it is made if needed.
    mask
        Applied to every row.
    overwrite
        Whether files of these names may be replaced.
    note
        One more thing to say in ``run.json``.

    Raises
    ------
    OutputExistsError
        If one of the files exists and ``overwrite`` is not set.
    """

    def write(table: Table, path: Path) -> None:
        rows = (list(mask(row).values()) for row in table) if mask else table.tuples()
        write_text(path, csv_lines, table.columns, rows)

    return _write_folder(network, Path(folder), "csv", write, overwrite, note)


def write_parquet_folder(
    network: Network, folder: Path | str, *, mask: RowMask | None = None, overwrite: bool = False, note: str = ""
) -> list[Path]:
    """Write members, pairs, co-actions and explanations as Parquet, values as they are, and ``run.json``.

    Each file also keeps the run card under the metadata key ``undazzle``.

    Parameters
    ----------
    network
        What to write.
    folder
        Where to; it is made if needed.
    mask
        Applied to every row.
    overwrite
        Whether files of these names may be replaced.
    note
        One more thing to say in ``run.json``.

    Raises
    ------
    OutputExistsError
        If one of the files exists and ``overwrite`` is not set.
    """
    metadata = {"undazzle": card_text(network)}

    def write(table: Table, path: Path) -> None:
        parquet_file(_masked_batches(table, mask), path, metadata=metadata)

    return _write_folder(network, Path(folder), "parquet", write, overwrite, note)


def masked_rows(table: Table, mask: RowMask | None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table, masked if asked for."""
    return (mask(row) for row in table) if mask else iter(table)


def _masked_batches(table: Table, mask: RowMask | None) -> pa.RecordBatchReader:
    import pyarrow as pa

    reader = table.to_batches()
    if mask is None:
        return reader
    schema = reader.schema
    masked = (pa.RecordBatch.from_pylist([mask(row) for row in batch.to_pylist()], schema) for batch in reader)
    return pa.RecordBatchReader.from_batches(schema, masked)


def _write_folder(
    network: Network,
    folder: Path,
    suffix: str,
    write: Callable[[Table, Path], None],
    overwrite: bool,
    note: str,
) -> list[Path]:
    tables = {
        folder / f"{name}.{suffix}": table
        for name, table in (
            ("members", network.members),
            ("pairs", network.pairs),
            ("co_actions", network.co_actions),
            ("explanations", network.explanations),
        )
    }
    card = folder / "run.json"
    _prepare_folder(folder, [*tables, card], overwrite)
    for path, table in tables.items():
        with new_file(path, overwrite=overwrite) as part:
            write(table, part)
    columns = {path: table.columns for path, table in tables.items()}
    return [*tables, write_card(network, card, columns, overwrite=overwrite, note=note)]


def _prepare_folder(folder: Path, paths: list[Path], overwrite: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputExistsError(folder)
    if not overwrite:
        refuse_existing(paths)
    folder.mkdir(parents=True, exist_ok=True)
