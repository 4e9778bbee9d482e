"""A network is written in any of the export formats, its evidence counts and its run always with it."""

from __future__ import annotations

from pathlib import Path

from undazzle.errors import UnknownNameError
from undazzle.publish.csv_files import CSV
from undazzle.publish.export_formats import ExportFormat
from undazzle.publish.graph_files import GEXF, GRAPHML
from undazzle.publish.masking import LIMITS
from undazzle.publish.parquet_files import PARQUET
from undazzle.results.network import Network
from undazzle.results.network_files import RowMask

EXPORT_FORMATS: dict[str, ExportFormat] = {one.format_id: one for one in (CSV, PARQUET, GEXF, GRAPHML)}


def network_formats() -> dict[str, ExportFormat]:
    """Return every format a network can be written in by name: tables, graphs, and exchange formats."""
    from undazzle.publish.exchange.misp.network import NETWORK_MISP
    from undazzle.publish.exchange.stix.network import NETWORK_STIX

    return {**EXPORT_FORMATS, NETWORK_STIX.format_id: NETWORK_STIX, NETWORK_MISP.format_id: NETWORK_MISP}


def export_network(
    network: Network,
    path: Path | str,
    to: str,
    *,
    mask: bool | RowMask = False,
    overwrite: bool = False,
) -> list[Path]:
    """Write a network in a format and return the paths of all files written.

    Parameters
    ----------
    network
        What to write.
    path
        File, or folder for the formats of several files; made if needed.
    to
        Name of the format, see ``network_formats``.
    mask
        Replace handles, names and ids of the members by ``account-01`` and so on, as reports do; or a function
        of your own from row to row.
    overwrite
        Whether files of these names may be replaced.

    Raises
    ------
    UnknownNameError
        If there is no such format.
    OutputExistsError
        If a file exists and ``overwrite`` is not set; nothing is written then.
    """
    formats = network_formats()
    if to not in formats:
        raise UnknownNameError("export format", to, formats)
    row_mask: RowMask | None = None
    if mask is True:
        from undazzle.publish.row_masking import member_mask

        row_mask = member_mask(network)
    elif mask:
        row_mask = mask
    note = LIMITS if row_mask else ""
    return formats[to].function(network, path, mask=row_mask, overwrite=overwrite, note=note)
