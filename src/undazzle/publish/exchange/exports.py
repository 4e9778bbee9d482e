"""A case is written in any of the exchange formats."""

from __future__ import annotations

from pathlib import Path

from undazzle.casebook import Case
from undazzle.errors import OutputExistsError, UnknownNameError
from undazzle.publish.exchange.fiat import FIAT_2020, FIAT_2024
from undazzle.publish.exchange.formats import ExchangeFormat
from undazzle.publish.exchange.json_lines import JSON_LINES
from undazzle.publish.exchange.misp import MISP
from undazzle.publish.exchange.stix import OPENCTI, STIX, STIX_INCIDENT
from undazzle.publish.exchange.techniques.files import DISARM

EXCHANGE_FORMATS: dict[str, ExchangeFormat] = {
    one.format_id: one for one in (STIX, STIX_INCIDENT, OPENCTI, MISP, FIAT_2024, FIAT_2020, DISARM, JSON_LINES)
}


def export_case(
    case: Case, path: Path | str, to: str, *, overwrite: bool = False
) -> tuple[list[Path], tuple[str, ...]]:
    """Write a case in a format and return the paths of all files, and warnings.

    Parameters
    ----------
    case
        What to write.
    path
        File, or folder for the formats of several files; made if needed.
    to
        Name of the format, see ``EXCHANGE_FORMATS``.
    overwrite
        Whether files of these names may be replaced.

    Raises
    ------
    UnknownNameError
        If there is no such format.
    OutputExistsError
        If a file exists and ``overwrite`` is not set; nothing is written then.
    """
    if to not in EXCHANGE_FORMATS:
        raise UnknownNameError("exchange format", to, EXCHANGE_FORMATS)
    exchange = EXCHANGE_FORMATS[to]
    exported, target = exchange.function(case), Path(path)
    places = {target / name if exchange.is_folder else target: content for name, content in exported.files.items()}
    for place in places:
        if place.exists() and not overwrite:
            raise OutputExistsError(place)
    for place, content in places.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return list(places), exported.warnings
