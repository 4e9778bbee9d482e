"""Runs every explanation over the networks of a run and keeps what was found.

Reads ``networks`` and everything that ``context_sql`` names. Writes ``explanations`` and ``networks.explained_by``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from undazzle.coordination.explanations.context import NetworkContext, gathered
from undazzle.coordination.explanations.descriptor import Explanation, Finding, untested
from undazzle.coordination.explanations.registry import EXPLANATIONS
from undazzle.coordination.explanations.wording import counted
from undazzle.errors import UnknownNameError
from undazzle.store import Store

# Networks are numbered strongest first. Nobody reads a thousand; a run with more is one of settings that are too loose.
MOST_NETWORKS = 1000


@dataclass(frozen=True)
class Explained:
    """What the explanations say about one network.

    Attributes
    ----------
    network_id
        The network.
    results
        Finding by explanation, in the order of the registry.
    """

    network_id: int
    results: Mapping[str, Finding]

    @property
    def explained_by(self) -> str | None:
        """The first explanation that fits; ``None`` if none does."""
        return next((name for name, one in self.results.items() if one.verdict == "fits"), None)

    @property
    def is_explained(self) -> bool:
        """Whether an ordinary explanation fits."""
        return self.explained_by is not None

    @property
    def headline_sentence(self) -> str:
        """One sentence: what explains the network, or how many explanations do not."""
        name = self.explained_by
        if name is not None:
            return f"Explained by something ordinary. {EXPLANATIONS[name].title}: {self.results[name].figure}."
        counts = [sum(one.verdict == verdict for one in self.results.values())
                  for verdict in ("fits_in_part", "not_testable")]  # fmt: skip
        return (
            f"None of {counted(len(self.results), 'ordinary explanation')} fits; {counts[0]} in part, "
            f"{counts[1]} could not be tested."
        )


def explain_network(store: Store, run_id: int, network_id: int) -> Explained:
    """Return what the explanations say about one network, computed now.

    Parameters
    ----------
    store
        The workspace; it is not changed.
    run_id
        The run.
    network_id
        The network.

    Raises
    ------
    UnknownNameError
        If the run has no such network.
    """
    known = [row[0] for row in store.rows("SELECT network_id FROM networks WHERE run_id = ? ORDER BY ALL", [run_id])]
    if network_id not in known:
        raise UnknownNameError(f"network in run:{run_id}", str(network_id), [str(one) for one in known])
    with gathered(store, run_id, [network_id]) as context:
        return explain_all(context)[network_id]


def explain_run(store: Store, run_id: int, *, most_networks: int = MOST_NETWORKS) -> list[str]:
    """Explain the networks of a run, write what was found, and return warnings.

    Parameters
    ----------
    store
        The workspace.
    run_id
        The run; earlier explanations of it are replaced.
    most_networks
        Most networks to explain, strongest first.
    """
    networks = [
        row[0] for row in store.rows("SELECT network_id FROM networks WHERE run_id = ? ORDER BY network_id", [run_id])
    ]
    store.execute("DELETE FROM explanations WHERE run_id = ?", [run_id])
    store.execute("UPDATE networks SET explained_by = NULL WHERE run_id = ?", [run_id])
    chosen = networks[:most_networks]
    if chosen:
        with gathered(store, run_id, chosen) as context:
            _write(store, run_id, list(explain_all(context).values()))
    if len(chosen) == len(networks):
        return []
    return [
        f"Innocent explanations were tested for the {len(chosen):,} strongest of {len(networks):,} networks only: "
        "the others are neither explained nor unexplained."
    ]


def explain_all(context: NetworkContext) -> dict[int, Explained]:
    """Return what the explanations say about every network of a context.

    Parameters
    ----------
    context
        The networks.
    """
    found = {name: _explain(context, one) for name, one in EXPLANATIONS.items()}
    nothing = untested("Nothing of what it looks at is in the co-actions of this network.")
    return {
        network: Explained(network, {name: each.get(network, nothing) for name, each in found.items()})
        for network in context.network_ids
    }


def _explain(context: NetworkContext, one: Explanation) -> Mapping[int, Finding]:
    if one.needs and not context.filled.intersection(one.needs):
        missing = untested(f"This data has no {one.needs_words} for these accounts.", f"needs {one.needs[0]}")
        return dict.fromkeys(context.network_ids, missing)
    return one.explain(context)


def _write(store: Store, run_id: int, found: list[Explained]) -> None:
    import numpy as np

    rows = [
        (one.network_id, name, EXPLANATIONS[name].title, finding.verdict, finding.value, finding.control_value,
         finding.n, finding.figure, EXPLANATIONS[name].would_see, finding.seen, finding.reason)
        for one in found for name, finding in one.results.items()
    ]  # fmt: skip
    names = (
        "network_id", "explanation_id", "title", "verdict", "value", "control_value", "n", "figure", "would_see",
        "seen", "reason",
    )  # fmt: skip
    columns = dict(zip(names, (np.array(column, dtype=object) for column in zip(*rows, strict=True)), strict=True))
    store.append("explanations", {"run_id": np.full(len(rows), run_id), **columns})
    for one in found:
        if one.is_explained:
            store.execute(
                "UPDATE networks SET explained_by = ? WHERE run_id = ? AND network_id = ?",
                [one.explained_by, run_id, one.network_id],
            )
