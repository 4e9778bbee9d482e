"""Video files on this machine as hashes of sampled frames; strangers made them, so every step is bounded.

Only files whose first bytes are those of MP4, WebM, Matroska or AVI are opened, and the decoder may read nothing but
files: play lists, which name other files and addresses, are never followed. Decoding runs in this process.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from undazzle.errors import MissingExtraError, SourceError, TooLargeError
from undazzle.signals.pictures.similar import nearest_pairs
from undazzle.traces.image import LEAST_QUALITY
from undazzle.traces.image_hashing import MAX_PIXELS, VIDEO_KINDS

EVERY_SECONDS = 1.0
MAX_BYTES = 2_000_000_000
MOST_SAMPLES, MOST_FRAMES, MOST_SECONDS = 300, 20_000, 60.0
MOST_FILES = 10_000
# Videos are alike if so many of the frames of the shorter one are found in the other (as vPDQ has it), and at least
# three that differ from each other: many videos share a title or a black frame.
LEAST_SHARE, FEWEST_FRAMES = 0.8, 3
MOST_SHARED = 20_000_000
# No protocol but files, and no remarks of the decoder between ours.
_SETTINGS = {"OPENCV_FFMPEG_CAPTURE_OPTIONS": "protocol_whitelist;file", "OPENCV_FFMPEG_LOGLEVEL": "-8"}


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What sampled frames say of a video file.

    Attributes
    ----------
    file
        Its path below the folder.
    problem
        Why it could not be read; empty otherwise.
    width, height
        Size in pixels.
    sampled
        Frames that were looked at, one a second.
    frames
        Seconds from the beginning and PDQ hash of each that says anything and differs from the one before.
    cut
        Why the rest was not looked at; empty if all was.
    looks_like
        Other files in which four in five of the frames of the shorter one are found.
    """

    file: str
    problem: str = ""
    width: int = 0
    height: int = 0
    sampled: int = 0
    frames: tuple[tuple[float, str], ...] = ()
    cut: str = ""
    looks_like: tuple[str, ...] = ()


def video_facts(path: Path, name: str = "") -> VideoFacts:
    """Return the frames of a video file; a file that cannot be read says why.

    Parameters
    ----------
    path
        A local file of at most 2 GB and 60 million pixels in a frame. At most 300 frames, one a second, of the first
        20,000 are looked at, for at most a minute.
    name
        What to call it; its own name if empty.

    Raises
    ------
    MissingExtraError
        If ``undazzle[vision]`` or ``undazzle[images]`` is not installed.
    """
    name = name or path.name
    try:
        _check(path)
        with _opened(path) as capture:
            return _sampled(capture, name, path)
    except SourceError as error:
        return VideoFacts(name, problem=f"{error.problem}.")


def read_videos(folder: Path | str) -> list[VideoFacts]:
    """Return the frames of the video files of a folder and of folders in it, and which files are alike.

    Parameters
    ----------
    folder
        The folder; symbolic links that lead out of it are not followed.

    Raises
    ------
    SourceError
        If it is no folder, or holds more than 10,000 videos.
    MissingExtraError
        As in ``video_facts``, if there is any video.
    """
    base = Path(folder)
    if not base.is_dir():
        raise SourceError(base, "This is no folder", "Name a folder of videos.")
    files = [one for one in sorted(base.rglob("*")) if one.suffix.lower() in VIDEO_KINDS and one.is_file()]
    files = [one for one in files if one.resolve().is_relative_to(base.resolve())]
    if len(files) > MOST_FILES:
        raise SourceError(base, f"The folder holds {len(files):,} videos", f"Give at most {MOST_FILES:,} at a time.")
    return with_alike([video_facts(one, str(one.relative_to(base))) for one in files])


def with_alike(found: Sequence[VideoFacts]) -> list[VideoFacts]:
    """Return the videos with the names of those that show the same.

    Parameters
    ----------
    found
        Videos of one collection.

    Raises
    ------
    TooLargeError
        If they share more than twenty million frames.
    """
    met: dict[tuple[int, int], tuple[set[str], set[str]]] = {}
    for one, other, first, second in _shared_frames(found):
        ours, theirs = met.setdefault((one, other), (set(), set()))
        ours.add(first)
        theirs.add(second)
    alike: dict[int, list[str]] = {}
    for (one, other), (ours, theirs) in met.items():
        sides = [({pdq for _, pdq in found[place].frames}, seen) for place, seen in ((one, ours), (other, theirs))]
        number, seen = min((len(frames), len(frames & hashes)) for frames, hashes in sides)
        if seen >= max(FEWEST_FRAMES, LEAST_SHARE * number):
            alike.setdefault(one, []).append(found[other].file)
            alike.setdefault(other, []).append(found[one].file)
    return [replace(one, looks_like=tuple(sorted(alike.get(place, ())))) for place, one in enumerate(found)]


