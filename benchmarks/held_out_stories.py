"""Stories told again by other means than the tests use: clauses moved and dropped, other words, typos, other lengths.

Neutral texts with a key. Nothing here is shared with ``tests/narratives/stories.py`` or the samples that ship.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
START = datetime(2024, 5, 2, 6, tzinfo=UTC)
MECHANICS = ("clauses moved", "clauses dropped", "other words", "typos", "all of them")

# Each story: clauses; a bar parts words that mean the same.
STORIES = {
    "lighthouse": (
        "the old lighthouse at Carrick Point|the disused light tower on Carrick Point",
        "opens|will be opened",
        "to visitors|to the public",
        "every weekend from June|on Saturdays and Sundays in summer",
        "after volunteers repaired|once helpers had mended",
        "its spiral staircase|the winding stairs inside",
        "and repainted the lantern room|and gave the lamp room new paint",
    ),
    "bees": (
        "the botanical garden|the city's plant garden",
        "has counted|now reports",
        "forty-one kinds of wild bees|41 wild bee species",
        "on the roof of its greenhouse|above the glasshouse",
        "nine more than last year|an increase of nine in a year",
        "because thyme was planted there|thanks to newly sown thyme",
    ),
    "tramline": (
        "la línea siete del tranvía|el tranvía siete",
        "deja de pasar por|ya no circula por",
        "la plaza del mercado viejo|el antiguo mercado",
        "hasta finales de octubre|durante todo el verano",
        "por la reparación de los raíles|porque se cambian las vías",
        "y un autobús gratuito lo sustituye|y habrá autobuses sin billete",
    ),
    "chess": (
        "der Schachverein Lindenau|der Klub der Schachspieler in Lindenau",
        "sucht|braucht dringend",
        "alte Holzbretter und Figuren|gebrauchte Bretter aus Holz",
        "für ein Turnier mit Schulklassen|für den Wettkampf der Grundschulen",
        "im Gemeindesaal am ersten Mai|am Maifeiertag im großen Saal",
        "der Eintritt ist frei|niemand zahlt Eintritt",
    ),
    "orchestra": (
        "the youth orchestra of Pellworth|Pellworth's young musicians",
        "plays|are going to perform",
        "a symphony written on the train|music composed during rail journeys",
        "in the waiting hall of the station|at the main station",
        "next Friday at half past six|on Friday evening",
        "with four percussionists and a whistle|accompanied by drums and a guard's whistle",
    ),
    "river": (
        "le niveau de la rivière Oriane|la hauteur de l'Oriane",
        "a baissé|est descendu",
        "de vingt centimètres en une semaine|d'une vingtaine de centimètres",
        "et les bateaux de promenade|si bien que les vedettes touristiques",
        "restent à quai près du moulin|ne quittent plus le ponton du moulin",
        "en attendant les pluies de septembre|jusqu'aux prochaines averses",
    ),
}
_NOUNS = (
    "kettle ladder harbour violin carpet lantern bakery meadow tunnel compass orchard ribbon pavement saddle".split()
)
_VERBS = "carried measured painted borrowed noticed followed answered lifted sketched weighed".split()
_PLACES = "by the canal, near the mill, behind the school, under the bridge, along the quay, at the depot".split(", ")
_ENDS = ("", "!", " …", " Please pass it on.", " (via a neighbour)", " Good to know, I had no idea about any of this.")


def told_again(story: str, mechanics: str, draws: Random) -> str:
    """Return one telling of a story by one of ``MECHANICS``."""
    every = mechanics == "all of them"
    clauses = [one.split("|") for one in STORIES[story]]
    other = mechanics == "other words" or every
    words = [draws.choice(one) if other else one[0] for one in clauses]
    if mechanics == "clauses dropped" or every:
        for _ in range(draws.randint(1, 2)):
            words.pop(draws.randrange(len(words)))
    if mechanics == "clauses moved" or every:
        cut = draws.randrange(1, len(words))
        words = words[cut:] + words[:cut]
    text = " ".join(words)
    if mechanics == "typos" or every:
        text = _with_typos(text, draws, share=0.03)
    return text[:1].upper() + text[1:] + draws.choice(_ENDS)


def _with_typos(text: str, draws: Random, share: float) -> str:
    letters = list(text)
    for place in range(1, len(letters) - 1):
        if letters[place].isalpha() and draws.random() < share:
            letters[place] = draws.choice(("", letters[place] * 2, letters[place + 1]))
    return "".join(letters)


def talk(draws: Random) -> str:
    """Return a post of no story, from 4 to 40 words; they are few and come again, so such posts are much alike."""
    said = [f"{draws.choice(('I', 'we', 'they', 'somebody'))} {draws.choice(_VERBS)} the {draws.choice(_NOUNS)}"]
    said += [
        f"{draws.choice(_PLACES)} {draws.choice(_VERBS)} a {draws.choice(_NOUNS)} {draws.randrange(900)}"
        for _ in range(draws.randint(0, 4))
    ]
    return ", ".join(said)


def posts_of(mechanics: str, seed: int, *, per_story: int = 20, background: int = 800) -> list[Row]:
    """Return posts with their ``story``, none for talk, in random order."""
    draws = Random(seed)
    rows: list[Row] = [
        {"story": story, "account": f"s{number}", "text": told_again(story, mechanics, draws)}
        for story in STORIES
        for number in range(per_story)
    ]
    rows += [{"story": None, "account": f"b{number % 200}", "text": talk(draws)} for number in range(background)]
    draws.shuffle(rows)
    return [one | {"at": START + timedelta(minutes=number)} for number, one in enumerate(rows)]


def chain(seed: int, *, cut: bool) -> tuple[list[Row], str]:
    """Return a story that runs through bursts, and who began it; ``cut`` loses its first tellers and all before."""
    draws = Random(1_000 + seed)
    story, at, rows = draws.choice(list(STORIES)), START + timedelta(days=draws.randint(4, 9)), list[Row]()
    for step in range(draws.randint(25, 60)):
        text = told_again(story, draws.choice(MECHANICS[:2]), draws)
        rows.append({"story": story, "account": f"t{step}", "text": text, "at": at})
        at += timedelta(seconds=draws.lognormvariate(6.0, 1.2) / (1 + step / 15))
    span = (at - START).total_seconds()
    others = [
        {"story": None, "account": f"b{n % 60}", "text": talk(draws), "at": START + timedelta(seconds=when)}
        for n, when in enumerate(draws.uniform(0, span) for _ in range(400))
    ]
    begin = rows[draws.randrange(5, 20)]["at"] if cut else START
    first = {"story": None, "account": "b0", "text": talk(draws), "at": begin - timedelta(seconds=1)}
    kept = [one for one in [*rows, *others] if one["at"] >= begin]
    return sorted([first, *kept], key=_when), "t0"


def _when(row: Row) -> datetime:
    when: datetime = row["at"]
    return when


def b_cubed(key: Sequence[object], found: Sequence[object]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of groups against a key (Bagga and Baldwin 1998), item by item."""
    precision = recall = 0.0
    for mine, his in zip(key, found, strict=True):
        same_key = {place for place, other in enumerate(key) if other == mine}
        same_found = {place for place, other in enumerate(found) if other == his}
        precision += len(same_key & same_found) / len(same_found)
        recall += len(same_key & same_found) / len(same_key)
    precision, recall = precision / len(key), recall / len(key)
    return precision, recall, 2 * precision * recall / (precision + recall)
