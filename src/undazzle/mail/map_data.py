"""The places that messages name, as GeoJSON, for any map."""

from __future__ import annotations

from collections import Counter
from typing import Any

from undazzle.mail.analysis import MailCollection
from undazzle.mail.places import Place


def places_on_map(found: MailCollection) -> dict[str, Any]:
    """Return the named places that have coordinates as a GeoJSON collection, with how many messages name each.

    ``without_coordinates`` counts places that could not be put on a map; nothing is looked up.
    """
    counts: Counter[Place] = Counter()
    for named in found.places:
        counts.update({one.place for one in named})
    placed = {place: count for place, count in counts.items() if place.latitude is not None}
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
                "properties": {"name": place.name, "area": place.area, "mails": count},
            }
            for place, count in placed.items()
            if place.longitude is not None
        ],
        "without_coordinates": sum(place.latitude is None or place.longitude is None for place in counts),
    }
