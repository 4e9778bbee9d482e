"""SQL → innocent explanations as they were tested, for the table of a report. Reads ``explanations``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from undazzle.publish.report.text import clean, plural
from undazzle.store import Store

_GLYPHS = {"fits": "fits", "fits_in_part": "part", "does_not_fit": "excluded", "not_testable": "untest"}
_WORDS = {
    "fits": "Fits",
    "fits_in_part": "Fits in part",
    "does_not_fit": "Does not fit",
    "not_testable": "Not testable",
}


@dataclass(frozen=True, slots=True)
class ExplanationResult:
    """One innocent explanation, what it would show, what was seen, and whether it fits."""

    title: str
    would_see: str
    seen: str
    figure: str
    verdict: str

    @property
    def glyph(self) -> str:
        """The square that stands for the result."""
        return _GLYPHS[self.verdict]

    @property
    def result(self) -> str:
        """The result in words."""
        return _WORDS[self.verdict]


def read_tested(store: Store, run_id: int, network_id: int) -> tuple[ExplanationResult, ...]:
    """Return the tested explanations of a network, those that fit first; none if they were not tested.

    Parameters
    ----------
    store
        The workspace.
    run_id, network_id
        The network.
    """
    rows = store.rows(
        "SELECT title, would_see, coalesce(nullif(seen, ''), reason), figure, verdict FROM explanations"
        " WHERE run_id = ? AND network_id = ? AND list_contains(?, verdict)"
        " ORDER BY list_position(?, verdict), title",
        [run_id, network_id, list(_GLYPHS), list(_GLYPHS)],
    )
    return tuple(ExplanationResult(*(clean(one) for one in row)) for row in rows)


def counted_results(tested: Sequence[ExplanationResult]) -> str:
    """Return how many explanations came out how, as a sentence.

    Parameters
    ----------
    tested
        The explanations of one network.

    Examples
    --------
    >>> verdicts = ("does_not_fit", "does_not_fit", "not_testable")
    >>> some = [ExplanationResult("", "", "", "", one) for one in verdicts]
    >>> counted_results(some)
    '3 ordinary explanations considered: none fits, 2 do not fit, 1 could not be tested.'
    """
    counts = Counter(one.verdict for one in tested)
    parts = [f"{counts['fits'] or 'none'} {'fit' if counts['fits'] > 1 else 'fits'}"]
    if counts["fits_in_part"]:
        parts.append(f"{counts['fits_in_part']} in part")
    if counts["does_not_fit"]:
        parts.append(f"{counts['does_not_fit']} {'does' if counts['does_not_fit'] == 1 else 'do'} not fit")
    if counts["not_testable"]:
        parts.append(f"{counts['not_testable']} could not be tested")
    return f"{plural(len(tested), 'ordinary explanation')} considered: {', '.join(parts)}."


def explained_sentence(tested: Sequence[ExplanationResult], explained_by: str | None) -> str:
    """Return what the explanations mean for the network; empty if none was tested.

    Parameters
    ----------
    tested
        The explanations of the network.
    explained_by
        Title of the one that fits, ``None`` if none does.
    """
    fitting = next((one for one in tested if one.title == explained_by), None)
    if fitting:
        return (
            f"Something ordinary explains it: {fitting.figure}. The network is shown so that nobody wonders; it is no "
            "finding."
        )
    return counted_results(tested) if tested else ""
