"""What an innocent explanation is: a descriptor, from which the runner, the report and the tests derive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from undazzle.model import Parameter, Reference

if TYPE_CHECKING:
    from undazzle.coordination.explanations.context import NetworkContext

Verdict = Literal["fits", "fits_in_part", "does_not_fit", "not_testable"]
VERDICT_WORDS: dict[Verdict, str] = {
    "fits": "Fits",
    "fits_in_part": "Fits in part",
    "does_not_fit": "Does not fit",
    "not_testable": "Not testable",
}

# An explanation holds for a network when it holds for three in four of its accounts, bursts or co-actions: one
# account or item that does not belong is tolerated in a network of four, a merged second group is not.
MOST = 0.75


@dataclass(frozen=True, slots=True)
class Finding:
    """What one explanation found in one network. No sentence of it names an account.

    Attributes
    ----------
    verdict
        Whether the explanation holds.
    figure
        The deciding number with its unit, in words.
    seen
        What was seen, in one or two sentences.
    value
        The deciding number; ``None`` if it could not be computed.
    n
        What it was counted over.
    control_value
        The same number for accounts outside the network, where that makes sense.
    reason
        Why it could not be tested; empty otherwise.
    """

    verdict: Verdict
    figure: str
    seen: str = ""
    value: float | None = None
    n: int | None = None
    control_value: float | None = None
    reason: str = ""


def untested(reason: str, figure: str = "not computed") -> Finding:
    """Return the finding of an explanation that this data cannot test.

    Parameters
    ----------
    reason
        What is missing, as a sentence.
    figure
        What it would need, in a few words.
    """
    return Finding("not_testable", figure, reason=reason)


@dataclass(frozen=True, slots=True)
class Explanation:
    """An ordinary reason why accounts act together, and the test for it.

    Attributes
    ----------
    explanation_id
        Name in tables, e.g. ``automation``.
    title
        A few words for a reader.
    would_see
        What the data would show if it were so.
    needs
        Columns of ``posts`` or ``account_observations`` of which at least one must be filled among the networks'
        accounts; all data will do if empty.
    needs_words
        What these columns hold, to complete "This data has no …".
    explain
        ``explain(context)`` returns the finding for every network of the context.
    parameters
        Thresholds and lengths, with unit and reason.
    limits
        What the test cannot tell apart.
    references
        Where the mechanism is described.
    """

    explanation_id: str
    title: str
    would_see: str
    explain: Callable[[NetworkContext], Mapping[int, Finding]]
    limits: str
    needs: tuple[str, ...] = ()
    needs_words: str = ""
    parameters: tuple[Parameter, ...] = ()
    references: tuple[Reference, ...] = ()
