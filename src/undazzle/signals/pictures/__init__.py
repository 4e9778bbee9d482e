"""Picture and video files on this machine → what each says of its origin: metadata, provenance, look-alikes, eyes.

Reads files only, writes nothing. Must not know accounts, and never says that a picture is false.
"""

from __future__ import annotations

from undazzle.signals.pictures.base_rates import BaseRate, base_rate_sentence
from undazzle.signals.pictures.detector import DetectorResults, read_detector_results
from undazzle.signals.pictures.eye_finder import Eyes, can_find_eyes, eyes_of, find_eyes
from undazzle.signals.pictures.eyes import EYE_TEST, eye_distance
from undazzle.signals.pictures.facts import PictureFacts, picture_facts, read_pictures
from undazzle.signals.pictures.provenance import Provenance, read_provenance
from undazzle.signals.pictures.similar import look_alikes, nearest_pairs
from undazzle.signals.pictures.video import VideoFacts, read_videos, video_facts
from undazzle.signals.pictures.video_media import hash_videos

__all__ = [
    "EYE_TEST",
    "BaseRate",
    "DetectorResults",
    "Eyes",
    "PictureFacts",
    "Provenance",
    "VideoFacts",
    "base_rate_sentence",
    "can_find_eyes",
    "eye_distance",
    "eyes_of",
    "find_eyes",
    "hash_videos",
    "look_alikes",
    "nearest_pairs",
    "picture_facts",
    "read_detector_results",
    "read_pictures",
    "read_provenance",
    "read_videos",
    "video_facts",
]
