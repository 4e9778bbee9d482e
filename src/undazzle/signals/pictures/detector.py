"""Results of a detector that the user ran himself, with the arithmetic of what a hit of it is worth.

No detector comes with the software and none is started: its results are read from a file.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from undazzle.errors import ParameterError, SourceError
from undazzle.signals.pictures.base_rates import BaseRate, base_rate_sentence

_MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class DetectorResults:
    """What a detector said about picture files.

    Attributes
    ----------
    values
        File name to the detector's value, 0 to 1.
    threshold
        From which value on it counts as a hit.
    rate
        How often it is right, as its maker or the user measured it.
    rejected
        Rows without a file name or a value between 0 and 1.
    """

    values: dict[str, float]
    threshold: float
    rate: BaseRate
    rejected: int

    @property
    def hits(self) -> tuple[str, ...]:
        """File names that reach the threshold, highest value first."""
        reached = [one for one in self.values.items() if one[1] >= self.threshold]
        return tuple(name for name, _ in sorted(reached, key=lambda one: (-one[1], one[0])))

    @property
    def sentence(self) -> str:
        """What these hits are worth."""
        return f"{len(self.hits):,} of {len(self.values):,} pictures reach {self.threshold:g}. " + base_rate_sentence(
            self.rate, "what the detector looks for"
        )


def read_detector_results(path: Path | str, rate: BaseRate, *, threshold: float = 0.5) -> DetectorResults:
    """Read the results of a detector from a CSV file with the columns ``file`` and ``value``.

    Parameters
    ----------
    path
        The file.
    rate
        Prevalence that is assumed, and the detector's measured share of finds and of false alarms.
    threshold
        From which value on a picture is a hit, 0 to 1.

    Raises
    ------
    SourceError
        If the file cannot be read or lacks a column.
    ParameterError
        If the threshold is no share.
    """
    if not 0 <= threshold <= 1:
        raise ParameterError("threshold", threshold, "It is a number between 0 and 1.")
    values: dict[str, float] = {}
    rejected = 0
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"file", "value"} <= set(rows.fieldnames or ()):
                raise SourceError(path, "There are no columns named file and value", "Name them so in the first line.")
            for number, row in enumerate(rows):
                value = _value(row["value"])
                if number >= _MOST_ROWS or value is None or not row["file"]:
                    rejected += 1
                else:
                    values[Path(row["file"].replace("\\", "/")).name] = value
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(path, "The results cannot be read", "Write them as CSV in UTF-8.") from error
    return DetectorResults(values, threshold, rate, rejected)


def _value(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None
