"""How often each signal called a random group of like accounts different, as ``benchmarks --only signals`` measured it.

The benchmark says so when these figures no longer hold. Groups of 10, 40 and 150 accounts were drawn from data sets of
ordinary users, and, for what only busy accounts can show, from accounts of one known office with 100 posts or more.
Groups of one data set overlap, so that the bounds are somewhat too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.model import share_interval


@dataclass(frozen=True, slots=True)
class ControlRate:
    """What became of random groups of one data set.

    Attributes
    ----------
    data
        The data set.
    stood_out, tested
        Groups that stood out, of those that could be tested.
    """

    data: str
    stood_out: int
    tested: int


CONTROL_RATES: dict[str, tuple[ControlRate, ...]] = {
    "creation_bursts": (ControlRate("x_us2024_usc", 0, 120), ControlRate("us2020_hashtag_control", 0, 120)),
    "handle_templates": (ControlRate("x_us2024_usc", 0, 120), ControlRate("us2020_hashtag_control", 0, 120)),
    "profile_images": (ControlRate("x_us2024_usc", 0, 120),),
    "persona_drift": (ControlRate("ira_2015_2016", 0, 21),),
    "working_hours": (ControlRate("ira_2015_2016", 0, 30),),
    "daily_rhythm": (ControlRate("ira_2015_2016", 0, 30),),
    "weekend": (ControlRate("ira_2015_2016", 0, 30),),
    "days_off": (ControlRate("ira_2015_2016", 0, 30),),
    "cadence": (ControlRate("x_us2024_usc", 0, 4), ControlRate("ira_2015_2016", 0, 30)),
    "client": (ControlRate("us2020_hashtag_control", 0, 120),),
    "language_mix": (
        ControlRate("x_us2024_usc", 0, 53),
        ControlRate("us2020_hashtag_control", 0, 65),
        ControlRate("ira_2015_2016", 0, 30),
    ),
    "script_slips": (
        ControlRate("x_us2024_usc", 0, 120),
        ControlRate("us2020_hashtag_control", 0, 120),
        ControlRate("ira_2015_2016", 1, 30),
    ),
    "text_endings": (
        ControlRate("x_us2024_usc", 0, 120),
        ControlRate("us2020_hashtag_control", 0, 120),
        ControlRate("ira_2015_2016", 0, 30),
    ),
    "filler_posts": (
        ControlRate("x_us2024_usc", 0, 120),
        ControlRate("us2020_hashtag_control", 0, 120),
        ControlRate("ira_2015_2016", 0, 30),
    ),
    "engagement": (ControlRate("x_us2024_usc", 0, 38), ControlRate("us2020_hashtag_control", 1, 51)),
    "follow_rings": (),
}


def control_rate_words(signal_id: str) -> str:
    """Return the control rate of a signal in words, with the upper end of its 95 % interval.

    Examples
    --------
    >>> control_rate_words("follow_rings")
    'no random group could be tested'
    """
    found = CONTROL_RATES.get(signal_id, ())
    tested, out = sum(one.tested for one in found), sum(one.stood_out for one in found)
    if not tested:
        return "no random group could be tested"
    parts = ", ".join(f"{one.stood_out} of {one.tested} in {one.data}" for one in found)
    return f"{out} of {tested:,} random groups stood out ({parts}; at most {share_interval(out, tested)[1]:.1%})"
