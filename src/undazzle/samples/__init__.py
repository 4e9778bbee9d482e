"""A seed becomes a neutral synthetic corpus with planted networks and innocent look-alikes, and the truth about it.

Reads nothing. Writes posts as a plain file, the way a collector would. It must not know of traces or detection.
"""

from undazzle.samples.building import build_corpus, planted_corpus
from undazzle.samples.corpus import Corpus, PlantedGroup
from undazzle.samples.planting import Planting

__all__ = ["Corpus", "PlantedGroup", "Planting", "build_corpus", "planted_corpus"]
