"""The bytes of a source file: refused if they cannot be posts, hashed, and unpacked within bounds."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from undazzle.errors import SourceError

Compression = Literal["none", "gzip", "zstd", "zip", "bzip2", "xz"]
Progress = Callable[[str, int, int | None], None]

CHUNK = 1 << 20
LONG_LINE = 16_000_000  # bytes of one row; a longer one is set aside
_MAGIC: tuple[tuple[bytes, Compression], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
)
_UNREADABLE = {
    b"7z\xbc\xaf\x27\x1c": "7z archive",
    b"Rar!": "RAR archive",
    b"%PDF": "PDF document",
    b"SQLite format 3": "SQLite database",
}
_JUNK_MEMBERS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a packed file may expand.

    Attributes
    ----------
    ratio
        Largest expansion, unpacked bytes per packed byte. Text of posts rarely passes 50.
    grace
        Bytes that may come out before the ratio is looked at.
    total
        Most bytes that may come out.
    """

    ratio: int = 250
    grace: int = 64_000_000
    total: int = 500_000_000_000


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What one pass over the bytes of a file tells.

    Attributes
    ----------
    sha256
        Of the file as it was given, packed or not.
    size
        Bytes.
    has_nul
        Whether a NUL byte occurs.
    has_long_line
        Whether a stretch of at least ``LONG_LINE`` bytes holds no line end.
    lines
        Lines, the last one counted even if it has no end.
    """

    sha256: str
    size: int
    has_nul: bool
    has_long_line: bool
    lines: int


def check_path(path: Path) -> None:
    """Refuse what is no readable file with something in it.

    Raises
    ------
    SourceError
        If the path is missing, a folder, no plain file, unreadable or empty.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise SourceError(path, "There is no such file", "Check the name and the folder.") from None
    except OSError as error:
        raise SourceError(path, f"The file cannot be looked at ({error.strerror})", "Check its rights.") from None
    if stat.S_ISDIR(found.st_mode):
        raise SourceError(path, "This is a folder, not a file", "Name the files in it one by one.")
    if not stat.S_ISREG(found.st_mode):
        raise SourceError(path, "This is no plain file", "Save the data to a file first.")
    if found.st_size == 0:
        raise SourceError(path, "The file is empty", "Download or export it again.")


def fingerprint(path: Path, progress: Progress | None = None) -> Fingerprint:
    """Return the hash of a file and what its bytes hold, in one pass with bounded memory.

    Raises
    ------
    SourceError
        If the file cannot be read.
    """
    digest, done, since_line_end, longest, has_nul, lines = hashlib.sha256(), 0, 0, 0, False, 0
    size = path.stat().st_size
    with _readable(path) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            done += len(chunk)
            has_nul = has_nul or b"\0" in chunk
            lines += chunk.count(b"\n")
            first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
            longest = max(longest, since_line_end + (len(chunk) if first < 0 else first))
            since_line_end = since_line_end + len(chunk) if last < 0 else len(chunk) - last - 1
            if progress:
                progress("checking", done, size)
    return Fingerprint(digest.hexdigest(), done, has_nul, longest >= LONG_LINE, lines + (since_line_end > 0))


def detect_compression(path: Path) -> Compression:
    """Return how a file is packed, by its first bytes and not by its name; a workbook counts as not packed.

    Raises
    ------
    SourceError
        If it is packed or written in a way that cannot be read (7z, RAR, PDF, SQLite).
    """
    with _readable(path) as file:
        head = file.read(16)
    for magic, what in _UNREADABLE.items():
        if head.startswith(magic):
            raise SourceError(path, f"This is a {what}", "Unpack or export it to CSV, JSON or Parquet first.")
    if _is_skipped_frame(head or b" "):
        return "zstd"
    found: Compression = next((name for magic, name in _MAGIC if head.startswith(magic)), "none")
    return "none" if found == "zip" and _is_workbook(path) else found


def unpacked(path: Path, compression: Compression, bounds: Bounds | None = None) -> Iterator[bytes]:
    """Yield the unpacked bytes of a file in chunks, within bounds.

    Parameters
    ----------
    path
        The file.
    compression
        What ``detect_compression`` said.
    bounds
        How far it may expand (``Bounds()`` if not given).

    Raises
    ------
    SourceError
        If the file is damaged, expands too far, or is an archive of several files.
    """
    limits = bounds or Bounds()
    done, packed = 0, path.stat().st_size
    with _opened(path, compression) as file:
        while chunk := _read(path, file):
            done += len(chunk)
            if compression != "none" and done > limits.grace and done > packed * limits.ratio:
                raise _bomb(path, f"expands to more than {limits.ratio} times its size")
            if compression != "none" and done > limits.total:
                raise _bomb(path, f"expands to more than {limits.total:,} bytes")
            yield chunk
    if compression == "zstd" and not _is_whole_zstd(path):
        raise _damaged(path, EOFError("the last frame is cut off"))


def head_of(path: Path, compression: Compression, size: int = CHUNK) -> bytes:
    """Return the first ``size`` unpacked bytes."""
    parts: list[bytes] = []
    for chunk in unpacked(path, compression):
        parts.append(chunk)
        if sum(map(len, parts)) >= size:
            break
    return b"".join(parts)[:size]


