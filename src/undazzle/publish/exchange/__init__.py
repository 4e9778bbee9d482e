"""A casebook becomes files that other systems read: STIX 2.1, OpenCTI, MISP, FIAT tables, DISARM tags, JSON Lines.

Reads a case in memory, no table of the workspace; writes files, and reads files of others as draft claims. It must
not resolve a contradiction, must not turn a claim into a fact, and loads nothing from anywhere.
"""

from undazzle.publish.exchange.exports import EXCHANGE_FORMATS, export_case
from undazzle.publish.exchange.formats import ExchangeFormat, Exported

__all__ = ["EXCHANGE_FORMATS", "ExchangeFormat", "Exported", "export_case"]
