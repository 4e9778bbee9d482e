"""The smallest Outlook file: a compound file with a few properties of a message."""

from __future__ import annotations

import struct
from pathlib import Path

_SECTOR, _SMALL = 512, 64
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_UNICODE = 0x001F
HEADERS, BODY, SUBJECT = 0x007D, 0x1000, 0x0037


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(raw) if name else 0, kind, 1, _NONE, right, child)
    return raw.ljust(64, b"\0") + links + bytes(16 + 4 + 16) + struct.pack("<III", start, size, 0)


def write_outlook(path: Path, texts: dict[int, str]) -> Path:
    """Write a message with these properties (number of the property to text)."""
    properties = bytes(32)
    streams: list[tuple[str, bytes]] = []
    for number, text in texts.items():
        content = text.encode("utf-16-le")
        streams.append((f"__substg1.0_{number:04X}{_UNICODE:04X}", content))
        properties += struct.pack("<HHIII", _UNICODE, number, 6, len(content) + 2, 0)
    streams.insert(0, ("__properties_version1.0", properties))
    small, body, starts = list[int](), b"", list[int]()
    for _, content in streams:  # all of them are short, and so stand in small sectors
        count = -(-len(content) // _SMALL)
        starts.append(len(small))
        small += [*range(len(small) + 1, len(small) + count), _END]
        body += content.ljust(count * _SMALL, b"\0")
    directory_sectors, body_sectors = (len(streams) + 4) // 4, -(-len(body) // _SECTOR)
    # Sector 0 is the table of sectors, 1 that of small sectors, then the directory, then what is in small sectors.
    fat = [_FAT, _END, *range(3, directory_sectors + 2), _END]
    first = len(fat)
    fat += [*range(first + 1, first + body_sectors), _END]
    directory = _entry("Root Entry", 5, 1, _NONE, first, len(body))
    for number, ((name, content), start) in enumerate(zip(streams, starts, strict=True), 1):
        right = number + 1 if number < len(streams) else _NONE
        directory += _entry(name, 2, _NONE, right, start, len(content))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 2, 0, 4_096, 1, 1, _END, 0) + struct.pack("<I", 0)
    head += struct.pack("<I", _FREE) * 108
    assert len(head) == _SECTOR and len(fat) <= _SECTOR // 4 and len(small) <= _SECTOR // 4
    tables = b"".join(struct.pack(f"<{len(one)}I", *one).ljust(_SECTOR, b"\xff") for one in (fat, small))
    rest = directory.ljust(directory_sectors * _SECTOR, b"\0") + body.ljust(body_sectors * _SECTOR, b"\0")
    path.write_bytes(head + tables + rest)
    return path
