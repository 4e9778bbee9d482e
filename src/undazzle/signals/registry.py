"""All signals, by what they look at."""

from __future__ import annotations

from undazzle.signals.creation_bursts import CREATION_BURSTS
from undazzle.signals.descriptor import Signal
from undazzle.signals.handle_templates import HANDLE_TEMPLATES
from undazzle.signals.working_hours import WORKING_HOURS

SIGNALS: dict[str, Signal] = {one.signal_id: one for one in (CREATION_BURSTS, HANDLE_TEMPLATES, WORKING_HOURS)}
