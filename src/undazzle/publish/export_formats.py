"""What an export format is: a descriptor, from which help, docs and tests derive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from undazzle.results.network import Network
from undazzle.results.network_files import RowMask


class ExportFunction(Protocol):
    """Writes a network and returns the paths of all files written, the run card last."""

    def __call__(
        self, network: Network, path: Path | str, /, *, mask: RowMask | None, overwrite: bool, note: str
    ) -> list[Path]:
        """Write the files."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One file format a network can be written in.

    Attributes
    ----------
    format_id
        Name for ``--to``.
    description
        What is written and for which program, in one sentence.
    is_folder
        Whether the path names a folder of files, not one file.
    function
        What writes it.
    documentation
        Address of the published description of the format.
    """

    format_id: str
    description: str
    is_folder: bool
    function: ExportFunction
    documentation: str = ""
