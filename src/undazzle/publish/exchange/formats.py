"""What an exchange format is: a descriptor, from which help, docs and tests derive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from undazzle.casebook import Case


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export yields, before anything is written.

    Attributes
    ----------
    files
        Content of each file by its name; one file for the formats that are one.
    warnings
        What could not be said in the format, or was said in other words; one sentence each.
    """

    files: Mapping[str, bytes]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangeFormat:
    """One format a case can be written in.

    Attributes
    ----------
    format_id
        Name for ``--to``.
    description
        What is written and for which program, in one sentence.
    is_folder
        Whether the path names a folder of files, not one file.
    function
        Turns a case into files; the same case always gives the same bytes.
    documentation
        Address of the published description of the format.
    """

    format_id: str
    description: str
    is_folder: bool
    function: Callable[[Case], Exported] = field(compare=False)
    documentation: str = ""
