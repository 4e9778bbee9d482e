"""A claim as a row: of a table, of a CSV file, of a JSON file, and of the data for filters. Each is made once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from undazzle.casebook import Claim
from undazzle.casebook.incident import Breakout
from undazzle.publish.report.text import as_markup, clean, one_line
from undazzle.publish.site.addresses import page_of
from undazzle.publish.site.index import SiteIndex
from undazzle.publish.site.words import CATEGORY, POLARITY, title_of
from undazzle.results.cells import harmless_cell

NOTHING = "\u2014"
CLAIM_COLUMNS = (
    "id", "date", "statement", "quoted", "claimant", "claimant_name", "claimant_category", "actors", "act_class",
    "aspect", "polarity", "answer", "targets", "favoured", "event", "deployment", "attribution", "confidence",
    "confidence_quoted", "likelihood", "likelihood_quoted", "breakout", "breakout_at_most", "has_conflicts",
    "conflicting_fields", "has_tensions", "single_sourced", "corroboration_count", "origin", "relays", "source",
    "source_url", "verification", "is_truncated", "review",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class ClaimRows:
    """Rows of all claims of a case, made when first asked for."""

    index: SiteIndex
    _cells: dict[str, dict[str, Any]] = field(default_factory=dict)
    _html: dict[tuple[str, str], Markup] = field(default_factory=dict)
    _csv: dict[str, str] = field(default_factory=dict)
    _json: dict[str, str] = field(default_factory=dict)

    def html(self, claim: Claim, root: str) -> Markup:
        """Return the row of the table of claims, for a page from which the front page is at ``root``."""
        key = claim.id, root
        if key not in self._html:
            self._html[key] = _row(self.index, claim, root)
        return self._html[key]

    def cells(self, claim: Claim) -> dict[str, Any]:
        """Return the claim as plain values by column."""
        if claim.id not in self._cells:
            self._cells[claim.id] = _cells(self.index, claim)
        return self._cells[claim.id]

    def csv(self, claims: Iterable[Claim]) -> str:
        """Return claims as CSV that is harmless in a spreadsheet."""
        lines = [",".join(CLAIM_COLUMNS) + "\r\n"]
        for claim in claims:
            if claim.id not in self._csv:
                self._csv[claim.id] = csv_line(self.cells(claim).values())
            lines.append(self._csv[claim.id])
        return "".join(lines)

    def json(self, claims: Iterable[Claim]) -> str:
        """Return claims as the text of a JSON list."""
        lines = []
        for claim in claims:
            if claim.id not in self._json:
                held = {name: value for name, value in self.cells(claim).items() if value not in (None, [])}
                self._json[claim.id] = json.dumps(held, ensure_ascii=False)
            lines.append(self._json[claim.id])
        return "[\n" + ",\n".join(lines) + "\n]"


def csv_line(values: Iterable[object]) -> str:
    """Return one line of CSV; lists are joined, and nothing is taken for a formula."""
    out = io.StringIO()
    csv.writer(out).writerow(
        [harmless_cell("; ".join(map(str, one)) if isinstance(one, list | tuple) else one) for one in values]
    )
    return out.getvalue()


def csv_table(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table as CSV."""
    return csv_line(columns) + "".join(csv_line(row) for row in rows)


def breakout_words(rated: Breakout | None) -> str:
    """Return a Breakout category or range; a dash where the scale does not apply or was not coded."""
    if rated is None or rated.category is None:
        return NOTHING
    return f"{rated.category} to {rated.at_most}" if rated.at_most else str(rated.category)


def _cells(index: SiteIndex, claim: Claim) -> dict[str, Any]:
    said, standing = claim.proposition, index.standing[claim.id]
    claimant = index.case.claimants.get(claim.claimant or "")
    source = index.case.sources.get(claim.source)
    incident = index.incident_of(claim)
    rated = incident.breakout if incident else None
    held, likely = claim.confidence, claim.likelihood
    values = (
        claim.id, index.day(claim) or None, one_line(clean(claim.statement)), list(map(clean, claim.quoted)),
        claim.claimant, index.name(claim.claimant), str(claimant.category) if claimant else None, list(said.actors),
        str(said.act_class), str(said.aspect), str(said.polarity), said.answer, list(said.targets),
        list(said.favoured), said.event, str(said.deployment) if said.deployment else None, str(claim.attribution),
        str(held.word) if held and held.word else None, clean(held.quoted) if held and held.quoted else None,
        str(likely.word) if likely and likely.word else None,
        clean(likely.quoted) if likely and likely.quoted else None,
        rated.category if rated else None, rated.at_most if rated else None, standing.has_conflicts,
        list(standing.conflicting_fields), standing.has_tensions, standing.single_sourced,
        standing.corroboration_count, index.origin(claim), claim.relays, claim.source,
        clean(source.url) if source and source.url else None, str(claim.verification), claim.is_truncated,
        str(claim.review),
    )  # fmt: skip
    return dict(zip(CLAIM_COLUMNS, values, strict=True))


