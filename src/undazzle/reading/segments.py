"""A page becomes segments by source: where one text ends and another, from somebody else, begins.

Pages that gather others' texts often print them without a mark between. What remains is the hand of each editor:
quotation marks, abbreviations, citations. The split chosen is the one under which styles are described most shortly
(minimum description length), with cues of layout and opening words, and a fixed price for every boundary.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from undazzle.reading.cues import Cue, Page, cues_before
from undazzle.reading.document import BlockKind
from undazzle.reading.duplicates import repeated_share
from undazzle.reading.spans import Span
from undazzle.reading.style import Counts, StyleCosts, style_of

PRICE = 9.0  # bits a boundary must save; a text by one hand stays whole
_WINDOW = 3  # sentences on each side whose words are compared
_LEAST_GAIN = -0.5  # bits; places with less are no candidates
_MOST_CANDIDATES = 1_500  # places of one text that are tried, the strongest first
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    "that this with have from they their been were which would could about into more than also said says when what "
    "while other these those there some such because after before during between through over under only".split()
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the page that seems to come from one source.

    Attributes
    ----------
    number
        From 1, in the order of the page.
    span
        Its place.
    is_frame
        The page's own headings and names, not an article.
    is_repeat
        It only says again what stands earlier.
    cues
        Why a boundary was set before it.
    saved
        Bits saved by the boundary before it, price paid; the higher, the clearer.
    """

    number: int
    span: Span
    is_frame: bool
    is_repeat: bool
    cues: tuple[Cue, ...]
    saved: float


def find_segments(page: Page) -> tuple[Segment, ...]:
    """Return the segments of a page; one that is by one hand is one segment."""
    if not page.sentences:
        return ()
    gains = _gains(page)
    starts = _best_starts([style_of(one.span.of(page.text)) for one in page.sentences], gains)
    body = _first_of_body(page)
    if len(starts) > 1 and body and body not in starts:
        starts = sorted({0, body, *starts[1:]})
    return tuple(_segments(page, starts, gains, body))


def _gains(page: Page) -> list[tuple[float, tuple[Cue, ...]]]:
    """Return for each sentence what speaks for a boundary before it."""
    words = [Counter(_stems(one.span.of(page.text))) for one in page.sentences]
    rarity = _rarity(words)
    gains: list[tuple[float, tuple[Cue, ...]]] = [(0.0, ())]
    for number in range(1, len(page.sentences)):
        cues = (*cues_before(page, number), _cohesion(words, rarity, number))
        gains.append((sum(cue.bits for cue in cues), cues))
    return gains


def _stems(words: str) -> list[str]:
    found = (one.casefold() for one in _WORD.findall(words))
    return [one[:6] for one in found if one not in _COMMON]


def _rarity(words: list[Counter[str]]) -> dict[str, float]:
    seen = Counter(word for one in words for word in one)
    return {word: math.log((len(words) + 1) / count) for word, count in seen.items()}


def _cohesion(words: list[Counter[str]], rarity: dict[str, float], number: int) -> Cue:
    """Compare the words before a place with those after it: a change of subject speaks for a boundary."""
    before = sum(words[max(0, number - _WINDOW) : number], Counter())
    after = sum(words[number : number + _WINDOW], Counter())
    alike = _cosine(before, after, rarity)
    return Cue(f"words alike {alike:.2f}", 2.0 - min(4.0, 16.0 * alike))


def _cosine(one: Counter[str], other: Counter[str], rarity: dict[str, float]) -> float:
    shared = sum(one[word] * other[word] * rarity[word] ** 2 for word in one.keys() & other.keys())
    sizes = (math.sqrt(sum((count * rarity[word]) ** 2 for word, count in each.items())) for each in (one, other))
    product = math.prod(sizes)
    return shared / product if product else 0.0


def _best_starts(styles: list[Counts], gains: list[tuple[float, tuple[Cue, ...]]]) -> list[int]:
    """Return the sentences at which segments begin, by the shortest description of the whole."""
    import numpy as np

    places = _candidates(gains)
    costs = StyleCosts(styles, [*places, len(styles)])
    opening = np.array([0.0, *(PRICE - gains[place][0] for place in places[1:])])
    best, came = np.zeros(len(places) + 1), [0] * (len(places) + 1)
    for end in range(1, len(places) + 1):
        found = best[:end] + opening[:end] + costs.until(end)
        came[end] = int(np.argmin(np.round(found, 6)))  # rounded, so that equal sums are equal on every machine
        best[end] = found[came[end]]
    starts, place = [], len(places)
    while place:
        place = came[place]
        starts.append(places[place])
    return starts[::-1]


def _candidates(gains: list[tuple[float, tuple[Cue, ...]]]) -> list[int]:
    """Return the sentences at which a segment may begin: the first, and those for which something speaks."""
    spoken = [number for number in range(1, len(gains)) if gains[number][0] > _LEAST_GAIN]
    spoken.sort(key=lambda number: -gains[number][0])
    return [0, *sorted(spoken[:_MOST_CANDIDATES])]


def _first_of_body(page: Page) -> int:
    """Return the first sentence after the headings and names at the top of a page."""
    for number, sentence in enumerate(page.sentences):
        if page.blocks[sentence.block].kind is BlockKind.PARAGRAPH:
            return number
    return 0


def _segments(page: Page, starts: list[int], gains: list[tuple[float, tuple[Cue, ...]]], body: int) -> list[Segment]:
    found = []
    edges = [*starts, len(page.sentences)]
    for place, start in enumerate(starts):
        last = page.sentences[edges[place + 1] - 1]
        span = Span(page.sentences[start].span.begin, last.span.end)
        is_frame = len(starts) > 1 and start < body
        is_repeat = place > 0 and repeated_share(span, page.repeats) > 0.6
        found.append(Segment(place + 1, span, is_frame, is_repeat, gains[start][1], round(gains[start][0] - PRICE, 1)))
    return found
