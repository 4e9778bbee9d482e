"""The page of a claim: its words and our coding, its way from the origin, what contradicts it, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from undazzle.casebook import Claim
from undazzle.publish.report.text import as_markup, clean
from undazzle.publish.site.addresses import slug_of, web_address
from undazzle.publish.site.conflicts import ConflictView, around
from undazzle.publish.site.links import Links, outward
from undazzle.publish.site.pages import Page, Site
from undazzle.publish.site.relays import relay_words, steps_of
from undazzle.publish.site.rows import breakout_words, confidence_mark, flags, likelihood_mark
from undazzle.publish.site.scorecards import QUESTIONS, card_views
from undazzle.publish.site.words import (
    ACT,
    ATTRIBUTION,
    CATEGORY,
    POLARITY,
    QUESTION,
    VERIFICATION,
    day_words,
    heading_of,
    joined,
    plain_word,
)

_OTHERS_SHOWN, _HISTORY_SHOWN, _CONFLICTS_SHOWN = 12, 40, 8


def claim_page(site: Site, claim: Claim) -> Page:
    """Return the page of a claim with its JSON and CSV."""
    index, links = site.index, site.links["../"]
    title, file = heading_of(index.name(claim.claimant), claim), f"claims/{slug_of(claim.id)}"
    citation = site.citation(title, claim.id, file)
    claimant = index.case.claimants.get(claim.claimant or "")
    steps, left_out = steps_of(index, claim)
    dated = day_words(claim.claimed) if claim.claimed else _document_day(site, claim)
    values: dict[str, Any] = {
        "claim": claim,
        "heading": title,
        "event": claim.proposition.event,
        "flags": flags(index, claim),
        "category": CATEGORY[claimant.category].lower() if claimant else "",
        "dated": dated,
        "public": day_words(claim.published) if claim.published and claim.published != claim.claimed else "",
        "confidence": confidence_mark(claim),
        "likelihood": likelihood_mark(claim),
        "open_count": index.open_contradictions[claim.id],
        "place": clean(claim.locator.place) if claim.locator and claim.locator.place else "",
        "coding": list(_coding(site, claim, links)),
        "relay_words": relay_words(index, claim),
        "steps": steps,
        "steps_left_out": left_out,
        "answers": index.answered_by.get(claim.id, ())[:_OTHERS_SHOWN],
        "changes": site.entries_of.get(claim.id, ()),
        "incidents": index.case.incidents_by_claim.get(claim.id, ()),
        "cards": card_views(index, index.scorecards.get(claim.id, ())),
        "questions": QUESTIONS,
    }
    values |= _source(site, claim) | _conflicts(site, claim) | _others(site, claim) | _history(site, claim)
    return Page(
        file, title, "claim.html.j2", values, "claims.html", _data(site, claim, citation), site.rows.csv([claim]),
        citation,
    )  # fmt: skip


def _document_day(site: Site, claim: Claim) -> str:
    day = site.index.day(claim)
    return f"not known; the document is of {day_words(day)}" if day else "not known"


def _source(site: Site, claim: Claim) -> dict[str, Any]:
    source = site.case.sources.get(claim.source)
    if source is None:
        return {"source": None, "source_day": "", "reading": ""}
    parts = [outward(source.url, "address to cite")] if source.url else []
    parts += [outward(one, f"copy at {_host(one)}") for one in source.read_at if one != source.url][:2]
    parts += [outward(source.archive_url, "archived copy")] if source.archive_url else []
    parts = parts or [as_markup("no address")]
    checked = VERIFICATION[claim.verification]
    reading = as_markup("Read: " + ", ".join(str(one) for one in parts) + f". When it was entered, {escape(checked)}.")
    if source.is_partial:
        reading += as_markup(" Only a part of the document could be read: not seen is not absent.")
    return {"source": source, "source_day": day_words(source.made_public), "reading": reading}


def _host(address: str) -> str:
    good = web_address(address)
    return urlsplit(good).hostname or "" if good else "another address"


def _coding(site: Site, claim: Claim, links: Links) -> Iterator[tuple[str, Markup | str]]:
    said, index = claim.proposition, site.index
    yield "actor", _linked(links, said.actors) or "nobody is named"
    yield "question", QUESTION[said.aspect]
    yield "act", ACT[said.act_class]
    yield "polarity", POLARITY[said.polarity]
    yield "target", _linked(links, said.targets) or "none named"
    if said.favoured:
        yield "said to help", _linked(links, said.favoured)
    optional = (
        ("answer", plain_word(said.answer) if said.answer else ""),
        ("how far", plain_word(said.deployment) if said.deployment else ""),
        ("approval", plain_word(said.approval) if said.approval else ""),
        ("period", _period(claim)),
        ("scope", clean(said.scope)),
        ("interference", f"in the sense: {plain_word(said.definition)}" if said.definition else ""),
        ("platforms", ", ".join(map(clean, claim.platforms))),
        ("methods", ", ".join(map(clean, claim.methods))),
        ("places", ", ".join(map(clean, claim.places))),
        ("numbers", "; ".join(clean(str(one)) for one in claim.quantities)),
    )
    yield from ((name, words) for name, words in optional if words)
    yield "attribution", ATTRIBUTION[claim.attribution]
    yield (
        "speech",
        plain_word(claim.speech) + ("" if claim.force == "states" else f", only {plain_word(claim.force)} it"),
    )
    incident = index.incident_of(claim)
    rated = incident.breakout if incident else None
    words = breakout_words(rated)
    yield "Breakout", words if words != "\u2014" else f"not coded: {clean(rated.basis)}" if rated else "not coded"
    graded = claim.credibility != "cannot-be-judged"
    yield "credibility", plain_word(claim.credibility) + (f": {clean(claim.credibility_basis)}" if graded else "")


def _period(claim: Claim) -> str:
    held = claim.proposition.period
    ends = [day_words(one) for one in (held.begin, held.end) if one] if held else []
    return " to ".join(dict.fromkeys(ends))


def _linked(links: Links, ids: Sequence[str]) -> Markup:
    return as_markup(", ".join(str(links(one)) for one in ids))


def _conflicts(site: Site, claim: Claim) -> dict[str, Any]:
    """Return what contradicts the claim, and apart from it what is only in tension with it."""
    views = [view for code in site.index.standing[claim.id].contradictions
             if (view := around(site.index, [claim], code)) is not None]  # fmt: skip
    hard = [view for view in views if not view.is_tension]
    soft = [view for view in views if view.is_tension]
    return {
        "conflicts": hard,
        "tensions": soft[:_CONFLICTS_SHOWN],
        "tensions_left_out": soft[_CONFLICTS_SHOWN:],
    }


def _others(site: Site, claim: Claim) -> dict[str, Any]:
    chain = {step.claim.id for step in steps_of(site.index, claim)[0] if step.claim}
    named = [one for one in supporting_claims_of(site, claim) if one.id not in chain]
    return {"others": named[:_OTHERS_SHOWN], "others_left_out": max(0, len(named) - _OTHERS_SHOWN)}


def supporting_claims_of(site: Site, claim: Claim) -> list[Claim]:
    """Return the claims that say the same, itself left out."""
    return [one for one in site.index.supporting[claim.id] if one.id != claim.id]


def _history(site: Site, claim: Claim) -> dict[str, Any]:
    """Return what the claimant has said about the same actors, in the order it was said."""
    index = site.index
    families = set(index.families(claim))
    own = index.by_claimant.get(claim.claimant or "", ())
    held = [one for one in own if families & set(index.families(one))] or [claim]
    at = held.index(claim)
    begin = max(0, min(at - _HISTORY_SHOWN // 2, len(held) - _HISTORY_SHOWN))
    heads = [index.name(one) for one in index.families(claim) if one != "none"]
    return {
        "history": held[begin : begin + _HISTORY_SHOWN],
        "history_left_out": max(0, len(held) - _HISTORY_SHOWN),
        "history_about": f"{joined(heads)} and what is tied to it" if heads else "no actor in particular",
    }


def _data(site: Site, claim: Claim, citation: Any) -> str:
    standing = site.index.standing[claim.id]
    return site.envelope(
        "claim",
        citation,
        record=claim.model_dump(mode="json", exclude_defaults=True),
        derived={
            "origin": site.index.origin(claim),
            "has_conflicts": standing.has_conflicts,
            "conflicting_fields": standing.conflicting_fields,
            "has_tensions": standing.has_tensions,
            "single_sourced": standing.single_sourced,
            "corroboration_count": standing.corroboration_count,
            "assertions_count": standing.assertions_count,
            "contradictions": standing.contradictions,
            "incidents": [one.id for one in site.case.incidents_by_claim.get(claim.id, ())],
            "supporting_claims": [one.id for one in supporting_claims_of(site, claim)],
        },
        editions=[{"edition": one.edition, "change": one.change, "fields": one.fields}
                  for one in site.entries_of.get(claim.id, ())],
    )  # fmt: skip


def clash_views(site: Site, claims: Sequence[Claim], codes: Sequence[str]) -> list[ConflictView]:
    """Return contradictions as they concern some claims."""
    return [view for code in codes if (view := around(site.index, claims, code)) is not None]
