"""Everything that picture files say of themselves, file by file; bad files are set aside with a reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

from undazzle.errors import SourceError
from undazzle.signals.pictures.eye_finder import Eyes, can_find_eyes, eyes_of
from undazzle.signals.pictures.marks import Marks, read_marks
from undazzle.signals.pictures.opening import frames_of, opened_picture
from undazzle.signals.pictures.provenance import Provenance, read_provenance
from undazzle.signals.pictures.similar import look_alikes
from undazzle.traces.image import LEAST_QUALITY
from undazzle.traces.image_hashing import hash_image

MOST_FILES = 100_000
_KINDS = frozenset(".jpg .jpeg .jpe .png .gif .webp .bmp .tif .tiff .avif .jfif".split())


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What one picture file says of itself.

    Attributes
    ----------
    file
        Its path below the folder.
    problem
        Why it could not be read; empty otherwise.
    sha256
        Hash of its bytes.
    kind, width, height, frames
        Format, size in pixels, number of frames.
    remarks
        What is odd about the file.
    marks
        What metadata say.
    provenance
        What a signed manifest says; ``None`` if ``undazzle[provenance]`` is not installed.
    pdq, quality
        Perceptual hash, and how much it says (0 to 100); empty for pictures too plain to compare.
    looks_like, alike
        Other files of the folder within 31 of 256 bits, at most fifty, and how many there are.
    eyes
        Where the eyes of a portrait stand; ``None`` if ``undazzle[vision]`` is not installed.
    """

    file: str
    problem: str = ""
    sha256: str = ""
    kind: str = ""
    width: int = 0
    height: int = 0
    frames: int = 0
    remarks: tuple[str, ...] = ()
    marks: Marks = field(default_factory=Marks)
    provenance: Provenance | None = None
    pdq: str = ""
    quality: int = 0
    looks_like: tuple[str, ...] = ()
    alike: int = 0
    eyes: Eyes | None = None


def picture_facts(path: Path, name: str = "") -> PictureFacts:
    """Return what a picture file says of itself; a file that cannot be read says why.

    Parameters
    ----------
    path
        The file.
    name
        What to call it; its own name if empty.

    Raises
    ------
    MissingExtraError
        If ``undazzle[images]`` is not installed.
    """
    name = name or path.name
    try:
        with opened_picture(path) as opened:
            picture, kind = opened.picture, str(opened.picture.format)
            hashed = hash_image(path)
            is_plain = hashed.quality < LEAST_QUALITY or any("small" in one or "pixel" in one for one in opened.remarks)
            return PictureFacts(
                file=name,
                sha256=hashlib.sha256(opened.content).hexdigest(),
                kind=kind,
                width=picture.width,
                height=picture.height,
                frames=frames_of(picture),
                remarks=opened.remarks,
                marks=read_marks(picture, opened.content),
                provenance=read_provenance(opened.content, kind) if find_spec("c2pa") else None,
                pdq="" if is_plain else hashed.pdq,
                quality=hashed.quality,
                eyes=eyes_of(picture) if can_find_eyes() else None,
            )
    except SourceError as error:
        return PictureFacts(name, problem=f"{error.problem}.")


def read_pictures(folder: Path | str) -> list[PictureFacts]:
    """Return what the picture files of a folder and of folders in it say of themselves, and which look alike.

    Parameters
    ----------
    folder
        The folder; symbolic links that lead out of it are not followed.

    Raises
    ------
    SourceError
        If it is no folder, or holds more than 100,000 pictures.
    TooLargeError
        If more than two million pairs of pictures look alike.
    MissingExtraError
        If ``undazzle[images]`` is not installed.
    """
    base = Path(folder)
    if not base.is_dir():
        raise SourceError(base, "This is no folder", "Name a folder of pictures.")
    files = [one for one in sorted(base.rglob("*")) if one.suffix.lower() in _KINDS and one.is_file()]
    files = [one for one in files if one.resolve().is_relative_to(base.resolve())]
    if len(files) > MOST_FILES:
        raise SourceError(base, f"The folder holds {len(files):,} pictures", f"Give at most {MOST_FILES:,} at a time.")
    found = [picture_facts(one, str(one.relative_to(base))) for one in files]
    places = [place for place, one in enumerate(found) if one.pdq]
    alike = look_alikes([found[place].file for place in places], [found[place].pdq for place in places])
    for place, (number, names) in zip(places, alike, strict=True):
        found[place] = replace(found[place], alike=number, looks_like=names)
    return found
