"""The aggregator page that ships with the software: invented throughout, with the faults such pages have.

Texts of six hands run into each other without a mark, paragraphs stand twice, sentences break off, bracket numbers lead
nowhere, and the claims contradict each other.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from undazzle.errors import OutputExistsError

PAGE_NAME = "aggregator-page.html"


def write_aggregator_page(path: Path | str, *, overwrite: bool = False) -> Path:
    """Write the page and return its path; a folder gets it under its own name.

    Raises
    ------
    OutputExistsError
        If the file exists and ``overwrite`` is not set.
    """
    path = Path(path)
    path = path / PAGE_NAME if path.is_dir() else path
    if path.exists() and not overwrite:
        raise OutputExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(resources.files("undazzle.reading.samples").joinpath(PAGE_NAME).read_bytes())
    return path
