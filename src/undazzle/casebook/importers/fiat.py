"""DFRLab's attribution tracker, dialects of 2020 and 2024, becomes draft records.

References
----------
DFRLab, Foreign Interference Attribution Tracker, interference2020.org and interference2024.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from undazzle.casebook.importers.drafts import Drafts, Imported, known_address, one_line, slug
from undazzle.casebook.importers.fiat_scores import scorecard_of
from undazzle.casebook.importers.fiat_words import (
    ATTRIBUTION_STARTS,
    CATEGORIES,
    EMPTY_WORDS,
    INTRUSIONS,
    MEDIA,
    METHODS,
    NATIONS,
    SPELLINGS,
)
from undazzle.casebook.importers.tables import read_table
from undazzle.casebook.vocabulary import ActClass, Aspect, ClaimantCategory, Polarity
from undazzle.errors import SourceError

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One of the two ways the tracker was published: column names, and what separates several values."""

    name: str
    key: str
    separator: str
    actor: str
    actor_nation: str
    attribution: str
    archive: str
    platforms: tuple[str, ...]
    others: tuple[str, ...]


DIALECT_2020 = Dialect(
    "fiat2020", "case_hash", ",", "disinformant", "disinformant_nation", "disinformant_attribution",
    "archived_attribution_url", ("social_media", "messaging_platforms"), ("other",),
)  # fmt: skip
DIALECT_2024 = Dialect(
    "fiat2024", "attribution_id", ";", "actor", "actor_nation", "attribution_type",
    "attribution_archive_url", ("platform", "platforms"), ("other",),
)  # fmt: skip


def import_fiat(path: Path) -> Imported:
    """Return draft records of a CSV file of the tracker; which of the two dialects it is, its head tells.

    Raises
    ------
    SourceError
        If the file is not readable or of neither dialect.
    """
    table = read_table(path)
    dialect = next((one for one in (DIALECT_2020, DIALECT_2024) if one.key in table.columns), None)
    if dialect is None:
        raise SourceError(path, "No column case_hash or attribution_id", "Give the CSV of interference2020 or 2024.")
    drafts = Drafts(table.name)
    for line, row in table:
        _Case(drafts, dialect, line, row).draft()
        drafts.used += 1
    return drafts.done(len(table.rows))


