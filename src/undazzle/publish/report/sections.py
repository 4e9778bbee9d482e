"""The sections of a report in their order, with the note that tells how to read each."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.publish.report.facts import NetworkFacts, RunFacts
from undazzle.publish.report.wording import words_of


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its anchor, title, note and, where the title is long, its short name in the contents."""

    id: str
    title: str
    note: str = ""
    short: str = ""

    @property
    def template(self) -> str:
        """The template of the section."""
        return f"{self.id}.html.j2"


_NETWORKS = Section("networks", "Networks", "Every network of this run. Start here to choose what to read.")
_OBSERVED = Section("observed", "Observed", "Solid is what happened. A dashed square is something nobody computed.")
_EXPECTED = Section(
    "observed",
    "Observed against expected",
    "Solid is what happened. Hatched is what chance alone gives, with all times, and who shares what, as they were.",
    "Observed and expected",
)
_NETWORK = Section(
    "network", "The network", "The table and the picture say the same. Numbers in the picture are row numbers."
)
_TIMELINE = Section(
    "timeline",
    "Timeline",
    "Tall ticks are posts that took part in a co-action; short ticks are the accounts’ other posts, so the share is "
    "visible and not only the hits.",
)
_EVIDENCE = Section(
    "evidence",
    "Evidence, pair by pair",
    "Words that differ are bold, marked and underlined. The bar under the gap is the time window.",
    "Evidence",
)
_INNOCENT = Section(
    "innocent",
    "Innocent explanations",
    "Written down before any data were read. None is left out for want of a test.",
)
_INDICATORS = Section(
    "indicators",
    "The accounts",
    "What the accounts look like beside the other accounts of these data. Absent and not computed are different "
    "answers.",
    "Accounts",
)
_NARRATIVES = Section(
    "narratives",
    "Narratives",
    "Groups of posts of like wording that several of its accounts are in. A loose group is a topic rather than one "
    "message: read the posts behind it.",
)
_TARGETS = Section(
    "targets", "Targets", "Which public roles and institutions its posts name. No stance is read from it."
)
_IMPACT = Section("impact", "Impact", "Whether anyone outside engaged with it. Nobody is a result, too.")
_CLOSED = Section(
    "observed", "Observed", "Solid is what happened. A dashed square is something that could not be tested."
)
_TRUST = Section(
    "trust",
    "How far to trust this",
    "The same search where there is nothing to find, and with other choices.",
    "Checks",
)
_ASSESSMENT = Section("assessment", "Assessment", "A judgement is kept apart from the measurements above, and signed.")


def report_sections(facts: NetworkFacts | None, run: RunFacts, *, shows_networks: bool) -> list[Section]:
    """Return the sections of a report.

    Parameters
    ----------
    facts
        The network, or ``None`` for a run that found none.
    run
        The run.
    shows_networks
        Whether the report lists all networks of the run.
    """
    method = Section("method", "Method", f"Run {run.run_id}. Everything needed to repeat it.")
    if facts is None:
        return [_TRUST, method]
    kinds = facts.overview.kinds
    item = words_of(kinds[0]).item if len(kinds) == 1 else "item"
    said = Section(
        "said",
        "What it said",
        f"What was shared, and in which words. “By the network” is its part of all posts here with the same {item}.",
    )
    return [
        Section("glance", "At a glance"),
        *([_NETWORKS] if shows_networks else []),
        _CLOSED if facts.overview.is_closed else _OBSERVED if facts.overview.expected is None else _EXPECTED,
        _NETWORK,
        _TIMELINE,
        said,
        _EVIDENCE,
        _INNOCENT,
        _INDICATORS,
        _NARRATIVES,
        _TARGETS,
        _IMPACT,
        _ASSESSMENT,
        method,
        _TRUST,
        Section("limits", "Limitations"),
        Section("cite", "Cite and data", short="Cite"),
    ]
