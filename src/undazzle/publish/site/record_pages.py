"""Pages of actors, targets, sources and claimants: what they are, who says so, and the claims that name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from undazzle.casebook import Claim
from undazzle.casebook.actor import Actor
from undazzle.casebook.claimant import Claimant
from undazzle.casebook.contradictions import Level
from undazzle.casebook.records import Record
from undazzle.casebook.source import Source
from undazzle.casebook.target import Target
from undazzle.publish.report.text import as_markup, clean
from undazzle.publish.site.addresses import slug_of
from undazzle.publish.site.conflicts import ConflictView, whole
from undazzle.publish.site.links import Links, outward
from undazzle.publish.site.pages import Page, Site
from undazzle.publish.site.words import CATEGORY, RELATION, RELIABILITY, counted, day_words, plain_word

_ROWS_SHOWN, _CONFLICTS_SHOWN, _HISTORY_SHOWN = 250, 6, 60
Fact = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a record's page: a table, a list of claims in order of day, or contradictions."""

    id: str
    title: str
    note: str = ""
    columns: tuple[str, ...] = ()
    rows: Sequence[Sequence[Any]] = ()
    history: Sequence[Claim] = ()
    conflicts: Sequence[ConflictView] = ()
    more: str = ""


def actor_page(site: Site, actor: Actor) -> Page:
    """Return the page of an actor. Other names and ties stand each with who says so."""
    index, links = site.index, site.links["../"]
    claims = index.by_actor.get(actor.id, [])
    facts: list[Fact] = [("What", plain_word(actor.actor_kind))]
    facts += [("Nation, by those who claim", clean(actor.nation))] if actor.nation else []
    facts += [("Public role", clean(actor.role))] if actor.role else []
    facts += [("Claims that name it", str(len(claims)))]
    parts = [*_names(actor, links), *_ties(site, actor, links), *_answers(site, actor), *_measures(site, actor, links)]
    parts += _clashes(site, claims)
    return _page(site, actor, "actors.html", "actor", clean(actor.description), facts, parts, claims)


def target_page(site: Site, target: Target) -> Page:
    """Return the page of a target: its public role, reasons given for aiming at it, and the claims."""
    links, claims = site.links["../"], site.index.by_target.get(target.id, [])
    facts: list[Fact] = [("What", plain_word(target.target_kind))]
    for name, value in (("Office", target.office), ("Race", target.race), ("Party", target.party),
                        ("Jurisdiction", target.jurisdiction), ("Place", target.place)):  # fmt: skip
        facts += [(name, clean(value))] if value else []
    if target.on_ballot is not None:
        facts.append(("On the ballot", "yes" if target.on_ballot else "no"))
    facts += [("Election", links(target.event))] if target.event else []
    facts += [("Part of", _listed(links, target.part_of))] if target.part_of else []
    parts = []
    if target.motives:
        rows = [(clean(one.statement), links(one.claim) if one.claim else "not stated") for one in target.motives]
        parts.append(Part("motives", "Reasons given", "Why the actor is said to aim at it, and who says so.",
                          ("Reason", "Claim"), rows))  # fmt: skip
    inner = [one for one in site.case.targets.values() if target.id in one.part_of]
    if inner:
        parts.append(Part("within", "Narrower targets", "", ("Target", "What"),
                          [(links(one.id), plain_word(one.target_kind)) for one in inner[:_ROWS_SHOWN]]))  # fmt: skip
    parts += _clashes(site, claims)
    return _page(site, target, "targets.html", "target", clean(target.description), facts, parts, claims)


