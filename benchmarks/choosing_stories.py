"""Stories and ordinary talk on which settings of narratives were chosen; ``held_out_stories`` has others for measuring.

Nothing is shared with the held-out stories or the tests: other stories, other words, another build of talk (questions
and answers about small things, from a list of phrases that come again).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
_START = datetime(2024, 9, 3, 7, tzinfo=UTC)

# Each story: clauses; a bar parts words that mean the same.
STORIES = {
    "windmill": (
        "the windmill above Tarnby|Tarnby's old windmill",
        "grinds rye again|is turning once more",
        "after thirty years of silence|for the first time in three decades",
        "because two millers from the valley|thanks to a couple of retired millers who",
        "carved new sails from larch|built four sails of larch wood",
        "and bread is sold there on Thursdays|so there is fresh bread each Thursday",
    ),
    "museum": (
        "il museo delle barche di Ortaggio|la raccolta di barche a Ortaggio",
        "riapre dopo il restauro|torna ad aprire le porte",
        "con una sala per le reti antiche|e mostra per la prima volta le sue reti",
        "l'ingresso costa due euro|si paga un biglietto di due euro",
        "e i bambini entrano gratis|mentre per i piccoli non si paga",
    ),
    "footbridge": (
        "the footbridge across the Lenn|the small bridge over the river Lenn",
        "will be closed|stays shut",
        "for eleven nights from Monday|at night until the end of next week",
        "while engineers replace its cables|as the steel cables are renewed",
        "walkers are sent round by the lock|pedestrians have to use the lock gates",
    ),
    "ferry_pt": (
        "a balsa entre Vilarinho e a ilha|o barco que liga Vilarinho à ilha",
        "passa a sair de meia em meia hora|tem agora duas partidas por hora",
        "durante todo o mês de agosto|até ao fim do verão",
        "e leva bicicletas sem custo|sem cobrar pelas bicicletas",
        "diz a junta da freguesia|anunciou a junta local",
    ),
    "library": (
        "readers of the Holm library|people who borrow from Holm's library",
        "returned four thousand overdue books|brought back some 4,000 late books",
        "in a single week|within seven days",
        "when all fines were dropped|after the fees had been waived",
        "the oldest was due in 1971|one of them had been missing since 1971",
    ),
}
_ASK = (
    "Does anybody know where",
    "Has anyone seen when",
    "Can somebody tell me why",
    "I keep wondering how",
    "Guess where",
)
_THING = (
    "the bus to town", "our neighbour's cat", "the blue suitcase", "my cousin's band", "the bakery van",
    "the new swing", "his grandmother's recipe", "the broken printer", "a decent umbrella", "the tall sunflower",
)  # fmt: skip
_DOES = (
    "stops on a Sunday", "went last night", "is kept these days", "got its colour from", "ends up every winter",
    "makes that noise", "disappears to at noon", "was hiding all along", "costs so much", "came back from",
)  # fmt: skip
_ADD = (
    "Thanks in advance for any hint", "Asking for a friend of mine", "It has been like this for weeks",
    "No idea at all", "Honestly it made my whole morning", "Coffee helps a little", "Tomorrow is another day",
)  # fmt: skip
_SLIPS = 0.03  # share of letters that are left out or doubled in a rough telling


def told(story: str, draws: Random, *, rough: bool) -> str:
    """Return one telling: other words, clauses left out or moved, a comment; a rough one has more of it, and slips."""
    words = [draws.choice(clause.split("|")) for clause in STORIES[story]]
    for _ in range(draws.randint(1, 2) if rough else draws.randint(0, 1)):
        words.pop(draws.randrange(len(words)))
    if rough or draws.random() < 0.4:
        cut = draws.randrange(1, len(words))
        words = words[cut:] + words[:cut]
    text = " ".join(words)
    if rough:
        text = "".join(one if draws.random() > _SLIPS else draws.choice(("", one * 2)) for one in text)
    before, after = draws.choice(("", "", "Look: ", "Well. ")), draws.choice(("", ".", "! Lovely."))
    return before + text[:1].upper() + text[1:] + after


def talk(draws: Random) -> str:
    """Return a post of no story, made of a few phrases that come again and again."""
    said = [f"{draws.choice(_ASK)} {draws.choice(_THING)} {draws.choice(_DOES)}? {draws.randrange(99)}"]
    said += draws.sample(_ADD, draws.randint(0, 2))
    if draws.random() < 0.3:
        said.append(f"{draws.choice(_ASK)} {draws.choice(_THING)} {draws.choice(_DOES)}")
    return ". ".join(said)


def posts_of(seed: int, *, rough: bool = False, per_story: int = 20, background: int = 700) -> list[Row]:
    """Return posts with their ``story``, none for talk, in random order."""
    draws = Random(seed)
    rows: list[Row] = [
        {"story": story, "account": f"s{number}", "text": told(story, draws, rough=rough)}
        for story in STORIES
        for number in range(per_story)
    ]
    rows += [{"story": None, "account": f"b{number % 200}", "text": talk(draws)} for number in range(background)]
    draws.shuffle(rows)
    return [one | {"at": _START + timedelta(minutes=number)} for number, one in enumerate(rows)]
