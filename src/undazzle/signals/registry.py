"""All signals, by what they look at."""

from __future__ import annotations

from undazzle.signals.cadence import CADENCE
from undazzle.signals.client import CLIENT
from undazzle.signals.creation_bursts import CREATION_BURSTS
from undazzle.signals.daily_rhythm import DAILY_RHYTHM
from undazzle.signals.days_off import DAYS_OFF
from undazzle.signals.descriptor import Signal
from undazzle.signals.engagement import ENGAGEMENT
from undazzle.signals.filler_posts import FILLER_POSTS
from undazzle.signals.follow_rings import FOLLOW_RINGS
from undazzle.signals.handle_templates import HANDLE_TEMPLATES
from undazzle.signals.language_mix import LANGUAGE_MIX
from undazzle.signals.persona_drift import PERSONA_DRIFT
from undazzle.signals.profile_images import PROFILE_IMAGES
from undazzle.signals.script_slips import SCRIPT_SLIPS
from undazzle.signals.text_endings import TEXT_ENDINGS
from undazzle.signals.weekend import WEEKEND
from undazzle.signals.working_hours import WORKING_HOURS

SIGNALS: dict[str, Signal] = {
    one.signal_id: one
    for one in (
        CREATION_BURSTS,
        HANDLE_TEMPLATES,
        PROFILE_IMAGES,
        PERSONA_DRIFT,
        WORKING_HOURS,
        DAILY_RHYTHM,
        WEEKEND,
        DAYS_OFF,
        CADENCE,
        CLIENT,
        LANGUAGE_MIX,
        SCRIPT_SLIPS,
        TEXT_ENDINGS,
        FILLER_POSTS,
        ENGAGEMENT,
        FOLLOW_RINGS,
    )
}
