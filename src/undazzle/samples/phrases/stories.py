"""The texts that the planted networks repeat: fixed sentences in which single parts may be exchanged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """One message and its variants.

    Attributes
    ----------
    language
        Two-letter code.
    topic
        One of ``TOPICS``.
    slug
        Name of the story in addresses.
    parts
        The sentence in order; of every part the first wording is the original one.
    """

    language: str
    topic: str
    slug: str
    parts: tuple[tuple[str, ...], ...]

    def wording(self, choices: Sequence[int]) -> str:
        """Return the text with wording ``choices[i]`` of part ``i``, counted round.

        Examples
        --------
        >>> Story("en", "bus", "b", (("The bus is", "Bus 4 is"), (" late.",))).wording([1, 0])
        'Bus 4 is late.'
        """
        return "".join(part[choice % len(part)] for part, choice in zip(self.parts, choices, strict=True))


def _story(language: str, topic: str, slug: str, *parts: str) -> Story:
    return Story(language, topic, slug, tuple(tuple(part.split("|")) for part in parts))


# Told with a link, the same link at nearly the same second.
LINK_STORIES = (
    _story(
        "en",
        "ferry",
        "timetable",
        "The new ferry timetable is out. ",
        "Read it before Monday|Read it this weekend|Have a look before Monday",
        ": the last boat now leaves at ",
        "22.40.|22:40.|twenty to eleven.",
    ),
    _story(
        "en",
        "bridge",
        "pier-4",
        "Pier 4 closes for repairs in April, the footbridge beside it stays open all month. ",
        "Worth knowing if you commute.|Good to know for commuters!|Plan your way to work.",
    ),
    _story(
        "en",
        "library",
        "sunday-hours",
        "The library opens on Sundays from now on. Doors at ten. ",
        "The reading room is warm and quiet.|The reading room is quiet and warm.|The reading room is warm.",
    ),
    _story(
        "en",
        "market",
        "market-hall",
        "The market hall gets its old clock back. ",
        "It was away for eight years|It has been gone for eight years|Eight years in a cellar",
        " and it still strikes the quarter hours.",
    ),
    _story(
        "en",
        "bus",
        "night-bus",
        "Night bus 7 turns round at the lighthouse again. ",
        "First run is on Friday|It starts on Friday|From this Friday on",
        ", every half hour until two.",
    ),
    _story(
        "en",
        "allotment",
        "seed-swap",
        "The great seed swap is in the boat shed this year. ",
        "Bring labels and envelopes.|Bring envelopes and labels.|Don't forget to label the envelopes.",
        " Beans go first, so come early.",
    ),
    _story(
        "en",
        "concert",
        "organ-week",
        "Organ week begins with music for four feet. ",
        "All concerts are free|Every concert is free|No ticket needed",
        ", the doors close at half past seven sharp.",
    ),
    _story(
        "es",
        "ferry",
        "horario",
        "Ya está el nuevo horario del transbordador. ",
        "Léelo antes del lunes|Léelo este fin de semana|Conviene leerlo antes del lunes",
        ": el último barco hacia la isla sale ahora a las 22.40.",
    ),
    _story(
        "ar",
        "ferry",
        "timetable-ar",
        "جدول العبارات الجديد متاح الآن. ",
        "اقرأه قبل يوم الاثنين|اقرأه في عطلة نهاية الأسبوع|انظر إليه قبل يوم الاثنين",
        ". القارب الأخير يغادر الآن عند الساعة 22:40.",
    ),
    _story(
        "zh",
        "library",
        "sunday-zh",
        "图书馆从现在起星期天也开门，",
        "上午十点开始|早上十点开门|十点整开门",
        "，阅览室又暖和又安静，可以自己带茶杯。",
    ),
)

# Told without any link, each time in slightly other words.
TEMPLATE_STORIES = (
    _story(
        "en",
        "football",
        "pitch",
        "The pitch behind the harbour dries faster since the new drain ",
        "was laid|went in|was put in",
        ", so the Sunday games can ",
        "start at eleven again.|begin at eleven again.|start again at eleven.",
    ),
    _story(
        "en",
        "concert",
        "choir-room",
        "The choir finally has a room with a stove, and ",
        "nobody|not a soul",
        " sings in a coat any more; the altos say the low notes sound ",
        "warmer too.|warmer as well.|much warmer.",
    ),
    _story(
        "en",
        "market",
        "baker",
        "The baker on the square now puts yesterday's loaves on the ",
        "left shelf|bottom shelf|lower shelf",
        " for half the coins, and they are ",
        "usually gone by nine.|mostly gone by nine.|all gone by nine.",
    ),
    _story(
        "en",
        "bus",
        "stop-names",
        "Every bus stop along the river gets its ",
        "old name back|former name back",
        " this spring, the painter has ",
        "already done six of them.|finished six of them already.|done six so far.",
    ),
    _story(
        "en",
        "library",
        "atlas",
        "The big atlas in the library can be ",
        "leafed through|looked at|read",
        " without gloves on Wednesdays, ask at the desk and they ",
        "carry it down for you.|bring it down for you.",
    ),
    _story(
        "en",
        "allotment",
        "bees",
        "The bees moved to the far end of the allotments and the ",
        "plum trees|old plum trees|pear trees",
        " there carry twice as much as ",
        "two summers ago.|they did two summers ago.",
    ),
    _story(
        "en",
        "bridge",
        "planks",
        "The planks of the footbridge come from the old jetty, ",
        "look closely|look twice|look down",
        " and you can still read the numbers that the ",
        "boatmen cut into them.|boatmen carved there.",
    ),
    _story(
        "en",
        "ferry",
        "whistle",
        "The ferry has its steam whistle again and sounds it ",
        "only once|just once|once",
        " when it leaves the quay, which the gulls ",
        "do not like at all.|don't like at all.|clearly dislike.",
    ),
    _story(
        "en",
        "market",
        "scales",
        "The brass scales at the fish stall were checked and they are ",
        "right|correct|exact",
        " to the gram, as the fishmonger has ",
        "said for thirty years.|told us for thirty years.",
    ),
    _story(
        "en",
        "concert",
        "bells",
        "The bells of the harbour chapel ring a quarter ",
        "later|further on",
        " while the rope is mended, set your lunch ",
        "by the town clock instead.|by the clock on the hall instead.",
    ),
    _story(
        "es",
        "library",
        "sala",
        "La sala de lectura tiene estufa nueva y los sábados ",
        "se llena|está llena",
        " antes de las diez; quien quiera mesa junto a la ventana ",
        "que venga temprano.|que llegue temprano.",
    ),
    _story(
        "es",
        "market",
        "reloj",
        "El reloj del mercado vuelve a dar los cuartos y ",
        "las palomas|todas las palomas",
        " todavía se asustan; el relojero dice que ",
        "se acostumbrarán.|pronto se acostumbrarán.",
    ),
    _story(
        "ar",
        "bus",
        "bench",
        "المقعد الجديد عند موقف الحافلة قرب الميناء مصنوع من خشب القوارب القديمة، ",
        "ومن ينظر جيدا|ومن ينظر عن قرب",
        " يقرأ عليه أسماء القوارب ",
        "كلها.|واحدا واحدا.",
    ),
    _story(
        "zh",
        "ferry",
        "whistle-zh",
        "渡船又装上了老汽笛，",
        "每次离岸只响一声|离开码头时只响一声",
        "，码头上的海鸥都吓了一跳，船长说过几天",
        "它们就会习惯。|海鸥就习惯了。",
    ),
)
