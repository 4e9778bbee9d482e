"""Techniques that DISARM has no good id for: coercive disruption of a vote, under ids of our own.

They begin with ``local:`` in a claim and are written as ``x-local-…``, so that nobody takes them for DISARM's.
"""

from __future__ import annotations

LABELS: dict[str, str] = {
    "hoax-threat": "A threat made up to stop or delay a vote, such as a false bomb threat to a polling place",
    "hoax-closure": "A false notice that a polling place is closed or moved",
    "voter-intimidation": "Messages meant to frighten people away from voting",
    "false-authority-message": "A message in the name of an election office or a law enforcement body",
    "denial-of-service-on-results": "Making the pages of an election office unreachable while results come in",
}
NEAREST = "T0124"  # of DISARM, if a receiver can take nothing else
PREFIX = "x-local-"
