"""A network is pinned to a case with its run: what was measured, what was tested, what could not be.

Reads ``runs``, ``networks``, ``members``, ``explanations``, ``posts``, ``accounts``, ``account_observations``,
``media``; writes a file of the case.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from undazzle.attribution.matching import MatchReport, PlaybookMatch, Seen, match_playbooks
from undazzle.attribution.playbooks import PlaybookKind
from undazzle.casebook.case import Case
from undazzle.casebook.finding import Finding, Outcome, TestedExplanation, TestedPlaybook, TestedSignal
from undazzle.casebook.loading import load_case
from undazzle.casebook.seals import seal_of
from undazzle.casebook.vocabulary import Review
from undazzle.casebook.yaml_writing import write_record
from undazzle.model import format_duration
from undazzle.results.network import Network
from undazzle.signals import Choice, Indicator, choose_network, read_signals

_OUTCOMES = {"stands_out": Outcome.STANDS_OUT, "ordinary": Outcome.ORDINARY, "not_testable": Outcome.NOT_TESTABLE}
# Their figures may quote a part of a handle or a name, which a case must not hold.
_QUOTES_NAMES = ("handle_templates", "profile_images", "persona_drift")
_LINE = 480


def pin_network(
    folder: Path, network: Network, *, pinned_by: str, pinned: str, is_demonstration: bool = False,
    progress: Callable[[str], None] | None = None,
) -> tuple[Path, Finding]:  # fmt: skip
    """Write a network as a finding of a case, sealed, and return the file and the finding.

    Parameters
    ----------
    folder
        The case.
    network
        The network of a run.
    pinned_by, pinned
        Who pins it, and on which day.
    is_demonstration
        Whether it was made from invented data.
    progress
        Called with the name of each test.

    Raises
    ------
    CaseError
        If the folder is no usable case.
    OutputExistsError
        If this network of this run is pinned already.
    """
    load_case(folder)
    made = finding_of(network, progress=progress).model_copy(
        update={"pinned_by": pinned_by, "pinned": pinned, "is_demonstration": is_demonstration}
    )
    made = Finding.model_validate(made.model_dump())
    made = made.model_copy(update={"seal": seal_of(made)})
    return write_record(folder, made), made


def finding_of(network: Network, *, progress: Callable[[str], None] | None = None) -> Finding:
    """Return what was measured of a network, its signals and playbooks computed anew, without any account's name.

    Parameters
    ----------
    network
        The network of a run.
    progress
        Called with the name of each test.
    """
    record, facts = network.run.record, network.facts
    choice = choose_network(network.store, record.run_id, network.network_id)
    signals = read_signals(network.store, choice, progress=progress)
    report = match_playbooks(network.store, choice, progress=progress)
    members = members_hash(network)
    kinds = ", ".join(network.kinds)
    return Finding.model_validate({
        "id": f"finding:{network.name}-{members[:8]}-run{record.run_id}",
        "review": Review.DRAFT,
        "title": f"{facts['members']} accounts acted together {facts['co_actions']:,} times ({kinds})",
        "network": network.reference,
        "name": network.name,
        "method": record.method,
        "software": f"undazzle {record.versions.get('undazzle', '')}".strip(),
        "seed": record.seed,
        "input_sha256": record.input_fingerprint,
        "members_sha256": members,
        "parameters": json.dumps(record.parameters, sort_keys=True, default=str),
        "finished": record.finished_at.date().isoformat() if record.finished_at else None,
        "kinds": network.kinds,
        "window": None if network.time_window is None else format_duration(network.time_window),
        "accounts": facts["members"],
        "timing_testable": not network.is_closed,
        **{name: facts[name] for name in ("pairs", "co_actions", "items", "days", "expected", "q_value")},
        **{name: facts.get(name) for name in ("held_out_observed", "held_out_expected", "explained_by")},
        "first": facts["first_at"].date().isoformat() if facts["first_at"] else None,
        "last": facts["last_at"].date().isoformat() if facts["last_at"] else None,
        "explanations": _explanations(network),
        "signals": [_signal(one, choice) for one in signals],
        "playbooks": [_playbook(one) for one in report.matches],
        "playbook_sentence": report.sentence,
        "not_testable": _not_testable(report),
    })  # fmt: skip


def members_hash(network: Network) -> str:
    """Return the hash of the sorted ids of the members, by which a pinned network is known again."""
    return hash_of_members(str(row["account_id"]) for row in network.members)


def hash_of_members(account_ids: Iterable[str]) -> str:
    """Return the hash of ids of accounts, whatever their order."""
    ids = sorted(account_ids)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def pinned_of(case: Case, network: Network) -> tuple[Finding, ...]:
    """Return the findings of a case that are this network: the same posts ingested, and the same members."""
    return findings_of(case, network.run.record.input_fingerprint, members_hash(network))


def findings_of(case: Case, input_sha256: str, members_sha256: str) -> tuple[Finding, ...]:
    """Return the findings of a case with this fingerprint of the posts and this hash of the members."""
    wanted = (input_sha256, members_sha256)
    return tuple(one for one in case.findings.values() if (one.input_sha256, one.members_sha256) == wanted)


def _explanations(network: Network) -> list[TestedExplanation]:
    return [
        TestedExplanation(title=str(row["explanation"])[:_LINE], verdict=str(row["verdict"]).replace("_", " "))
        for row in network.explanations
    ]


def _signal(one: Indicator, choice: Choice) -> TestedSignal:
    reading = one.reading
    is_hidden = one.signal.signal_id in _QUOTES_NAMES and reading.outcome == "stands_out"
    untested = reading.outcome == "not_testable"
    figure = "not shown: it may quote handles" if is_hidden else reading.reason if untested else reading.figure
    return TestedSignal(
        signal=one.signal.signal_id.replace("_", "-"),
        title=one.signal.title[:_LINE],
        outcome=_OUTCOMES[reading.outcome],
        figure=figure[:_LINE] or None,
        innocent=next((f"{each.title}: {each.description}"[:_LINE] for each in one.signal.innocent_explanations), None),
        is_selection=one.is_selection or one.signal.signal_id in choice.selected_by,
    )


def _playbook(one: PlaybookMatch) -> TestedPlaybook:
    return TestedPlaybook(
        playbook=one.playbook.id,
        is_ordinary=one.playbook.kind is PlaybookKind.NULL,
        agreeing=one.agreeing,
        testable=one.testable,
        **{name: round(getattr(one, name), 3) for name in ("coverage", "low", "high", "margin", "margin_over_nulls")},
    )


def _not_testable(report: MatchReport) -> Sequence[str]:
    """Return what the nearest playbooks publish and these data cannot show, each once."""
    shown = [report.best] if report.best else list(report.matches[:1])
    found: dict[str, Any] = {}
    for match in shown:
        for one in match.tested:
            if one.seen is Seen.NOT_TESTABLE:
                found.setdefault(f"{one.observable.says} ({one.figure})"[:_LINE])
        for text in match.playbook.not_testable_here:
            found.setdefault(text[:_LINE])
    return list(found)
