"""Finds the eyes of a portrait with the cascades that come with OpenCV, to hold them against ``eyes``.

A cascade is a list of light and dark patches that a face has (Viola and Jones 2001). It finds faces that look into the
camera, and misses many others; where it puts an eye is off by about a hundredth of the width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from undazzle.errors import MissingExtraError
from undazzle.signals.pictures.eyes import MOST_DISTANCE, eye_distance
from undazzle.signals.pictures.opening import opened_picture

# Faces are looked for in a picture of at most this width and height.
_SIDE = 640
_SMALLEST = 24
# Generators make square pictures; what is not square within this share was cut anew.
SQUARE = 0.02
_FACES, _EYES = "haarcascade_frontalface_default.xml", "haarcascade_eye.xml"
# Eyes lie in the upper part of a face, about level, and as far apart as this part of its width.
_UPPER, _LEVEL, _APART = 0.6, 0.15, (0.25, 0.65)

Grey = NDArray[np.uint8]
Point = tuple[float, float]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Eyes:
    """The eyes of a portrait.

    Attributes
    ----------
    faces
        Faces that were found.
    left, right
        Eyes of the only face, in pixels from the left upper corner; ``None`` if there is not one face, or they were
        not found.
    distance
        How far they stand from where one family of generators puts them, as a share of the width; ``None`` without
        eyes, or if the picture is not square.
    """

    faces: int
    left: Point | None = None
    right: Point | None = None
    distance: float | None = None

    @property
    def is_lead(self) -> bool:
        """Whether they stand where generators put them; ordinary portraits are framed like this too."""
        return self.distance is not None and self.distance <= MOST_DISTANCE


def can_find_eyes() -> bool:
    """Return whether ``undazzle[vision]`` is installed."""
    return find_spec("cv2") is not None


def find_eyes(path: Path | str) -> Eyes:
    """Return the eyes of a portrait file.

    Parameters
    ----------
    path
        A picture; bounded as ``opened_picture`` bounds it.

    Raises
    ------
    MissingExtraError
        If ``undazzle[vision]`` is not installed.
    SourceError
        If the file is no picture, is broken or too large.
    """
    with opened_picture(Path(path)) as opened:
        return eyes_of(opened.picture)


def eyes_of(picture: Any) -> Eyes:
    """Return the eyes of an opened Pillow image; of an animation, those of the first frame."""
    width, height = picture.size
    grey = picture.convert("L")
    grey.thumbnail((_SIDE, _SIDE))
    pixels: Grey = np.asarray(grey, dtype=np.uint8)
    if min(pixels.shape) < 2 * _SMALLEST:
        return Eyes(0)
    faces = _found(_FACES, pixels, 1.1, 6)
    if len(faces) != 1:
        return Eyes(len(faces))
    pair = _pair(pixels, faces[0])
    if pair is None:
        return Eyes(1)
    scale = width / pixels.shape[1]
    left, right = ((x * scale, min(y * scale, height)) for x, y in pair)
    is_square = abs(width - height) <= SQUARE * max(width, height)
    return Eyes(1, left, right, eye_distance(left, right, width, height) if is_square else None)


def _found(name: str, pixels: Grey, step: float, neighbours: int) -> list[Box]:
    boxes = _cascade(name).detectMultiScale(pixels, step, neighbours)
    found: list[Box] = [(int(one[0]), int(one[1]), int(one[2]), int(one[3])) for one in boxes]
    return sorted(found)


@cache
def _cascade(name: str) -> Any:
    try:
        import cv2
    except ImportError as error:
        raise MissingExtraError("vision", "Finding eyes") from error
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / name))


def _pair(pixels: Grey, face: Box) -> tuple[Point, Point] | None:
    """Return the two eyes of a face: of all pairs that lie as eyes do, the largest."""
    x, y, width, height = face
    boxes = _found(_EYES, pixels[y : y + round(_UPPER * height), x : x + width], 1.05, 5)
    pairs = [
        (one[2] + other[2], one, other)
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if _is_pair(_centre(one), _centre(other), width)
    ]
    if not pairs:
        return None
    _, one, other = max(pairs)
    (ax, ay), (bx, by) = sorted((_centre(one), _centre(other)))
    return (x + ax, y + ay), (x + bx, y + by)


def _centre(box: Sequence[int]) -> Point:
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def _is_pair(one: Point, other: Point, width: int) -> bool:
    apart = abs(one[0] - other[0]) / width
    return _APART[0] <= apart <= _APART[1] and abs(one[1] - other[1]) <= _LEVEL * width
