"""Trace kind ``text``: an account posted a text word for word as others did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from undazzle.model import InnocentExplanation, Parameter, Reference
from undazzle.store import Store
from undazzle.traces.items import bounded_item, bounded_item_sql
from undazzle.traces.kinds import Post, TraceKind
from undazzle.traces.normal_text import count_half_words, normalise_text
from undazzle.traces.normal_text_table import collect_normal_texts
from undazzle.traces.selection import DECLARED_AUTOMATION, INCLUDE_REPOSTS, SAME_PUBLISHER, counts, posts_where

TEXT_PARAMETERS = (
    Parameter(
        "ignore",
        ("mentions", "urls"),
        "",
        "What is cut out before texts are compared: mentions (from @ to the next space), urls.",
    ),
    Parameter(
        "min_words", 4, "words", "Shorter texts are left out; two letters of a script without spaces are a word."
    ),
    Parameter(
        "exact",
        False,
        "",
        "Only lower case and single spaces, as the Coordination Network Toolkit does; otherwise look-alike forms "
        "of a letter (NFKC) are unified and invisible marks removed too.",
    ),
    INCLUDE_REPOSTS,
)
SHARE_BUTTON = InnocentExplanation(
    "Share button or petition",
    "A button fills in the text for everybody who presses it. Look for a headline, 'via @site' or a call to sign.",
)
EVERYDAY_PHRASE = InnocentExplanation(
    "Everyday phrase",
    "Greetings, proverbs, song lines and slogans are written by many people on their own. Look at how common it is.",
)


def _extract(store: Store, settings: Mapping[str, Any], target: str) -> Mapping[str, int]:
    texts = f"{target}_texts"
    collect_normal_texts(
        store,
        texts,
        posts_where(settings),
        ignore=settings["ignore"],
        exact=settings["exact"],
        min_words=settings["min_words"],
    )
    store.execute(f"INSERT INTO {target} SELECT {bounded_item_sql('normal')}, post_key FROM {texts}")
    store.execute(f"DROP TABLE {texts}")
    return {}


def _reference(post: Post, settings: Mapping[str, Any]) -> Iterable[str]:
    if post.get("text") is None or not counts(post, settings):
        return
    normal = normalise_text(post["text"], settings["ignore"], exact=settings["exact"])
    if count_half_words(normal) >= 2 * settings["min_words"]:
        yield bounded_item(normal)


TEXT = TraceKind(
    kind_id="text",
    version="1",
    title="Text",
    summary="Finds accounts that post the same words.",
    description=(
        "The item is the text of a post in lower case, with single spaces and one form per letter, without web "
        "addresses and @mentions. Very short texts are left out, because everybody writes them."
    ),
    needs=("text",),
    parameters=TEXT_PARAMETERS,
    innocent_explanations=(SHARE_BUTTON, EVERYDAY_PHRASE, SAME_PUBLISHER, DECLARED_AUTOMATION),
    references=(
        Reference(
            "Graham et al., Coordination Network Toolkit (co-tweet)",
            "https://github.com/QUT-Digital-Observatory/coordination-network-toolkit",
        ),
        Reference(
            "Keller et al. 2020, Political Astroturfing on Twitter: How to Coordinate a Disinformation Campaign",
            "https://doi.org/10.1080/10584609.2019.1661888",
        ),
    ),
    extract=_extract,
    reference=_reference,
    is_default=True,
    peer_names=("co-tweet", "co-text", "copypasta"),
)
