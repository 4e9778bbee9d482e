"""MITRE ATT&CK, for intrusions only: ids of techniques and groups, with labels in own words.

Kept apart from DISARM although both write T and four digits: a method of a claim says ``attack:T1566``.
"""

from __future__ import annotations

import re

ADDRESS = "https://attack.mitre.org"
TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")
GROUP = re.compile(r"G\d{4}")

LABELS: dict[str, str] = {
    "T1005": "Collect files from a machine",
    "T1040": "Listen to network traffic",
    "T1046": "Look for services on a network",
    "T1056": "Record what is typed",
    "T1071": "Control machines through ordinary protocols",
    "T1078": "Use real accounts of others",
    "T1110": "Try many passwords",
    "T1114": "Collect mail",
    "T1190": "Break in through a public service",
    "T1498": "Flood a network so that it fails",
    "T1557": "Stand between two sides of a connection",
    "T1566": "Send messages that lure people into a trap",
    "T1583": "Acquire machines and domains",
    "T1585": "Set up accounts for later use",
    "T1586": "Take over accounts for later use",
    "T1598": "Send messages that ask for secrets",
    "T1656": "Pose as somebody else",
}


def address_of(attack_id: str) -> str:
    """Return the page of a technique or group.

    Examples
    --------
    >>> address_of("T1566.002")
    'https://attack.mitre.org/techniques/T1566/002/'
    """
    folder = "groups" if GROUP.fullmatch(attack_id) else "techniques"
    return f"{ADDRESS}/{folder}/{attack_id.replace('.', '/')}/"
