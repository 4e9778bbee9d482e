"""A case with everything that its pages ask for more than once: who contradicts whom, who repeats whom, which rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from undazzle.casebook import Case, Claim, Contradiction, Incident, find_contradictions, provenance
from undazzle.casebook.actor import Actor, Relation, RelationKind
from undazzle.casebook.contradictions import Level, Provenance
from undazzle.casebook.contradictions.provenance import all_supporting_claims
from undazzle.casebook.countermeasure import Countermeasure
from undazzle.casebook.observation import Observation
from undazzle.casebook.origins import origin_of, root_of
from undazzle.casebook.scorecard import Scorecard
from undazzle.casebook.source import Source
from undazzle.publish.report.text import clean, one_line
from undazzle.publish.site.words import title_of

NO_ACTOR = "none"
# By public law or fact; every other tie is a claim of somebody and is never drawn as "is".
_OWN = {RelationKind.PART_OF, RelationKind.LEADS}
_TIED = {RelationKind.DIRECTED_BY, RelationKind.LINKED_TO, RelationKind.PROXY_OF, RelationKind.CONTRACTED_BY}


@dataclass(frozen=True, eq=False)
class SiteIndex:
    """A case, and what refers to what in it."""

    case: Case
    _names: dict[str, str] = field(default_factory=dict)

    @cached_property
    def contradictions(self) -> Mapping[str, Contradiction]:
        """Contradictions and tensions by code, contradictions first."""
        return {one.code: one for one in find_contradictions(self.case)}

    @cached_property
    def standing(self) -> Mapping[str, Provenance]:
        """Standing of each claim among the others."""
        return provenance(self.case, self.contradictions.values())

    @cached_property
    def supporting(self) -> Mapping[str, tuple[Claim, ...]]:
        """Claims that say the same as each claim, itself first."""
        return all_supporting_claims(self.case)

    @cached_property
    def documents(self) -> Mapping[str, list[Source]]:
        """Documents by publisher, in order of day."""
        found: dict[str, list[Source]] = defaultdict(list)
        for one in sorted(self.case.sources.values(), key=lambda one: (one.made_public or "", one.id)):
            found[one.publisher].append(one)
        return found

    @cached_property
    def open_contradictions(self) -> Mapping[str, int]:
        """Return how many contradictions each claim stands in; tensions do not count."""
        hard = {code for code, one in self.contradictions.items() if one.level is Level.CONTRADICTION}
        return {
            claim: sum(code in hard for code in standing.contradictions) if standing.has_conflicts else 0
            for claim, standing in self.standing.items()
        }

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Claims by the day they were made; undated ones last."""
        return tuple(sorted(self.case.claims.values(), key=lambda one: (self.day(one) or "9999", one.id)))

    def day(self, claim: Claim) -> str:
        """Return the day a claim was made, or became public, or its document's; empty if none is known."""
        if claim.made_public or claim.claimed:
            return claim.claimed or claim.made_public or ""
        source = self.case.sources.get(claim.source)
        return (source.dated or source.published or "") if source else ""

    def name(self, record_id: str | None) -> str:
        """Return what a record is called; its id where the case does not hold it."""
        key = record_id or ""
        if key not in self._names:
            self._names[key] = self._name_of(record_id)
        return self._names[key]

    def _name_of(self, record_id: str | None) -> str:
        record = self.case.records.get(record_id or "")
        if record is None:
            return "not known" if record_id in (None, "", "unknown") else str(record_id)
        if isinstance(record, Claim):
            return title_of(record)
        words = (getattr(record, field, None) for field in ("name", "title", "question", "statement"))
        text = next((one for one in words if one), record.id)
        return one_line(clean(text))

    def origin(self, claim: Claim) -> str:
        """Return who first said it."""
        return origin_of(self.case, claim)

    def incident_of(self, claim: Claim) -> Incident | None:
        """Return the first incident of a claim that has a Breakout category, or the first."""
        held = self.case.incidents_by_claim.get(claim.id, ())
        rated = [one for one in held if one.breakout and one.breakout.category]
        return next(iter((*rated, *held)), None)

    @cached_property
    def by_actor(self) -> Mapping[str, list[Claim]]:
        """Claims that name each actor."""
        return self._grouped(lambda claim: claim.proposition.actors)

    @cached_property
    def by_target(self) -> Mapping[str, list[Claim]]:
        """Claims that name each target, against or in favour."""
        return self._grouped(lambda claim: claim.proposition.targets + claim.proposition.favoured)

    @cached_property
    def by_source(self) -> Mapping[str, list[Claim]]:
        """Claims read in each source."""
        return self._grouped(lambda claim: (claim.source,))

    @cached_property
    def by_claimant(self) -> Mapping[str, list[Claim]]:
        """Claims of each claimant."""
        return self._grouped(lambda claim: (claim.claimant,) if claim.claimant else ())

    @cached_property
    def relayed_by(self) -> Mapping[str, list[Claim]]:
        """Claims that repeat the same first claim, by the id of that claim, itself left out."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            root = root_of(self.case, claim)
            if root.id != claim.id:
                found[root.id].append(claim)
        return found

    @cached_property
    def answered_by(self) -> Mapping[str, list[Claim]]:
        """Claims that answer a claim, dissent from it, or replace it."""
        named: Callable[[Claim], Iterable[str]] = lambda one: (  # noqa: E731 - one expression, used once
            *one.responds_to,
            *((one.dissents_from,) if one.dissents_from else ()),
            *((one.supersedes,) if one.supersedes else ()),
        )
        return self._grouped(named)

    @cached_property
    def superseded(self) -> frozenset[str]:
        """Ids of claims that the same body has replaced by a later judgement."""
        return frozenset(one.supersedes for one in self.claims if one.supersedes)

    @cached_property
    def tied_to(self) -> Mapping[str, list[tuple[Actor, Relation]]]:
        """Actors that are said to be tied to each actor, with the tie."""
        found: dict[str, list[tuple[Actor, Relation]]] = defaultdict(list)
        for actor in self.case.actors.values():
            for one in actor.relations:
                found[one.to].append((actor, one))
        return found

    @cached_property
    def scorecards(self) -> Mapping[str, list[Scorecard]]:
        """Scorecards by the incident or claim they are about."""
        found: dict[str, list[Scorecard]] = defaultdict(list)
        for card in self.case.scorecards.values():
            for about in (card.incident, card.claim):
                if about:
                    found[about].append(card)
        return found

    @cached_property
    def observations(self) -> Mapping[str, list[Observation]]:
        """Observations by incident."""
        found: dict[str, list[Observation]] = defaultdict(list)
        for one in self.case.observations.values():
            found[one.incident].append(one)
        return found

    @cached_property
    def measures_by_actor(self) -> Mapping[str, list[Countermeasure]]:
        """What was done against each actor."""
        found: dict[str, list[Countermeasure]] = defaultdict(list)
        for one in self.case.countermeasures.values():
            for actor in one.against:
                found[actor].append(one)
        return found

    def rows(self, claim: Claim) -> tuple[tuple[str, bool], ...]:
        """Return the rows a claim stands in: the head of a family, and whether only a tie leads there."""
        named = dict.fromkeys(self._row(one) for one in claim.proposition.actors)
        return tuple(named) or ((NO_ACTOR, False),)

    def families(self, claim: Claim) -> tuple[str, ...]:
        """Return the heads of the families of the actors a claim names, each once."""
        return tuple(dict.fromkeys(head for head, _ in self.rows(claim)))

    @cached_property
    def _rows(self) -> dict[str, tuple[str, bool]]:
        return {one: self._row_of(one) for one in self.case.actors}

    def _row(self, actor_id: str) -> tuple[str, bool]:
        return self._rows.get(actor_id, (actor_id, False))

    def _row_of(self, actor_id: str) -> tuple[str, bool]:
        seen, is_tied = [actor_id], False
        while (actor := self.case.actors.get(seen[-1])) is not None:
            own = [one.to for one in actor.relations if one.relation in _OWN and one.to not in seen]
            tied = [one.to for one in actor.relations if one.relation in _TIED and one.to not in seen]
            if not own and not tied:
                break
            is_tied = is_tied or not own
            seen.append((own or tied)[0])
        return seen[-1], is_tied

    def _grouped(self, named: Callable[[Claim], Iterable[str]]) -> Mapping[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            for one in dict.fromkeys(named(claim)):
                found[one].append(claim)
        return found
