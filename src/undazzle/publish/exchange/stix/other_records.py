"""Events, observations and scorecards: what the standard has no object for becomes a grouping or note."""

from __future__ import annotations

from undazzle.casebook.event import Event
from undazzle.casebook.observation import Observation
from undazzle.casebook.scorecard import Scorecard
from undazzle.casebook.scoring.totals import tally
from undazzle.publish.exchange.dates import timestamp
from undazzle.publish.exchange.stix.collecting import PRODUCER, Collection
from undazzle.publish.exchange.stix.judgements import add_judgements


def add_events(made: Collection) -> None:
    """Add elections and other events as groupings of the incidents that bear on them."""
    for event in made.case.events.values():
        incidents = [one.id for one in made.case.incidents.values() if one.event == event.id]
        refs = made.refs_of(incidents) or [PRODUCER]
        made.add(
            "grouping", (event.id,), record=event, name=event.name, context="unspecified", object_refs=refs,
            description=_when(event), labels=[f"event-kind:{event.event_kind}"],
        )  # fmt: skip


def _when(event: Event) -> str:
    when = event.begin if event.end is None else f"{event.begin} to {event.end}"
    where = f", {event.place}" if event.place else ""
    return f"In the world: {when}{where}. {event.description or ''}".strip()


def add_other_records(made: Collection) -> None:
    """Add observations, scorecards and judgements as notes on what they are about."""
    for observation in made.case.observations.values():
        _add_observation(made, observation)
    for card in made.case.scorecards.values():
        _add_scorecard(made, card)
    add_judgements(made)


def _add_observation(made: Collection, one: Observation) -> None:
    where = ", ".join(part for part in (one.platform, one.community) if part) or "no platform named"
    numbers = "; ".join(str(each) for each in one.quantities)
    refs = made.refs_of((one.incident, one.claim)) or [PRODUCER]
    made.add(
        "note", (one.id,), record=one, abstract=f"Reach seen on {one.observed}", object_refs=refs,
        content=f"Seen on {one.observed}: {where}. {numbers} Carried by: {one.amplifier}. ({one.id})",
        created=timestamp(one.observed), labels=["casebook:observation", f"coverage:{one.coverage}"],
    )  # fmt: skip


def _add_scorecard(made: Collection, card: Scorecard) -> None:
    held = tally(card.final) if card.final else None
    points = f"{held.points} of {held.possible} statements hold." if held else "Not reconciled yet."
    refs = made.refs_of((card.incident, card.claim)) or [PRODUCER]
    made.add(
        "note", (card.id,), record=card, abstract="How the attribution is told (18 statements)", object_refs=refs,
        content=f"{points} It rates how a claim is made; it is no fact check. ({card.id})",
        labels=["casebook:scorecard"], authors=[one.coder for one in card.codings] or None,
    )  # fmt: skip
