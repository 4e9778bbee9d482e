"""The closed lists of words a claim is coded with. They are written in files exactly as here."""

from __future__ import annotations

from enum import StrEnum


class ActClass(StrEnum):
    """What kind of act is spoken of. Influence, interference and espionage are never the same thing."""

    INFLUENCE_OVERT = "influence-overt"
    INFLUENCE_COVERT = "influence-covert"
    INTERFERENCE_TECHNICAL = "interference-technical"
    ESPIONAGE = "espionage"
    COERCIVE_DISRUPTION = "coercive-disruption"
    COMMERCIAL = "commercial"
    UNSPECIFIED = "unspecified"


class Deployment(StrEnum):
    """How far an act is said to have gone."""

    CONSIDERED = "considered"
    PREPARED = "prepared"
    ATTEMPTED = "attempted"
    DEPLOYED = "deployed"
    DISRUPTED = "disrupted-before-effect"


class Polarity(StrEnum):
    """Whether a claim says that something is so, is not so, was looked for and not seen, or will not be done."""

    ASSERTS = "asserts"
    DENIES = "denies"
    NEGATIVE_FINDING = "negative-finding"
    ASSURANCE = "assurance"


class Aspect(StrEnum):
    """What question about an operation a claim answers; only answers to one question can contradict each other."""

    CONDUCT = "conduct"  # did the actor do this?
    TARGETING = "targeting"  # whom does it single out?
    PREFERENCE = "preference"  # whom would the actor like to win?
    APPROVAL = "approval"  # who ordered or allowed it?
    ATTRIBUTION = "attribution"  # who is behind it?
    NATURE = "nature"  # what kind of act is it?
    EFFECT = "effect"  # did it matter?
    SCALE = "scale"  # how much of it is there?
    MEANS = "means"  # by which means?
    EXTENT = "extent"  # which places does it reach?
    COOPERATION = "cooperation"  # do actors work together?
    RANKING = "ranking"  # who does most?
    CONTINUITY = "continuity"  # is it new?
    RATIONALE = "rationale"  # why does the actor do it, or not?
    FORECAST = "forecast"  # what will come?
    CONTEXT = "context"  # a fact around it


class Approval(StrEnum):
    """At which level an act is said to have been approved."""

    ORDERED = "ordered"
    APPROVED = "approved"
    TACIT = "tacit"
    UNKNOWN = "unknown"


class AttributionType(StrEnum):
    """How a claimant names the actor (the three types of DFRLab's tracker, and none)."""

    DIRECT = "direct"
    INFERRED = "inferred"
    COMMERCIAL = "commercial"
    NONE = "none"


class Speech(StrEnum):
    """What kind of statement a claim is, so that an opinion never counts as evidence."""

    OBSERVATION = "observation"
    JUDGMENT = "judgment"
    ALLEGATION = "allegation"
    FORECAST = "forecast"
    OPINION = "opinion"
    THEORY = "theory"
    PLEDGE = "pledge"


class Force(StrEnum):
    """How firmly it is said: plainly, only suggested, or only by the way something is framed."""

    STATES = "states"
    SUGGESTS = "suggests"
    FRAMES = "frames"


class Definition(StrEnum):
    """Which meaning of the word interference a claim uses."""

    TECHNICAL_ASPECTS = "technical-aspects"  # registration, casting, counting, reporting (assessment of 2020)
    ABILITY_TO_HOLD = "ability-to-hold-elections"  # degrading or disrupting the ability to hold them (2024)
    STATUTE = "statute"  # 22 USC 2708(k)(4): covert, fraudulent, deceptive or unlawful acts
    UNSTATED = "unstated"  # the word is used without saying what it means


class Verification(StrEnum):
    """What was read when a claim was entered."""

    PRIMARY = "primary"  # the issuing body's own text, or a full copy of it
    SECONDARY = "secondary"  # a reputable report quoting it
    COPY = "copy"  # only a mirror or low-grade copy
    UNREAD = "unread"  # not opened; nothing may rest on it


class Review(StrEnum):
    """Whether a person has looked at a record. Nothing automatic ever writes ``reviewed``."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


class ClaimantCategory(StrEnum):
    """Who speaks (the categories of DFRLab's tracker, and those it lacks)."""

    GOVERNMENT = "government"
    FOREIGN_GOVERNMENT = "foreign-government"
    TECHNOLOGY_COMPANY = "technology-company"
    CIVIL_SOCIETY = "civil-society"
    MEDIA = "media"
    CONSULTANCY = "consultancy"
    INDIVIDUAL = "individual"
    REFERENCE_WORK = "reference-work"
    AGGREGATOR = "aggregator"
    UNKNOWN = "unknown"


class CoverageKind(StrEnum):
    """Whether coverage carried an operation further, or only showed that it exists."""

    AMPLIFIED = "amplified"
    DEBUNKED = "debunked"
    EXPOSED = "exposed"
