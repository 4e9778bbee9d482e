"""What a search for narratives is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.errors import ParameterError


@dataclass(frozen=True)
class NarrativeSettings:
    """Settings of a search for narratives.

    Attributes
    ----------
    similarity
        Cosine of weighted letter sequences from which two texts say the same, 0.2 to 0.95. Below 0.4 topics run
        together; above 0.7 only near copies remain.
    min_posts, min_accounts
        Smaller groups are left out.
    min_letters
        Shorter texts (links and names taken out) are too short to compare; half of it for scripts without spaces.
    most_texts
        Distinct texts compared with each other: the most repeated ones and a random rest. All others are added to
        the narrative they are nearest to, if near enough.
    bootstraps
        How often the search repeats itself on four in five texts, to say how stable it is.
    seed
        Seed of everything random.
    """

    similarity: float = 0.45
    min_posts: int = 5
    min_accounts: int = 3
    min_letters: int = 40
    most_texts: int = 20_000
    bootstraps: int = 5
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if not 0.2 <= self.similarity <= 0.95:
            raise ParameterError("similarity", self.similarity, "Give a number from 0.2 to 0.95.")
        for name, least in (("min_posts", 2), ("min_accounts", 1), ("min_letters", 1), ("most_texts", 100)):
            if getattr(self, name) < least:
                raise ParameterError(name, getattr(self, name), f"Give a whole number from {least}.")
        if not 0 <= self.bootstraps <= 100:
            raise ParameterError("bootstraps", self.bootstraps, "Give a number from 0 to 100.")
