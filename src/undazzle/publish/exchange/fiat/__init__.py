"""A case becomes the table of DFRLab's attribution tracker, in its column names of 2020 or of 2024.

A row is an allegation: somebody names a foreign actor on work of its own. Denials, empty searches and relays have no
place in the table and are counted, not bent. Totals are derived from the answers.
"""

from undazzle.publish.exchange.fiat.dialects import FIAT_2020, FIAT_2024

__all__ = ["FIAT_2020", "FIAT_2024"]
