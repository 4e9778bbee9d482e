"""A map where a place is known: US states as equal tiles, drawn by position, and a table of every place.

Tiles are all of one size, because what is counted are claims and not land. No map service is asked for anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from undazzle.casebook import Claim
from undazzle.publish.report.text import as_markup, clean, one_line
from undazzle.publish.site.lists import Section, TableRow
from undazzle.publish.site.pages import Page, Site
from undazzle.publish.site.rows import csv_table
from undazzle.publish.site.words import counted

_COUNTRY = "united states"
_SHOWN = 12
# Column and row of each state; the usual arrangement of US tile maps.
_TILES = {
    "Alaska": (0, 0), "Maine": (10, 0), "Vermont": (9, 1), "New Hampshire": (10, 1), "Washington": (0, 2),
    "Idaho": (1, 2), "Montana": (2, 2), "North Dakota": (3, 2), "Minnesota": (4, 2), "Illinois": (5, 2),
    "Wisconsin": (6, 2), "Michigan": (7, 2), "New York": (8, 2), "Rhode Island": (9, 2), "Massachusetts": (10, 2),
    "Oregon": (0, 3), "Nevada": (1, 3), "Wyoming": (2, 3), "South Dakota": (3, 3), "Iowa": (4, 3), "Indiana": (5, 3),
    "Ohio": (6, 3), "Pennsylvania": (7, 3), "New Jersey": (8, 3), "Connecticut": (9, 3), "California": (0, 4),
    "Utah": (1, 4), "Colorado": (2, 4), "Nebraska": (3, 4), "Missouri": (4, 4), "Kentucky": (5, 4),
    "West Virginia": (6, 4), "Virginia": (7, 4), "Maryland": (8, 4), "Delaware": (9, 4), "Arizona": (1, 5),
    "New Mexico": (2, 5), "Kansas": (3, 5), "Arkansas": (4, 5), "Tennessee": (5, 5), "North Carolina": (6, 5),
    "South Carolina": (7, 5), "District of Columbia": (8, 5), "Oklahoma": (3, 6), "Louisiana": (4, 6),
    "Mississippi": (5, 6), "Alabama": (6, 6), "Georgia": (7, 6), "Hawaii": (0, 7), "Texas": (3, 7), "Florida": (8, 7),
}  # fmt: skip
_SHORT = {
    "Alaska": "AK", "Maine": "ME", "Vermont": "VT", "New Hampshire": "NH", "Washington": "WA", "Idaho": "ID",
    "Montana": "MT", "North Dakota": "ND", "Minnesota": "MN", "Illinois": "IL", "Wisconsin": "WI", "Michigan": "MI",
    "New York": "NY", "Rhode Island": "RI", "Massachusetts": "MA", "Oregon": "OR", "Nevada": "NV", "Wyoming": "WY",
    "South Dakota": "SD", "Iowa": "IA", "Indiana": "IN", "Ohio": "OH", "Pennsylvania": "PA", "New Jersey": "NJ",
    "Connecticut": "CT", "California": "CA", "Utah": "UT", "Colorado": "CO", "Nebraska": "NE", "Missouri": "MO",
    "Kentucky": "KY", "West Virginia": "WV", "Virginia": "VA", "Maryland": "MD", "Delaware": "DE", "Arizona": "AZ",
    "New Mexico": "NM", "Kansas": "KS", "Arkansas": "AR", "Tennessee": "TN", "North Carolina": "NC",
    "South Carolina": "SC", "District of Columbia": "DC", "Oklahoma": "OK", "Louisiana": "LA", "Mississippi": "MS",
    "Alabama": "AL", "Georgia": "GA", "Hawaii": "HI", "Texas": "TX", "Florida": "FL",
}  # fmt: skip
_STATE = re.compile(r"\b(" + "|".join(sorted(_TILES, key=len, reverse=True)) + r")\b(?!,? D\.?C)")


def places_of(site: Site, claim: Claim) -> tuple[str, ...]:
    """Return the places a claim names, itself or by its targets; a whole country is no place here."""
    found = [one_line(clean(one)) for one in claim.places]
    for one in claim.proposition.targets:
        target = site.case.targets.get(one)
        if target is not None and (target.place or target.jurisdiction):
            found.append(one_line(clean(target.place or target.jurisdiction)))
    return tuple(dict.fromkeys(one for one in found if one and one.lower() != _COUNTRY))


def states_in(place: str) -> tuple[str, ...]:
    """Return the US states that a place names.

    Examples
    --------
    >>> states_in("Bucks County, Pennsylvania"), states_in("West Virginia"), states_in("Washington, D.C.")
    (('Pennsylvania',), ('West Virginia',), ())
    """
    return tuple(dict.fromkeys(_STATE.findall(place)))


def places_page(site: Site) -> Page:
    """Return the page of places: a map of states where the case is about the United States, and a table."""
    by_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in site.index.claims:
        for place in places_of(site, claim):
            by_place[place].append(claim)
    sections = []
    if by_place and _is_about_us(site):
        by_state: dict[str, dict[str, Claim]] = defaultdict(dict)
        for place, claims in by_place.items():
            for state in states_in(place):
                by_state[state] |= {one.id: one for one in claims}
        if by_state:
            held = {state: list(claims.values()) for state, claims in by_state.items()}
            sections.append(_states(site, held))
    sections.append(_table(site, by_place))
    heading = "Where, as far as a place is named"
    citation = site.citation(heading, "places", "places")
    columns = ("place", "states", "claims")
    rows = [(place, states_in(place), [one.id for one in claims]) for place, claims in sorted(by_place.items())]
    values = {
        "heading": heading,
        "standfirst": f"{counted(len(by_place), 'place')}. Most claims name none, or a whole country.",
        "sections": sections,
    }
    data = site.envelope("places", citation, rows=[dict(zip(columns, row, strict=True)) for row in rows])
    return Page("places", heading, "table.html.j2", values, "places.html", data, csv_table(columns, rows), citation)


def _is_about_us(site: Site) -> bool:
    return any((one.jurisdiction or "").strip().lower() == _COUNTRY for one in site.case.targets.values())


def _states(site: Site, by_state: Mapping[str, Sequence[Claim]]) -> Section:
    rows = [TableRow((state, len(claims), _few(site, claims)), f"state-{_SHORT[state].lower()}")
            for state, claims in sorted(by_state.items())]  # fmt: skip
    caption = as_markup(f"<b>{counted(len(rows), 'state')}</b> A claim that names several places counts in each.")
    return Section("US states named", caption, ("State", "Claims", "Which"), rows, picture=tile_map(by_state),
                   right=("Claims",))  # fmt: skip


def _table(site: Site, by_place: Mapping[str, Sequence[Claim]]) -> Section:
    rows = [TableRow((place, len(claims), _few(site, claims))) for place, claims in
            sorted(by_place.items(), key=lambda pair: (-len(pair[1]), pair[0]))]  # fmt: skip
    caption = as_markup(f"<b>{counted(len(rows), 'place')}</b> In the words of the record.")
    return Section("Every place named", caption, ("Place", "Claims", "Which"), rows[:2000], right=("Claims",))


def _few(site: Site, claims: Sequence[Claim]) -> Markup:
    links = site.links[""]
    shown = "; ".join(str(links(one.id)) for one in claims[:_SHOWN])
    return as_markup(shown + (f"; and {len(claims) - _SHOWN} more in the CSV file" if len(claims) > _SHOWN else ""))


def tile_map(by_state: Mapping[str, Sequence[Claim]]) -> Markup:
    """Return the map: a tile for each state, its count of claims, linked to the row of the state."""
    tiles = []
    for state, (column, row) in _TILES.items():
        x, y, count = column * 46 + 1, row * 46 + 1, len(by_state.get(state, ()))
        look = "tile held" if count else "tile"
        drawn = f'<rect class="{look}" x="{x}" y="{y}" width="43" height="43"/>'
        drawn += f'<text class="abbr" x="{x + 4}" y="{y + 13}">{_SHORT[state]}</text>'
        if count:
            words = escape(f"{state}: {counted(count, 'claim')}")
            drawn += f'<text class="strong" x="{x + 21.5}" y="{y + 33}" text-anchor="middle">{count}</text>'
            drawn = f'<a href="#state-{_SHORT[state].lower()}" aria-label="{words}"><title>{words}</title>{drawn}</a>'
        tiles.append(drawn)
    return as_markup(
        '<svg class="tiles" viewBox="0 0 506 370" role="group" aria-label="Map of US states as tiles, with the number '
        f'of claims that name each. The table below holds the same.">{"".join(tiles)}</svg>'
    )
