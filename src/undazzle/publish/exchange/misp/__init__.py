"""A case becomes MISP events in a folder that MISP reads as a feed, and MISP events become drafts.

The only room that knows MISP. One event an incident; a claim is an annotation with its grading beside it. Tags are of
published taxonomies; nothing is marked for detection systems.
"""

from undazzle.publish.exchange.misp.events import MISP, misp_events
from undazzle.publish.exchange.misp.reading import import_misp

__all__ = ["MISP", "import_misp", "misp_events"]
