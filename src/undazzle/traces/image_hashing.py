"""Picture files become perceptual hashes. Only files on this machine are read; nothing is fetched.

Reads ``posts`` and ``account_observations``. Writes ``media``.
"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from undazzle.errors import MissingExtraError, SourceError
from undazzle.store import Store

# A picture that unfolds to more pixels or bytes is an attack, or of no use for a hash of 16 x 16 cells.
MAX_PIXELS = 60_000_000
MAX_BYTES = 100_000_000
_SIDE = 512
# Hashed by their frames elsewhere, where OpenCV is installed.
VIDEO_KINDS = frozenset(".mp4 .m4v .mov .webm .mkv .avi .3gp".split())


@dataclass(frozen=True, slots=True)
class ImageHash:
    """The PDQ hash of a picture: 64 hexadecimal digits, quality 0 to 100, and the file's own sha256."""

    pdq: str
    quality: int
    sha256: str


@dataclass(frozen=True, slots=True)
class HashedMedia:
    """What became of a folder of pictures."""

    hashed: int
    unused: int
    failed: tuple[str, ...]


def hash_image(path: Path | str) -> ImageHash:
    """Return the PDQ hash of a picture file; of an animation, that of the first frame.

    Parameters
    ----------
    path
        A file of at most 100 MB and 60 million pixels.

    Raises
    ------
    MissingExtraError
        If ``undazzle[images]`` is not installed.
    SourceError
        If the file is no picture, is broken, or unfolds to too many pixels.
    """
    pdqhash, image_module = _libraries()
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(
                path, f"The picture has more than {MAX_BYTES:,} bytes", "Leave it out, or make it smaller."
            )
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(path, "The picture cannot be read", "Check the path and its permissions.") from error
    import numpy as np

    pixels = np.asarray(_small_picture(path, image_module))
    bits, quality = pdqhash.compute(pixels)
    return ImageHash(np.packbits(bits).tobytes().hex(), int(quality), hashlib.sha256(content).hexdigest())


def hash_media(store: Store, folder: Path | str) -> HashedMedia:
    """Hash the files of a folder that posts or profiles name, by their file name, and remember the hashes.

    Reads ``posts`` and ``account_observations``. Writes ``media``.

    Parameters
    ----------
    store
        An open workspace.
    folder
        A folder of pictures; folders inside it are looked at too, links that lead out of it are not followed.

    Returns
    -------
    HashedMedia
        How many files were hashed, how many nobody names, and which could not be read.
    """
    named = names_of_media(store)
    done = {row[0] for row in store.rows("SELECT media_key FROM media WHERE hash IS NOT NULL")}
    hashed, unused, failed = 0, 0, []
    base = Path(folder).resolve()
    files = (file for file in Path(folder).rglob("*") if file.is_file() and file.resolve().is_relative_to(base))
    for path in sorted(files):
        keys = [key for key in named.get(path.name, ()) if key not in done]
        unused += path.name not in named
        if not keys or path.suffix.lower() in VIDEO_KINDS:
            continue
        try:
            found = hash_image(path)
        except SourceError as error:
            failed.append(str(error))
            continue
        for key in keys:
            store.execute(
                "INSERT INTO media VALUES (?, ?, ?, 'pdq', ?, ?)",
                [key, str(path), found.sha256, found.pdq, found.quality],
            )
            done.add(key)
        hashed += 1
    return HashedMedia(hashed, unused, tuple(failed))


def names_of_media(store: Store) -> dict[str, list[str]]:
    """Return file name to the values of ``posts.media`` and of profile pictures that end in it."""
    named: dict[str, list[str]] = {}
    for (key,) in store.rows(
        "SELECT DISTINCT unnest(media) AS m FROM posts UNION SELECT profile_image FROM account_observations ORDER BY m"
    ):
        if key:
            name = key.partition("?")[0].partition("#")[0].replace("\\", "/").rstrip("/").rpartition("/")[2]
            named.setdefault(name, []).append(key)
    return named


def _libraries() -> tuple[Any, Any]:
    try:
        import pdqhash
        from PIL import Image
    except ImportError as error:
        raise MissingExtraError("images", "Hashing pictures") from error
    return pdqhash, Image


def _small_picture(path: Path, image_module: Any) -> Any:
    """Return the picture in RGB, at most 512 pixels wide and high."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # broken metadata and sizes near Pillow's own limit; ours follows
        try:
            with image_module.open(path) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise SourceError(path, f"The picture has more than {MAX_PIXELS:,} pixels", "Leave it out.")
                picture.draft("RGB", (_SIDE, _SIDE))
                picture.thumbnail((_SIDE, _SIDE))
                return picture.convert("RGB")
        except SourceError:
            raise
        except Exception as error:
            raise SourceError(path, "This file is no picture that can be read", "Leave it out.") from error
