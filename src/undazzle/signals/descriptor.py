"""What a signal is: a descriptor, from which the command, the report, the documentation and the tests derive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from undazzle.model import InnocentExplanation, Parameter, Reference

if TYPE_CHECKING:
    from undazzle.signals.group import Group

Outcome = Literal["stands_out", "ordinary", "not_testable"]
OUTCOME_WORDS: dict[Outcome, str] = {
    "stands_out": "Stands out",
    "ordinary": "As elsewhere",
    "not_testable": "Not testable",
}

# Networks found because their accounts act within an hour of each other: what hours and pace they have in common, they
# have by construction. Stands among trace kinds wherever these say how a group was chosen.
SYNCHRONY = "synchrony"
# Every signal that compares a group with others may be wrong about an ordinary group this often.
FALSE_ALARM = 0.01


@dataclass(frozen=True, slots=True)
class Reading:
    """What one signal says about one group of accounts. No sentence of it names an account.

    Attributes
    ----------
    outcome
        Whether the group differs from the accounts it is compared with.
    figure
        The deciding number with its unit, in words.
    seen
        What was seen, in one to three sentences.
    value, low, high
        The deciding number and its 95 % interval, in ``unit``; ``None`` if it could not be computed.
    unit
        What ``value`` is, e.g. ``share of accounts``.
    n
        What it was counted over.
    control_value, control_n
        The same for the accounts of the same data that are not in the group.
    p_value
        Chance of a difference this large if the group were ordinary, all that was looked at in this signal counted;
        ``None`` where no test was made.
    reason
        Why it could not be tested; empty otherwise.
    details
        What the figure is made of, for tables and charts: lists and numbers only.
    """

    outcome: Outcome
    figure: str
    seen: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    n: int | None = None
    control_value: float | None = None
    control_n: int | None = None
    p_value: float | None = None
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def untestable(reason: str, n: int | None = None) -> Reading:
    """Return the reading of a signal that this data cannot show.

    Parameters
    ----------
    reason
        What is missing, as a sentence.
    n
        How much there was.
    """
    return Reading("not_testable", "not computed", n=n, reason=reason)


@dataclass(frozen=True, slots=True)
class Signal:
    """An observable fact about accounts, and how to compare it with other accounts of the same data.

    Attributes
    ----------
    signal_id
        Name in tables and commands, e.g. ``creation_bursts``.
    version
        Raised whenever its numbers change.
    title, summary
        A few words, and one sentence that starts with a verb.
    family
        Signals of one family look at the same thing and count as one finding.
    method
        What is computed, in at most six short sentences.
    needs
        Columns of ``signal_accounts`` or ``posts`` of which at least one must be filled for the group.
    needs_words
        What these columns hold, to complete "This data has no …".
    innocent_explanations
        Ordinary reasons for it.
    error_rates
        How often it was wrong where the truth is known, and on which data.
    read
        ``read(group)`` returns the reading.
    parameters
        Thresholds and lengths with unit.
    same_as_traces
        Trace kinds, or ``synchrony``, that look at the same thing: a network found through one of them shows it by
        construction. The signal is then shown, marked, and not counted.
    references
        Where it is described.
    """

    signal_id: str
    version: str
    title: str
    summary: str
    family: str
    method: str
    needs: tuple[str, ...]
    needs_words: str
    innocent_explanations: tuple[InnocentExplanation, ...]
    error_rates: str
    read: Callable[[Group], Reading]
    parameters: tuple[Parameter, ...] = ()
    same_as_traces: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
