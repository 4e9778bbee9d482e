"""The incident extension: determination, state of the work, and tallies. Never ``successful-attempt`` by us.

References
----------
OASIS, Incident Core Extension 2.0 for STIX 2.1, draft of 10 October 2023,
github.com/oasis-open/cti-stix-common-objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from undazzle.casebook import Claim, Incident
from undazzle.casebook.scorecard import Scorecard
from undazzle.casebook.scoring.totals import Tally, profile, tally
from undazzle.casebook.vocabulary import Deployment, Polarity, Review

EXTENSION_ID = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
# The values that the draft allows for the two required fields.
DETERMINATIONS = ("blocked", "failed-attempt", "false-positive", "low-value", "successful-attempt", "suspected")
STATES = ("new", "open", "closed")


def incident_core(incident: Incident, cards: Sequence[Scorecard], claims: Iterable[Claim]) -> dict[str, Any]:
    """Return the extension of an incident."""
    core: dict[str, Any] = {
        "extension_type": "property-extension",
        "determination": _determination(tuple(claims)),
        "investigation_status": "new" if incident.review is Review.DRAFT else "open",
    }
    scores = [*_breakout(incident), *(one for card in cards for one in _tallies(card))]
    return core | ({"scores": scores} if scores else {})


def _determination(claims: Sequence[Claim]) -> str:
    """Return ``blocked`` only if every claim says that it was stopped before it could matter; else ``suspected``."""
    stopped = [
        one.proposition.deployment is Deployment.DISRUPTED and one.proposition.polarity is Polarity.ASSERTS
        for one in claims
    ]
    return "blocked" if stopped and all(stopped) else "suspected"


def _breakout(incident: Incident) -> Iterable[dict[str, Any]]:
    if incident.breakout is not None and incident.breakout.category is not None:
        yield {
            "name": "Breakout Scale category (reach, 1 to 6)",
            "value": incident.breakout.category,
            "description": incident.breakout.basis,
        }


def _tallies(card: Scorecard) -> Iterable[dict[str, Any]]:
    """Yield the tallies of a scorecard: sections and total, derived from the answers; none while not reconciled."""
    final = card.final
    if final is None:
        return
    for section, held in profile(final).items():
        yield _tally(f"Attribution score, {section} ({held.possible} items)", held, card)
    whole = tally(final)
    yield _tally(f"Attribution score, total ({whole.possible} items)", whole, card)


def _tally(name: str, held: Tally, card: Scorecard) -> dict[str, Any]:
    words = f"{held.true} hold, {held.false} do not, {held.na} not applicable, {held.unknown} not known."
    words += f" It rates how the claim is made; it is no fact check ({card.id})."
    return {"name": name, "value": held.points, "description": words}
