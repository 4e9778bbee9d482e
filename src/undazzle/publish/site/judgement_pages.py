"""Pages of judgements, pinned networks and matrices, and the ladder of a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import escape

from undazzle.attribution import Weighing, weigh
from undazzle.casebook.assessment import Assessment, Rung
from undazzle.casebook.finding import Finding
from undazzle.casebook.ladder import ladder_of, standing_of
from undazzle.casebook.ladder.standing import dependants_of
from undazzle.casebook.matrix import Evidence, Matrix
from undazzle.casebook.records import Record
from undazzle.publish.report.judgements import judgement_view, steps_to
from undazzle.publish.report.text import as_markup, clean
from undazzle.publish.site.addresses import slug_of
from undazzle.publish.site.links import Links
from undazzle.publish.site.pages import LADDER, Page, Site
from undazzle.publish.site.record_pages import Part
from undazzle.publish.site.rows import csv_table
from undazzle.publish.site.words import day_words, plain_word

_OUTCOME = {"stands-out": "stands out", "ordinary": "as elsewhere", "not-testable": "not testable"}
_MATRIX_ROWS = 400


def ladder_page(site: Site) -> Page:
    """Return the ladder of a case: each rung with its judgements, or that nobody has climbed it; and the history."""
    case, links = site.case, site.links[""]
    held = ladder_of(case)
    rungs = [(step, [judgement_view(case, one, links) for one in held if one.rung == Rung(step.name)])
             for step in steps_to(None)]  # fmt: skip
    past = sorted(case.assessments.values(), key=lambda one: (one.signed or "", one.id), reverse=True)
    heading = "How far it can be said who is behind it"
    citation = site.citation(heading, "ladder", "ladder")
    columns = ("id", "rung", "statement", "likelihood", "confidence", "signed_by", "signed", "standing", "replaces")
    rows = [(one.id, one.rung or "", one.statement, one.likelihood or "", one.confidence or "", one.signed_by or "",
             one.signed or "", standing_of(case, one).word, one.replaces or "") for one in past]  # fmt: skip
    values = {
        "heading": heading, "rungs": rungs,
        "unplaced": [judgement_view(case, one, links) for one in held if not one.rung],
        "past": [(one, standing_of(case, one), links(one.id)) for one in past],
        "retractions": sorted(case.retractions.values(), key=lambda one: one.signed, reverse=True),
        "findings": list(case.findings.values()), "matrices": list(case.matrices.values()),
    }  # fmt: skip
    data = site.envelope("ladder", citation, rows=[dict(zip(columns, map(str, row), strict=True)) for row in rows])
    return Page("ladder", heading, "ladder.html.j2", values, LADDER, data, csv_table(columns, rows), citation)


def judgement_pages(site: Site) -> Iterator[Page]:
    """Yield a page for each judgement, each pinned network and each matrix."""
    case, links = site.case, site.links["../"]
    for one in case.assessments.values():
        view = judgement_view(case, one, links)
        yield _page(site, one, clean(one.statement), "assessment.html.j2", {"view": view}, _evidence_csv(one))
    for finding in case.findings.values():
        yield _page(site, finding, clean(finding.title), "finding.html.j2", _finding_values(site, finding, links),
                    _finding_csv(finding))  # fmt: skip
    for matrix in case.matrices.values():
        yield _page(site, matrix, clean(matrix.question), "matrix.html.j2", _matrix_values(site, matrix, links),
                    _matrix_csv(matrix))  # fmt: skip


def _page(site: Site, record: Record, title: str, template: str, values: dict[str, Any], table: str) -> Page:
    kind = {"assessment": "assessments", "finding": "findings", "matrix": "matrices"}[record.kind]
    file = f"{kind}/{slug_of(record.id)}"
    citation = site.citation(title, record.id, file)
    data = site.envelope(record.kind, citation, record=record.model_dump(mode="json", exclude_defaults=True))
    back = {one.takes_back: one for one in site.case.retractions.values()}.get(record.id)
    return Page(file, title, template, {"record": record, "retracted": back, **values}, LADDER, data, table, citation)


def _evidence_csv(one: Assessment) -> str:
    rows = [(line.evidence_kind, line.access, line.rests_on, line.says) for line in one.evidence]
    rows_of_claims = [("not stated", "not stated", claim, "") for claim in one.claims]
    return csv_table(("kind", "access", "rests_on", "says"), [*rows, *rows_of_claims])


def _finding_csv(one: Finding) -> str:
    rows: list[tuple[object, ...]] = [("measured", "co-actions", one.co_actions, one.expected)]
    rows += [("ordinary reason", each.title, "", each.verdict) for each in one.explanations]
    rows += [("signal", each.title, each.figure, each.outcome) for each in one.signals]
    rows += [
        ("playbook", each.playbook, f"{each.agreeing} of {each.testable}", each.coverage) for each in one.playbooks
    ]
    return csv_table(("what", "name", "figure", "result"), rows)


def _matrix_csv(one: Matrix) -> str:
    names = [each.id for each in one.hypotheses]
    rows = [
        (each.id, each.statement, "; ".join(each.refers_to), each.credibility, each.relevance,
         "no" if each.is_selection or each.is_unrated else "yes", *(each.ratings[name] for name in names))
        for each in one.evidence
    ]  # fmt: skip
    return csv_table(("id", "evidence", "refers_to", "credibility", "relevance", "counts", *names), rows)


def _finding_values(site: Site, one: Finding, links: Links) -> dict[str, Any]:
    chance = "not computed" if one.expected is None else f"{one.expected:,.1f}"
    measured = [
        ("Co-actions", f"{one.co_actions:,}", chance),
        *([("On items kept back", f"{one.held_out_observed:,.0f}", f"{one.held_out_expected:,.1f}")]
          if one.held_out_observed is not None and one.held_out_expected is not None else []),
    ]  # fmt: skip
    parts = [
        Part("measured", "Measured against chance", "Solid is what happened; chance is what was expected anyway.",
             ("What", "Observed", "By chance"), measured),
        Part("innocent", "Ordinary reasons tested", "None is left out for want of a test.", ("Reason", "Test"),
             [(clean(each.title), each.verdict) for each in one.explanations]),
        Part("signals", "Signals of the accounts", "Absent and not testable are different answers.",
             ("Signal", "Figure", "Could also be", "Result"),
             [(clean(each.title), clean(each.figure or ""), clean(each.innocent or ""), _OUTCOME[each.outcome])
              for each in one.signals]),
        Part("playbooks", "Playbooks, for and against", clean(one.playbook_sentence or ""),
             ("Playbook", "Agrees", "Coverage, 95 % interval", "Margin over all, over ordinary"),
             [(f"{plain_word(each.playbook)}{' (ordinary)' if each.is_ordinary else ''}",
               f"{each.agreeing} of {each.testable}", f"{each.coverage:.2f} ({each.low:.2f} to {each.high:.2f})",
               f"{each.margin:+.2f}, {each.margin_over_nulls:+.2f}") for each in one.playbooks]),
        Part("untested", "What these data cannot show", "", ("Not testable",),
             [(clean(each),) for each in one.not_testable]),
        Part("repeat", "To repeat it", "", ("What", "Value"), _repeat(one)),
    ]  # fmt: skip
    return {
        "parts": [part for part in parts if part.rows],
        "facts": [("Accounts", f"{one.accounts:,}"), ("Pairs", f"{one.pairs:,}"), ("Items", f"{one.items:,}"),
                  ("Days", f"{one.days:,}"), ("Traces", ", ".join(one.kinds)), ("Window", one.window or "several"),
                  ("Pinned", f"{clean(one.pinned_by or 'nobody')}, {day_words(one.pinned)}")],
        "dependants": [links(each.id) for each in dependants_of(site.case, one.id)],
    }  # fmt: skip


def _repeat(one: Finding) -> list[tuple[Any, ...]]:
    def code(text: object) -> Any:
        return as_markup(f'<span class="url">{escape(clean(text))}</span>')

    return [
        ("Network", one.network), ("Method", one.method), ("Software", one.software), ("Seed", str(one.seed)),
        ("Settings", code(one.parameters)), ("Fingerprint of the posts", code(one.input_sha256)),
        ("Hash of the members", code(one.members_sha256)),
    ]  # fmt: skip


def _matrix_values(site: Site, one: Matrix, links: Links) -> dict[str, Any]:
    found = weigh(one)
    names = {each.id: each.statement for each in one.hypotheses}
    order = [each.hypothesis_id for each in found.standings]
    rows = sorted(one.evidence, key=lambda each: (-found.diagnosticity[each.id], each.id))[:_MATRIX_ROWS]
    return {
        "weighing": found, "order": order, "names": names, "kinds": {each.id: each.kind for each in one.hypotheses},
        "rows": [(each, [links(ref) for ref in each.refers_to], _note(each, found), found.diagnosticity[each.id])
                 for each in rows],
        "left_out": max(0, len(one.evidence) - _MATRIX_ROWS),
        "used_by": [links(each.id) for each in _users(site, one)],
    }  # fmt: skip


def _users(site: Site, matrix: Matrix) -> list[Assessment]:
    return [one for one in site.case.assessments.values() if one.matrix == matrix.id]


def _note(one: Evidence, found: Weighing) -> str:
    if one.id in found.set_aside:
        return "made somebody look; not counted"
    if one.id in found.unrated:
        return "nobody has rated it; not counted"
    return f"if wrong, another answer: {' or '.join(found.flips[one.id])}" if one.id in found.flips else ""
