"""Sightings are linked to a case: to the actor a list names, and to incidents about the same kind of act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from undazzle.casebook import Case
from undazzle.casebook.vocabulary import ActClass
from undazzle.intrusions.sightings import Sighting, Standing


def link_sightings(sightings: Iterable[Sighting], case: Case) -> tuple[list[Sighting], list[str]]:
    """Return sightings with references into a case, and notes on what was not linked, and why.

    A list about espionage is never linked to an incident of influence or disruption, or the other way round, even
    under the name of the same actor. A link says that a list names the actor; it does not say that the actor did it.
    """
    names = _names(case)
    notes: dict[str, None] = {}
    links: dict[tuple[str, ActClass], tuple[str, ...]] = {}
    linked = []
    for one in sightings:
        actor, act = one.indicator.actor, one.indicator.act_class
        if not actor or one.standing is Standing.SET_ASIDE:
            linked.append(one)
            continue
        if (actor, act) not in links:
            links[actor, act] = _links(case, names, actor, act, notes)
        linked.append(replace(one, case_refs=links[actor, act]))
    return linked, list(notes)


def _names(case: Case) -> dict[str, tuple[str, bool]]:
    """Return actors by every name they go by, with whether the name only overlaps."""
    found: dict[str, tuple[str, bool]] = {}
    for actor in case.actors.values():
        found[actor.id] = (actor.id, False)
        found.setdefault(actor.name.casefold(), (actor.id, False))
    for actor in case.actors.values():
        for alias in actor.aliases:
            found.setdefault(alias.name.casefold(), (actor.id, alias.is_partial))
    return found


def _links(
    case: Case, names: dict[str, tuple[str, bool]], actor: str, act: ActClass, notes: dict[str, None]
) -> tuple[str, ...]:
    actor_id, is_partial = names.get(actor, names.get(actor.casefold(), ("", False)))
    if not actor_id:
        notes[f"The list names {actor!r}, whom the case does not know; nothing was linked."] = None
        return ()
    if is_partial:
        notes[f"{actor!r} is a name that only overlaps with {actor_id}; nothing was linked."] = None
        return ()
    if act is ActClass.UNSPECIFIED:
        notes[f"It is not said what kind of act the list about {actor!r} is about; nothing was linked (--act)."] = None
        return ()
    about = [one for one in case.claims.values() if actor_id in one.proposition.actors]
    same = [one for one in about if one.proposition.act_class is act]
    others = sorted({str(one.proposition.act_class) for one in about} - {str(act), str(ActClass.UNSPECIFIED)})
    if others:
        notes[f"Claims on {actor_id} about {', '.join(others)} were left alone: the list is about {act}."] = None
    if not same:
        return ()
    incidents = sorted({incident.id for one in same for incident in case.incidents_by_claim.get(one.id, ())})
    return (actor_id, *incidents)
