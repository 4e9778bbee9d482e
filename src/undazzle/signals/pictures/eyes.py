"""Whether the eyes of a portrait stand where face generators put them.

Generators of the StyleGAN family learnt from portraits that were all turned and cut alike: the distance between the
eyes is a quarter of the width, and they stand a little above the middle. ``eye_finder`` finds eyes with what comes with
OpenCV; positions of a better landmark finder can be given instead.
"""

from __future__ import annotations

from math import hypot

from undazzle.errors import ParameterError
from undazzle.signals.pictures.base_rates import BaseRate

# From the alignment of the FFHQ portraits: the half width is twice the distance between the eyes, the middle lies a
# tenth of the way from the eyes to the mouth below them.
LEFT_EYE, RIGHT_EYE = (0.375, 0.4725), (0.625, 0.4725)
MOST_DISTANCE = 0.02
# At least 0.021 to 0.044 % of active profiles on X had such faces in 2023 (Yang, Singh and Menczer 2024,
# https://arxiv.org/abs/2401.02627, its abstract). That the threshold finds 99.5 % of them is known at second hand. How
# many ordinary portraits fall below it was not published: one in a hundred is assumed here.
EYE_TEST = BaseRate(prevalence=0.0004, found=0.995, false_alarms=0.01)


def eye_distance(left: tuple[float, float], right: tuple[float, float], width: float, height: float) -> float:
    """Return how far the eyes stand from where generators put them, as a share of the width.

    Parameters
    ----------
    left, right
        Centre of the eye on the left and on the right of the picture, in pixels from its left upper corner.
    width, height
        Size of the picture in pixels.

    Returns
    -------
    float
        The mean distance of both eyes; up to ``MOST_DISTANCE`` speaks for a generator. Pictures that are not square
        were cut anew: the distance says nothing about them.

    Raises
    ------
    ParameterError
        If the picture has no size or the eyes lie outside.

    Examples
    --------
    >>> eye_distance((384, 484), (640, 484), 1024, 1024) < MOST_DISTANCE
    True
    """
    if width <= 0 or height <= 0:
        raise ParameterError("width, height", (width, height), "Give the size of the picture in pixels.")
    if not all(0 <= x <= width and 0 <= y <= height for x, y in (left, right)):
        raise ParameterError("left, right", (left, right), "Give positions inside the picture, in pixels.")
    first, second = sorted((left, right))
    return (
        hypot(first[0] / width - LEFT_EYE[0], first[1] / height - LEFT_EYE[1])
        + hypot(second[0] / width - RIGHT_EYE[0], second[1] / height - RIGHT_EYE[1])
    ) / 2
