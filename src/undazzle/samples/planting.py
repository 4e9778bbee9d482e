"""How much is planted and how hard it is to find: the knobs for power curves."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.errors import ParameterError


@dataclass(frozen=True, slots=True)
class Planting:
    """The strength of the planted networks.

    Attributes
    ----------
    jitter_seconds
        Longest gap in seconds between the first and the last post of one wave. Above 60 the networks are no
        longer together within a minute.
    link_waves, text_waves, ring_items
        Dose: how often the link queues, the paraphrasing network and the closed ring act; 0 leaves one out.
    paraphrase
        Probability, 0 to 1, that a part of a sentence is exchanged: every part among the paraphrasers, one at
        most among the link queues.
    ordinary_sharers
        Dilution: ordinary accounts that share every planted link, over days; half as many repeat a planted text.
        At 0 the items are closed, and no timing test can say anything about them.
    look_alikes
        Whether the innocent look-alikes are there.
    """

    jitter_seconds: int = 45
    link_waves: int = 56
    text_waves: int = 20
    ring_items: int = 36
    paraphrase: float = 0.35
    ordinary_sharers: int = 10
    look_alikes: bool = True

    def __post_init__(self) -> None:
        for name in ("jitter_seconds", "link_waves", "text_waves", "ring_items", "ordinary_sharers"):
            if getattr(self, name) < 0:
                raise ParameterError(name, getattr(self, name), "Zero or more.")
        if not 0 <= self.paraphrase <= 1:
            raise ParameterError("paraphrase", self.paraphrase, "A share from 0 to 1.")
