"""Two networks side by side: which accounts they share, which are in one only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from undazzle.results.cells import one_line
from undazzle.results.network import Network
from undazzle.results.summaries import count_of

COMPARISON_COLUMNS = ("account_id", "handle", "in_a", "in_b", "co_actions_a", "co_actions_b")
_NAMED = 20


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """Members and pairs of two networks, shared and not; accounts are compared by id.

    Attributes
    ----------
    a, b
        The networks; they may come from two runs or two workspaces.
    """

    a: Network
    b: Network

    @cached_property
    def _members(self) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
        first, second = ({row["account_id"]: row for row in one.members} for one in (self.a, self.b))
        return first, second

    @property
    def shared(self) -> tuple[str, ...]:
        """Ids of the accounts in both."""
        first, second = self._members
        return tuple(sorted(first.keys() & second.keys()))

    @property
    def only_a(self) -> tuple[str, ...]:
        """Ids of the accounts in the first only."""
        first, second = self._members
        return tuple(sorted(first.keys() - second.keys()))

    @property
    def only_b(self) -> tuple[str, ...]:
        """Ids of the accounts in the second only."""
        first, second = self._members
        return tuple(sorted(second.keys() - first.keys()))

    @cached_property
    def shared_pairs(self) -> tuple[tuple[str, str], ...]:
        """Pairs of accounts that hold both networks together."""
        first, second = ({(row["account_a"], row["account_b"]) for row in one.pairs} for one in (self.a, self.b))
        return tuple(sorted(first & second))

    @property
    def overlap(self) -> float:
        """Shared members by all members of either (Jaccard index), 0 to 1."""
        first, second = self._members
        return len(self.shared) / len(first.keys() | second.keys())

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """One row by account, columns as in ``COMPARISON_COLUMNS``."""
        first, second = self._members
        return [
            (
                one,
                (first.get(one) or second[one])["handle"],
                one in first,
                one in second,
                first.get(one, {}).get("co_actions"),
                second.get(one, {}).get("co_actions"),
            )
            for one in (*self.shared, *self.only_a, *self.only_b)
        ]

    @property
    def summary(self) -> str:
        """What they have in common, in one sentence."""
        first, second = self._members
        return (
            f"{self.a.name} ({self.a.reference}, {count_of(len(first), 'account')}) and {self.b.name}"
            f" ({self.b.reference}, {count_of(len(second), 'account')}) share {count_of(len(self.shared), 'account')}"
            f" and {count_of(len(self.shared_pairs), 'pair')}."
        )

    def __repr__(self) -> str:
        parts = [
            self.summary,
            f"In both: {_listed(self.shared)}",
            f"Only in {self.a.reference}: {_listed(self.only_a)}",
            f"Only in {self.b.reference}: {_listed(self.only_b)}",
        ]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        from undazzle.results.display import cut_line, rows_html

        rows = [list(row) for row in self.rows]
        cut = cut_line(min(len(rows), _NAMED), len(rows), "All of them: .rows")
        return rows_html(self.summary, list(COMPARISON_COLUMNS), rows[:_NAMED], [line for line in (cut,) if line])


def compare(a: Network, b: Network) -> Comparison:
    """Return two networks side by side: shared members, and those in one only."""
    return Comparison(a, b)


def _listed(ids: tuple[str, ...]) -> str:
    if not ids:
        return "none"
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return ", ".join(one_line(one) for one in ids[:_NAMED]) + more
