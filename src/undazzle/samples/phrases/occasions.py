"""The texts of the innocent look-alikes: fans, a news feed, a weather service, a share button, one beloved post."""

from __future__ import annotations

FAN_CALLS = (
    "What a save!", "Come on Rovers!", "Corner for us.", "That was never offside!", "Off the post!", "GOAL!!!",
    "Number {number} is everywhere today.", "My voice is gone.", "Whole stand at {place} is singing.", "Half-time pie.",
    "Muddy, loud, wonderful.", "One more, please.", "Free kick, hold your breath...", "The keeper slipped, we take it.",
    "Best header in {number} years.", "Stop the clock!", "Watching from {place} with two scarves on.", "Get in!",
    "Ref, look at your watch.", "So close.", "Can hear it all the way to {place}.", "Throw-in after throw-in.",
    "Applause for the visitors, too.", "Full time, nobody wants to leave.", "We sang until {clock}.", "Nerves...",
)  # fmt: skip
FAN_HASHTAGS = ("MerrowbyRovers", "MatchDay")

SKIES = (
    "showers before noon", "sunny spells", "fog on the water early", "cloudy, mostly dry", "drizzle in the evening",
    "clear and cold at night", "a few gusts near the coast", "bright all day",
)  # fmt: skip
WINDS = ("west", "south-west", "north", "north-east", "east", "south")
STATIONS = ("Merrowby", "Pellwick", "Ostrand", "Harn Island", "Dunmarsh", "Vellmouth")

PREFILLED_TEXT = (
    "I would like the reading room to stay open until nine in winter, with the lamps on. "
    "If you would too, add your name here:"
)
CALL_TEXT = (
    "Please share: we are collecting names so that the reading room stays open until nine in winter. "
    "The button on the page writes the post for you."
)
BELOVED_TEXT = (
    "The ferry waited eleven minutes this morning because a duck and her nine ducklings were crossing the ramp. "
    "Nobody complained. The captain took off his cap."
)