def confidence_mark(claim: Claim) -> Markup:
    """Return the claimant's own word of confidence; bars only beside low, moderate and high."""
    held = claim.confidence
    words = clean((held.quoted or f"{held.word} confidence") if held and (held.word or held.quoted) else "")
    if not words:
        return as_markup('<span class="conf-none">none given</span>')
    bars = (
        f'<svg class="glyph" aria-hidden="true" viewBox="0 0 14 14"><use href="#g-{held.word}"/></svg>'
        if held and held.word
        else ""
    )
    return as_markup(f'<span class="conf">{bars}{escape(words)}</span>')


def likelihood_mark(claim: Claim) -> Markup:
    """Return the claimant's own word of likelihood, or nothing."""
    held = claim.likelihood
    words = clean((held.quoted or held.word) if held else "").replace("-", " ")
    return as_markup(f'<span class="conf">{escape(words)}</span>' if words else "")


def flags(index: SiteIndex, claim: Claim) -> list[str]:
    """Return what a reader must know of a claim before its words: its kind, and how finished it is."""
    found = [] if claim.proposition.polarity == "asserts" else [POLARITY[claim.proposition.polarity]]
    found += ["draft"] if claim.review == "draft" else []
    found += ["replaced by a later judgement"] if claim.id in index.superseded else []
    found += ["minority view"] if claim.is_minority else []
    found += ["text breaks off"] if claim.is_truncated else []
    return found + (["relay"] if claim.relays else [])


def _links(index: SiteIndex, ids: Iterable[str], root: str, nothing: str) -> str:
    found = []
    for one in dict.fromkeys(ids):
        page = page_of(one) if one in index.case.records else None
        name = escape(index.name(one))
        found.append(f'<a href="{root}{page}">{name}</a>' if page else str(name))
    return ", ".join(found) or nothing


def _row(index: SiteIndex, claim: Claim, root: str) -> Markup:
    said, day, likely = claim.proposition, index.day(claim), likelihood_mark(claim)
    claimant = index.case.claimants.get(claim.claimant or "")
    incident = index.incident_of(claim)
    told, nil = flags(index, claim), ' class="nil"'
    reach = breakout_words(incident.breakout if incident else None)
    count, page = index.open_contradictions[claim.id], page_of(claim.id)
    shown = f'<time datetime="{day}" class="nowrap">{day}</time>' if day else '<span class="note">undated</span>'
    category = f'<br><span class="note">{CATEGORY[claimant.category]}</span>' if claimant else ""
    extra = f' <span class="note">({escape(", ".join(told))})</span>' if told else ""
    chance = f'<br><span class="note">likelihood:</span> {likely}' if likely else ""
    clashes = (
        f'<a class="n-counted" href="{root}{page}#contradictions" '
        f'aria-label="{count} contradictions of this claim">{count}</a>'
        if count
        else "0"
    )
    return as_markup(
        f'<tr data-id="{claim.id[6:]}"><td data-l="Date">{shown}</td>'
        f'<th scope="row"><a href="{root}{page}" dir="auto">{escape(title_of(claim))}</a>{extra}</th>'
        f'<td data-l="Actor named">{_links(index, said.actors, root, "no actor named")}</td>'
        f'<td data-l="Target"{nil if not said.targets else ""}>{_links(index, said.targets, root, "&mdash;")}</td>'
        f'<td data-l="Claimant">{_links(index, (claim.claimant,) if claim.claimant else (), root, "not known")}'
        f"{category}</td>"
        f'<td data-l="Their word">{confidence_mark(claim)}{chance}</td>'
        f'<td data-l="Breakout" class="r{" nil" if reach == NOTHING else ""}">{reach}</td>'
        f'<td data-l="Contradictions" class="r{"" if count else " nil"}">{clashes}</td></tr>\n'
    )
