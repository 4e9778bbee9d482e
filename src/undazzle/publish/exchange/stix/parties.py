"""Claimants, actors and targets as objects. Who is only denied or looked for in vain is no threat actor."""

from __future__ import annotations

from typing import Any

from undazzle.casebook.actor import Actor, ActorKind, Relation
from undazzle.casebook.claimant import Claimant
from undazzle.casebook.target import Target, TargetKind
from undazzle.casebook.vocabulary import ClaimantCategory
from undazzle.publish.exchange.stix.collecting import Collection
from undazzle.publish.exchange.texts import name_of, web_address

_PERSONS = {ClaimantCategory.INDIVIDUAL}
_ACTOR_TYPES = {
    ActorKind.STATE: "threat-actor",
    ActorKind.ORGAN: "threat-actor",
    ActorKind.COMPANY: "threat-actor",
    ActorKind.UNKNOWN: "threat-actor",
    ActorKind.GROUP: "intrusion-set",
    ActorKind.CAMPAIGN: "campaign",
    ActorKind.ASSET: "campaign",
}
_TARGET_CLASSES = {
    TargetKind.ELECTORATE: "class",
    TargetKind.COMMUNITY: "class",
    TargetKind.PARTY: "organization",
    TargetKind.CAMPAIGN: "organization",
    TargetKind.INSTITUTION: "organization",
    TargetKind.COMPANY: "organization",
    TargetKind.MEDIA: "class",
    TargetKind.INFRASTRUCTURE: "system",
    TargetKind.POLLING_PLACES: "class",
}


def add_parties(made: Collection) -> None:
    """Add claimants, actors with their ties, and targets."""
    for claimant in made.case.claimants.values():
        _add_claimant(made, claimant)
    for actor in made.case.actors.values():
        _add_actor(made, actor)
    for target in made.case.targets.values():
        _add_target(made, target)
    for actor in made.case.actors.values():
        for relation in actor.relations:
            _add_relation(made, actor, relation)


def _add_claimant(made: Collection, claimant: Claimant) -> None:
    website = web_address(claimant.website)
    made.add(
        "identity", (claimant.id,), record=claimant, name=claimant.name,
        identity_class="individual" if claimant.category in _PERSONS else "organization",
        description=f"Makes claims in the casebook. Category: {claimant.category}.",
        roles=["claimant"], labels=[f"claimant-category:{claimant.category}"],
        external_references=[{"source_name": claimant.name, "url": website}] if website else None,
    )  # fmt: skip


def _add_actor(made: Collection, actor: Actor) -> None:
    is_doer = actor.id in made.asserted and actor.actor_kind in _ACTOR_TYPES
    object_type = _ACTOR_TYPES[actor.actor_kind] if is_doer else "identity"
    names = list(dict.fromkeys(one.name for one in actor.aliases if not one.is_partial))
    words = [actor.description or "", "Named by claimants in the casebook; see the notes for who says what."]
    if not is_doer:
        words.append("No claim here says plainly that this actor did something; it is named, denied or looked for.")
    if object_type == "identity" and names:
        words.append(f"Other names in use: {', '.join(names)}.")
    common: dict[str, Any] = {"name": actor.name, "description": " ".join(one for one in words if one)}
    labels = [f"actor-kind:{actor.actor_kind}", *([f"nation:{actor.nation}"] if actor.nation else [])]
    if object_type == "identity":
        kind = "individual" if actor.actor_kind is ActorKind.OFFICIAL else "organization"
        made.add("identity", (actor.id,), record=actor, **common, labels=labels, identity_class=kind)
    elif object_type == "threat-actor":
        is_state = actor.actor_kind in {ActorKind.STATE, ActorKind.ORGAN}
        types = ["nation-state" if is_state else "unknown"]
        made.add(
            object_type, (actor.id,), record=actor, **common, labels=labels, aliases=names, threat_actor_types=types
        )
    else:
        made.add(object_type, (actor.id,), record=actor, **common, labels=labels, aliases=names)


def _add_target(made: Collection, target: Target) -> None:
    kind = "individual" if target.target_kind.is_person else _TARGET_CLASSES.get(target.target_kind, "unknown")
    facts = [target.description, target.office, target.race, target.party, target.jurisdiction, target.place]
    made.add(
        "identity", (target.id,), record=target, name=target.name, identity_class=kind, roles=["target"],
        description="; ".join(one for one in facts if one), labels=[f"target-kind:{target.target_kind}"],
    )  # fmt: skip


def _add_relation(made: Collection, actor: Actor, relation: Relation) -> None:
    """Add a tie as ``related-to`` with its own word: linked to somebody is not the same as being them."""
    refs = [made.refs.get(one) for one in (actor.id, relation.to)]
    if None in refs or refs[0] == refs[1]:
        return
    who = name_of(made.case, relation.said_by) if relation.said_by else "on record"
    word = relation.quoted or relation.relation.replace("-", " ")
    key = (actor.id, relation.relation, relation.to, relation.said_by or "")
    made.add(
        "relationship", key, relationship_type="related-to", source_ref=refs[0], target_ref=refs[1],
        creator=made.refs.get(relation.said_by or ""), labels=[f"tie:{relation.relation}"],
        description=f"{name_of(made.case, actor.id)}: {word} {name_of(made.case, relation.to)} ({who}).",
    )  # fmt: skip
