"""Who else lives by an offset from UTC: printed beside every zone, because a zone names no country."""

from __future__ import annotations

# Standard time. Names of regions and countries only, the most populous first.
_PLACES = {
    -10.0: "Hawaii",
    -9.0: "Alaska",
    -8.0: "the west of the United States and Canada",
    -7.0: "the mountain states of the United States, Sonora",
    -6.0: "the centre of the United States, Mexico, Central America",
    -5.0: "the east of the United States and Canada, Colombia, Peru, Cuba",
    -4.0: "Venezuela, Chile, Bolivia, Atlantic Canada",
    -3.5: "Newfoundland",
    -3.0: "Brazil, Argentina, Uruguay",
    0.0: "the United Kingdom, Portugal, West Africa, and whoever schedules by UTC",
    1.0: "Central Europe, Nigeria, the Maghreb",
    2.0: "Eastern Europe, Egypt, Israel, Southern Africa",
    3.0: "western Russia, Turkey, Belarus, Saudi Arabia, Iraq, East Africa",
    3.5: "Iran",
    4.0: "the Emirates, the Caucasus, Samara",
    4.5: "Afghanistan",
    5.0: "Pakistan, Uzbekistan, Kazakhstan, the Urals",
    5.5: "India, Sri Lanka",
    6.0: "Bangladesh, Kyrgyzstan, Omsk",
    6.5: "Myanmar",
    7.0: "Vietnam, Thailand, western Indonesia, Novosibirsk",
    8.0: "China, the Philippines, Malaysia, Singapore, Taiwan, Hong Kong, Western Australia, Irkutsk",
    9.0: "Japan, Korea, eastern Indonesia, Yakutsk",
    9.5: "central Australia",
    10.0: "eastern Australia, Papua New Guinea, Vladivostok",
    11.0: "Solomon Islands, Magadan",
    12.0: "New Zealand, Kamchatka",
}


def zone_words(offset: float) -> str:
    """Return who lives by an offset from UTC.

    Examples
    --------
    >>> zone_words(9.0)
    'Japan, Korea, eastern Indonesia, Yakutsk'
    """
    return _PLACES.get(offset, "few people")
