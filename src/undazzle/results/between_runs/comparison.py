"""Two runs side by side, as one object: settings first, then the networks, then what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from undazzle.results.between_runs.contents import explanation_changes, signal_changes, target_changes
from undazzle.results.between_runs.listing import Listing
from undazzle.results.between_runs.matching import Group, Match, match_groups
from undazzle.results.between_runs.settings import differing_settings
from undazzle.results.network import Network
from undazzle.results.runs import Run
from undazzle.results.summaries import count_of

NETWORK_COLUMNS = (
    "verdict", "a", "name_a", "b", "name_b", "jaccard", "shared_members", "members_a", "members_b", "not_in_data",
    "split_into", "merged_from", "co_actions_a", "co_actions_b", "expected_a", "expected_b", "weight_a", "weight_b",
    "q_value_a", "q_value_b", "explained_by_a", "explained_by_b",
)  # fmt: skip
ACCOUNT_COLUMNS = ("account_id", "networks_a", "networks_b", "change")
_SIDED = ("co_actions", "expected", "weight", "q_value", "explained_by")


@dataclass(frozen=True, eq=False, repr=False)
class RunComparison:
    """What two runs found, side by side; networks are compared by the accounts they hold.

    Attributes
    ----------
    a, b
        The runs; they may stand in two workspaces.
    """

    a: Run
    b: Run

    @cached_property
    def settings(self) -> Listing:
        """Input, method, parameters, seed and versions that differ, input first: ``what``, ``a``, ``b``."""
        return differing_settings(self.a.record, self.b.record)

    @cached_property
    def matches(self) -> list[Match]:
        """Which network is which: found again, found in part, gone, new; split and merged ones say into which."""
        return match_groups(*([_group(one) for one in side.values()] for side in self._networks))

    @cached_property
    def networks(self) -> Listing:
        """One row by match, columns as in ``NETWORK_COLUMNS``; every network of both runs is in at least one.

        ``not_in_data`` counts members of a network that is only in one run, who do not occur in the other's workspace.
        """
        rows = [self._row(one) for one in self.matches]
        return Listing("Networks", NETWORK_COLUMNS, rows, _HOW_MATCHED)

    @cached_property
    def accounts(self) -> Listing:
        """Every account in a network of either run: ``stayed``, ``left`` or ``joined``, with its networks."""
        first, second = (_networks_by_account(side) for side in self._networks)
        rows = [
            (one, first.get(one, []), second.get(one, []), _change(one in first, one in second))
            for one in sorted(first.keys() | second.keys())
        ]
        return Listing("Accounts in networks", ACCOUNT_COLUMNS, rows)

    @cached_property
    def explanations(self) -> Listing:
        """Innocent explanations of networks found again, in both runs; ``changed`` where verdicts differ."""
        return explanation_changes(self._pairs)

    @cached_property
    def signals(self) -> Listing:
        """Signals of networks found again, in both runs; ``changed`` where outcomes differ."""
        return signal_changes(self._pairs)

    @cached_property
    def targets(self) -> Listing:
        """Targets that networks found again name, in both runs, by posts and share."""
        return target_changes(self._pairs)

    @property
    def summary(self) -> str:
        """What became of the networks of the first run, in one or two sentences."""
        first, second = self._networks
        counts = {verdict: {one.a for one in self.matches if one.verdict == verdict} for verdict in _ORDER}
        again = counts["found"]
        part = {one.a for one in self.matches if one.verdict == "found_in_part"} - again
        new = sum(one.verdict == "new" for one in self.matches)
        said = (
            f"Of {count_of(len(first), 'network')} of A ({self.a.name}) {len(again)} are found again in B "
            f"({self.b.name}), {len(part)} in part and {len(counts['gone'])} not; "
            f"{new} of {count_of(len(second), 'network')} of B are new."
        )
        split = sum(bool(pieces) for pieces in {one.a: one.pieces for one in self.matches if one.a}.values())
        merged = sum(bool(parts) for parts in {one.b: one.merged for one in self.matches if one.b}.values())
        return said + (f" {split} were split, {merged} hold what were several." if split or merged else "")

    @cached_property
    def _networks(self) -> tuple[dict[int, Network], dict[int, Network]]:
        first, second = ({one.network_id: one for one in run.networks} for run in (self.a, self.b))
        return first, second

    @cached_property
    def _pairs(self) -> list[tuple[Network, Network]]:
        first, second = self._networks
        return [(first[one.a], second[one.b]) for one in self.matches if one.a is not None and one.b is not None]

    def _row(self, match: Match) -> tuple[Any, ...]:
        first, second = self._networks
        a = first[match.a] if match.a is not None else None
        b = second[match.b] if match.b is not None else None
        facts = [one.facts if one else {} for one in (a, b)]
        return (
            match.verdict, a and a.reference, a and a.name, b and b.reference, b and b.name, round(match.jaccard, 4),
            match.shared, facts[0].get("members"), facts[1].get("members"), self._absent(a, b),
            [f"network:{number}" for number in match.pieces], [f"network:{number}" for number in match.merged],
            *(side.get(name) for name in _SIDED for side in facts),
        )  # fmt: skip

    def _absent(self, a: Network | None, b: Network | None) -> int:
        """Return how many members of a network without counterpart the other workspace does not know at all."""
        lone, other = (a, self.b) if a and not b else (b, self.a)
        if (a and b) or lone is None:
            return 0
        ids = sorted(_accounts_of(lone))
        known = other.store.rows(
            "SELECT count(DISTINCT account_id) FROM accounts WHERE list_contains($ids, account_id)", {"ids": ids}
        )
        return len(ids) - int(known[0][0])

    def __repr__(self) -> str:
        return "\n".join([repr(self.settings), "", self.summary, repr(self.networks)])

    def _repr_html_(self) -> str:
        return f"{self.settings._repr_html_()}{self.networks._repr_html_()}"


_ORDER = ("found", "found_in_part", "gone", "new")
_HOW_MATCHED = (
    "found: at least half of all accounts of both are shared; found_in_part: at least a tenth. A network that is gone "
    "was not found by the other search: that is no proof that its accounts stopped acting together."
)


def compare_runs(a: Run, b: Run) -> RunComparison:
    """Return two runs side by side: what was asked differently, and what became of every network."""
    return RunComparison(a, b)


def _group(network: Network) -> Group:
    return Group(network.network_id, frozenset(_accounts_of(network)), network.time_window)


def _accounts_of(network: Network) -> list[str]:
    found = network.store.rows(
        "SELECT account_id FROM members WHERE run_id = ? AND network_id = ?", [network.run.run_id, network.network_id]
    )
    return [str(one) for (one,) in found]


def _networks_by_account(networks: dict[int, Network]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, network in networks.items():
        for account in _accounts_of(network):
            found.setdefault(account, []).append(f"network:{number}")
    return found


def _change(before: bool, after: bool) -> str:
    return "stayed" if before and after else "left" if before else "joined"
