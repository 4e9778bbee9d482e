"""A STIX 2.x bundle becomes draft claims; what has no place in a casebook is kept, not dropped."""

from undazzle.publish.exchange.stix.reading.bundles import import_stix

__all__ = ["import_stix"]
