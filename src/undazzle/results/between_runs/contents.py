"""How what is known of a network changed between two runs: explanations, signals, targets.

Reads ``explanations``, ``indicators`` and ``runs``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from undazzle.results.between_runs.listing import Listing
from undazzle.results.network import Network

Pairing = tuple[Network, Network]
_ABSENT = "not computed"
_MOVED, _NAMED = 0.1, 10
EXPLANATION_COLUMNS = (
    "network_a", "network_b", "explanation", "verdict_a", "verdict_b", "figure_a", "figure_b", "changed",
)  # fmt: skip
SIGNAL_COLUMNS = (
    "network_a", "network_b", "signal", "outcome_a", "outcome_b", "value_a", "value_b", "n_a", "n_b", "changed",
)  # fmt: skip
TARGET_COLUMNS = ("network_a", "network_b", "target", "posts_a", "posts_b", "share_a", "share_b", "changed")


def explanation_changes(pairs: Sequence[Pairing]) -> Listing:
    """Return every innocent explanation tested for a pair of networks.

    ``changed`` says whether the verdicts differ; it is empty where one run did not test.
    """
    rows = []
    for a, b in pairs:
        first, second = _explained(a), _explained(b)
        for name in sorted(first.keys() | second.keys()):
            mine, theirs = first.get(name), second.get(name)
            verdicts = _value(mine, "verdict", _ABSENT), _value(theirs, "verdict", _ABSENT)
            figures = _value(mine, "figure", ""), _value(theirs, "figure", "")
            rows.append((*_names(a, b), name, *verdicts, *figures, _differ(*verdicts)))
    note = _missing(pairs, _explained, "Innocent explanations")
    return Listing("Innocent explanations", EXPLANATION_COLUMNS, rows, note)


def signal_changes(pairs: Sequence[Pairing]) -> Listing:
    """Return every signal computed for a pair of networks; ``changed`` as for explanations.

    Signals are only there for networks for which they were computed. The latest computation counts.
    """
    rows = []
    for a, b in pairs:
        first, second = _signals(a), _signals(b)
        for name in sorted(first.keys() | second.keys()):
            mine, theirs = first.get(name), second.get(name)
            outcomes = _value(mine, "outcome", _ABSENT), _value(theirs, "outcome", _ABSENT)
            values = [_value(one, key, None) for key in ("value", "n") for one in (mine, theirs)]
            rows.append((*_names(a, b), name, *outcomes, *values, _differ(*outcomes)))
    return Listing("Signals of the accounts", SIGNAL_COLUMNS, rows, _missing(pairs, _signals, "Signals"))


def target_changes(pairs: Sequence[Pairing]) -> Listing:
    """Return every target that a pair of networks names, with posts and share of all naming in the network.

    ``changed`` if only one of them names it, or the shares differ by a tenth or more of all naming.
    """
    rows = []
    for a, b in pairs:
        first, second = _targets(a), _targets(b)
        if first is None or second is None:
            continue
        totals = max(1, sum(first.values())), max(1, sum(second.values()))
        for name in sorted(
            first.keys() | second.keys(), key=lambda one: (-first.get(one, 0) - second.get(one, 0), one)
        ):
            posts = first.get(name, 0), second.get(name, 0)
            shares = tuple(round(number / total, 3) for number, total in zip(posts, totals, strict=True))
            changed = not all(posts) or abs(shares[0] - shares[1]) >= _MOVED
            rows.append((*_names(a, b), name, *posts, *shares, changed))
    return Listing("Targets named", TARGET_COLUMNS, rows, _missing(pairs, _targets, "Targets"))


def _differ(a: str, b: str) -> bool | None:
    """Return whether two verdicts differ; ``None`` where one was never reached, as that is no change."""
    return None if _ABSENT in (a, b) else a != b


def _names(a: Network, b: Network) -> tuple[str, str]:
    return a.reference, b.reference


def _value(row: Mapping[str, Any] | None, key: str, otherwise: Any) -> Any:
    return otherwise if row is None else row[key]


def _explained(network: Network) -> dict[str, dict[str, Any]]:
    found = network.store.records(
        "SELECT title, verdict, figure FROM explanations WHERE run_id = ? AND network_id = ?", _key(network)
    )
    return {row["title"]: row for row in found}


def _signals(network: Network) -> dict[str, dict[str, Any]]:
    found = network.store.records(
        "SELECT title, outcome, value, n FROM indicators WHERE run_id = ? AND network_id = ? ORDER BY made_at",
        _key(network),
    )
    return {row["title"]: row for row in found}


def _targets(network: Network) -> dict[str, int] | None:
    """Return posts of the network by target, or ``None`` if targets were not counted beside its run."""
    from undazzle.narratives.measured_targets import stored_targets

    kept = stored_targets(network.store, network.run.run_id)
    if kept is None:
        return None
    named = ((one["name"], one["by_network"].get(str(network.network_id), 0)) for one in kept.summary["targets"])
    return {str(name): int(posts) for name, posts in named if posts}


def _key(network: Network) -> list[int]:
    return [network.run.run_id, network.network_id]


def _missing(pairs: Sequence[Pairing], read: Callable[[Network], Mapping[str, Any] | None], what: str) -> str:
    """Return which networks have nothing to compare: nothing computed is not nothing found."""
    parts = []
    for side, networks in (("A", [a for a, _ in pairs]), ("B", [b for _, b in pairs])):
        lacking = sorted({one.reference for one in networks if _is_absent(read(one), what)})
        if lacking:
            more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
            parts.append(f"{side}: {', '.join(lacking[:_NAMED])}{more}")
    return f"{what} were not computed for {'; '.join(parts)}." if parts else ""


def _is_absent(found: Mapping[str, Any] | None, what: str) -> bool:
    """Counted targets may be none; explanations and signals that were computed are always some."""
    return found is None if what == "Targets" else not found