def source_page(site: Site, source: Source) -> Page:
    """Return the page of a source: where it can be read, and the claims read in it."""
    links, claims = site.links["../"], site.index.by_source.get(source.id, [])
    publisher = site.case.claimants.get(source.publisher)
    facts: list[Fact] = [("What", plain_word(source.source_kind)), ("Published by", links(source.publisher))]
    facts += [("Dated", day_words(source.dated))] if source.dated else []
    facts += [("Public", day_words(source.published))] if source.published else []
    rated = source.reliability or (publisher.reliability if publisher else None)
    facts += [("Reliability", RELIABILITY[rated])] if rated else []
    rows: list[tuple[Any, ...]] = []
    rows += [("Address to cite", outward(source.url))] if source.url else []
    rows += [("Copy that was read", outward(one)) for one in source.read_at]
    rows += [("Archived copy", outward(source.archive_url))] if source.archive_url else []
    rows += [("SHA-256 of the copy", as_markup(f'<span class="url">{source.sha256}</span>'))] if source.sha256 else []
    rows += [("Language", clean(source.language))] if source.language else []
    rows += [("Replaced by", links(source.superseded_by))] if source.superseded_by else []
    note = "Usually repeats what others said: it adds no origin." if source.source_kind.is_relay else ""
    parts = [Part("where", "Where to read it", note, ("What", "Where"), rows)] if rows else []
    flags = ["only a part could be read"] if source.is_partial else []
    flags += ["replaced by a later version"] if source.superseded_by else []
    return _page(site, source, "sources.html", "source", clean(source.caveat), facts, parts, claims, flags)


def claimant_page(site: Site, claimant: Claimant) -> Page:
    """Return the page of a claimant: who it is, what it said in order, and the documents it published."""
    index, links = site.index, site.links["../"]
    claims = index.by_claimant.get(claimant.id, [])
    facts: list[Fact] = [("Category", CATEGORY[claimant.category])]
    facts += [("Nation", clean(claimant.nation))] if claimant.nation else []
    facts += [("Part of", links(claimant.part_of))] if claimant.part_of else []
    facts += [("Speaks for", links(claimant.speaks_for))] if claimant.speaks_for else []
    facts += [("Reliability", RELIABILITY[claimant.reliability])]
    rows: list[tuple[Any, ...]] = []
    rows += [("Also called", ", ".join(map(clean, claimant.aliases)))] if claimant.aliases else []
    if claimant.reliability_basis:
        rows.append(("Why that reliability", clean(claimant.reliability_basis)))
    if claimant.ownership:
        state = ", a state owns or directs it" if claimant.ownership.is_state else ""
        rows.append(("Owner", clean(claimant.ownership.owner) + state))
        if claimant.ownership.interest:
            rows.append(("Interest", clean(claimant.ownership.interest)))
    rows += [("Home page", outward(claimant.website))] if claimant.website else []
    parts = [Part("about", "About it", "", ("What", "As recorded"), rows)] if rows else []
    held = index.documents.get(claimant.id, [])[:_ROWS_SHOWN]
    if held:
        read = [(links(one.id), plain_word(one.source_kind), one.made_public or "undated") for one in held]
        parts.append(Part("documents", "Documents", "", ("Document", "What", "Date"), read))
    parts += _clashes(site, claims)
    return _page(site, claimant, "sources.html", "claimant", "", facts, parts, claims)


def _page(
    site: Site,
    record: Record,
    current: str,
    kind: str,
    standfirst: str,
    facts: Sequence[Fact],
    parts: Sequence[Part],
    claims: Sequence[Claim],
    flags: Sequence[str] = (),
) -> Page:
    folder = {"actor": "actors", "target": "targets", "source": "sources", "claimant": "claimants"}[kind]
    file, name = f"{folder}/{slug_of(record.id)}", site.index.name(record.id)
    citation = site.citation(name, record.id, file)
    marks = [*flags, *(["draft"] if record.review == "draft" else [])]
    values = {
        "record": record, "kind": kind, "flags": marks, "standfirst": standfirst, "facts": facts, "parts": parts,
        "rows": [site.rows.html(one, "../") for one in claims[:_ROWS_SHOWN]], "csv": f"{file}.csv",
        "caption": as_markup(f"<b>{escape(counted(len(claims), 'claim'))}</b> In order of day."),
        "extent": _extent(len(claims)), "nothing": "No claim in this case names it.",
    }  # fmt: skip
    data = site.claims_json(
        kind, citation, claims, record=record.model_dump(mode="json", exclude_defaults=True),
        editions=[{"edition": one.edition, "change": one.change, "fields": one.fields}
                  for one in site.entries_of.get(record.id, ())],
    )  # fmt: skip
    return Page(file, name, "record.html.j2", values, current, data, site.rows.csv(claims), citation)


def _extent(count: int) -> str:
    if count <= _ROWS_SHOWN:
        return ""
    return f"Showing the first {_ROWS_SHOWN} of {count:,} claims in order of day. The CSV and JSON files hold all."


