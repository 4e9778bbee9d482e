"""A seed becomes a neutral synthetic corpus with planted networks and innocent look-alikes, and the truth about it.

Reads nothing. Writes posts as a plain file, the way a collector would. It must not know of traces or detection.
"""

from undazzle.samples.bad_rows import BAD_ROW_COUNT
from undazzle.samples.building import build_corpus, planted_corpus
from undazzle.samples.corpus import Corpus, PlantedGroup
from undazzle.samples.files import write_corpus
from undazzle.samples.planting import Planting
from undazzle.samples.scale import EVENT_SETS, EventSet, build_event_set, build_events

__all__ = [
    "BAD_ROW_COUNT",
    "EVENT_SETS",
    "Corpus",
    "EventSet",
    "PlantedGroup",
    "Planting",
    "build_corpus",
    "build_event_set",
    "build_events",
    "planted_corpus",
    "write_corpus",
]
