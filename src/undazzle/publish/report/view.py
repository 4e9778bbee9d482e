"""What the templates may ask: facts with their words, and the filters that write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from undazzle.model import format_duration
from undazzle.publish.report import text, wording
from undazzle.publish.report.facts import (
    Activity,
    ItemFact,
    Member,
    NetworkFacts,
    Overview,
    Pair,
    Provenance,
    SourceFact,
    Weight,
)
from undazzle.publish.report.tested import ExplanationResult, counted_results


class View:
    """One network as the templates see it.

    Parameters
    ----------
    facts
        The network.
    provenance
        Where its posts came from.
    """

    def __init__(self, facts: NetworkFacts, provenance: Provenance) -> None:
        self._facts, self._files = facts, {one.number: one.file_name for one in provenance.sources}
        self.overview: Overview = facts.overview
        self.members: Sequence[Member] = facts.members
        self.pairs: Sequence[Pair] = facts.pairs
        self.groups: Sequence[int] = facts.groups
        self.items: Sequence[ItemFact] = facts.items
        self.item_count: int = facts.item_count
        self.activity: Activity = facts.activity
        self.masked: bool = facts.masked
        self.weights: Sequence[Weight] = facts.weights
        self.tested: Sequence[ExplanationResult] = facts.tested
        self.tested_words: str = counted_results(facts.tested)
        self.co_actions: int = facts.co_actions
        kinds = [wording.words_of(kind) for kind in facts.overview.kinds]
        one_kind = len(kinds) == 1
        self.item_noun = kinds[0].item if one_kind else "item"
        self.item_nouns = kinds[0].items if one_kind else "items"
        self.item_nouns_short = self.item_nouns if len(self.item_nouns) <= 9 else "items"
        self.kinds_or = wording.joined([kind.item for kind in kinds], "or")
        self.kinds_items = wording.joined([kind.items for kind in kinds])

    def label(self, row: int) -> str:
        """Return the name of an account by member row."""
        return self._facts.members[row - 1].label if row else "account outside the network"

    def group(self, row: int) -> int:
        """Return the group of an account by member row."""
        return self._facts.members[row - 1].group

    def file(self, source: int) -> str:
        """Return the file name of a source."""
        return self._files.get(source, "unknown file")

    def command(self, pair: Pair) -> str:
        """Return the command that prints all posts behind a pair."""
        first, second = (_quoted(self.label(row)) for row in (pair.a, pair.b))
        return f"undazzle evidence WS network:{self.overview.network_id} --between {first} {second}"


def _quoted(word: str) -> str:
    plain = all(letter.isalnum() or letter in "-_.:@" for letter in word) and not word.startswith("-")
    return word if plain else "'" + word.replace("'", "'\\''") + "'"


def filters(view: View | None, provenance: Provenance) -> dict[str, Callable[..., Any]]:
    """Return the filters of the templates, which write times and gaps as exact as the data's clock."""
    resolution = provenance.resolution
    window = view.overview.time_window if view else 0.0
    return {
        "number": text.number,
        "plural": text.plural,
        "day": text.day,
        "short_day": text.short_day,
        "language": text.language_tag,
        "duration": format_duration,
        "rounded": wording.rounded,
        "clock": lambda at: text.clock(at, resolution),
        "gap": lambda gap: wording.gap_words(gap, resolution),
        "gap_share": lambda gap: round(min(100.0, 100.0 * gap / window), 1) if window else 0,
        "seconds": seconds,
        "item_word": lambda kind: wording.words_of(kind).item,
        "items_word": lambda kind: wording.words_of(kind).items,
        "command": view.command if view else str,
        "bounded": bounded,
        "lowered": lambda words: words[:1].lower() + words[1:],
        "platform": text.platform_name,
        "source_clock": source_clock,
    }


def seconds(value: float) -> str:
    """Return a mean gap in seconds, with one decimal where it matters."""
    return f"{value:,.0f} s" if value >= 100 or value == int(value) else f"{value:.1f} s"


def bounded(value: str, limit: int) -> str:
    """Return text in one line, cut visibly."""
    shown, left_out = text.cut(text.one_line(value), limit)
    return f"{shown} … (cut, {left_out:,} more characters)" if left_out else shown


def source_clock(source: SourceFact) -> str:
    """Return how exact the times of a source are, and their zone."""
    zone = source.timezone or "UTC"
    if source.resolution is None:
        return zone
    step = (
        "milliseconds"
        if source.resolution < 1
        else {1.0: "seconds", 60.0: "minutes", 3600.0: "hours", 86400.0: "days"}.get(
            source.resolution, format_duration(source.resolution)
        )
    )
    return f"{step}, {zone}"
