"""Published indicators become sightings in posts, mails and logs, weighed and linked to a case; and known groups.

Reads lists (STIX, MISP, CSV, text), logs, ``posts``, ``accounts`` and ``mails``; writes ``sightings``. It must not
know of networks or of how posts were collected, never adds up espionage, influence and disruption, and never says
that whoever shows an indicator belongs to those whom the list names. Nothing is looked up, opened or fetched.
"""

from undazzle.intrusions.groups import Group, find_group, known_groups
from undazzle.intrusions.indicator import Indicator, IndicatorList
from undazzle.intrusions.kinds import IndicatorKind
from undazzle.intrusions.list_reading import read_list, read_lists
from undazzle.intrusions.record_search import Record
from undazzle.intrusions.search import search_indicators
from undazzle.intrusions.sightings import Sighting, SightingReport, Standing

__all__ = [
    "Group",
    "Indicator",
    "IndicatorKind",
    "IndicatorList",
    "Record",
    "Sighting",
    "SightingReport",
    "Standing",
    "find_group",
    "known_groups",
    "read_list",
    "read_lists",
    "search_indicators",
]