def _listed(links: Links, ids: Iterable[str]) -> Markup:
    return as_markup(", ".join(str(links(one)) for one in ids))


def _who(links: Links, said_by: str | None, source: str | None) -> Markup:
    parts = [links(said_by)] if said_by else []
    parts += [links(source)] if source else []
    return as_markup(", ".join(map(str, parts)) or "nobody named: taken as public fact")


def _names(actor: Actor, links: Links) -> Iterator[Part]:
    if not actor.aliases:
        return
    rows = []
    for one in actor.aliases:
        how = "overlaps; not said to be the same" if one.is_partial else "said to mean the same"
        rows.append((clean(one.name), how + (", no longer used" if one.is_former else ""),
                     _who(links, one.said_by, one.source)))  # fmt: skip
    yield Part("names", "Other names", "That two names mean one thing is a claim of its own.",
               ("Name", "How", "Who says so"), rows)  # fmt: skip


def _ties(site: Site, actor: Actor, links: Links) -> Iterator[Part]:
    """Yield ties in both directions. Linked is not the same as is."""
    own = [(as_markup(f"{RELATION[one.relation]} {links(one.to)}"), one) for one in actor.relations]
    others = [(as_markup(f"{links(other.id)}: {RELATION[one.relation]} it"), one)
              for other, one in site.index.tied_to.get(actor.id, ())]  # fmt: skip
    rows = [(words, _grade(one.confidence, one.quoted), _who(links, one.said_by, one.source))
            for words, one in (*own, *others)]  # fmt: skip
    if rows:
        yield Part("ties", "Ties", "A tie is a claim. \u201cLinked to\u201d is not \u201cis\u201d.",
                   ("Tie", "Their word", "Who says so"), rows[:_ROWS_SHOWN])  # fmt: skip


def _grade(confidence: str | None, quoted: str | None) -> str:
    parts = [f"\u201c{clean(quoted)}\u201d"] if quoted else []
    parts += [f"{confidence} confidence"] if confidence else []
    return ", ".join(parts) or "none given"


def _answers(site: Site, actor: Actor) -> Iterator[Part]:
    """Yield what those who speak for the actor say: denials and assurances stand beside the claims."""
    speakers = [one.id for one in site.case.claimants.values() if one.speaks_for == actor.id]
    said = [one for speaker in speakers for one in site.index.by_claimant.get(speaker, ())]
    if said:
        ordered = sorted(said, key=lambda one: (site.index.day(one) or "9999", one.id))[:_HISTORY_SHOWN]
        yield Part("answers", "What it says itself", "Denials and assurances by those who speak for it.",
                   history=ordered)  # fmt: skip


def _measures(site: Site, actor: Actor, links: Links) -> Iterator[Part]:
    held = sorted(site.index.measures_by_actor.get(actor.id, ()), key=lambda one: (one.done, one.id))
    rows = []
    for one in held[:_ROWS_SHOWN]:
        back = f", taken back {one.rescinded}" if one.rescinded else ""
        rows.append((clean(one.title), plain_word(one.countermeasure_kind) + back, one.done, links(one.done_by)))
    if rows:
        yield Part("measures", "What was done about it", "", ("What", "Kind", "Day", "By whom"), rows)


def _clashes(site: Site, claims: Sequence[Claim]) -> Iterator[Part]:
    """Yield the contradictions in which the claims stand, the hard ones first, bounded."""
    index = site.index
    codes = Counter(code for one in claims for code in index.standing[one.id].contradictions)

    def weight(code: str) -> tuple[bool, float, str]:
        """Put contradictions first, and among them those that are about these claims more than about others."""
        found = index.contradictions[code]
        return found.level is Level.TENSION, -codes[code] / len(found.claims), code

    ordered = sorted(codes, key=weight)
    if ordered:
        views = [whole(index, index.contradictions[code], 2) for code in ordered[:_CONFLICTS_SHOWN]]
        left_out = len(ordered) - len(views)
        more = f"{left_out} more: see the list of contradictions, or the JSON file." if left_out else ""
        yield Part("contradictions", "Contradic\u00adtions", "Both sides stand. The record does not pick a winner.",
                   conflicts=views, more=more)  # fmt: skip