def write_chunks(path: Path, chunks: Iterator[bytes], target: Path, progress: Progress | None = None) -> int:
    """Write chunks to ``target`` and return the number of bytes.

    Raises
    ------
    SourceError
        If the disk is full; ``path`` names the source in the message.
    """
    done = 0
    try:
        with target.open("wb") as file:
            for chunk in chunks:
                done += file.write(chunk)
                if progress:
                    progress("unpacking", done, None)
    except OSError as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(
            path, f"The file cannot be unpacked to {target.parent} ({error.strerror})", "Free some space."
        ) from error
    return done


@contextmanager
def _readable(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise SourceError(path, f"The file cannot be read ({error.strerror})", "Check its rights.") from error


@contextmanager
def _opened(path: Path, compression: Compression) -> Iterator[IO[bytes]]:
    """Open a file for reading its unpacked bytes; the modules are imported when they are needed."""
    if compression == "zip":
        with _only_member(path) as file:
            yield file
        return
    with _readable(path) as raw, _unpacker(raw, compression) as file:
        yield file


def _unpacker(raw: IO[bytes], compression: Compression) -> Any:
    """Return a context manager of the file that unpacks ``raw``."""
    if compression == "gzip":
        import gzip

        return gzip.open(raw)
    if compression == "bzip2":
        import bz2

        return bz2.open(raw)
    if compression == "xz":
        import lzma

        return lzma.open(raw)
    if compression == "zstd":
        import zstandard

        # dumps of whole forums are packed with windows of up to 2 GB
        return zstandard.ZstdDecompressor(max_window_size=1 << 31).stream_reader(raw, read_across_frames=True)
    return nullcontext(raw)


def _is_whole_zstd(path: Path) -> bool:
    """Walk over the block headers: the unpacker itself takes a file that is cut off for one that ends."""
    import zstandard

    with _readable(path) as file:
        while head := file.read(18):  # the longest frame header
            start = file.tell() - len(head)
            if _is_skipped_frame(head):
                file.seek(start + 8 + int.from_bytes(head[4:8], "little"))
                continue
            try:
                file.seek(start + zstandard.frame_header_size(head))
                has_checksum = zstandard.get_frame_parameters(head).has_checksum
            except zstandard.ZstdError:
                return False
            if not _skip_blocks(file) or (has_checksum and len(file.read(4)) < 4):
                return False
        return file.tell() <= path.stat().st_size


def _is_skipped_frame(head: bytes) -> bool:
    """Frames without data, which parallel packers write at the beginning."""
    return 0x50 <= head[0] <= 0x5F and head[1:4] == b"\x2a\x4d\x18"


def _skip_blocks(file: IO[bytes]) -> bool:
    """Go to the end of a frame's blocks; false if the file ends before."""
    while len(header := file.read(3)) == 3:
        value = int.from_bytes(header, "little")
        is_last, is_repeat, size = value & 1, value >> 1 & 3 == 1, value >> 3
        file.seek(size - 1 if not is_repeat else 0, 1)
        if not file.read(1):
            return False
        if is_last:
            return True
    return False


def _is_workbook(path: Path) -> bool:
    """Excel and OpenDocument files are zip archives of their own."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            size = sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise _damaged(path, error) from error
    is_workbook = "[Content_Types].xml" in names or "content.xml" in names
    if is_workbook and size > Bounds().grace and size > path.stat().st_size * Bounds().ratio:
        raise _bomb(path, f"expands to more than {Bounds().ratio} times its size")
    return is_workbook


@contextmanager
def _only_member(path: Path) -> Iterator[IO[bytes]]:
    import zipfile

    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise _damaged(path, error) from error
    with archive:
        members = [
            one for one in archive.infolist() if not one.is_dir() and not any(j in one.filename for j in _JUNK_MEMBERS)
        ]
        if len(members) != 1:
            names = ", ".join(one.filename[:80] for one in members[:10]) + (" …" if len(members) > 10 else "")
            raise SourceError(
                path,
                f"The archive holds {len(members)} files ({names})" if members else "The archive holds no file",
                "Unpack it and ingest the files one by one.",
            )
        if members[0].flag_bits & 1:
            raise SourceError(path, "The archive is locked with a password", "Unpack it first.")
        try:
            with archive.open(members[0]) as file:
                yield file
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise _damaged(path, error) from error


def _read(path: Path, file: IO[bytes]) -> bytes:
    """Read a chunk; what the unpackers raise on damaged data becomes one clear error."""
    import lzma
    import zipfile
    import zlib

    broken: tuple[type[Exception], ...] = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, OSError)
    try:
        return file.read(CHUNK)
    except broken as error:
        raise _damaged(path, error) from error
    except Exception as error:
        if type(error).__name__ == "ZstdError":  # the module is only imported for .zst files
            raise _damaged(path, error) from error
        raise


def _damaged(path: Path, error: Exception) -> SourceError:
    return SourceError(path, f"The packed file is damaged or ends too early ({error})", "Download it again.")


def _bomb(path: Path, what: str) -> SourceError:
    return SourceError(
        path, f"The file {what}, as a zip bomb does", "If you trust it, unpack it yourself and give the unpacked file."
    )
