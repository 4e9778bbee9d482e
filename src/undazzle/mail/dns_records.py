"""DNS records that the user gives in a file; nothing is ever looked up.

A line is one record, as ``dig`` and zone files print it: ``name [ttl] [IN] TYPE value``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from undazzle.errors import ParameterError

_RECORD = re.compile(r"(\S+)\s+(?:\d+\s+)?(?:IN\s+)?(TXT|A|AAAA|MX)\s+(.+)", re.IGNORECASE)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_MAX_LINE, _MAX_LINES = 20_000, 200_000


@dataclass(frozen=True, slots=True)
class DnsRecords:
    """Records by name and type; empty where the user gave none."""

    records: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def get(self, name: str, kind: str) -> list[str]:
        """Return the values of one type for a name."""
        return self.records.get((name.strip(".").lower(), kind), [])

    def txt(self, name: bytes | str, timeout: int = 5) -> bytes | None:
        """Return the first TXT record of a name in the form that signature checks ask for."""
        del timeout
        wanted = name.decode("ascii", "replace") if isinstance(name, bytes) else name
        found = self.get(wanted, "TXT")
        return found[0].encode("utf-8", "replace") if found else None


def parse_records(lines: Iterable[str], source: str = "records") -> DnsRecords:
    r"""Return records from lines of text; comments (``;`` or ``#``) and empty lines are skipped.

    Raises
    ------
    ParameterError
        If a line is no record.

    Examples
    --------
    >>> parse_records(['s1._domainkey.example.org. 300 IN TXT "v=DKIM1; " "p=AA"']).txt("s1._domainkey.example.org")
    b'v=DKIM1; p=AA'
    """
    found: dict[tuple[str, str], list[str]] = {}
    for number, line in enumerate(lines, 1):
        text = line.strip()[:_MAX_LINE]
        if not text or text[0] in ";#":
            continue
        match = _RECORD.fullmatch(text)
        if not match or number > _MAX_LINES:
            raise ParameterError("--dns", f"{source}, line {number}", "Write one record a line: name TXT value.")
        kind, value = match[2].upper(), match[3].strip()
        if kind == "TXT" and (quoted := _QUOTED.findall(value)):
            value = "".join(piece.replace('\\"', '"').replace("\\;", ";") for piece in quoted)
        found.setdefault((match[1].strip(".").lower(), kind), []).append(value)
    return DnsRecords(found)


def read_records(path: Path | str) -> DnsRecords:
    """Return the records of a file.

    Raises
    ------
    ParameterError
        If it cannot be read, or a line is no record.
    """
    place = Path(path)
    try:
        text = place.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ParameterError("--dns", str(path), f"The file cannot be read ({error.strerror}).") from error
    return parse_records(text.splitlines(), place.name)
