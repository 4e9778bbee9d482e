"""Opens picture files that strangers made: bounded in bytes, pixels and frames, and never run or fetched."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from undazzle.errors import MissingExtraError, SourceError
from undazzle.traces.image_hashing import MAX_BYTES, MAX_PIXELS

# Formats that people post; everything else that Pillow can open is left alone (PostScript would start a program).
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "MPO", "AVIF")
MOST_FRAMES = 1000
_SMALL = 16
# Signatures of other kinds of file inside a picture, behind its own end.
_STRANGERS = {
    b"PK\x03\x04": "ZIP", b"%PDF-": "PDF", b"<script": "HTML", b"<?php": "PHP", b"MZ\x90": "a program",
    b"\x7fELF": "a program", b"Rar!\x1a": "RAR",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened picture.

    Attributes
    ----------
    picture
        The Pillow image; pixels are not read yet.
    content
        The bytes of the file.
    remarks
        What is odd about the file.
    """

    picture: Any
    content: bytes
    remarks: tuple[str, ...]


@contextmanager
def opened_picture(path: Path) -> Iterator[Opened]:
    """Open a picture file.

    Parameters
    ----------
    path
        A file of at most 100 MB, 60 million pixels in a frame and 1,000 frames.

    Raises
    ------
    MissingExtraError
        If ``undazzle[images]`` is not installed.
    SourceError
        If the file is no picture, is broken or too large.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise MissingExtraError("images", "Reading pictures") from error
    content = _content(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # broken metadata, and sizes near Pillow's own limit; ours follows
        try:
            picture = Image.open(path, formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise SourceError(
                path, f"The picture unfolds to more than {MAX_PIXELS:,} pixels", "Leave it out."
            ) from error
        except Exception as error:
            raise SourceError(path, "This file is no picture that can be read", "Leave it out.") from error
        with picture:
            _check(path, picture)
            yield Opened(picture, content, tuple(_remarks(picture, content)))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(path, f"The picture has more than {MAX_BYTES:,} bytes", "Leave it out.")
        return path.read_bytes()
    except SourceError:
        raise
    except OSError as error:
        raise SourceError(path, "The picture cannot be read", "Check the path and its permissions.") from error


def _check(path: Path, picture: Any) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise SourceError(path, f"The picture unfolds to more than {MAX_PIXELS:,} pixels", "Leave it out.")
    # Counting the frames of an animation means to walk over them: no further than the limit.
    if frames_of(picture) > MOST_FRAMES:
        raise SourceError(path, f"The animation has more than {MOST_FRAMES:,} frames", "Leave it out.")
    try:
        picture.seek(0)
        picture.load()
    except Exception as error:
        raise SourceError(path, "The picture is broken or cut off", "Leave it out.") from error


def frames_of(picture: Any) -> int:
    """Return the number of frames of a picture, at most one more than the limit."""
    if not getattr(picture, "is_animated", False):
        return 1
    count = 1
    try:
        while count <= MOST_FRAMES:
            picture.seek(count)
            count += 1
    except (EOFError, ValueError, OSError):
        pass
    return count


def _remarks(picture: Any, content: bytes) -> Iterator[str]:
    if picture.width == 1 and picture.height == 1:
        yield "one pixel: a counter of readers, no picture"
    elif min(picture.width, picture.height) < _SMALL:
        yield "too small to be compared"
    behind = _behind_end(str(picture.format), content)
    found = next(
        (name for sign, name in _STRANGERS.items() if sign in behind[:1_000_000].lower() or sign in behind), ""
    )
    if found:
        yield f"holds a second file behind the picture ({found})"
    elif len(behind) > 1024:
        yield f"{len(behind):,} bytes behind the end of the picture"


def _behind_end(kind: str, content: bytes) -> bytes:
    ends = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82", "GIF": b"\x00;"}
    end = ends.get(kind)
    if end is None:
        return b""
    # The first end of a JPEG may be that of its thumbnail: what follows the last one is behind the picture.
    at = content.find(end) if kind == "PNG" else content.rfind(end)
    return content[at + len(end) :] if at >= 0 else b""
