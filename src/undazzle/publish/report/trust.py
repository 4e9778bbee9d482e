"""SQL → what was checked of a run: shuffled copies, other choices, and what could not be tested.

Reads ``shuffle_checks``, ``sensitivity_checks``, ``sensitivity_matches``, ``untested`` and ``networks``.
"""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.publish.report.text import clean
from undazzle.results.trust_words import (
    Shuffles,
    Variant,
    sensitivity_words,
    shuffle_words,
    variant_words,
)
from undazzle.store import Store

_ORDER = ["windows_halved", "windows_doubled", "half_the_data", "another_seed"]
_VERDICTS = {"found": "fits", "found_in_part": "part", "not_found": "excluded"}
_VERDICT_WORDS = {"found": "Found again", "found_in_part": "In part", "not_found": "Not found"}
_STRATA = {
    "within_items": "Who shared what stays; who was early and who was late is shuffled",
    "within_time": "Who was active when stays; who shared what is shuffled",
}
MOST_LIMITS = 60


@dataclass(frozen=True, slots=True)
class ShuffleFact:
    """One kind of shuffle: what it keeps, copies searched, copies with a network, networks and accounts in all."""

    keeps: str
    copies: int
    copies_with: int
    networks: int
    accounts: int


@dataclass(frozen=True, slots=True)
class VariantFact:
    """One repetition, and the network of the report in it: its verdict, members found, and the size there."""

    words: str
    windows: tuple[float, ...]
    networks: int | None
    found_again: int
    reason: str
    verdict: str
    shared: int
    size: int

    @property
    def glyph(self) -> str:
        """The square that stands for the verdict."""
        return _VERDICTS.get(self.verdict, "untest")

    @property
    def result(self) -> str:
        """The verdict in words."""
        return _VERDICT_WORDS.get(self.verdict, "Not done")


@dataclass(frozen=True, slots=True)
class LimitFact:
    """One thing that could not be tested, and why."""

    what: str
    reason: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class TrustFacts:
    """What a report says of how far to trust it."""

    shuffles: tuple[ShuffleFact, ...] = ()
    variants: tuple[VariantFact, ...] = ()
    limits: tuple[LimitFact, ...] = ()
    limits_left_out: int = 0
    shuffled: str = ""
    repeated: str = ""
    networks: int = 0


NOTHING_CHECKED = TrustFacts()


def read_trust(store: Store, run_id: int, method: str, network_id: int | None) -> TrustFacts:
    """Return the checks of a run as a report of one of its networks tells them.

    Parameters
    ----------
    store
        The workspace.
    run_id, method
        The run, and how it found networks.
    network_id
        The network of the report; ``None`` if the run found none.
    """
    shuffles, counts = _shuffles(store, run_id)
    variants = _variants(store, run_id, network_id)
    limits = _limits(store, run_id, network_id)
    networks, rings = store.rows(
        "SELECT count(*), count(*) FILTER (status = 'closed_content') FROM networks WHERE run_id = ?", [run_id]
    )[0]
    repeated = [Variant(name, one.networks, one.found_again, one.reason) for name, one in variants]
    return TrustFacts(
        shuffles=shuffles,
        variants=tuple(one for _, one in variants),
        limits=limits[:MOST_LIMITS],
        limits_left_out=max(0, len(limits) - MOST_LIMITS),
        shuffled=shuffle_words(counts, int(networks - rings), method),
        repeated=sensitivity_words(repeated, int(networks)),
        networks=int(networks),
    )


def _shuffles(store: Store, run_id: int) -> tuple[tuple[ShuffleFact, ...], list[Shuffles]]:
    rows = store.rows(
        "SELECT strata, list(networks ORDER BY shuffle), sum(accounts) FROM shuffle_checks WHERE run_id = ?"
        " GROUP BY strata ORDER BY strata",
        [run_id],
    )
    facts = tuple(
        ShuffleFact(_STRATA.get(strata, clean(strata)), len(found), sum(one > 0 for one in found), sum(found), int(who))
        for strata, found, who in rows
    )
    return facts, [Shuffles(str(strata), tuple(found)) for strata, found, _ in rows]


def _variants(store: Store, run_id: int, network_id: int | None) -> list[tuple[str, VariantFact]]:
    rows = store.rows(
        "SELECT c.variant, c.time_windows, c.networks, coalesce(c.reason, ''),"
        " count(*) FILTER (m.verdict = 'found'), max(m.verdict) FILTER (m.network_id = $network),"
        " max(m.shared_members) FILTER (m.network_id = $network), max(m.members_there)"
        " FILTER (m.network_id = $network) FROM sensitivity_checks c"
        " LEFT JOIN sensitivity_matches m ON m.run_id = c.run_id AND m.variant = c.variant"
        " WHERE c.run_id = $run GROUP BY ALL ORDER BY list_position($order, any_value(c.variant))",
        {"run": run_id, "network": network_id or 0, "order": _ORDER},
    )
    return [
        (
            str(name),
            VariantFact(
                words=variant_words(str(name)),
                windows=tuple(windows or ()),
                networks=networks,
                found_again=int(again),
                reason=clean(reason),
                verdict=str(verdict or ""),
                shared=int(shared or 0),
                size=int(size or 0),
            ),
        )
        for name, windows, networks, reason, again, verdict, shared, size in rows
    ]


def _limits(store: Store, run_id: int, network_id: int | None) -> tuple[LimitFact, ...]:
    """Return what could not be tested: of this network first, then of the run; explanations have their own table."""
    rows = store.rows(
        "SELECT what, reason, network_id IS NOT NULL FROM untested WHERE run_id = $run"
        " AND (network_id IS NULL OR network_id = $network) AND topic <> 'explanations'"
        " ORDER BY network_id IS NULL, rowid",
        {"run": run_id, "network": network_id or 0},
    )
    return tuple(LimitFact(clean(what), clean(reason), bool(here)) for what, reason, here in rows)
