"""Signal ``language_mix``: the languages in which the group posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from undazzle.coordination.explanations.wording import percent
from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.signals.descriptor import Reading, Signal, untestable
from undazzle.signals.group import FEWEST_CONTROLS, Group
from undazzle.signals.languages import FEWEST_POSTS, LEAST_LETTERS, Languages, account_languages
from undazzle.signals.reading import habit_reading

MAIN, BESIDE = 0.6, 0.2
LEAST_SHARE, LEAST_RATIO = 0.2, 1.5


def language_habits(posts: Counter[str]) -> set[str]:
    """Return what an account does with languages.

    Examples
    --------
    >>> sorted(language_habits(Counter(en=8, ru=2)))
    ['both en and ru', 'mostly en']
    """
    total = posts.total()
    often = sorted(language for language, number in posts.items() if number >= BESIDE * total)
    habits = {f"mostly {language}" for language, number in posts.items() if number >= MAIN * total}
    return habits | {f"both {one} and {other}" for one in often for other in often if one < other}


def language_shares(accounts: Sequence[Counter[str]], most: int = 8) -> dict[str, float]:
    """Return the share of posts by language, largest first."""
    together: Counter[str] = Counter()
    for one in accounts:
        together.update(one)
    return {language: round(number / together.total(), 4) for language, number in together.most_common(most)}


def read(group: Group) -> Reading:
    """Return what the languages of the group say."""
    found = account_languages(group)
    if found is None:
        return untestable("No language is named in this data; to find it out, install undazzle[languages].")
    if not found.members:
        return untestable(f"No account of the group has {FEWEST_POSTS} posts in a language that is known.", 0)
    shares = {"shares": language_shares(found.members), "control_shares": language_shares(found.controls)}
    if len(found.controls) < FEWEST_CONTROLS:
        return Reading(
            "not_testable", _words(found.members), n=len(found.members), details=shares,
            reason=f"{_words(found.members)}. Only {len(found.controls):,} other accounts have {FEWEST_POSTS} posts in "
            "a known language: nothing to compare with.",
        )  # fmt: skip
    return _reading(found, shares)


def _reading(found: Languages, shares: dict[str, dict[str, float]]) -> Reading:
    how = "found out from the text" if found.is_guessed else "as the platform names them"
    return habit_reading(
        [(None, language_habits(one)) for one in found.members],
        [(None, language_habits(one)) for one in found.controls],
        lambda habit: f"post {'in ' if habit.startswith('both') else ''}{habit}",
        least_share=LEAST_SHARE,
        least_ratio=LEAST_RATIO,
        nothing=f"languages as elsewhere: {_words(found.members)}",
        details={**shares, "how": how},
    )


def _words(accounts: Sequence[Counter[str]]) -> str:
    return ", ".join(f"{language} {percent(share)}" for language, share in language_shares(accounts, 4).items())


LANGUAGE_MIX = Signal(
    signal_id="language_mix",
    version="1",
    title="Languages",
    summary="Compares the languages in which accounts post.",
    family="language",
    method=(
        "An account with five posts posts mostly in a language that holds 60 % of them, and in two languages if each "
        "holds 20 %. Each such habit is compared with its share among the others, all habits counted; it must be half "
        "as common again. The language is the platform's own word; where there is none it is found out from up to 20 "
        f"posts of {LEAST_LETTERS} letters, with a model that comes with the software. Reposts are left out."
    ),
    needs=("post_language", "text"),
    needs_words="texts or languages of posts",
    innocent_explanations=(
        InnocentExplanation("Bilingual people", "Migrants and their children post in two languages."),
        InnocentExplanation("Another country", "The group may simply live elsewhere than the others of this data."),
        InnocentExplanation("Wrong guesses", "Short posts and rare languages are mistaken for others."),
    ),
    error_rates=(
        "How often the model "
        "takes one language for another was not measured; languages of platforms are their own guesses."
    ),
    read=read,
    parameters=(
        Parameter("main", MAIN, "share", "Part of an account's posts that makes a language its main one"),
        Parameter("beside", BESIDE, "share", "Part that makes a second language"),
        Parameter("least_share", LEAST_SHARE, "share", "Part of the group that must share the habit"),
        Parameter("least_ratio", LEAST_RATIO, "times", "How much more common than elsewhere it must be"),
    ),
    same_as_traces=("text", "near_text"),
    references=(
        Reference("Lui and Baldwin 2012, langid.py: An Off-the-shelf Language Identification Tool",
                  "https://aclanthology.org/P12-3005/"),
    ),
)  # fmt: skip
