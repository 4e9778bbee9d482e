"""Neutral sentences about an invented town, in four languages, from which all sample posts are made."""

from undazzle.samples.phrases.arabic import ARABIC
from undazzle.samples.phrases.chinese import CHINESE
from undazzle.samples.phrases.english import ENGLISH
from undazzle.samples.phrases.kinds import BITS_PER_POST, TOPICS, Phrases
from undazzle.samples.phrases.spanish import SPANISH
from undazzle.samples.phrases.stories import LINK_STORIES, TEMPLATE_STORIES, Story

BY_LANGUAGE: dict[str, Phrases] = {one.language: one for one in (ENGLISH, SPANISH, ARABIC, CHINESE)}

__all__ = [
    "ARABIC",
    "BITS_PER_POST",
    "BY_LANGUAGE",
    "CHINESE",
    "ENGLISH",
    "LINK_STORIES",
    "SPANISH",
    "TEMPLATE_STORIES",
    "TOPICS",
    "Phrases",
    "Story",
]
