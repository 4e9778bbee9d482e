"""The people of a sample: invented accounts with a language, a rhythm, interests and a heavy-tailed activity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from undazzle.samples.drafts import Floats, Integers
from undazzle.samples.phrases import TOPICS

LANGUAGES = ("en", "es", "ar", "zh")
PLATFORMS = ("platform-a", "platform-b")
CLIENTS = ("Web", "Phone", "Tablet", "Deck")

_COLOURS = (
    "amber", "azure", "brass", "cedar", "chalk", "cobalt", "copper", "coral", "ebony", "fern", "flint", "ginger",
    "hazel", "indigo", "ivory", "jade", "lilac", "maple", "mint", "ochre", "olive", "pearl", "rust", "sage", "silver",
)  # fmt: skip
_THINGS = (
    "anchor", "basket", "bellows", "button", "candle", "compass", "drum", "fiddle", "gate", "hammock", "inkwell",
    "jetty", "kettle", "ladder", "lantern", "mitten", "oar", "paddle", "pebble", "quilt", "rudder", "saddle", "spoon",
    "teapot", "thimble", "trowel", "umbrella", "violin", "wagon", "whistle",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """The accounts of one group: how many, how many ordinary posts each makes besides, and where they are.

    ``ordinary_posts`` ``None`` stands for the heavy-tailed activity of background accounts, ``platform`` -1
    spreads them over both, ``language`` "" draws one each.
    """

    size: int
    ordinary_posts: float | None
    platform: int = 0
    language: str = "en"
    description: str = ""
    is_automated: bool = False
    client: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """Accounts as columns; an account is its number.

    ``activity`` sums to one over all accounts that post of their own accord; ``topics`` holds two preferred
    topics each; ``members`` gives the account numbers of every group.
    """

    members: Mapping[str, Integers]
    account_ids: tuple[str, ...]
    handles: tuple[str, ...]
    names: tuple[str, ...]
    platform: Integers
    language: tuple[str, ...]
    zone: Integers
    client: tuple[str, ...]
    description: tuple[str, ...]
    is_automated: tuple[bool, ...]
    created: Integers
    followers: Integers
    following: Integers
    topics: Integers
    activity: Floats

    def __len__(self) -> int:
        return len(self.account_ids)


def zipf_mandelbrot(size: int, exponent: float, shift: float) -> Floats:
    """Return weights ``(rank + shift) ** -exponent`` that sum to one, the largest first."""
    weights = (np.arange(1, size + 1, dtype=np.float64) + shift) ** -exponent
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def build_population(casts: Mapping[str, Cast], ordinary: int, posts: int, random: np.random.Generator) -> Population:
    """Return ``ordinary`` background accounts and the accounts of ``casts``.

    Parameters
    ----------
    casts
        Label to cast of every group that is not background.
    ordinary
        Number of background accounts.
    posts
        Number of ordinary posts to be made by all together; scales the members' share of them.
    random
        Source of randomness.
    """
    sizes = [ordinary, *(cast.size for cast in casts.values())]
    total = sum(sizes)
    edges = np.cumsum([0, *sizes])
    members = {
        label: np.arange(edges[number], edges[number + 1]) for number, label in enumerate(["background", *casts])
    }
    handles, names = _handles(total, random)
    language = random.choice(LANGUAGES, size=total, p=(0.66, 0.17, 0.09, 0.08)).tolist()
    platform = (random.random(total) < 0.3).astype(np.int64)
    client = random.choice(CLIENTS, size=total, p=(0.3, 0.5, 0.12, 0.08)).tolist()
    description, automated = [""] * total, [False] * total
    for label, cast in casts.items():
        for account in members[label].tolist():
            language[account] = cast.language or language[account]
            platform[account] = platform[account] if cast.platform < 0 else cast.platform
            client[account] = cast.client or client[account]
            description[account], automated[account] = cast.description, cast.is_automated
    return Population(
        members=members,
        account_ids=tuple(str(4_000_000 + number) for number in random.permutation(9 * total)[:total].tolist()),
        handles=handles,
        names=names,
        platform=platform,
        language=tuple(language),
        zone=_zones(language, random),
        client=tuple(client),
        description=tuple(description),
        is_automated=tuple(automated),
        created=random.integers(30, 4_000, size=total),
        followers=random.lognormal(4.6, 1.3, size=total).astype(np.int64),
        following=random.lognormal(5.0, 0.9, size=total).astype(np.int64),
        topics=np.argsort(random.random((total, len(TOPICS))), axis=1)[:, :2],
        activity=_activity(casts, ordinary, posts, random),
    )


def _handles(total: int, random: np.random.Generator) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return unique handles and the names shown with them, all made of colours and things."""
    kinds = len(_COLOURS) * len(_THINGS)
    chosen = random.permutation(max(total, kinds * 90))[:total].tolist()
    handles, names = [], []
    for number in chosen:
        suffix, word = divmod(number, kinds)
        colour, thing = _COLOURS[word % len(_COLOURS)], _THINGS[word // len(_COLOURS)]
        handles.append(f"{colour}_{thing}{10 + suffix}")
        names.append(f"{colour} {thing}".title())
    return tuple(handles), tuple(names)


def _zones(language: list[str], random: np.random.Generator) -> Integers:
    """Return hours ahead of UTC; people who write one language live in a few zones."""
    zones = {"en": (0, 0, 0, 1, -5), "es": (1, 1, -5), "ar": (2, 3), "zh": (8, 8, 0)}
    draw = random.integers(0, 1 << 16, size=len(language)).tolist()
    return np.array([zones[code][bits % len(zones[code])] for code, bits in zip(language, draw, strict=True)])


def _activity(casts: Mapping[str, Cast], ordinary: int, posts: int, random: np.random.Generator) -> Floats:
    """Return each account's share of the ordinary posts; background accounts follow a Zipf-Mandelbrot law."""
    shares = [np.full(ordinary, np.nan)]
    shares += [
        np.full(cast.size, np.nan if cast.ordinary_posts is None else cast.ordinary_posts / posts)
        for cast in casts.values()
    ]
    activity = np.concatenate(shares)
    free = np.isnan(activity)
    rest = 1.0 - float(activity[~free].sum())
    activity[free] = random.permutation(zipf_mandelbrot(int(free.sum()), 1.0, 10.0)) * rest
    return activity
