"""The page of an incident: who said what, where they conflict, how much was counted, what was done, the scorecard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from undazzle.casebook import Claim, Incident
from undazzle.casebook.quantity import Quantity
from undazzle.publish.report.text import as_markup, clean
from undazzle.publish.site.addresses import slug_of
from undazzle.publish.site.claim_page import clash_views
from undazzle.publish.site.conflicts import between, whole
from undazzle.publish.site.pages import Page, Site
from undazzle.publish.site.rows import breakout_words, flags, likelihood_mark
from undazzle.publish.site.scorecards import QUESTIONS, card_views
from undazzle.publish.site.words import ACT, ATTRIBUTION, CATEGORY, counted, day_words, joined, plain_word

_ROWS_SHOWN, _ELSEWHERE_SHOWN, _COUNTS_SHOWN = 250, 12, 100


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One claim in the table of who said what."""

    claim: Claim
    category: str
    kind: str
    flags: list[str]
    likelihood: Markup


@dataclass(frozen=True, slots=True)
class CountRow:
    """One number somebody gave."""

    number: str
    measure: str
    who: Markup
    day: str


def incident_page(site: Site, incident: Incident, bundle: str | None = None) -> Page:
    """Return the page of an incident; ``bundle`` is the path of its STIX file, if there is one."""
    index = site.index
    file = f"incidents/{slug_of(incident.id)}"
    citation = site.citation(incident.title, incident.id, file)
    claims = sorted(index.case.claims_of(incident), key=lambda one: (index.day(one) or "9999", one.id))
    inside = between(index, claims)
    outside = [code for code in dict.fromkeys(code for one in claims for code in index.standing[one.id].contradictions)
               if code not in inside]  # fmt: skip
    views = clash_views(site, claims, inside)
    rows = [_said(site, one) for one in claims[:_ROWS_SHOWN]]
    measures = [
        index.case.countermeasures[one] for one in incident.countermeasures if one in index.case.countermeasures
    ]
    values = {
        "incident": incident,
        "facts": list(_facts(site, incident, claims)),
        "rows": rows,
        "rows_left_out": max(0, len(claims) - _ROWS_SHOWN),
        "conflicts": views,
        "elsewhere": [whole(index, index.contradictions[code], 0) for code in outside[:_ELSEWHERE_SHOWN]],
        "scale": list(_scale(site, incident, claims))[:_COUNTS_SHOWN],
        "measures": sorted(measures, key=lambda one: (one.done, one.id)),
        "cards": card_views(index, index.scorecards.get(incident.id, ())),
        "questions": QUESTIONS,
    }
    data = site.claims_json(
        "incident", citation, claims,
        record=incident.model_dump(mode="json", exclude_defaults=True),
        contradictions=list(inside),
        observations=[one.model_dump(mode="json", exclude_defaults=True)
                      for one in index.observations.get(incident.id, ())],
        scorecards=[one.model_dump(mode="json", exclude_defaults=True)
                    for one in index.scorecards.get(incident.id, ())],
    )  # fmt: skip
    more = (("STIX 2.1", bundle),) if bundle else ()
    return Page(
        file, incident.title, "incident.html.j2", values, "incidents.html", data, site.rows.csv(claims), citation, more
    )


def _facts(site: Site, incident: Incident, claims: list[Claim]) -> Iterator[tuple[str, Any]]:
    acts = dict.fromkeys(ACT[one.proposition.act_class] for one in claims if one.proposition.act_class != "unspecified")
    yield "Kind", joined(list(acts)) or "not specified"
    if incident.begin:
        yield "Activity", " to ".join(dict.fromkeys(day_words(one) for one in (incident.begin, incident.end) if one))
    rated = incident.breakout
    words = breakout_words(rated)
    basis = clean(rated.basis) if rated else ""
    yield "Breakout", f"{words} (our coding): {basis}" if words != "\u2014" else f"no value: {basis or 'not coded'}"
    yield "Attribution", _attribution(site, claims)
    noun = counted(len(claims), "claim")
    yield "Claims", as_markup(f'<a class="n-counted" href="#claims">{escape(noun)}</a>')
    origins = len({site.index.origin(one) for one in claims})
    yield "Speakers", f"{counted(origins, 'first speaker')}; relays add none"


def _attribution(site: Site, claims: list[Claim]) -> str:
    kinds = {str(one.attribution) for one in claims}
    if any("attribution" in code.split("/")[:2] for code in between(site.index, claims)):
        return "contested, see below"
    named = [ATTRIBUTION[kind] for kind in ("direct", "inferred", "commercial") if kind in kinds]
    return joined([f"somebody {one}" for one in named]) or "nobody names an actor as responsible"


def _said(site: Site, claim: Claim) -> SaidRow:
    claimant = site.case.claimants.get(claim.claimant or "")
    kind = [plain_word(claim.speech), ATTRIBUTION[claim.attribution] if claim.attribution != "none" else ""]
    if claim.proposition.polarity == "denies":
        kind = ["denial"]
    return SaidRow(
        claim, CATEGORY[claimant.category] if claimant else "", ", ".join(one for one in kind if one),
        flags(site.index, claim), likelihood_mark(claim),
    )  # fmt: skip


def _scale(site: Site, incident: Incident, claims: list[Claim]) -> Iterator[CountRow]:
    links = site.links["../"]
    for claim in claims:
        who = as_markup(f"{links(claim.claimant) if claim.claimant else 'not known'}, {links.day(claim)}")
        for one in claim.quantities:
            yield CountRow(clean(str(one)), _measure(one), who, day_words(one.as_of) if one.as_of else "not given")
    for seen in site.index.observations.get(incident.id, ()):
        carried = "nobody further" if seen.amplifier == "none" else plain_word(seen.amplifier)
        told = as_markup(f"observed; carried on by {escape(carried)}")
        if seen.claim:
            told += as_markup(f", read in {links(seen.claim)}")
        where = ", ".join(clean(one) for one in (seen.platform, seen.community) if one) or "reach"
        for one in seen.quantities:
            yield CountRow(clean(str(one)), _measure(one), told, day_words(seen.observed))
        if not seen.quantities:
            yield CountRow("no number", where, told, day_words(seen.observed))


def _measure(one: Quantity) -> str:
    return plain_word(one.measure) if one.measure else plain_word(one.counted)
