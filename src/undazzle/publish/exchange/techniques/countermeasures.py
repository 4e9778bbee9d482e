"""Countermeasures that a defender may name without harm: an allow-list of DISARM's blue side.

The blue side of DISARM is old: most of what it points to no longer exists, and some of its entries deceive, harass
or pollute. Its authors warn against it themselves. Only what is listed here is ever written; labels in own words.
"""

from __future__ import annotations

from undazzle.casebook.countermeasure import CountermeasureKind

ALLOWED: dict[str, str] = {
    "C00028": "Show where material comes from",
    "C00074": "Find identical material and slow it down",
    "C00081": "Point out a flood and say what it is for",
    "C00082": "Show what is so",
    "C00113": "Show that an expert is none",
    "C00115": "Say who acts and what for",
    "C00116": "Show the evidence of who is behind it",
    "C00119": "Answer a false claim with facts",
    "C00123": "Have a platform remove or limit what breaks its rules",
    "C00125": "Prepare people before a false claim arrives",
    "C00126": "Warn quickly when something begins",
    "C00133": "Have accounts that break the rules removed",
    "C00159": "Have a plan for the case",
    "C00161": "Work together across bodies",
    "C00172": "Have a source that breaks the rules removed",
    "C00176": "Share what is known between bodies",
    "C00184": "Tell the public through the press",
    "C00188": "Train journalists",
    "C00189": "See that a platform keeps its own rules",
    "C00197": "Have false accounts removed",
    "C00219": "Add data on origin to material",
    "C00222": "Rehearse the case at a table",
}

# What a record of a case is called there, where one clearly fits.
OF_KIND: dict[CountermeasureKind, str] = {
    CountermeasureKind.TAKEDOWN: "C00197",
    CountermeasureKind.BRIEFING: "C00176",
    CountermeasureKind.NOTIFICATION: "C00176",
    CountermeasureKind.PUBLIC_STATEMENT: "C00115",
    CountermeasureKind.ADVISORY: "C00126",
    CountermeasureKind.INDICTMENT: "C00116",
}


def is_allowed(counter_id: str) -> bool:
    """Return whether a countermeasure may be written.

    Examples
    --------
    >>> is_allowed("C00125"), is_allowed("C00138")
    (True, False)
    """
    return counter_id in ALLOWED