def _shared_frames(found: Sequence[VideoFacts]) -> Iterator[tuple[int, int, str, str]]:
    """Yield places of two videos, the first before the second, with a frame of each that look alike."""
    owners: dict[str, set[int]] = {}
    for place, video in enumerate(found):
        for _, pdq in video.frames:
            owners.setdefault(pdq, set()).add(place)
    known = sorted(owners)
    pairs = [(pdq, pdq) for pdq in known]
    pairs += [(known[one], known[other]) for one, other, _ in nearest_pairs(known)]
    needed = sum(len(owners[first]) * len(owners[second]) for first, second in pairs)
    if needed > MOST_SHARED:
        raise TooLargeError("Frames that videos share", needed, MOST_SHARED, "Give fewer videos at a time.")
    for first, second in pairs:
        for one in owners[first]:
            for other in owners[second]:
                if one < other:
                    yield one, other, first, second
                elif other < one:
                    yield other, one, second, first


def _check(path: Path) -> None:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(path, f"The video has more than {MAX_BYTES:,} bytes", "Leave it out.")
        with path.open("rb") as file:
            head = file.read(16)
    except SourceError:
        raise
    except OSError as error:
        raise SourceError(path, "The video cannot be read", "Check the path and its permissions.") from error
    is_known = head[4:8] == b"ftyp" or head[:4] == b"\x1aE\xdf\xa3" or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
    if not is_known:
        raise SourceError(path, "This file is no MP4, WebM, Matroska or AVI video", "Leave it out.")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        import cv2
    except ImportError as error:
        raise MissingExtraError("vision", "Reading videos") from error
    before = {name: os.environ.get(name) for name in _SETTINGS}
    os.environ.update(_SETTINGS)
    try:
        capture = cv2.VideoCapture(str(path.resolve()), cv2.CAP_FFMPEG)
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
    try:
        if not capture.isOpened():
            raise SourceError(path, "The video cannot be decoded", "Leave it out.")
        yield capture
    finally:
        capture.release()


def _sampled(capture: Any, name: str, path: Path) -> VideoFacts:
    import cv2

    width, height = int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
    if width * height > MAX_PIXELS:
        raise SourceError(path, f"The video unfolds to more than {MAX_PIXELS:,} pixels a frame", "Leave it out.")
    rate = float(capture.get(cv2.CAP_PROP_FPS))
    rate = rate if 0.1 <= rate <= 1000 else 25.0
    frames: list[tuple[float, str]] = []
    sampled, number, cut, ends = 0, 0, "", time.monotonic() + MOST_SECONDS
    while capture.grab():
        if number >= MOST_FRAMES or sampled >= MOST_SAMPLES or time.monotonic() > ends:
            cut = f"only the first {sampled:,} sampled frames were looked at"
            break
        if number >= sampled * EVERY_SECONDS * rate:
            is_read, pixels = capture.retrieve()
            sampled += 1
            pdq = _hash(pixels) if is_read else ""
            if pdq and (not frames or frames[-1][1] != pdq):
                frames.append((round(number / rate, 2), pdq))
        number += 1
    if not number and not cut:
        raise SourceError(path, "The video holds no frame that can be decoded", "Leave it out.")
    return VideoFacts(name, "", width, height, sampled, tuple(frames), cut)


def _hash(pixels: Any) -> str:
    """Return the PDQ hash of a frame; empty if it is too plain to say anything."""
    import cv2
    import numpy as np

    try:
        import pdqhash
    except ImportError as error:
        raise MissingExtraError("images", "Hashing pictures") from error
    largest = max(pixels.shape[:2])
    if largest > 512:
        pixels = cv2.resize(pixels, None, fx=512 / largest, fy=512 / largest, interpolation=cv2.INTER_AREA)
    if min(pixels.shape[:2]) < 16:
        return ""
    bits, quality = pdqhash.compute(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    return "" if quality < LEAST_QUALITY else str(np.packbits(bits).tobytes().hex())
