"""What the phrases of one language consist of, and how a text is put together from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# The order is part of the samples: posts draw topics by number.
TOPICS = ("ferry", "library", "bridge", "allotment", "football", "market", "concert", "bus")


# Random whole numbers that ``Phrases.post`` wants: one to choose the parts, one to fill each of them.
BITS_PER_POST = 5


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences of one language.

    Attributes
    ----------
    language
        Two-letter code.
    places, days
        Words for the slots ``{place}`` and ``{day}``; ``{clock}`` and ``{number}`` are drawn.
    openers, clauses, comments
        A post is an opener, a clause of its topic and one or two comments.
    replies, greetings
        Whole short posts; greetings recur word by word among ordinary accounts.
    hashtags
        Tags by topic.
    joiner, full_stop
        What stands between the parts, and at the end of a sentence.
    """

    language: str
    places: tuple[str, ...]
    days: tuple[str, ...]
    openers: tuple[str, ...]
    clauses: Mapping[str, tuple[str, ...]]
    comments: tuple[str, ...]
    replies: tuple[str, ...]
    greetings: tuple[str, ...]
    hashtags: Mapping[str, tuple[str, ...]]
    joiner: str = " "
    full_stop: str = "."

    def fill(self, template: str, bits: int) -> str:
        """Return ``template`` with every slot filled, chosen by the 60 random ``bits``."""
        if "{" not in template:
            return template
        bits, place = divmod(bits, len(self.places))
        bits, day = divmod(bits, len(self.days))
        bits, hour = divmod(bits, 17)
        bits, minute = divmod(bits, 12)
        return template.format(
            place=self.places[place],
            day=self.days[day],
            clock=f"{6 + hour}:{minute * 5:02d}",
            number=3 + bits % 57,
        )

    def post(self, topic: str, bits: Sequence[int]) -> str:
        """Return the text of an ordinary post on ``topic``: one of many thousands that the parts allow.

        Parameters
        ----------
        topic
            One of ``TOPICS``.
        bits
            ``BITS_PER_POST`` random whole numbers of 60 bits.
        """
        rest, opener = divmod(bits[0], len(self.openers))
        rest, clause = divmod(rest, len(self.clauses[topic]))
        rest, first = divmod(rest, len(self.comments))
        rest, second = divmod(rest, len(self.comments))
        starts = not self.openers[opener] or self.openers[opener].endswith((".", "!"))
        sentence = self.clauses[topic][clause] + self.full_stop
        if starts and sentence[0] != "{":
            sentence = sentence[0].upper() + sentence[1:]
        parts = [self.openers[opener], sentence, self.comments[first]]
        if rest % 3 and second != first:
            parts.append(self.comments[second])
        filled = [self.fill(part, bits[1 + number]) for number, part in enumerate(parts) if part]
        return self.joiner.join(filled)