@dataclass(slots=True)
class _Case:
    """One row of the tracker on its way to records."""

    drafts: Drafts
    dialect: Dialect
    line: int
    row: Row

    def draft(self) -> None:
        name = f"{self.dialect.name}-{self.row[self.dialect.key]}"
        claimant = self._claimant()
        day = self._date("attribution_date")
        url = self.row.get("attribution_url", "")
        source = self.drafts.add(
            "source", name, title=one_line(self._title()), source_kind="report", publisher=claimant, dated=day,
            url=self._address("attribution_url"), archive_url=self._address(self.dialect.archive),
            note=None if known_address(url) or not url else one_line(f"Address as given: {url}"),
        )  # fmt: skip
        methods = self._methods()
        claim = self.drafts.add(
            "claim", name, statement=self.row.get("short_description") or self._title(), claimant=claimant,
            claimed=day, source=source, attribution=self._attribution(), speech="judgment",
            platforms=self._platforms(), methods=[f"fiat:{one}" for one in methods],
            proposition=self._proposition(methods),
        )  # fmt: skip
        incident = self.drafts.add(
            "incident", name, title=one_line(self._title()), summary=self._title(), claims=[claim],
            begin=self._date("start_date"), end=self._date("end_date"), breakout=self._breakout(),
            offline_mobilization=self._yes("offline_mobilization"),
        )  # fmt: skip
        scorecard_of(self.drafts, self.line, self.row, name, incident)

    def _title(self) -> str:
        return self.row.get("short_title") or self.row.get("short_description") or self.row[self.dialect.key]

    def _claimant(self) -> str:
        name = self.row.get("source", "")
        if not name:
            self.drafts.note(self.line, "missing-value", "source is empty.", "Say who makes the claim.")
        given = self._values("source_category", ",")
        category = CATEGORIES.get(given[0].casefold()) if given else None
        if category is None:
            self.drafts.note(
                self.line, "missing-value" if not given else "unknown-value",
                f"source_category is {', '.join(given) or 'empty'}.", "Choose a category.",
            )  # fmt: skip
        nations = self._nations("source_nation")
        return self.drafts.add(
            "claimant", name or "unknown", name=one_line(name or "Unknown"),
            category=category or ClaimantCategory.UNKNOWN, nation="; ".join(nations),
        )  # fmt: skip

    def _proposition(self, methods: list[str]) -> dict[str, object]:
        begin, end = self._date("start_date"), self._date("end_date")
        act = ActClass.INFLUENCE_COVERT if methods and not set(methods) & INTRUSIONS else ActClass.UNSPECIFIED
        period = {key: day for key, day in (("begin", begin), ("end", end)) if day}
        said: dict[str, object] = {
            "aspect": Aspect.CONDUCT, "polarity": Polarity.ASSERTS, "actors": list(self._actors()), "act_class": act,
        }  # fmt: skip
        return said | ({"period": period} if period else {})

    def _actors(self) -> Iterator[str]:
        nations = self._nations(self.dialect.actor_nation)
        named = self.row.get(self.dialect.actor, "")
        states = [self.drafts.add("actor", f"state-{one}", name=one, actor_kind="state", nation=one) for one in nations]
        if named and slug(named) not in {slug(one) for one in nations} and named.casefold() not in EMPTY_WORDS:
            yield self.drafts.add("actor", named, name=one_line(named), actor_kind="unknown", nation="; ".join(nations))
        else:
            yield from states

    def _methods(self) -> list[str]:
        found = []
        for one in self._values("methods", self.dialect.separator):
            if one.casefold() in METHODS:
                found.append(METHODS[one.casefold()])
            else:
                self.drafts.note(self.line, "unknown-value", f"methods: {one[:60]!r}.", "Add it to the claim by hand.")
        return list(dict.fromkeys(found))

    def _platforms(self) -> list[str]:
        found = []
        for column in self.dialect.platforms:
            found += [SPELLINGS.get(one.casefold(), one) for one in self._values(column, self.dialect.separator)]
        for one in self._values("open_web", self.dialect.separator):
            if one.casefold() in SPELLINGS:
                self._dirty("open_web", one, f"the same as {SPELLINGS[one.casefold()]}")
            found.append(MEDIA.get(one.casefold(), one))
        for column in self.dialect.others:
            found += self._values(column, self.dialect.separator)
        return list(dict.fromkeys(one_line(one) for one in found))

    def _attribution(self) -> str | None:
        given = self.row.get(self.dialect.attribution, "")
        kinds = [kind for start, kind in ATTRIBUTION_STARTS.items() if start in given.casefold()]
        if len(kinds) > 1 or "(" in given:
            self._dirty(self.dialect.attribution, given, "one of three types")
        if not kinds:
            self.drafts.note(self.line, "missing-value", f"{self.dialect.attribution} is empty.", "Choose a type.")
        return kinds[0] if kinds else None

    def _breakout(self) -> dict[str, object] | None:
        given = self.row.get("breakout_scale", "")
        words = ("one", "two", "three", "four", "five", "six")
        place = next((number for number, word in enumerate(words, 1) if word in given.casefold()), None)
        if place is None and given.isdigit() and 1 <= int(given) <= 6:
            place = int(given)
        basis = f"As given by the tracker: {given}"
        return ({"category": place} if place else {}) | {"basis": basis} if given else None

    def _yes(self, column: str) -> bool | None:
        return {"true": True, "1": True, "1.0": True, "false": False, "0": False, "0.0": False}.get(
            self.row.get(column, "").casefold()
        )

    def _values(self, column: str, separator: str) -> list[str]:
        found = [part.strip() for part in self.row.get(column, "").split(separator) if part.strip()]
        for one in found:
            if one.casefold() in EMPTY_WORDS:
                self._dirty(column, one, "empty")
        return [one for one in found if one.casefold() not in EMPTY_WORDS]

    def _nations(self, column: str) -> list[str]:
        found = re.split(r"[,;]", self.row.get(column, ""))
        return list(dict.fromkeys(NATIONS.get(one.strip().casefold(), one.strip()) for one in found if one.strip()))

    def _address(self, column: str) -> str | None:
        given = self.row.get(column, "")
        if not given:
            self.drafts.note(self.line, "missing-value", f"{column} is empty.", "Find the address.")
        elif known_address(given) is None:
            self.drafts.note(self.line, "bad-address", f"{column} is no whole address.", "Correct it.")
        return known_address(given)

    def _date(self, column: str) -> str | None:
        given = self.row.get(column, "")
        for form in ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"):
            try:
                return datetime.strptime(given, form).date().isoformat()  # a day has no zone
            except ValueError:
                continue
        if given:
            self._dirty(column, given, "a date")
        return None

    def _dirty(self, column: str, value: str, meant: str) -> None:
        what = f"{column} holds {one_line(value, 80)!r}, where {meant} is meant."
        if not any(one.line == self.line and one.what == what for one in self.drafts.problems):
            self.drafts.note(self.line, "dirty-value", what, "It was read as meant; look at the draft.")
